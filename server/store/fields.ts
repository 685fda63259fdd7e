import { and, asc, eq, sql } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import { builtInFields, type Field } from '#domain/field';
import type { FieldStore } from '#engine/record-ports';
import type { Database } from './database.ts';
import { fields } from './schema.ts';

export function createFieldStore(database: Database): FieldStore {
  return {
    async list() {
      const added = database
        .select()
        .from(fields)
        .orderBy(asc(sql`lower(${fields.label})`))
        .all();
      return [...builtInFields, ...added.map(toField)];
    },

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
  };
}

function toField({ createdAt: _createdAt, ...row }: typeof fields.$inferSelect): Field {
  return {
    ...row,
    recordType: row.recordType as Field['recordType'],
    type: row.type as Field['type'],
    isRequired: false,
    isBuiltIn: false,
  };
}
