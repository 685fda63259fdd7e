import { type SQL, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import { type ListField, listFields } from '#domain/list-field';
import { personKeys, saasUserKeys } from '#domain/record-values';
import type { Database } from './database.ts';
import { addedFields } from './fields.ts';
import { people, saasUsers } from './schema.ts';

/** A field of a list and where its value lies: text, number, 0 or 1; JSON text for lists and objects; null for none. */
export interface ListValue extends ListField {
  value: SQL;
  /** Times of our own columns are milliseconds, those of added fields are ISO texts. */
  isStamp: boolean;
}

/** `place` is the part of the request that names the field. */
export type FindValue = (id: string, place: 'filter' | 'sort') => ListValue;

const fullName = sql`coalesce(nullif(trim(${people.firstName} || ' ' || ${people.lastName}), ''), ${people.username})`;

const marks: Record<string, SQL> = {
  'record.name': fullName,
  'record.created_at': sql`${people.createdAt}`,
  'record.updated_at': sql`${people.updatedAt}`,
  'record.person': sql`${saasUsers.personId}`,
};

/** The values that a list of people or SaaS users can filter and sort by. Throws `invalid` for any other name. */
export function valuesOf(database: Database, recordType: 'person' | 'saas_user'): FindValue {
  const known = new Map(
    listFields(recordType, addedFields(database)).map((field) => [field.id, toValue(recordType, field)]),
  );
  return (id, place) => {
    const found = known.get(id);
    if (found) return found;
    throw new AppError('invalid', `This list has no field "${id}". GET /api/v1/fields names those it has.`, {
      place,
    });
  };
}

function toValue(recordType: 'person' | 'saas_user', field: ListField): ListValue {
  const column =
    recordType === 'person'
      ? people[personKeys[field.id] as keyof typeof people.$inferSelect]
      : saasUsers[saasUserKeys[field.id] as keyof typeof saasUsers.$inferSelect];
  if (column !== undefined) return { ...field, value: sql`${column}`, isStamp: field.type === 'datetime' };
  const mark = marks[field.id];
  if (mark) return { ...field, value: mark, isStamp: field.type === 'datetime' };
  const stored = recordType === 'person' ? people.fields : saasUsers.fields;
  return { ...field, value: sql`json_extract(${stored}, ${`$."${field.id}"`})`, isStamp: false };
}
