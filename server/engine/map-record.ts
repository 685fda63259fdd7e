import { AppError } from '../domain/errors.ts';
import type { Field } from '../domain/field.ts';
import type { Integration } from '../domain/integration.ts';
import type { MappingRow } from '../domain/mapping.ts';
import { findField, requiredTargets } from '../domain/missing-parts.ts';
import { parsePath, readPath } from '../domain/path.ts';
import { recordStates } from '../domain/person.ts';
import { coerceValue } from '../domain/value.ts';
import type { Vendor, VendorField } from '../domain/vendor.ts';
import type { MappedRecord, UniqueValue } from './load-ports.ts';
import { type LoadFacts, prepareField } from './read-field.ts';

export interface MappingPlan {
  map(item: unknown, position: number): MappedRecord;
  /** The value of a vendor field, as a mapping would read it. */
  read(field: VendorField, item: unknown): unknown;
  /** Targets whose value says when the load ran: written, but no change that anybody wants to hear of. */
  quiet: ReadonlySet<string>;
}

export interface PlanInput extends LoadFacts {
  mapping: Integration['mapping'];
  mode: Integration['mode'];
  vendor: Vendor;
  fields: readonly Field[];
}

interface PreparedRow {
  field: Field;
  row: MappingRow;
  sourceLabel: string;
  read: (item: unknown) => unknown;
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

  return {
    read,
    quiet,
    map(item, position) {
      const record: MappedRecord = {
        label: `record ${position}`,
        person: {},
        saasUser: mode === 'user_and_saas_user' ? {} : null,
        identifier: '',
        keys: [],
        uniques: [],
        problem: null,
        raw: JSON.stringify(item) ?? 'null',
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
  if (source.kind === 'constant') {
    return { field, row, sourceLabel: 'the constant', read: () => source.value };
  }
  if (source.kind === 'path') {
    const path = parsePath(source.path);
    return { field, row, sourceLabel: source.label || source.path, read: (item) => readPath(item, path) };
  }
  const read = readers.get(source.key);
  const label = vendor.load.fields.find(({ key }) => key === source.key)?.label;
  if (!read || label === undefined) {
    throw new AppError('invalid', `${vendor.title} has no field "${source.key}". Choose another source.`, {
      place,
    });
  }
  return { field, row, sourceLabel: label, read };
}

function fillIn(record: MappedRecord, rows: readonly PreparedRow[], item: unknown): void {
  for (const { field, sourceLabel, read } of rows) {
    const values = field.recordType === 'person' ? record.person : record.saasUser;
    if (!values) continue;
    const coerced = coerceValue(field.type, read(item));
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
