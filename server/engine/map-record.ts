import { prepareConverters } from '../domain/convert.ts';
import { AppError } from '../domain/errors.ts';
import type { Field } from '../domain/field.ts';
import type { Integration } from '../domain/integration.ts';
import { type MappingRow, sourcesOf } from '../domain/mapping.ts';
import type { MappingSource } from '../domain/mapping-source.ts';
import { findField, requiredTargets } from '../domain/missing-parts.ts';
import { parsePath, readPath } from '../domain/path.ts';
import { recordStates } from '../domain/person.ts';
import { type Coerced, coerceValue } from '../domain/value.ts';
import type { Vendor, VendorField } from '../domain/vendor.ts';
import type { MappedRecord, UniqueValue } from './load-ports.ts';
import { prepareFilter } from './mapping-filter.ts';
import { type LoadFacts, prepareField } from './read-field.ts';

export interface MappingPlan {
  map(item: unknown, position: number): MappedRecord;
  /** The value of a vendor field, as a mapping would read it. */
  read(field: VendorField, item: unknown): unknown;
  /** What each row makes of a record, for those who want to know why. */
  explain(item: unknown): RowReading[];
  /** Targets whose value says when the load ran: written, but no change that anybody wants to hear of. */
  quiet: ReadonlySet<string>;
}

/** One row at one record: what the vendor sent, and why it is no value where it is none. */
export interface RowReading {
  target: MappingRow['target'];
  source: string;
  read: unknown;
  problem: string | null;
}

export interface PlanInput extends LoadFacts {
  mapping: Integration['mapping'];
  mode: Integration['mode'];
  vendor: Vendor;
  fields: readonly Field[];
}

/** The most of a vendor's record that is kept as it came. */
const longestRaw = 256 * 1024;

interface PreparedRow {
  field: Field;
  row: MappingRow;
  sourceLabel: string;
  /** The source as it stands in the vendor's record. */
  read: (item: unknown) => unknown;
  /** What the converters and the field's type make of it. */
  value: (item: unknown) => Coerced;
}

/** Prepares a mapping for many records. Throws `invalid` for a row that names what is not there. */
export function prepareMapping(input: PlanInput): MappingPlan {
  const { mapping, mode, vendor } = input;
  const readers = new Map(vendor.load.fields.map((field) => [field.key, prepareField(field, input)]));
  const read = (field: VendorField, item: unknown) => readers.get(field.key)?.(item);
  const rows = mapping.rows
    .filter((row) => mode === 'user_and_saas_user' || row.target.recordType === 'person')
    .map((row, i) => prepareRow(row, i, input, readers));

  const hasIdentifier = rows.some(({ row }) => isTarget(row, 'saas_user', 'identifier'));
  const byDefault = hasIdentifier ? undefined : readers.get(vendor.load.identifier);
  const keyRows = rows
    .filter(({ row }) => row.syncKey !== null)
    .sort((a, b) => (a.row.syncKey ?? 0) - (b.row.syncKey ?? 0));
  const isTime = ({ source }: MappingRow) =>
    source.kind === 'field' &&
    vendor.load.fields.some(({ key, made }) => key === source.key && made === 'load-started-at');
  const quiet = new Set(mapping.rows.filter(isTime).map(({ target }) => keyOf(target)));
  const filter = prepareFilter(
    mapping.filter,
    (name) => labelOfName(name, vendor, input.fields),
    Date.parse(input.startedAt),
  );

  return {
    read,
    quiet,
    explain: (item) =>
      rows.map(({ row, sourceLabel, read, value }) => {
        const coerced = value(item);
        const problem = coerced.ok ? null : coerced.reason;
        return { target: row.target, source: sourceLabel, read: read(item) ?? null, problem };
      }),
    map(item, position) {
      const record: MappedRecord = {
        label: `record ${position}`,
        person: {},
        saasUser: mode === 'user_and_saas_user' ? {} : null,
        identifier: '',
        keys: [],
        uniques: [],
        problem: null,
        raw: rawOf(item),
      };
      if (typeof item !== 'object' || item === null || Array.isArray(item)) {
        return { ...record, problem: { action: 'fail', reason: 'It is not a record with named values.' } };
      }
      fillIn(record, rows, item);
      if (record.saasUser) {
        if (byDefault) record.saasUser.identifier = textOf(byDefault(item)) || null;
        record.identifier = textOf(record.saasUser.identifier);
      }
      record.label = labelOf(record, position);
      record.uniques = rows.flatMap((row) => uniqueOf(row, record));
      record.keys = keyRows.flatMap((row) => keyValueOf(row, record));
      record.problem ??= findProblem(record, keyRows);
      if (mapping.filter) {
        record.refusals = filter((name) => namedValue(name, record) ?? readers.get(name)?.(item));
      }
      return record;
    },
  };
}

function prepareRow(
  row: MappingRow,
  i: number,
  { vendor, fields }: PlanInput,
  readers: ReadonlyMap<string, (item: unknown) => unknown>,
): PreparedRow {
  const place = `mapping.rows[${i}]`;
  const { source, target } = row;
  const field = findField(fields, target);
  if (!field) {
    throw new AppError(
      'invalid',
      `There is no field "${target.externalId}". Add it, or map to another one.`,
      { place },
    );
  }
  const ways = new Map(sourcesOf(row).map((one) => [one, sourceReader(one, vendor, readers, place)]));
  const { converters = [] } = row;
  const convert = prepareConverters(converters);
  const read = ways.get(source)!;
  return {
    field,
    row,
    sourceLabel: labelOfSource(source, vendor),
    read,
    value(item) {
      if (converters.length === 0) return coerceValue(field.type, read(item));
      const converted = convert(read(item), (other) => ways.get(other)?.(item));
      return converted.ok ? coerceValue(field.type, converted.value) : converted;
    },
  };
}

function sourceReader(
  source: MappingSource,
  vendor: Vendor,
  readers: ReadonlyMap<string, (item: unknown) => unknown>,
  place: string,
): (item: unknown) => unknown {
  if (source.kind === 'constant') return () => source.value;
  if (source.kind === 'path') {
    const path = parsePath(source.path);
    return (item) => readPath(item, path);
  }
  const read = readers.get(source.key);
  if (read) return read;
  throw new AppError('invalid', `${vendor.title} has no field "${source.key}". Choose another source.`, {
    place,
  });
}

function labelOfSource(source: MappingSource, vendor: Vendor): string {
  if (source.kind === 'constant') return 'Fixed value';
  if (source.kind === 'path') return source.label || source.path;
  return vendor.load.fields.find(({ key }) => key === source.key)?.label ?? source.key;
}

/** A name that a filter's rule is about, in the words of the page. */
function labelOfName(name: string, vendor: Vendor, fields: readonly Field[]): string {
  const [recordType, externalId] = name.split('.');
  const field = fields.find((one) => one.recordType === recordType && one.externalId === externalId);
  return field?.label ?? vendor.load.fields.find(({ key }) => key === name)?.label ?? name;
}

/** A mapped value by the name that rules use, such as `person.role`. */
function namedValue(name: string, record: MappedRecord): unknown {
  const [recordType, externalId] = name.split('.');
  if (externalId === undefined) return undefined;
  return (recordType === 'person' ? record.person : record.saasUser)?.[externalId];
}

function fillIn(record: MappedRecord, rows: readonly PreparedRow[], item: unknown): void {
  for (const { field, sourceLabel, value } of rows) {
    const values = field.recordType === 'person' ? record.person : record.saasUser;
    if (!values) continue;
    const coerced = value(item);
    if (coerced.ok) values[field.externalId] = coerced.value;
    else {
      values[field.externalId] = null;
      record.problem ??= { action: 'fail', reason: `${sourceLabel}: ${coerced.reason}.` };
    }
  }
}

/** Records without a key are skipped: nobody can say whom they mean. Records that lack a required value fail. */
function findProblem(record: MappedRecord, keyRows: readonly PreparedRow[]): MappedRecord['problem'] {
  if (record.keys.length === 0) {
    const sources = keyRows.map((row) => row.sourceLabel).join(', ');
    const reason =
      sources === '' ? 'No sync key is chosen.' : `It has no value for its sync key (${sources}).`;
    return { action: 'skip', reason };
  }
  for (const name of requiredTargets) {
    if (textOf(record.person[name]) === '')
      return { action: 'fail', reason: `It has no ${name}, which every person needs.` };
  }
  const { status } = record.person;
  if (typeof status === 'string' && !recordStates.some((state) => state === status)) {
    return {
      action: 'fail',
      reason: `"${status.slice(0, 80)}" is not a status of people: it is active or deactivated.`,
    };
  }
  if (record.saasUser && record.identifier === '') {
    return { action: 'fail', reason: 'It has no identifier in the app.' };
  }
  return null;
}

function uniqueOf({ field }: PreparedRow, record: MappedRecord): UniqueValue[] {
  if (field.recordType !== 'person' || !field.isUnique) return [];
  const value = textOf(record.person[field.externalId]);
  return value === '' ? [] : [{ externalId: field.externalId, value }];
}

function keyValueOf({ field }: PreparedRow, record: MappedRecord): UniqueValue[] {
  const values = field.recordType === 'person' ? record.person : record.saasUser;
  const value = textOf(values?.[field.externalId]);
  return value === '' || !field.isUnique ? [] : [{ externalId: field.externalId, value }];
}

function labelOf(record: MappedRecord, position: number): string {
  const { person, saasUser, identifier } = record;
  const candidates = [person.username, person.email, saasUser?.email, saasUser?.display_name, identifier];
  return (candidates.map(textOf).find((text) => text !== '') ?? `record ${position}`).slice(0, 200);
}

const textOf = (value: unknown): string =>
  value === null || value === undefined || typeof value === 'object' ? '' : String(value).trim();

const isTarget = ({ target }: MappingRow, recordType: string, externalId: string) =>
  target.recordType === recordType && target.externalId === externalId;

const keyOf = (target: MappingRow['target']) => `${target.recordType}.${target.externalId}`;

function rawOf(item: unknown): string {
  const text = JSON.stringify(item) ?? 'null';
  return text.length > longestRaw ? '' : text;
}
