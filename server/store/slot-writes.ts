import { and, eq } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import type { NewSlot, SlotDecision } from '#engine/schedule-ports';
import type { Database } from './database.ts';
import { scheduleSlots, workflowSchedules } from './schema.ts';

type Tx = Pick<Database, 'insert' | 'update'>;

/** Writes what became of a time of a schedule and moves the schedule on. False when somebody else has done so. */
export function writeSlot(tx: Tx, { from, next, ...slot }: NewSlot): boolean {
  const { changes } = tx.insert(scheduleSlots).values(slot).onConflictDoNothing().run();
  advanceSchedule(tx, slot.workflowId, from, next);
  return changes === 1;
}

export function advanceSchedule(tx: Tx, workflowId: string, from: number, next: number | null): void {
  tx.update(workflowSchedules)
    .set({ nextAt: next, heldUntil: null })
    .where(and(eq(workflowSchedules.workflowId, workflowId), eq(workflowSchedules.nextAt, from)))
    .run();
}

/** Throws `conflict` when the start is not missed any more. */
export function decideSlot(tx: Tx, { id, status, runId, by, at }: SlotDecision): void {
  const { changes } = tx
    .update(scheduleSlots)
    .set({ status, runId, decidedBy: by, at })
    .where(and(eq(scheduleSlots.id, id), eq(scheduleSlots.status, 'missed')))
    .run();
  if (changes === 1) return;
  throw new AppError('conflict', 'Somebody has decided about this start already. Load the page again.');
}
