import { z } from 'zod';
import { globalValueSchema } from '../domain/global-variable.ts';
import { paceSchema } from '../domain/pace.ts';
import { rerunKinds, rerunOptionsSchema } from '../domain/rerun.ts';
import {
  blockCountsSchema,
  recordStatuses,
  rerunSchema,
  resolutions,
  runFamilySchema,
  runModes,
  runRecordSchema,
  runSchema,
  runStatuses,
  runWaitSchema,
  stepSchema,
} from '../domain/run.ts';
import { graphSchema } from '../domain/workflow.ts';
import { listQuery, page } from './list.ts';

/** `recordIds` limits the run to these records; Begin's rules still apply. Absent: every record that matches. */
export const startRunInput = z
  .strictObject({
    recordIds: z.array(z.string()).min(1).max(10_000).optional(),
    /** `plan`: reads what a run would read, changes nothing, and lists what would be done. */
    mode: z.enum(runModes).default('run'),
    /** Tries the draft as it is now; for dry runs only. */
    draft: z.boolean().default(false),
  })
  .refine(({ mode, draft }) => mode === 'plan' || !draft, {
    message: 'A draft can be tried in a dry run only. Launch it to start a run of it.',
    path: ['draft'],
  });

export const runsQuery = listQuery.extend({
  workflowId: z.string().optional(),
  status: z.enum(runStatuses).optional(),
  /** Dry runs are listed by themselves. */
  mode: z.enum(runModes).default('run'),
});
export const runsPage = page(runSchema);

export const runDetails = z.strictObject({
  run: runSchema,
  graph: graphSchema,
  blocks: blockCountsSchema,
  /** It waits for its turn, because as many runs as this server works on at once are under way. */
  isInLine: z.boolean(),
  /** Credentials for whose pace its workflow waits now. */
  waitsFor: z.array(paceSchema),
  /** What its waiting records wait for, the most frequent first. */
  waits: z.array(runWaitSchema),
  /** Its re-runs, the newest first, and at most some of them. */
  reruns: z.array(rerunSchema),
  family: runFamilySchema,
  /** Global variables that it goes by, as they were when it began. */
  globals: z.record(z.string(), globalValueSchema),
  /** Counts up with every change; a message of the socket with a lower number is old. */
  seq: z.int(),
});
export type RunDetails = z.infer<typeof runDetails>;

export const runRecordsQuery = listQuery.extend({
  status: z.enum(recordStatuses).optional(),
  /** Records that went through this block; with `exit`, those that left it by that exit. */
  block: z.string().optional(),
  exit: z.string().optional(),
});
export const runRecordsFilter = runRecordsQuery.omit({ limit: true, cursor: true });
export const runRecordsPage = page(runRecordSchema);

export const recordSteps = z.strictObject({ record: runRecordSchema, steps: z.array(stepSchema) });
export type RecordSteps = z.infer<typeof recordSteps>;

export const stepsPage = page(stepSchema);

/** `step` is the one that was looked at: another call of the record may wait by now. */
export const resolutionInput = z.strictObject({ choice: z.enum(resolutions), step: z.int().min(1) });
export const rerunInput = z.strictObject({ records: z.enum(rerunKinds) });
export { rerunOptionsSchema, runSchema };
