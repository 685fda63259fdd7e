/** One call that reached the imitated vendor. */
export interface LedgerEntry {
  sequence: number;
  timeMs: number;
  method: string;
  /** With its query. */
  path: string;
  /** The person the call is about, when it is about one. */
  personId: string | null;
  /** The status that was answered, or null when the connection was dropped instead. */
  status: number | null;
  /** The status that the work itself came to, or null when an injected fault kept it from being done. */
  performed: number | null;
  /** Which grant the call was made with; never the token itself. */
  tokenId: string | null;
}

interface LedgerFilter {
  method?: string | undefined;
  personId?: string | undefined;
  /** Beginning of the path, such as `/v1/people/`. */
  pathPrefix?: string | undefined;
  /** Only entries whose work came to this status; a deletion that happened is `DELETE` with 204. */
  performed?: number | undefined;
}

/** Every call received, in order, faults included: what tests hold the product's own record against. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  find(filter: LedgerFilter): LedgerEntry[];
  record(call: Omit<LedgerEntry, 'sequence'>): LedgerEntry;
  /** Takes back an entry from before a restart. */
  restore(entry: LedgerEntry): void;
}

export function createLedger(): Ledger {
  const entries: LedgerEntry[] = [];
  let sequence = 0;

  return {
    entries,
    find: ({ method, personId, pathPrefix, performed }) =>
      entries.filter(
        (entry) =>
          (method === undefined || entry.method === method.toUpperCase()) &&
          (personId === undefined || entry.personId === personId) &&
          (pathPrefix === undefined || entry.path.startsWith(pathPrefix)) &&
          (performed === undefined || entry.performed === performed),
      ),
    record(call) {
      sequence += 1;
      const entry = { sequence, ...call };
      entries.push(entry);
      return entry;
    },
    restore(entry) {
      sequence = Math.max(sequence, entry.sequence);
      entries.push(entry);
    },
  };
}
