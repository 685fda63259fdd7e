import { and, asc, eq, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import { builtInFields, type Field } from '#domain/field';
import type { FieldStore } from '#engine/record-ports';
import { type Database, inOneWrite } from './database.ts';
import { fields, people, saasUsers, uniqueValues } from './schema.ts';

const shownDuplicates = 5;

/** Fields that operators added, by label. */
export function addedFields(database: Pick<Database, 'select'>): Field[] {
  return database
    .select()
    .from(fields)
    .orderBy(asc(sql`lower(${fields.label})`))
    .all()
    .map(toField);
}

export function createFieldStore(database: Database): FieldStore {
  return {
    list: async () => [...builtInFields, ...addedFields(database)],

    async insert(field, at) {
      const { recordType, externalId } = field;
      const isBuiltIn = builtInFields.some(
        (each) => each.recordType === recordType && each.externalId === externalId,
      );
      const other = database
        .select()
        .from(fields)
        .where(and(eq(fields.recordType, recordType), eq(fields.externalId, externalId)))
        .get();
      if (isBuiltIn || other) {
        throw new AppError(
          'conflict',
          `There is a field with the external id "${externalId}" already. Choose another one, or use that field.`,
          { place: 'externalId' },
        );
      }
      return toField(
        database
          .insert(fields)
          .values({ ...field, createdAt: at })
          .returning()
          .get(),
      );
    },

    async change({ id, externalId }, change) {
      return inOneWrite(database, (tx) => {
        const before = tx.select().from(fields).where(eq(fields.id, id)).get();
        const after = tx.update(fields).set(change).where(eq(fields.id, id)).returning().get();
        if (!before || !after)
          throw new AppError('not_found', 'There is no such field. It may have been removed.');
        if (before.isUnique === after.isUnique) return toField(after);
        tx.delete(uniqueValues).where(eq(uniqueValues.externalId, externalId)).run();
        const owners = after.isUnique ? ownersOf(tx, after) : [];
        // All at once: a field of a hundred thousand people is no reason to keep others waiting.
        tx.run(sql`
          INSERT INTO ${uniqueValues} (external_id, value, person_id)
          SELECT ${externalId}, value ->> 'value', value ->> 'personId' FROM json_each(${JSON.stringify(owners)})`);
        return toField(after);
      });
    },

    async remove({ id, recordType, externalId }) {
      inOneWrite(database, (tx) => {
        const path = `$."${externalId}"`;
        const table = recordType === 'person' ? people : saasUsers;
        tx.update(table)
          .set({ fields: sql`json_remove(${table.fields}, ${path})` })
          .where(sql`json_type(${table.fields}, ${path}) IS NOT NULL`)
          .run();
        if (recordType === 'person')
          tx.delete(uniqueValues).where(eq(uniqueValues.externalId, externalId)).run();
        tx.delete(fields).where(eq(fields.id, id)).run();
      });
    },

    async countValues({ recordType, externalId }) {
      const table = recordType === 'person' ? people : saasUsers;
      const row = database
        .select({ count: sql<number>`count(*)` })
        .from(table)
        .where(sql`coalesce(json_extract(${table.fields}, ${`$."${externalId}"`}), '') <> ''`)
        .get();
      return row?.count ?? 0;
    },
  };
}

/** Who has which value. Throws `conflict` with the names of those who share one. */
function ownersOf(
  database: Pick<Database, 'select'>,
  { label, externalId }: { label: string; externalId: string },
): { personId: string; value: string }[] {
  const rows = database
    .select({
      personId: people.id,
      username: people.username,
      found: sql<string | number | null>`json_extract(${people.fields}, ${`$."${externalId}"`})`,
    })
    .from(people)
    .orderBy(asc(people.id))
    .all();
  const byValue = new Map<string, typeof rows>();
  for (const row of rows) {
    const value = String(row.found ?? '')
      .trim()
      .toLowerCase();
    if (value === '') continue;
    const owners = byValue.get(value);
    if (owners) owners.push(row);
    else byValue.set(value, [row]);
  }
  const shared = [...byValue.values()].filter((owners) => owners.length > 1);
  if (shared.length > 0) {
    const told = shared.slice(0, shownDuplicates).map((owners) => {
      const names = owners.slice(0, shownDuplicates).map(({ username }) => username);
      const more = owners.length > names.length ? ` and ${owners.length - names.length} more` : '';
      return `"${String(owners[0]?.found).trim()}" (${names.join(', ')}${more})`;
    });
    const rest = shared.length > told.length ? ` and ${shared.length - told.length} more values` : '';
    throw new AppError(
      'conflict',
      `"${label}" cannot become unique, because several people have the same value: ${told.join('; ')}${rest}. Correct them first.`,
      { place: 'isUnique' },
    );
  }
  return [...byValue].map(([value, [owner]]) => ({ value, personId: owner!.personId }));
}

/** A field that operators added, as its row says it. */
export function toField({ createdAt: _createdAt, ...row }: typeof fields.$inferSelect): Field {
  return {
    ...row,
    recordType: row.recordType as Field['recordType'],
    type: row.type as Field['type'],
    isRequired: false,
    isBuiltIn: false,
  };
}
