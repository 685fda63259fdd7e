import { setImmediate } from 'node:timers/promises';
import { type Origin, type RerunKind, rerunKinds } from '#domain/rerun';
import type { RerunCounts, RerunReader, RunToRepeat } from '#engine/rerun-ports';
import type { RecordStore } from '#engine/subject-ports';
import type { Database } from './database.ts';
import { didSomething, isGone, isTakenUp, isUnclear, isWhereItFailed } from './rerun-sql.ts';

/** Records that are looked at before others get their turn. */
const atOnce = 250;

interface StoredRun extends Omit<RunToRepeat, 'hasSteps' | 'isGoingOn'> {
  key: number;
  hasSteps: number;
  isGoingOn: number;
}

interface Looked {
  n: number;
  status: string;
  isUnclear: number;
  isGone: number;
  isTakenUp: number;
  /** A call of the record, or of the step at which it failed, did something. */
  did: number;
  didThere: number;
  /** Blocks at which it failed, as JSON text. */
  failedAt: string;
}

/** What a run may be repeated with, read some records at a time. */
export function createRerunReader({ $client }: Database): RerunReader {
  const run = $client.prepare<[string], StoredRun>(`
    SELECT r.key, r.workflow_id AS workflowId, r.workflow_name AS workflowName, r.version_id AS versionId,
      r.version_number AS versionNumber, r.mode, r.status, r.has_steps AS hasSteps,
      EXISTS (SELECT 1 FROM runs x WHERE x.origin_id = r.id AND x.finished_at IS NULL) AS isGoingOn
    FROM runs r WHERE r.id = ?`);
  const some = $client.prepare<[Record<string, unknown>], Looked>(`
    SELECT o.n, o.status, ${isUnclear} AS isUnclear, ${isGone} AS isGone,
      o.status = 'failed' AND ${isTakenUp} AS isTakenUp,
      EXISTS (SELECT 1 FROM steps s WHERE s.run = o.run AND s.record_n = o.n AND ${didSomething}) AS did,
      o.status = 'failed' AND EXISTS (SELECT 1 FROM steps s WHERE ${isWhereItFailed} AND ${didSomething}) AS didThere,
      CASE o.status WHEN 'failed' THEN
        (SELECT json_group_array(DISTINCT s.block) FROM steps s WHERE ${isWhereItFailed}) ELSE '[]' END AS failedAt
    FROM run_records o WHERE o.run = @origin AND o.n > @after ORDER BY o.n LIMIT @limit`);

  return {
    async run(runId) {
      const found = run.get(runId);
      if (!found) return undefined;
      const { key: _key, hasSteps, isGoingOn, ...rest } = found;
      return { ...rest, hasSteps: hasSteps === 1, isGoingOn: isGoingOn === 1 };
    },

    async counts(runId, leading) {
      const found = run.get(runId);
      const sums = rerunKinds.map(noCounts);
      if (!found) return sums;
      const about = { origin: found.key, originId: runId, key: -1, leading: JSON.stringify(leading) };
      for (let after = 0; ; ) {
        const rows = some.all({ ...about, after, limit: atOnce });
        for (const row of rows) for (const sum of sums) add(sum, row);
        const last = rows.at(-1);
        if (!last || rows.length < atOnce) return sums;
        after = last.n;
        await setImmediate();
      }
    },
  };
}

type Sum = Omit<RerunCounts, 'blocks'> & { blocks: Map<string, number> };

const noCounts = (records: RerunKind): Sum => ({
  records,
  count: 0,
  done: 0,
  leftOut: { unclear: 0, gone: 0, takenUp: 0, noStep: 0 },
  blocks: new Map(),
});

function add(sum: Sum, row: Looked): void {
  const isFailed = row.status === 'failed';
  if (sum.records !== 'all' && !isFailed && row.isUnclear === 0) return;
  const reason = reasonOf(sum.records, row);
  if (reason) {
    sum.leftOut[reason] += 1;
    return;
  }
  sum.count += 1;
  if (sum.records !== 'failed_step') {
    sum.done += row.did;
    return;
  }
  sum.done += row.didThere;
  for (const block of JSON.parse(row.failedAt) as string[]) {
    sum.blocks.set(block, (sum.blocks.get(block) ?? 0) + 1);
  }
}

/** Why a record is left out; the same conditions keep it out when the re-run takes up its records. */
function reasonOf(records: RerunKind, row: Looked): keyof Sum['leftOut'] | null {
  if (row.isUnclear) return 'unclear';
  if (row.isGone) return 'gone';
  if (records !== 'all' && row.isTakenUp) return 'takenUp';
  return records === 'failed_step' && row.failedAt === '[]' ? 'noStep' : null;
}

/** Reads, page by page, which records a re-run from the start takes up. */
export function prepareAgain({ $client }: Database) {
  const page = (which: string) =>
    $client.prepare<[Record<string, unknown>], { n: number; recordId: string }>(`
      SELECT o.n, o.record_id AS recordId FROM run_records o
      WHERE o.run = (SELECT key FROM runs WHERE id = @originId) AND o.n > @after AND NOT ${isUnclear} ${which}
      ORDER BY o.n LIMIT @limit`);
  const pages = { all: page(''), failed: page(`AND o.status = 'failed' AND NOT ${isTakenUp}`) };
  const again: RecordStore['again'] = async ({ key, originId, records }, after, limit) =>
    records === 'all'
      ? pages.all.all({ originId, after, limit })
      : pages.failed.all({ originId, key, after, limit });
  return again;
}

/** The run that a re-run takes up; null for any other run. */
export const toOrigin = (row: { originId: string | null; rerun: string | null }): Origin | null =>
  row.originId === null || row.rerun === null
    ? null
    : { runId: row.originId, records: row.rerun as RerunKind };
