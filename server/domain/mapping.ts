import { z } from 'zod';
import { type ConditionGroup, conditionGroupSchema } from './condition.ts';
import { converterSchema } from './converter.ts';
import { externalIdSchema, recordTypes } from './field.ts';
import { type MappingSource, mappingSourceSchema } from './mapping-source.ts';

/** Fills one of our fields from a vendor field, a constant, or a value of the load itself. */
export const mappingRowSchema = z.strictObject({
  source: mappingSourceSchema,
  /** Change the value one after another; absent where it is taken as it is. */
  converters: z.array(converterSchema).max(10).optional(),
  target: z.strictObject({ recordType: z.enum(recordTypes), externalId: externalIdSchema }),
  /** 1 is looked at first; null is no sync key. Only unique fields may be one. */
  syncKey: z.int().min(1).max(9).nullable(),
});
export type MappingRow = z.infer<typeof mappingRowSchema>;

/**
 * Which records are written: what is not there yet only if `create` holds, what is there only if `update` does. A
 * rule names a vendor field by its key, or a mapped value as `person.role` or `saas_user.type`. Null is always.
 */
export const mappingFilterSchema = z.strictObject({
  create: conditionGroupSchema.nullable(),
  update: conditionGroupSchema.nullable(),
});
export type MappingFilter = z.infer<typeof mappingFilterSchema>;

export const mappingSchema = z.strictObject({
  rows: z.array(mappingRowSchema).max(200),
  filter: mappingFilterSchema.optional(),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** A mapping as it was saved. Versions are counted from 1 for each integration and never change. */
export const mappingVersionSchema = z.strictObject({
  version: z.int().min(1),
  /** Who saved it; empty where nobody is known. */
  savedBy: z.string(),
  savedAt: z.string(),
  /** What the author says about it, or where it comes from. */
  note: z.string().max(500),
  mapping: mappingSchema,
});
export type MappingVersion = z.infer<typeof mappingVersionSchema>;

/** Everything that a row reads: its own source and those of its converters. */
export function sourcesOf(row: MappingRow): MappingSource[] {
  const more = (row.converters ?? []).flatMap((one) => ('sources' in one ? one.sources : []));
  return [row.source, ...more];
}

/** The names that the rules of a filter are about. */
export function filterFields(filter: MappingFilter | undefined): string[] {
  const namesOf = (group: ConditionGroup): string[] =>
    group.rules.flatMap((rule) => ('rules' in rule ? namesOf(rule) : [rule.field]));
  return [filter?.create, filter?.update].flatMap((group) => (group ? namesOf(group) : []));
}

/** Keys of the vendor fields that a mapping reads. */
export function vendorFieldsOf(mapping: Mapping): Set<string> {
  const read = mapping.rows.flatMap(sourcesOf).flatMap((one) => (one.kind === 'field' ? [one.key] : []));
  return new Set([...read, ...filterFields(mapping.filter).filter((name) => !name.includes('.'))]);
}
