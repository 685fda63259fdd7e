import { z } from 'zod';
import { scheduleSchema } from './schedule.ts';

/** What becomes of a start that nobody made within its grace time. */
export const lateStarts = ['run', 'skip'] as const;

/** When a workflow starts by itself, as its Begin block says. */
export const triggerSchema = z.strictObject({
  schedule: scheduleSchema,
  graceMinutes: z.int().min(1).max(1440),
  late: z.enum(lateStarts),
});
export type Trigger = z.infer<typeof triggerSchema>;

/** What became of one time of a workflow's schedule. */
export const slotStatuses = ['started', 'missed', 'skipped'] as const;
export type SlotStatus = (typeof slotStatuses)[number];

/** A start that was missed and that a person decides about, because the workflow takes something from people. */
export const missedStartSchema = z.strictObject({
  id: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  /** When it was to start. */
  dueAt: z.string(),
  reason: z.string(),
});
export type MissedStart = z.infer<typeof missedStartSchema>;
