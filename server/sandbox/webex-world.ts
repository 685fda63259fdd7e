import { adminEmail } from './company.ts';
import { createFaults, type Fault, type Faults } from './faults.ts';
import { openJournal } from './journal.ts';
import { createLedger, type Ledger, type LedgerEntry } from './ledger.ts';
import { createRateLimit, type RateLimit } from './rate.ts';
import { roleIds } from './webex-catalog.ts';
import { exampleAdmin, exampleWebexPeople } from './webex-company.ts';
import { createGrants, type Grant, type Grants } from './webex-grants.ts';
import type { WebexPerson } from './webex-person.ts';
import { toTrackingId } from './webex-refusal.ts';
import { createRoster, type Roster } from './webex-roster.ts';

/** Something that is different after a call. Replayed in order, changes lead back to the same world. */
export type Change =
  | { kind: 'person saved'; person: WebexPerson }
  | { kind: 'person removed'; id: string }
  | { kind: 'grant saved'; grant: Grant };

/** A call on its way through the imitation. */
export interface Call {
  method: string;
  path: string;
  timeMs: number;
  trackingId: string;
  personId: string | null;
  caller: Caller | null;
  fault: Fault | null;
  changes: Change[];
  isRecorded: boolean;
}

/** Whoever a valid access token stands for. */
export interface Caller {
  grant: Grant;
  person: WebexPerson;
}

/** All that the imitated Webex knows. */
export interface World {
  now: () => number;
  roster: Roster;
  grants: Grants;
  ledger: Ledger;
  faults: Faults;
  rate: RateLimit;
  /** The administrator in whose name the consent page answers. */
  accountId: string;
  /** Makes a change and notes it down to be kept with the call. */
  change(call: Pick<Call, 'changes'>, change: Change): void;
  /** Enters the call in the ledger and keeps it with its changes; must come before the answer. */
  commit(call: Call, outcome: Pick<LedgerEntry, 'status' | 'performed'>): void;
  /** Keeps changes that no call to the vendor made. */
  keep(changes: Change[]): void;
  close(): void;
}

export interface WorldOptions {
  now: () => number;
  people: WebexPerson[] | undefined;
  peopleCount: number;
  requestsPerSecond: number;
  stateFile: string | undefined;
}

interface JournalLine {
  start?: { atMs: number; peopleCount: number; people?: WebexPerson[] };
  entry?: LedgerEntry;
  changes?: Change[];
}

/** Opens the world: as it was left when the state file has one, else with the company as it is now. */
export function openWorld(options: WorldOptions): World {
  const { now, people, peopleCount, requestsPerSecond, stateFile } = options;
  const journal = openJournal<JournalLine>(stateFile);
  const kept = journal.restored.find((line) => line.start)?.start;
  const start = kept ?? { atMs: now(), peopleCount, ...(people ? { people } : {}) };
  if (!kept) journal.append({ start });

  const beginners = peopleAtStart(start);
  const roster = createRoster(beginners);
  const grants = createGrants();
  const ledger = createLedger();
  const apply = (change: Change) => applyChange(roster, grants, change);
  for (const { entry, changes = [] } of journal.restored) {
    for (const change of changes) apply(change);
    if (entry) ledger.restore(entry);
  }

  return {
    now,
    roster,
    grants,
    ledger,
    faults: createFaults(),
    rate: createRateLimit({ perSecond: requestsPerSecond, now }),
    accountId: accountOf(beginners).id,
    change(call, change) {
      apply(change);
      call.changes.push(change);
    },
    commit(call, { status, performed }) {
      const { method, path, timeMs, personId, caller, changes } = call;
      const tokenId = caller?.grant.id ?? null;
      const entry = ledger.record({ timeMs, method, path, personId, status, performed, tokenId });
      journal.append(changes.length > 0 ? { entry, changes } : { entry });
      call.isRecorded = true;
    },
    keep: (changes) => journal.append({ changes }),
    close: () => journal.close(),
  };
}

export function newCall(method: string, path: string, timeMs: number): Call {
  const personId = /^\/v1\/people\/([A-Za-z0-9_=-]{20,})(?:\?|$)/.exec(path)?.[1] ?? null;
  const trackingId = toTrackingId();
  return {
    method,
    path,
    timeMs,
    trackingId,
    personId,
    caller: null,
    fault: null,
    changes: [],
    isRecorded: false,
  };
}

function applyChange(roster: Roster, grants: Grants, change: Change): void {
  switch (change.kind) {
    case 'person saved':
      roster.save(change.person);
      break;
    case 'person removed':
      roster.remove(change.id);
      break;
    case 'grant saved':
      grants.save(change.grant);
  }
}

function peopleAtStart({ atMs, peopleCount, people }: NonNullable<JournalLine['start']>): WebexPerson[] {
  if (!people) return exampleWebexPeople({ now: atMs, count: peopleCount });
  return people.some(isFullAdmin) ? people : [...people, exampleAdmin(atMs)];
}

function accountOf(people: readonly WebexPerson[]): WebexPerson {
  return people.find((one) => one.emails[0] === adminEmail && isFullAdmin(one)) ?? people.find(isFullAdmin)!;
}

function isFullAdmin(person: WebexPerson): boolean {
  return person.roles.includes(roleIds.fullAdmin);
}
