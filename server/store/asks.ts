import { hash as digest } from 'node:crypto';
import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Answer, AskStore } from '#engine/ask-ports';
import type { Database } from './database.ts';
import { approvals, runRecords } from './schema.ts';

/** More names than anybody reads before an answer. */
const shownLabels = 100;

/** Records that wait for an answer to an Approval block, and the answers. */
export function createAskStore(database: Database): AskStore {
  return {
    async waiting(run, code) {
      const rows = database
        .select({
          id: runRecords.recordId,
          label: runRecords.label,
          held: runRecords.held,
          since: runRecords.waitingSince,
        })
        .from(runRecords)
        .where(
          and(
            eq(runRecords.run, run),
            sql`${runRecords.held} IS NOT NULL AND json_extract(${runRecords.held}, '$.code') = ${code}`,
          ),
        )
        .orderBy(asc(runRecords.n))
        .all();
      const [first] = rows;
      if (!first?.held) return undefined;
      return {
        count: rows.length,
        labels: rows.slice(0, shownLabels).map(({ label }) => label),
        hash: digest('sha256', rows.map(({ id }) => id).join('\n')),
        question: first.held.sentence,
        since: Math.max(...rows.map(({ since }) => since ?? 0)),
      };
    },

    async answer(runId, code, since) {
      const row = database
        .select({ status: approvals.status, by: approvals.decidedByName, reason: approvals.reason })
        .from(approvals)
        .where(
          and(
            eq(approvals.runId, runId),
            eq(approvals.kind, 'block'),
            inArray(approvals.status, ['approved', 'used', 'denied', 'expired', 'withdrawn']),
            gte(approvals.requestedAt, since),
            sql`json_extract(${approvals.subject}, '$.code') = ${code}`,
          ),
        )
        .orderBy(asc(approvals.requestedAt), asc(approvals.id))
        .limit(1)
        .get();
      if (!row) return undefined;
      const status = (row.status === 'used' ? 'approved' : row.status) as Answer['status'];
      return { ...row, status };
    },
  };
}
