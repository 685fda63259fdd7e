import type { Person } from './person.ts';
import type { SaasUser } from './saas-user.ts';

/** A person without what only our own book-keeping says. */
export type PersonContent = Omit<Person, 'createdAt' | 'updatedAt'>;

type KeysOf<T> = Readonly<Record<string, keyof T & string>>;

/** External ids of built-in person fields, and where the value lies. */
export const personKeys: KeysOf<PersonContent> = {
  username: 'username',
  email: 'email',
  first_name: 'firstName',
  last_name: 'lastName',
  role: 'role',
  status: 'status',
};

export const saasUserKeys: KeysOf<SaasUser> = {
  identifier: 'identifier',
  email: 'email',
  display_name: 'displayName',
  roles: 'roles',
  licenses: 'licenses',
  status: 'status',
  type: 'type',
  last_activity: 'lastActivity',
  is_deactivated: 'isDeactivated',
  delete_in_saas: 'deleteInSaas',
  first_seen_at: 'firstSeenAt',
  last_seen_at: 'lastSeenAt',
};

type HasFields = { fields: Record<string, unknown> };

function toValues<T extends HasFields>(record: T, keys: KeysOf<T>): Record<string, unknown> {
  const values: Record<string, unknown> = { ...record.fields };
  for (const id in keys) values[id] = record[keys[id]!];
  return values;
}

/** All values of a person by external id. */
export const personValues = (person: PersonContent) => toValues(person, personKeys);
export const saasUserValues = (user: SaasUser) => toValues(user, saasUserKeys);

/** A copy of the record with one value changed. */
export function withValue<T extends HasFields>(record: T, keys: KeysOf<T>, field: string, value: unknown): T {
  const key = keys[field];
  if (key !== undefined) return { ...record, [key]: value };
  return { ...record, fields: { ...record.fields, [field]: value } };
}
