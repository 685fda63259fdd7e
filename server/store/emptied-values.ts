import type { LoadTally } from '#domain/load';
import type { SaasUser } from '#domain/saas-user';

const ownFields = ['email', 'displayName', 'status', 'lastActivity', 'roles', 'licenses'] as const;

/** Counts, over a whole list, whose values were there before and are not any more. */
export interface EmptiedValues {
  note(before: SaasUser, after: SaasUser): void;
  /** Undefined where nothing was lost. */
  toTally(): LoadTally['emptied'];
}

export function countEmptied(): EmptiedValues {
  const had = new Map<string, number>();
  const lost = new Map<string, number>();

  function count(field: string, before: unknown, after: unknown): void {
    if (isEmpty(before)) return;
    had.set(field, (had.get(field) ?? 0) + 1);
    if (before !== after && isEmpty(after)) lost.set(field, (lost.get(field) ?? 0) + 1);
  }

  return {
    note(before, after) {
      for (const field of ownFields) count(field, before[field], after[field]);
      for (const field in before.fields) count(field, before.fields[field], after.fields[field]);
    },
    toTally() {
      if (lost.size === 0) return undefined;
      const fields = [...lost].map(([field, n]) => [field, { count: n, of: had.get(field) ?? n }]);
      return Object.fromEntries(fields);
    },
  };
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
