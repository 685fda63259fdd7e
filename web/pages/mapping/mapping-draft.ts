import type { Converter, Field, Integration, Mapping, MappingRow } from '#contract';

export type Target = MappingRow['target'];

/** Targets that loads fill by themselves. */
const ownTargets = new Set(['saas_user.first_seen_at', 'saas_user.last_seen_at']);
const requiredTargets = new Set(['person.username', 'person.email', 'person.role']);

export const keyOf = ({ recordType, externalId }: Target): string => `${recordType}.${externalId}`;

export const targetOf = (field: Field): Target => ({
  recordType: field.recordType,
  externalId: field.externalId,
});

export const isRequired = (target: Target): boolean => requiredTargets.has(keyOf(target));

/** Our fields that this integration may fill. */
export function mappableFields(fields: readonly Field[], mode: Integration['mode']): Field[] {
  return fields.filter(
    (field) =>
      !ownTargets.has(keyOf(targetOf(field))) &&
      (mode === 'user_and_saas_user' || field.recordType === 'person'),
  );
}

/** The rows that a vendor field fills. */
export function rowsFrom(rows: readonly MappingRow[], key: string): MappingRow[] {
  return rows.filter((row) => row.source.kind === 'field' && row.source.key === key);
}

/** Puts a row in; whatever filled its target before no longer does, and its rank as a sync key stays free of others. */
export function withRow(rows: readonly MappingRow[], row: MappingRow): MappingRow[] {
  const at = rows.findIndex((one) => keyOf(one.target) === keyOf(row.target));
  const isTaken = rows.some((one, n) => n !== at && one.syncKey !== null && one.syncKey === row.syncKey);
  const put = isTaken ? { ...row, syncKey: nextRank(rows) } : row;
  if (at < 0) return [...rows, put];
  return compact(rows.with(at, put));
}

/**
 * Fills a target from a source; a field that is a sync key stays one unless everybody would get the same value. Its
 * converters stay while a path is typed: they were made for what another source sends.
 */
export function withSource(
  rows: readonly MappingRow[],
  source: MappingRow['source'],
  target: Target,
): MappingRow[] {
  const old = rows.find((row) => keyOf(row.target) === keyOf(target));
  const row = { source, target, syncKey: source.kind === 'constant' ? null : (old?.syncKey ?? null) };
  const isSamePath = source.kind === 'path' && old?.source.kind === 'path';
  return withRow(rows, isSamePath && old.converters ? { ...row, converters: old.converters } : row);
}

export function withConverters(
  rows: readonly MappingRow[],
  target: Target,
  converters: Converter[],
): MappingRow[] {
  return rows.map((row) => {
    if (keyOf(row.target) !== keyOf(target)) return row;
    const { converters: _, ...plain } = row;
    return converters.length === 0 ? plain : { ...plain, converters };
  });
}

export function withoutTarget(rows: readonly MappingRow[], target: Target): MappingRow[] {
  return compact(rows.filter((row) => keyOf(row.target) !== keyOf(target)));
}

/** The same source fills another target. */
export function withOtherTarget(rows: readonly MappingRow[], row: MappingRow, target: Target): MappingRow[] {
  return withRow(withoutTarget(rows, row.target), { ...row, target, syncKey: null });
}

/** Makes a target the last sync key, or no sync key. */
export function withSyncKeyToggled(rows: readonly MappingRow[], target: Target): MappingRow[] {
  return compact(
    rows.map((row) => {
      if (keyOf(row.target) !== keyOf(target)) return row;
      return { ...row, syncKey: row.syncKey === null ? nextRank(rows) : null };
    }),
  );
}

/** Sync keys in the order in which they are looked at. */
export function syncKeysOf(rows: readonly MappingRow[]): MappingRow[] {
  return rows.filter((row) => row.syncKey !== null).sort((a, b) => (a.syncKey ?? 0) - (b.syncKey ?? 0));
}

/** Looks at a sync key one place earlier (-1) or later (1). */
export function withSyncKeyMoved(rows: readonly MappingRow[], target: Target, step: -1 | 1): MappingRow[] {
  const keys = syncKeysOf(rows);
  const at = keys.findIndex((row) => keyOf(row.target) === keyOf(target));
  const [one, other] = [keys[at], keys[at + step]];
  if (!one || !other) return [...rows];
  return rows.map((row) => {
    if (row === one) return { ...row, syncKey: other.syncKey };
    return row === other ? { ...row, syncKey: one.syncKey } : row;
  });
}

export interface RowChange {
  kind: 'added' | 'removed' | 'changed';
  row: MappingRow;
}

/** Which rows differ from an earlier mapping, by what they fill. */
export function changesSince(before: Mapping, after: Mapping): RowChange[] {
  const old = new Map(before.rows.map((row) => [keyOf(row.target), row]));
  const now = new Set(after.rows.map((row) => keyOf(row.target)));
  const changes = after.rows.flatMap((row): RowChange[] => {
    const was = old.get(keyOf(row.target));
    if (!was) return [{ kind: 'added', row }];
    return JSON.stringify(was) === JSON.stringify(row) ? [] : [{ kind: 'changed', row }];
  });
  const removed = before.rows.filter((row) => !now.has(keyOf(row.target)));
  return [...changes, ...removed.map((row): RowChange => ({ kind: 'removed', row }))];
}

function nextRank(rows: readonly MappingRow[]): number {
  return Math.max(0, ...rows.map((row) => row.syncKey ?? 0)) + 1;
}

/** Ranks without gaps: 1, 2, 3. */
function compact(rows: readonly MappingRow[]): MappingRow[] {
  const ranks = rows.flatMap((row) => row.syncKey ?? []).sort((a, b) => a - b);
  return rows.map((row) =>
    row.syncKey === null ? row : { ...row, syncKey: ranks.indexOf(row.syncKey) + 1 },
  );
}
