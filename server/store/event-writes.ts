import { and, eq } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import type { EventStart } from '#engine/event-ports';
import type { Database } from './database.ts';
import { workflowTriggers } from './schema.ts';

/** Moves on how far the events of a workflow were looked at; false when somebody else has. */
export function advanceEvents(tx: Pick<Database, 'update'>, { workflowId, from, to }: EventStart): boolean {
  const { changes } = tx
    .update(workflowTriggers)
    .set({ cursor: to })
    .where(and(eq(workflowTriggers.workflowId, workflowId), eq(workflowTriggers.cursor, from)))
    .run();
  return changes === 1;
}

/** The same with the start of a run. Throws `conflict`. */
export function takeEvents(tx: Pick<Database, 'update'>, start: EventStart): void {
  if (advanceEvents(tx, start)) return;
  throw new AppError('conflict', 'A run was started for these events already.');
}
