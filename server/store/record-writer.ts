import { and, eq, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import type { Cause } from '#domain/person';
import { personKeys, saasUserKeys } from '#domain/record-values';
import type { RecordChange } from '#engine/journal-ports';
import type { Database } from './database.ts';
import { changes, fields, people, saasUsers, uniqueValues } from './schema.ts';

export interface RecordWriter {
  /** Writes values and their history; to be called inside a transaction. Throws `conflict` when a unique value is taken. */
  apply(list: readonly RecordChange[], cause: Cause, at: number): void;
}

/** Columns whose stored form differs from the value's. */
const toColumn = (field: string, value: unknown): unknown =>
  field === 'last_activity' && typeof value === 'string' ? Date.parse(value) : value;

/** Writes single values of people and SaaS users, as workflows do. */
export function createRecordWriter(database: Database): RecordWriter {
  const isUnique = database
    .select({ isUnique: fields.isUnique })
    .from(fields)
    .where(and(eq(fields.recordType, 'person'), eq(fields.externalId, sql.placeholder('field'))))
    .prepare();

  function writeCustom(table: typeof people | typeof saasUsers, change: RecordChange): void {
    const path = `$."${change.field}"`;
    const json = JSON.stringify(change.after ?? null);
    database
      .update(table)
      .set({ fields: sql`json_set(${table.fields}, ${path}, json(${json}))` })
      .where(eq(table.id, change.recordId))
      .run();
    if (table === people && isUnique.get({ field: change.field })?.isUnique) writeUnique(change);
  }

  function writeUnique({ field, recordId, after }: RecordChange): void {
    database
      .delete(uniqueValues)
      .where(and(eq(uniqueValues.externalId, field), eq(uniqueValues.personId, recordId)))
      .run();
    if (after === null || after === '') return;
    const value = String(after).toLowerCase();
    const other = database
      .select({ personId: uniqueValues.personId })
      .from(uniqueValues)
      .where(and(eq(uniqueValues.externalId, field), eq(uniqueValues.value, value)))
      .get();
    if (other)
      throw new AppError(
        'conflict',
        `Another person already has ${field} "${String(after)}", and the field is unique.`,
      );
    database.insert(uniqueValues).values({ externalId: field, value, personId: recordId }).run();
  }

  function writeBuiltIn(change: RecordChange): void {
    const after = toColumn(change.field, change.after);
    if (change.record === 'person') {
      database
        .update(people)
        .set({ [personKeys[change.field]!]: after })
        .where(eq(people.id, change.recordId))
        .run();
    } else {
      database
        .update(saasUsers)
        .set({ [saasUserKeys[change.field]!]: after })
        .where(eq(saasUsers.id, change.recordId))
        .run();
    }
  }

  return {
    apply(list, cause, at) {
      for (const change of list) {
        const isBuiltIn = Object.hasOwn(change.record === 'person' ? personKeys : saasUserKeys, change.field);
        try {
          if (isBuiltIn) writeBuiltIn(change);
          else writeCustom(change.record === 'person' ? people : saasUsers, change);
        } catch (error) {
          if (!String(error instanceof Error ? (error.cause ?? error) : error).includes('UNIQUE'))
            throw error;
          throw new AppError(
            'conflict',
            `Another record already has ${change.field} "${String(change.after)}", and the field is unique.`,
            { cause: error },
          );
        }
        if (change.record === 'person')
          database.update(people).set({ updatedAt: at }).where(eq(people.id, change.recordId)).run();
        database
          .insert(changes)
          .values({
            recordId: change.recordId,
            at,
            causeKind: cause.kind,
            causeId: cause.id,
            field: change.field,
            before: change.before,
            after: change.after,
          })
          .run();
      }
    },
  };
}
