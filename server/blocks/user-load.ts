import { z } from 'zod';
import { defineBlock } from '#engine/block';

/** Runs an integration's load before the records are chosen, so that the run works on what is true now. */
export const userLoad = defineBlock({
  type: 'user-load',
  title: 'User Load',
  summary: "Loads an integration's users before the records are chosen.",
  group: 'users',
  level: 'run',
  settings: z.strictObject({ integrationId: z.string().default('') }),
  form: [{ key: 'integrationId', label: 'Integration', control: 'integration' }],
  exits: [
    { id: 'success', label: 'Success', tone: 'main' },
    { id: 'failure', label: 'Failure', tone: 'failure' },
  ],

  prepare({ integrationId }, context) {
    if (integrationId === '') context.issue('integrationId', 'Choose the integration to load.');
    else context.integration(integrationId, 'integrationId');

    return () => ({
      kind: 'load',
      integrationId,
      conclude(load) {
        const { read, created, updated } = load.tally;
        const note = `Read ${read} users: ${created} created, ${updated} updated.`;
        if (load.isComplete) return { kind: 'done', exit: 'success', note };
        return {
          kind: 'done',
          exit: 'failure',
          note,
          error: load.error ?? 'The load did not read every page.',
        };
      },
    });
  },
});
