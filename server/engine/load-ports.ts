import type { Agent } from '../domain/agent.ts';
import type { Credential } from '../domain/credential.ts';
import type { Field } from '../domain/field.ts';
import type { Integration } from '../domain/integration.ts';
import type { Load, LoadIssue, LoadTally, MissingAccount, MissingTally } from '../domain/load.ts';
import type { Mapping, MappingVersion } from '../domain/mapping.ts';
import type { Person } from '../domain/person.ts';
import type { SaasUser } from '../domain/saas-user.ts';
import type { Refusals } from './mapping-filter.ts';
import type { Events } from './ports.ts';
import type { IssueQuery, ListPage, ListQuery } from './service-ports.ts';

export interface MappingVersionStore {
  /**
   * Makes this the integration's mapping, as its next version; the same one again changes nothing. Throws `conflict`
   * when `base` is not the newest version; null is whatever it is.
   */
  saveMapping(
    integrationId: string,
    save: { mapping: Mapping; base: number | null; savedBy: string; note: string },
    at: number,
  ): Promise<void>;
  mappingVersion(integrationId: string, version: number): Promise<MappingVersion | undefined>;
  /** Newest first. */
  mappingVersions(integrationId: string, query: ListQuery): Promise<ListPage<MappingVersion>>;
}

export interface IntegrationStore extends MappingVersionStore {
  list(): Promise<Integration[]>;
  find(id: string): Promise<Integration | undefined>;
  insert(
    integration: Pick<Integration, 'id' | 'name' | 'vendorId' | 'mapping' | 'schedule' | 'contacts'>,
    at: number,
  ): Promise<void>;
  /** `nextLoadAt` is in milliseconds. */
  update(
    id: string,
    change: Partial<
      Omit<
        Integration,
        | 'id'
        | 'vendorId'
        | 'appId'
        | 'mapping'
        | 'mappingVersion'
        | 'createdAt'
        | 'updatedAt'
        | 'lastLoad'
        | 'nextLoadAt'
      >
    > & { nextLoadAt?: number | null },
    at: number,
  ): Promise<void>;
  /** Throws `conflict` while a load runs. */
  remove(id: string): Promise<void>;
  /** The app of its SaaS users; makes it by `app` when there is none yet. */
  ensureApp(id: string, app: { id: string; name: string; otherName: string }, at: number): Promise<string>;
  /** What of other parts a load needs to know. */
  credential(id: string): Promise<Credential | undefined>;
  agent(id: string): Promise<Agent | undefined>;
  /** Built-in fields and those that operators added. */
  fields(): Promise<Field[]>;
}

export interface LoadStore {
  /** Adds a running load. Throws `conflict` while another one of the integration runs. */
  begin(load: { id: string; integrationId: string; startedBy: string; at: number }): Promise<Load>;
  find(id: string): Promise<Load | undefined>;
  /** Newest first. */
  list(integrationId: string, query: ListQuery): Promise<ListPage<Load>>;
  /** In the order in which they were found. */
  issues(id: string, query: IssueQuery): Promise<ListPage<LoadIssue>>;
  finish(id: string, end: LoadEnd): Promise<Load>;
  /** Every load that has not ended: `running` when its process died, `queued` when it was stopped in good order. */
  unfinished(): Promise<Load[]>;
  /** Leaves a load to the next start of the server. */
  putBack(id: string): Promise<Load>;
  /** A load that waited goes on now. */
  take(id: string): Promise<Load>;
  /** Takes a load up again from its first page: counts and issues begin anew. */
  restart(id: string): Promise<Load>;
  /** Removes up to `limit` issues of loads that ended before this time, the oldest first. Gives how many. */
  removeIssues(before: number, limit: number): Promise<number>;
  /** Ends the wait of a held load. Undefined when it is not held any more. */
  settle(id: string, end: Omit<LoadEnd, 'at'>): Promise<Load | undefined>;
}

export interface LoadEnd {
  status: Load['status'];
  isComplete: boolean;
  missing: MissingTally | null;
  error: string | null;
  at: number;
}

export interface AccountCounts {
  /** Accounts that were known before and not deactivated. */
  known: number;
  /** Those of them that were not seen since. */
  missing: number;
}

/** Accounts of an app that were not seen since a time, in milliseconds. */
export interface MissingAccountsStore {
  count(appId: string, before: number): Promise<AccountCounts>;
  list(appId: string, before: number, query: ListQuery): Promise<Omit<ListPage<MissingAccount>, 'total'>>;
  /** Marks them as deactivated, with the load as the cause in their history; returns how many. */
  deactivate(absence: { appId: string; before: number; loadId: string; at: number }): Promise<number>;
}

/** A value that identifies one person: a username, or a unique field that an operator added. */
export interface UniqueValue {
  externalId: string;
  value: string;
}

/** A record of a vendor after the mapping, before anybody looked whom it means. */
export interface MappedRecord {
  label: string;
  /** Values of the person by external id, of the fields' types; null where the vendor gave none. */
  person: Record<string, unknown>;
  /** Null for a load of users only. */
  saasUser: Record<string, unknown> | null;
  /** The account's identifier in the app; empty for a load of users only, or where the vendor gave none. */
  identifier: string;
  /** Sync keys that have a value, the first one first. `identifier` stands for the SaaS user's. */
  keys: UniqueValue[];
  uniques: UniqueValue[];
  /** Why it cannot be written, when that is known already. */
  problem: { action: 'skip' | 'fail'; reason: string } | null;
  /** What the filter of its mapping says; absent where there is none. */
  refusals?: Refusals;
  /** The vendor's own record as JSON. */
  raw: string;
}

/** Whom the records of a page may mean; knows what was written a moment ago. */
export interface Known {
  personBy(unique: UniqueValue): Person | undefined;
  personById(id: string): Person | undefined;
  saasUser(identifier: string): SaasUser | undefined;
  /** Accounts that are known by this address only, as people who are invited are before the vendor gives them an id. */
  withoutId(address: string): readonly SaasUser[];
  /** Whether an earlier record of the list meant this person or account. */
  wasNamed(id: string): boolean;
  /** Remembers that a record of the list meant this person or account. */
  name(id: string): void;
}

export interface ValueChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** What becomes of a record: whole rows as they shall be, and the history of it. */
export interface Decision {
  action: 'create' | 'update' | 'unchanged' | 'skip' | 'fail';
  reason: string | null;
  /** Null when nothing of it is written. `uniques` are the added fields whose value changed; null takes it away. */
  person: {
    person: Person;
    isNew: boolean;
    changes: ValueChange[];
    uniques: { externalId: string; value: string | null }[];
  } | null;
  saasUser: { user: SaasUser; isNew: boolean; changes: ValueChange[] } | null;
}

export type Decide = (record: MappedRecord, known: Known) => Decision;

/** By what a load matches the records of its list. Plain values: another thread may do it. */
export interface MatchRules {
  preference: Integration['preference'];
  /** Null for a load of users only. */
  appId: string | null;
  /** Targets that are written without a word in the history. */
  quiet: ReadonlySet<string>;
  /** ISO 8601. */
  startedAt: string;
}

/** A list of a load, from its first page to its end. */
export interface ListToWrite extends MatchRules {
  loadId: string;
}

export interface PageToWrite {
  at: number;
  records: readonly MappedRecord[];
  /** How many pages are read with these records. */
  pages: number;
  /** As it was before them. */
  tally: LoadTally;
}

export interface ListWriter {
  /**
   * Decides and writes records of a page with their issues and counts, in one transaction. Throws `conflict` when the
   * load does not stand where the tally says: it ended, or somebody else writes it. Nothing can be written after a
   * failure.
   */
  write(page: PageToWrite): Promise<Load>;
  /** Forgets whom the list has named. */
  close(): void;
}

export interface LoadWriter {
  /** Keeps the names of a vendor's ids, for blocks that read ids later. */
  keepNames(vendorId: string, lists: readonly ReadonlyMap<string, string>[]): Promise<void>;
  /** Begins a list: of two records with one key the second is left out, however many pages lie between them. */
  open(list: ListToWrite): ListWriter;
  /** Decides only. */
  look(
    records: readonly MappedRecord[],
    appId: string | null,
    decide: Decide,
  ): Promise<
    {
      record: MappedRecord;
      decision: Decision;
      before: { person: Person | null; saasUser: SaasUser | null };
    }[]
  >;
}

/** Tells whoever watches a load, after each page. */
export interface LoadEvents extends Pick<Events, 'listChanged'> {
  loadChanged(load: Load): void;
}
