import { getTableColumns } from 'drizzle-orm';
import type { RunRecord, RunStatus, StepStatus } from '#domain/run';
import type { StepRow } from '#engine/journal-ports';
import type { RecordRow, RunRow } from '#engine/run-store-ports';
import { type runRecords, runs, type steps } from './schema.ts';

const { recordIds: _recordIds, ...withoutNames } = getTableColumns(runs);

/**
 * For reading many runs: each may name ten thousand records, which only its own work needs to know. Whoever works on one
 * takes it first, and gets them then.
 */
export const columnsOfMany = withoutNames;

type StoredRun = typeof runs.$inferSelect;

export function toRun(row: Omit<StoredRun, 'recordIds'> & Partial<Pick<StoredRun, 'recordIds'>>): RunRow {
  const { counts: _counts, blocks: _blocks, recordIds = null, ...rest } = row;
  return {
    ...rest,
    recordIds,
    status: row.status as RunStatus,
    phase: row.phase as RunRow['phase'],
    mode: row.mode as RunRow['mode'],
    lane: row.lane as RunRow['lane'],
    rerun: row.rerun as RunRow['rerun'],
  };
}

export function toRecord(row: typeof runRecords.$inferSelect): RecordRow {
  const { run: _run, waitingSince, wakeAt, held, ...rest } = row;
  return {
    ...rest,
    waits: waitingSince === null ? null : { since: waitingSince, wakeAt, held },
    recordType: row.recordType as RecordRow['recordType'],
    status: row.status as RecordRow['status'],
  };
}

export function toStep(row: typeof steps.$inferSelect): StepRow {
  const { id: _id, run: _run, recordN: _recordN, fence: _fence, ...rest } = row;
  return { ...rest, status: row.status as StepStatus };
}

/** What a record waits for, as people see it. */
export function toShownWaits(
  row: Pick<typeof runRecords.$inferSelect, 'status' | 'waitingSince' | 'wakeAt' | 'held'>,
): RunRecord['waits'] {
  const { status, waitingSince, wakeAt, held } = row;
  if (status !== 'waiting' || waitingSince === null) return null;
  const until = wakeAt === null ? null : new Date(wakeAt).toISOString();
  return { since: new Date(waitingSince).toISOString(), until, held };
}
