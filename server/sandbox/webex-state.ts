import { randomBytes } from 'node:crypto';
import { type Journal, openJournal } from './journal.ts';
import { createLedger, type Ledger, type LedgerEntry } from './ledger.ts';
import type { WebexPerson } from './webex-person.ts';
import { createRoster, type Roster } from './webex-roster.ts';

/** What a token may do; told apart by its id in the ledger. */
export interface Grant {
  id: string;
  accessToken: string;
  refreshToken: string;
  scopes: string[];
  expiresAtMs: number;
}

type Line =
  | { kind: 'start'; now: number; people: WebexPerson[] }
  | { kind: 'saved'; person: WebexPerson }
  | { kind: 'removed'; id: string }
  | { kind: 'granted'; grant: Grant }
  | { kind: 'call'; entry: LedgerEntry };

/** Everything the imitated organisation remembers; with a file it also survives `kill -9`. */
export interface WebexState {
  roster: Roster;
  ledger: Ledger;
  save(person: WebexPerson): void;
  remove(id: string): void;
  /** Issues new tokens; those of the same grant before them stop working. */
  grant(scopes: string[], expiresAtMs: number, id?: string): Grant;
  byAccessToken(token: string): Grant | undefined;
  byRefreshToken(token: string): Grant | undefined;
  record(call: Omit<LedgerEntry, 'sequence'>): void;
  close(): void;
}

export function openWebexState(
  file: string | undefined,
  now: number,
  firstPeople: () => WebexPerson[],
): WebexState {
  const journal: Journal<Line> = openJournal<Line>(file);
  const start = journal.restored.find((line) => line.kind === 'start');
  const people = start?.people ?? firstPeople();
  if (!start) journal.append({ kind: 'start', now, people });

  const roster = createRoster(people);
  const ledger = createLedger();
  const grants = new Map<string, Grant>();
  for (const line of journal.restored) {
    if (line.kind === 'saved') roster.save(line.person);
    if (line.kind === 'removed') roster.remove(line.id);
    if (line.kind === 'granted') grants.set(line.grant.id, line.grant);
    if (line.kind === 'call') ledger.restore(line.entry);
  }
  const find = (matches: (grant: Grant) => boolean) => [...grants.values()].find(matches);

  return {
    roster,
    ledger,
    save(person) {
      journal.append({ kind: 'saved', person });
      roster.save(person);
    },
    remove(id) {
      journal.append({ kind: 'removed', id });
      roster.remove(id);
    },
    grant(scopes, expiresAtMs, id = `grant-${grants.size + 1}`) {
      const grant = { id, scopes, expiresAtMs, accessToken: secret(48), refreshToken: secret(48) };
      journal.append({ kind: 'granted', grant });
      grants.set(id, grant);
      return grant;
    },
    byAccessToken: (token) => find((grant) => grant.accessToken === token),
    byRefreshToken: (token) => find((grant) => grant.refreshToken === token),
    record(call) {
      journal.append({ kind: 'call', entry: ledger.record(call) });
    },
    close: () => journal.close(),
  };
}

const secret = (bytes: number) => randomBytes(bytes).toString('base64url');
