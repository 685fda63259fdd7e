import { and, asc, eq, gt, ne, or, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import type { NewId } from '#domain/ids';
import type { Role } from '#domain/rights';
import type { OperatorsStore } from '#engine/operator-ports';
import { type Database, inOneWrite, type Transaction } from './database.ts';
import { countGuardUp } from './guard.ts';
import { toOperator } from './operators.ts';
import { invitations, mails, operators, sessions } from './schema.ts';

/** Operators as they come, change and go. */
export function createOperatorsStore(database: Database, newId: NewId): OperatorsStore {
  return {
    async list() {
      const lastSeen = sql<number | null>`(
        SELECT max(json_extract(${sessions.content}, '$.lastSeenAt')) FROM ${sessions}
        WHERE json_extract(${sessions.content}, '$.operatorId') = ${operators.id})`;
      const rows = database
        .select({ operator: operators, lastSeen })
        .from(operators)
        .orderBy(asc(sql`lower(${operators.name})`))
        .all();
      return rows.map(({ operator, lastSeen: seenAt }) => ({
        ...toOperator(operator),
        createdAt: new Date(operator.createdAt).toISOString(),
        lastSeenAt: seenAt === null ? null : new Date(seenAt).toISOString(),
      }));
    },

    async invitations(now) {
      const rows = database
        .select()
        .from(invitations)
        .where(gt(invitations.expiresAt, now))
        .orderBy(asc(sql`lower(${invitations.name})`))
        .all();
      return rows.map((row) => ({ ...row, role: row.role as Role }));
    },

    async invite(invitation, mail) {
      inOneWrite(database, (tx) => {
        const { email, createdAt } = invitation;
        if (tx.select().from(operators).where(eq(operators.email, email)).get()) {
          throw new AppError('conflict', `${email} is an operator already. Change the role instead.`, {
            place: 'email',
          });
        }
        tx.delete(invitations).where(eq(invitations.email, email)).run();
        tx.insert(invitations).values(invitation).run();
        const start = { status: 'waiting', attempts: 0, nextAttemptAt: createdAt, createdAt };
        if (mail)
          tx.insert(mails)
            .values({ ...mail, ...start, id: newId('mail') })
            .run();
      });
    },

    async removeInvitation(id) {
      return database.delete(invitations).where(eq(invitations.id, id)).run().changes === 1;
    },

    async accept(codeHash, { id, passwordHash }, now) {
      return inOneWrite(database, (tx) => {
        const isValid = and(eq(invitations.codeHash, codeHash), gt(invitations.expiresAt, now));
        const [row] = tx.delete(invitations).where(isValid).returning().all();
        if (!row) return undefined;
        const { name, email, role, invitedBy } = row;
        const granted = { grantedBy: invitedBy, grantedAt: now };
        const [made] = tx
          .insert(operators)
          .values({ id, name, email, role, passwordHash, ...granted, createdAt: now })
          .returning()
          .all();
        countGuardUp(tx);
        return made && toOperator(made);
      });
    },

    async changeRole(id, role, { by, at }) {
      inOneWrite(database, (tx) => {
        if (role !== 'owner') keepAnOwner(tx, id);
        tx.update(operators).set({ role, grantedBy: by, grantedAt: at }).where(eq(operators.id, id)).run();
      });
    },

    async remove(id) {
      inOneWrite(database, (tx) => {
        keepAnOwner(tx, id);
        tx.delete(operators).where(eq(operators.id, id)).run();
        tx.delete(sessions)
          .where(eq(sql`json_extract(${sessions.content}, '$.operatorId')`, id))
          .run();
        // What they offered is theirs no more.
        tx.delete(invitations).where(eq(invitations.invitedBy, id)).run();
        countGuardUp(tx);
      });
    },
  };
}

/** Throws when no owner but this operator is left. */
function keepAnOwner(tx: Transaction, id: string): void {
  const others = and(eq(operators.role, 'owner'), ne(operators.id, id));
  const isNoOwner = and(eq(operators.id, id), ne(operators.role, 'owner'));
  if (tx.select({ id: operators.id }).from(operators).where(or(others, isNoOwner)).get()) return;
  throw new AppError('conflict', 'This is the last owner. Make somebody else an owner first.');
}
