import { prepareConverters } from '../domain/convert.ts';
import { AppError } from '../domain/errors.ts';
import type { Field } from '../domain/field.ts';
import { filterFields, type Mapping, type MappingRow, sourcesOf } from '../domain/mapping.ts';
import type { MappingSource } from '../domain/mapping-source.ts';
import { findField } from '../domain/missing-parts.ts';
import { parsePath } from '../domain/path.ts';
import { coerceValue } from '../domain/value.ts';
import type { Vendor } from '../domain/vendor.ts';

/** What loads keep themselves. */
const ownTargets = new Set(['saas_user.first_seen_at', 'saas_user.last_seen_at']);

/** Throws `invalid` for the first row of a mapping that cannot be, with its place. What is missing is no matter here. */
export function checkMapping(mapping: Mapping, vendor: Vendor, fields: readonly Field[]): void {
  const targets = new Set<string>();
  const priorities = new Set<number>();

  for (const [i, row] of mapping.rows.entries()) {
    const { source, target, syncKey } = row;
    const refuse = (message: string): never => {
      throw new AppError('invalid', message, { place: `mapping.rows[${i}]` });
    };
    const key = `${target.recordType}.${target.externalId}`;
    const field =
      findField(fields, target) ?? refuse(`There is no field "${target.externalId}". Add it first.`);
    if (ownTargets.has(key)) refuse(`"${field.label}" is set by the load itself. Map to another field.`);
    if (targets.has(key)) refuse(`"${field.label}" is mapped twice. Remove one of the rows.`);
    targets.add(key);

    try {
      for (const one of sourcesOf(row)) checkSource(one, vendor);
      prepareConverters(row.converters ?? []);
    } catch (error) {
      refuse(error instanceof AppError ? error.message : String(error));
    }
    checkTexts(row, field, refuse);
    if (syncKey === null) continue;
    if (!field.isUnique) refuse(`"${field.label}" is not unique, so it cannot be a sync key.`);
    if (source.kind === 'constant')
      refuse(`"${field.label}" has the same value for everybody, so it cannot be a sync key.`);
    if (priorities.has(syncKey)) refuse(`Two sync keys have the priority ${syncKey}. Give each its own.`);
    priorities.add(syncKey);
  }
  checkFilter(mapping, vendor, fields);
}

function checkSource(source: MappingSource, vendor: Vendor): void {
  if (source.kind === 'path') parsePath(source.path);
  if (source.kind !== 'field' || vendor.load.fields.some(({ key }) => key === source.key)) return;
  throw new AppError('invalid', `${vendor.title} has no field "${source.key}". Choose another source.`);
}

/** Texts that the author wrote: a constant that goes straight into its field, and what a value map ends in. */
function checkTexts(
  { source, converters = [] }: MappingRow,
  field: Field,
  refuse: (message: string) => never,
): void {
  const texts = source.kind === 'constant' && converters.length === 0 ? [source.value] : [];
  const last = converters.at(-1);
  if (last?.kind === 'map_values') {
    texts.push(...last.entries.map(({ to }) => to));
    if (last.otherwise.kind === 'value') texts.push(last.otherwise.value);
  }
  for (const text of texts) {
    const coerced = coerceValue(field.type, text);
    if (!coerced.ok) refuse(`${coerced.reason}, which "${field.label}" asks for. Correct the value.`);
  }
}

function checkFilter(mapping: Mapping, vendor: Vendor, fields: readonly Field[]): void {
  for (const name of filterFields(mapping.filter)) {
    const [recordType, externalId] = name.split('.');
    const isKnown =
      externalId === undefined
        ? vendor.load.fields.some(({ key }) => key === name)
        : mapping.rows.some(
            ({ target }) => target.recordType === recordType && target.externalId === externalId,
          );
    if (isKnown) continue;
    const label = fields.find((one) => one.recordType === recordType && one.externalId === externalId)?.label;
    throw new AppError(
      'invalid',
      label === undefined
        ? `The filter asks for "${name}", which ${vendor.title} does not have. Choose another field.`
        : `The filter asks for ${label}, which nothing fills. Map it, or take the rule out.`,
      { place: 'mapping.filter' },
    );
  }
}
