import { z } from 'zod';
import { defineBlock } from '#engine/block';

/** Where many ways become one: all records of a run, or all paths of one record. */
export const collect = defineBlock({
  type: 'collect',
  title: 'Collect',
  summary: 'Waits until all records of the run are done, or all paths of one record, and then goes on once.',
  group: 'logic',
  level: 'record',
  settings: z.strictObject({ of: z.enum(['run', 'record']).default('run') }),
  form: [
    {
      key: 'of',
      label: 'Waits for',
      control: 'select',
      options: [
        { value: 'run', label: 'All records of the run' },
        { value: 'record', label: 'All paths of the record (Join)' },
      ],
      hint: 'After all records, the next blocks happen once for the run: {{run.total}}, {{run.failed}} and {{blocks.delete_user.success}} hold sums.',
    },
  ],
  exits: [{ id: 'done', label: 'Done', tone: 'main' }],

  isAtEnd: ({ of }) => of === 'run',
  isJoin: ({ of }) => of === 'record',

  prepare({ of }) {
    if (of === 'record') return () => ({ kind: 'done', exit: 'done' });
    return ({ variables }) => ({ kind: 'done', exit: 'done', note: sumWords(variables.run) });
  },
});

function sumWords(run: unknown): string {
  const { total = 0, failed = 0, skipped = 0 } = run as Partial<Record<string, number>>;
  const parts = [`${total} ${total === 1 ? 'record' : 'records'}`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (skipped > 0) parts.push(`${skipped} left out`);
  return `${parts.join(', ')}.`;
}
