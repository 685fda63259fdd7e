import type { Field, FieldType } from './field.ts';
import { toExternalId } from './field.ts';
import type { Integration } from './integration.ts';
import type { MappingRow } from './mapping.ts';
import { findField } from './missing-parts.ts';
import { isSameValue } from './value.ts';
import type { Vendor, VendorField } from './vendor.ts';

/** A row that Smart Mapping proposes; `newField` is set where its target does not exist yet. */
export interface Proposal {
  row: MappingRow;
  reason: string;
  /** `sure` is what the vendor's own data says, `likely` what names suggest. */
  confidence: 'sure' | 'likely';
  newField: { label: string; type: FieldType; isUnique: boolean } | null;
}

const defaultRole = 'Employee';

/**
 * Proposes a mapping beside rows that their author set: those stay, sync keys too. `kept` are the rows that would be
 * filled otherwise without them.
 */
export function proposeBeside(
  rows: readonly MappingRow[],
  vendor: Vendor,
  fields: readonly Field[],
  mode: Integration['mode'],
): { rows: Proposal[]; kept: MappingRow[] } {
  const all = proposeMapping(vendor, fields, mode);
  const hasKeys = rows.some((row) => row.syncKey !== null);
  const open = all.filter(({ row }) => !findRow(rows, row));
  const kept = all.flatMap(({ row }) => {
    const own = findRow(rows, row);
    return own && !isSameValue(own.source, row.source) ? [own] : [];
  });
  if (!hasKeys) return { rows: open, kept };
  return { rows: open.map((each) => ({ ...each, row: { ...each.row, syncKey: null } })), kept };
}

const findRow = (rows: readonly MappingRow[], { target }: MappingRow): MappingRow | undefined =>
  rows.find(
    (row) => row.target.recordType === target.recordType && row.target.externalId === target.externalId,
  );

/**
 * Proposes a mapping: what the vendor's own data suggests first, then fields of the same name and a type that fits.
 * Sync keys are the vendor's id, which survives a change of address, and then the username.
 */
export function proposeMapping(
  vendor: Vendor,
  fields: readonly Field[],
  mode: Integration['mode'],
): Proposal[] {
  const proposals: Proposal[] = [];
  const taken = new Set<string>();
  const propose = (proposal: Omit<Proposal, 'newField'>, newField: Proposal['newField'] = null) => {
    const { recordType, externalId } = proposal.row.target;
    const key = `${recordType}.${externalId}`;
    if (taken.has(key) || (mode === 'user' && recordType === 'saas_user')) return;
    taken.add(key);
    proposals.push({ ...proposal, newField });
  };

  for (const source of vendor.load.fields) {
    for (const { recordType, externalId, create } of source.suggests) {
      const target = { recordType, externalId };
      const exists = findField(fields, target) !== undefined;
      if (!exists && !create) continue;
      const row = { source: { kind: 'field' as const, key: source.key }, target, syncKey: null };
      const reason = exists
        ? `${vendor.title} ${source.label} is this value.`
        : `The presets of ${vendor.title} use it as {{${externalId}}}.`;
      const newField = exists || !create ? null : { ...create, type: source.type };
      propose({ row, reason, confidence: 'sure' }, newField);
    }
  }
  for (const source of vendor.load.fields) {
    const field = fields.find((candidate) => isSameThing(source, candidate));
    if (!field) continue;
    const target = { recordType: field.recordType, externalId: field.externalId };
    propose({
      row: { source: { kind: 'field', key: source.key }, target, syncKey: null },
      reason: `The names are alike: ${source.label} and ${field.label}.`,
      confidence: 'likely',
    });
  }
  propose({
    row: {
      source: { kind: 'constant', value: defaultRole },
      target: { recordType: 'person', externalId: 'role' },
      syncKey: null,
    },
    reason: 'Every person needs a role. Choose another one, or map it.',
    confidence: 'likely',
  });
  return withSyncKeys(proposals, vendor, fields);
}

/** Own fields only: a built-in one is proposed where the vendor's data says so, never by its name. */
function isSameThing(source: VendorField, field: Field): boolean {
  if (field.isBuiltIn) return false;
  const names = [source.key, toExternalId(source.label)];
  const isSameName =
    names.includes(field.externalId) || field.label.toLowerCase() === source.label.toLowerCase();
  return isSameName && fits(source.type, field.type);
}

const textual: readonly FieldType[] = ['text', 'long_text', 'choice'];

function fits(from: FieldType, to: FieldType): boolean {
  if (from === to || textual.includes(to) || to === 'json') return true;
  return (from === 'number' && to === 'decimal') || (from === 'datetime' && to === 'date');
}

function withSyncKeys(proposals: Proposal[], vendor: Vendor, fields: readonly Field[]): Proposal[] {
  let next = 1;
  const isIdentifier = ({ row, newField }: Proposal) =>
    row.source.kind === 'field' &&
    row.source.key === vendor.load.identifier &&
    row.target.recordType === 'person' &&
    (newField?.isUnique ?? findField(fields, row.target)?.isUnique) === true;
  const isUsername = ({ row }: Proposal) =>
    row.target.recordType === 'person' && row.target.externalId === 'username';

  const keys = new Map<Proposal, number>();
  for (const test of [isIdentifier, isUsername]) {
    const found = proposals.find(test);
    if (found) {
      keys.set(found, next);
      next += 1;
    }
  }
  return proposals.map((proposal) => {
    const syncKey = keys.get(proposal);
    return syncKey === undefined ? proposal : { ...proposal, row: { ...proposal.row, syncKey } };
  });
}
