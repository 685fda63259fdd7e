import { z } from 'zod';
import { presetEffects } from '../domain/effect.ts';
import { issueSchema } from '../domain/workflow.ts';

/** What an import would make; nothing of it is written. */
export const importPlan = z.strictObject({
  name: z.string(),
  /** Whether there is a workflow of that name; both stay. */
  isNameTaken: z.boolean(),
  references: z.array(
    z.strictObject({
      kind: z.enum(['credential', 'integration', 'workflow', 'app']),
      name: z.string(),
      /** Names of the blocks that use it; empty for the app that the workflow runs over. */
      blocks: z.array(z.string()),
      /** The id of what is used; empty where the place is left open. */
      chosen: z.string(),
      choices: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    }),
  ),
  issues: z.array(issueSchema),
  /** Blocks that take something from people. */
  harmful: z.array(
    z.strictObject({
      block: z.string(),
      name: z.string(),
      does: z.enum([...presetEffects, 'unknown']),
      vendorId: z.string(),
    }),
  ),
});
export type ImportPlan = z.infer<typeof importPlan>;
