import { randomUUID } from 'node:crypto';
import { createFaults, type Fault, type Faults } from './faults.ts';
import { createGrants, type Grant, type Grants } from './grants.ts';
import { openJournal } from './journal.ts';
import { createLedger, type Ledger, type LedgerEntry } from './ledger.ts';
import { createRoster, type Roster, type RosterKeys } from './roster.ts';

/** Something that is different after a call. Replayed in order, changes lead back to the same world. */
export type Change<Person> =
  | { kind: 'person saved'; person: Person }
  | { kind: 'person removed'; id: string }
  | { kind: 'grant saved'; grant: Grant };

/** A call on its way through the imitation. */
export interface Call<Person> {
  method: string;
  path: string;
  timeMs: number;
  /** A name for this call and its answer, different each time. */
  reference: string;
  personId: string | null;
  caller: Caller<Person> | null;
  fault: Fault | null;
  changes: Change<Person>[];
  isRecorded: boolean;
}

/** Whoever a valid access token stands for. */
export interface Caller<Person> {
  grant: Grant;
  person: Person;
}

/** Who is in the imitated organisation when it is opened for the first time. */
export interface Population<Person> extends RosterKeys<Person> {
  /** The example company's accounts as they are at `atMs`; `count` is the size that was asked for. */
  example(atMs: number, count: number): Person[];
  isAdmin(person: Person): boolean;
  /** Added when there is no administrator: an organisation is never without one. */
  exampleAdmin(atMs: number): Person;
}

/** All that the imitated vendor knows. */
export interface World<Person> {
  now: () => number;
  roster: Roster<Person>;
  grants: Grants;
  ledger: Ledger;
  faults: Faults;
  /** The administrator in whose name the consent page answers. */
  accountId: string;
  /** Makes a change and notes it down to be kept with the call. */
  change(call: Pick<Call<Person>, 'changes'>, change: Change<Person>): void;
  /** Enters the call in the ledger and keeps it with its changes; must come before the answer. */
  commit(call: Call<Person>, outcome: Pick<LedgerEntry, 'status' | 'performed'>): void;
  /** Keeps changes that no call to the vendor made. */
  keep(changes: Change<Person>[]): void;
  close(): void;
}

export interface WorldOptions<Person> {
  now: () => number;
  people: Person[] | undefined;
  peopleCount: number;
  adminEmail: string;
  stateFile: string | undefined;
}

interface JournalLine<Person> {
  start?: { atMs: number; peopleCount: number; people?: Person[] };
  entry?: LedgerEntry;
  changes?: Change<Person>[];
}

/** Opens the world: as it was left when the state file has one, else with the company as it is now. */
export function openWorld<Person>(
  population: Population<Person>,
  { now, people, peopleCount, adminEmail, stateFile }: WorldOptions<Person>,
): World<Person> {
  const journal = openJournal<JournalLine<Person>>(stateFile);
  const kept = journal.restored.find((line) => line.start)?.start;
  const start = kept ?? { atMs: now(), peopleCount, ...(people ? { people } : {}) };
  if (!kept) journal.append({ start });

  const beginners = peopleAtStart(population, start);
  const roster = createRoster(beginners, population);
  const grants = createGrants();
  const ledger = createLedger();
  const apply = (change: Change<Person>) => applyChange(roster, grants, change);
  for (const { entry, changes = [] } of journal.restored) {
    for (const change of changes) apply(change);
    if (entry) ledger.restore(entry);
  }

  const admins = beginners.filter(population.isAdmin);
  const account = admins.find((one) => population.emailsOf(one)[0] === adminEmail) ?? admins[0]!;
  return {
    now,
    roster,
    grants,
    ledger,
    faults: createFaults(),
    accountId: population.idOf(account),
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

export function newCall<Person>(
  method: string,
  path: string,
  { timeMs, personId }: Pick<Call<Person>, 'timeMs' | 'personId'>,
): Call<Person> {
  return {
    method,
    path,
    timeMs,
    reference: randomUUID(),
    personId,
    caller: null,
    fault: null,
    changes: [],
    isRecorded: false,
  };
}

function applyChange<Person>(roster: Roster<Person>, grants: Grants, change: Change<Person>): void {
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

function peopleAtStart<Person>(
  { example, isAdmin, exampleAdmin }: Population<Person>,
  { atMs, peopleCount, people }: NonNullable<JournalLine<Person>['start']>,
): Person[] {
  if (!people) return example(atMs, peopleCount);
  return people.some(isAdmin) ? people : [...people, exampleAdmin(atMs)];
}
