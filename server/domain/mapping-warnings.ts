import { z } from 'zod';
import type { Converter } from './converter.ts';
import { type Field, type FieldType, recordTypes } from './field.ts';
import type { Mapping, MappingRow } from './mapping.ts';
import type { MappingSource } from './mapping-source.ts';
import type { Vendor } from './vendor.ts';

/** A row that can be saved, but may not do what its author means. */
export const mappingWarningSchema = z.strictObject({
  target: z.strictObject({ recordType: z.enum(recordTypes), externalId: z.string() }),
  message: z.string(),
});
export type MappingWarning = z.infer<typeof mappingWarningSchema>;

const words: Record<FieldType, string> = {
  text: 'text',
  long_text: 'text',
  number: 'a whole number',
  decimal: 'a decimal number',
  date: 'a date',
  datetime: 'a date and time',
  boolean: 'yes or no',
  choice: 'a choice',
  list: 'a list',
  email: 'an e-mail address',
  url: 'a web address',
  json: 'JSON',
};

/** Rows whose values may not fit their field. Texts hold anything; only a list among them is worth a word. */
export function findMappingWarnings(
  mapping: Mapping,
  vendor: Vendor,
  fields: readonly Field[],
): MappingWarning[] {
  return mapping.rows.flatMap((row) => {
    const { target } = row;
    const field = fields.find(
      (one) => one.recordType === target.recordType && one.externalId === target.externalId,
    );
    const from = typeOfRow(row, vendor);
    if (!field || from === undefined) return [];
    const message = warn(from, field);
    return message === undefined ? [] : [{ target, message }];
  });
}

/** The type of a row's value after its converters; undefined where nobody can know. */
export function typeOfRow(row: MappingRow, vendor: Vendor): FieldType | undefined {
  let type = typeOfSource(row.source, vendor);
  for (const converter of row.converters ?? []) type = typeAfter(converter, type, vendor);
  return type;
}

function typeOfSource(source: MappingSource, vendor: Vendor): FieldType | undefined {
  // A constant was checked against its field when it was saved.
  if (source.kind !== 'field') return undefined;
  return vendor.load.fields.find((field) => field.key === source.key)?.type;
}

function typeAfter(
  converter: Converter,
  before: FieldType | undefined,
  vendor: Vendor,
): FieldType | undefined {
  switch (converter.kind) {
    case 'first_of':
      return converter.sources.every((source) => typeOfSource(source, vendor) === before)
        ? before
        : undefined;
    case 'pick':
      return before === 'list' ? 'text' : before;
    case 'count':
      return 'number';
    case 'date':
      return /HH|seconds|ldap/.test(converter.format) ? 'datetime' : 'date';
    case 'map_values':
      return undefined;
    case 'concat':
    case 'join':
      return 'text';
    default:
      return before === 'list' ? 'list' : 'text';
  }
}

const wider: readonly string[] = ['number decimal', 'datetime date', 'date datetime'];
const open: readonly FieldType[] = ['json', 'list'];
const textual: readonly FieldType[] = ['text', 'long_text', 'choice'];

function warn(from: FieldType, field: Field): string | undefined {
  const to = field.type;
  if (from === to || open.includes(to) || wider.includes(`${from} ${to}`)) return undefined;
  if (textual.includes(to)) {
    const isPacked = from === 'list' || from === 'json';
    return isPacked
      ? `${field.label} is ${words[to]}, and the vendor sends ${words[from]}. It is stored as JSON text; take one entry, or join the list.`
      : undefined;
  }
  return `${field.label} is ${words[to]}, and the vendor sends ${words[from]}. Records whose value does not fit fail; add a converter, or choose another field.`;
}
