import type { Person } from '#domain/person';
import type { PersonContent } from '#domain/record-values';
import type { SaasUser } from '#domain/saas-user';
import type { people, saasUsers } from './schema.ts';

/** What workflows read of a person: made a hundred thousand times in a large run. */
export function toPersonContent({
  createdAt: _1,
  updatedAt: _2,
  ...row
}: typeof people.$inferSelect): PersonContent {
  return { ...row, status: row.status as Person['status'] };
}

export function toPerson(row: typeof people.$inferSelect): Person {
  return {
    ...row,
    status: row.status as Person['status'],
    createdAt: new Date(row.createdAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
  };
}

export function toSaasUser({ raw: _raw, ...row }: typeof saasUsers.$inferSelect): SaasUser {
  return {
    ...row,
    lastActivity: row.lastActivity === null ? null : new Date(row.lastActivity).toISOString(),
    firstSeenAt: new Date(row.firstSeenAt).toISOString(),
    lastSeenAt: new Date(row.lastSeenAt).toISOString(),
  };
}
