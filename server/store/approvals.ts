import { and, asc, desc, eq, gt, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import { type Approval, approvalSchema } from '#domain/approval';
import { AppError } from '#domain/errors';
import type { NewId } from '#domain/ids';
import type { ApprovalStore, ApprovalUse } from '#engine/approval-ports';
import { countRows } from './count.ts';
import { fromCursor, toPage } from './cursor.ts';
import { type Database, inOneWrite, type Transaction } from './database.ts';
import { approvals, mails, notifications } from './schema.ts';

/** As in the index, word for word. */
const isWaiting = sql`${approvals.status} = 'waiting'`;

export function createApprovalStore(database: Database, newId: NewId): ApprovalStore {
  const where = (condition: SQL | undefined) =>
    database.select().from(approvals).where(condition).orderBy(asc(approvals.id)).all().map(toApproval);

  const note = (
    tx: Transaction,
    content: { level: string; title: string; message: string; link: string | null },
    operatorId: string,
    at: number,
  ) =>
    tx
      .insert(notifications)
      .values({ ...content, id: newId('notification'), at, isRead: false, operatorId })
      .run();

  return {
    async insert(approval, told, at) {
      inOneWrite(database, (tx) => {
        tx.insert(approvals).values(toRow(approval)).run();
        for (const operatorId of told.operatorIds) note(tx, told.notification, operatorId, at);
        const start = { status: 'waiting', attempts: 0, nextAttemptAt: at, createdAt: at };
        for (const mail of told.mails)
          tx.insert(mails)
            .values({ ...mail, ...start, id: newId('mail') })
            .run();
      });
    },

    async find(id) {
      const row = database.select().from(approvals).where(eq(approvals.id, id)).get();
      return row && toApproval(row);
    },

    async findSame(status, hash, requestedBy) {
      const isTheirs = and(eq(approvals.hash, hash), eq(approvals.requestedBy, requestedBy));
      return where(and(eq(approvals.status, status), isTheirs))[0];
    },

    async list({ status, runId, limit, cursor }) {
      const ofRun = runId === undefined ? undefined : eq(approvals.runId, runId);
      const only = and(status === 'waiting' ? isWaiting : undefined, ofRun);
      // Ids sort by the time at which they were made.
      const before = cursor === undefined ? undefined : lt(approvals.id, String(fromCursor(cursor)));
      const rows = database
        .select()
        .from(approvals)
        .where(and(only, before))
        .orderBy(desc(approvals.id))
        .limit(limit + 1)
        .all();
      const total = countRows(database, approvals, only);
      const waiting = countRows(database, approvals, isWaiting);
      return { ...toPage(rows, limit, total, (row) => row.id, toApproval), waiting };
    },

    async end(id, from, { status, by, at, reason }, told) {
      return inOneWrite(database, (tx) => {
        const decided = {
          status,
          reason,
          decidedAt: at,
          decidedBy: by?.id ?? null,
          decidedByName: by?.name ?? null,
        };
        // Who agreed stays written where it ends without having been used.
        const change = from === 'approved' ? { status, reason } : decided;
        const isStill = and(eq(approvals.id, id), eq(approvals.status, from));
        if (tx.update(approvals).set(change).where(isStill).run().changes === 0) return false;
        if (told) note(tx, told.notification, told.operatorId, at);
        return true;
      });
    },

    consume: async (use) => inOneWrite(database, (tx) => takeApproval(tx, use)),

    async overdue(now) {
      return where(and(or(isWaiting, eq(approvals.status, 'approved')), lte(approvals.expiresAt, now)));
    },

    waiting: async () => where(isWaiting),

    async unused(kinds) {
      return where(and(eq(approvals.status, 'approved'), inArray(approvals.kind, [...kinds])));
    },

    async waitingFor(kind, workflowId) {
      return where(and(isWaiting, eq(approvals.kind, kind), eq(approvals.workflowId, workflowId)));
    },
  };
}

/**
 * Uses an approval within the transaction that does what was agreed to. Throws `conflict`, so that nothing of it
 * happens, when it is not approved, was used before, has expired, or was given for something else.
 */
export function takeApproval(tx: Pick<Transaction, 'update'>, { id, hash, at }: ApprovalUse): void {
  const isGood = and(
    eq(approvals.id, id),
    eq(approvals.hash, hash),
    eq(approvals.status, 'approved'),
    gt(approvals.expiresAt, at),
  );
  const { changes } = tx.update(approvals).set({ status: 'used' }).where(isGood).run();
  if (changes !== 1) {
    throw new AppError(
      'conflict',
      'Nobody agreed to exactly this, or it was done already. Ask for approval again.',
    );
  }
}

type Row = typeof approvals.$inferSelect;

function toRow(approval: Approval): Row {
  return {
    ...approval,
    requestedAt: Date.parse(approval.requestedAt),
    coolsUntil: approval.coolsUntil === null ? null : Date.parse(approval.coolsUntil),
    expiresAt: Date.parse(approval.expiresAt),
    decidedAt: approval.decidedAt === null ? null : Date.parse(approval.decidedAt),
  };
}

const toTime = (ms: number): string => new Date(ms).toISOString();

function toApproval(row: Row): Approval {
  return approvalSchema.parse({
    ...row,
    requestedAt: toTime(row.requestedAt),
    coolsUntil: row.coolsUntil === null ? null : toTime(row.coolsUntil),
    expiresAt: toTime(row.expiresAt),
    decidedAt: row.decidedAt === null ? null : toTime(row.decidedAt),
  });
}
