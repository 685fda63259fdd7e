import type { Credential } from '../domain/credential.ts';
import type { RecordType } from '../domain/field.ts';
import type { Integration, MissingPart } from '../domain/integration.ts';
import type { Load, LoadIssue, MissingAccount } from '../domain/load.ts';
import type { Mapping, MappingRow, MappingVersion } from '../domain/mapping.ts';
import type { MappingWarning } from '../domain/mapping-warnings.ts';
import type { Pace } from '../domain/pace.ts';
import type { AuthKind } from '../domain/vendor.ts';
import type { Principal } from './access-ports.ts';
import type { LoadRunner } from './ports.ts';

/** What the doors (HTTP, command line) ask of credentials, integrations and loads. Absent records are `not_found`. */

export interface CredentialDraft {
  name: string;
  owner: string;
  vendorId: string;
  /** Absent: the stored one, or the vendor's first choice. */
  kind?: AuthKind | undefined;
  description: string;
  scopes: string;
  clientId: string;
  clientAuth?: Credential['clientAuth'] | undefined;
  inputs?: Record<string, string> | undefined;
  /** The secret of its kind. Absent or empty on a change: the stored one is kept. */
  clientSecret?: string | undefined;
  token?: string | undefined;
  password?: string | undefined;
  baseUrl?: string | undefined;
  authorizeUrl?: string | undefined;
  tokenUrl?: string | undefined;
  /** Absent or null: as the vendor documents. */
  perSecond?: number | null | undefined;
  atOnce?: number | null | undefined;
}

/** Values that an editor saw, by name. */
type Values = Readonly<Record<string, unknown>>;

export interface CredentialUse {
  kind: 'integration' | 'workflow';
  id: string;
  name: string;
}

export interface CredentialView {
  credential: Credential;
  redirectUrl: string;
  /** `host:port` of every place that its secrets may be sent to. */
  hosts: string[];
  usedBy: CredentialUse[];
}

export interface CredentialService {
  list(): Promise<Credential[]>;
  find(id: string): Promise<CredentialView>;
  /** Throws `invalid` naming what its kind misses or cannot be, and `conflict` for a name in use. */
  create(draft: CredentialDraft): Promise<CredentialView>;
  /**
   * A new client, secret, scope or URL takes away its tokens: it must be authenticated again. Throws `conflict` when
   * somebody else has changed what the editor saw, and when a second person has to agree to other hosts first.
   */
  update(
    id: string,
    draft: CredentialDraft & { was?: Values | undefined },
    by?: Principal,
  ): Promise<CredentialView>;
  /** Throws `conflict` while something uses it. */
  remove(id: string): Promise<void>;
  /** Begins a login at the vendor; `sessionHash` is SHA-256 of the operator's session. */
  authorize(id: string, login: { sessionHash: string; returnTo: string }): Promise<{ authorizeUrl: string }>;
  /**
   * Ends a login with the query of `GET /api/v1/oauth/callback`, as a whole URL or as `?code=…&state=…`. Throws
   * `invalid` when state is missing, unknown, used, late or begun by another session. A refusal of the vendor is
   * kept as the credential's problem and comes back as `error`. `returnTo` is a path of ours.
   */
  finish(query: string, sessionHash: string): Promise<{ returnTo: string; error: string | null }>;
  /** How fast it is used now, and why it is not faster. */
  pace(id: string): Promise<Pace>;
  /** Makes the vendor's cheap read. Never throws for what the vendor answers. */
  test(id: string): Promise<{ isOk: boolean; message: string }>;
}

export interface IntegrationView {
  integration: Integration;
  missing: MissingPart[];
  /** Rows of its mapping whose values may not fit. */
  warnings: MappingWarning[];
  /** The next five times of its schedule, also while it is a draft; none while it is paused. */
  nextLoads: string[];
}

export interface IntegrationChange {
  name?: string | undefined;
  mode?: Integration['mode'] | undefined;
  preference?: Integration['preference'] | undefined;
  credentialId?: string | null | undefined;
  installation?: Integration['installation'] | undefined;
  /** Of a local installation; null with `cloud`. */
  agentId?: string | null | undefined;
  agentCredential?: string | undefined;
  inputs?: Record<string, string> | undefined;
  /** Is kept as a new version; `mappingVersion` is the one that it began from, absent to save it over whatever is there. */
  mapping?: Mapping | undefined;
  mappingVersion?: number | undefined;
  mappingNote?: string | undefined;
  missingAccounts?: Integration['missingAccounts'] | undefined;
  contacts?: Integration['contacts'] | undefined;
  schedule?: Integration['schedule'] | undefined;
  isPaused?: boolean | undefined;
  /** The values that the editor saw. */
  was?: Values | undefined;
}

export interface ProposedRow {
  row: MappingRow;
  reason: string;
  confidence: 'sure' | 'likely';
  /** Set where the target does not exist yet. */
  newField: { label: string; type: string; isUnique: boolean } | null;
}

export interface PreviewRecord {
  label: string;
  action: 'create' | 'update' | 'unchanged' | 'skip' | 'fail';
  reason: string | null;
  values: {
    recordType: RecordType;
    externalId: string;
    before: unknown;
    after: unknown;
    /** False for what is the same already, and for every value of a record that is left out. */
    isWritten: boolean;
    /** What the value was made from: its label and what the vendor sent; null for values that no row fills. */
    source: string | null;
    read: unknown;
    /** Why the value cannot be. */
    problem: string | null;
  }[];
}

export interface Preview {
  records: PreviewRecord[];
  /** What would become of everybody on the first pages. */
  counts: Record<PreviewRecord['action'], number>;
  /** Up to twenty different values of each vendor field. */
  samples: Record<string, unknown[]>;
  /** The vendor's first records as it sent them, and their vendor fields by key. */
  examples: { record: unknown; fields: Record<string, unknown> }[];
  warnings: MappingWarning[];
}

export interface IntegrationService {
  list(): Promise<Integration[]>;
  find(id: string): Promise<IntegrationView>;
  /** With a load a day at a quiet hour; whoever adds it is its first contact. */
  create(draft: {
    vendorId: string;
    name: string;
    operatorId?: string | undefined;
  }): Promise<IntegrationView>;
  /**
   * Throws `conflict` when `mappingVersion` is not the newest one. `by` is written into the mapping's history.
   * Throws `invalid` for a mapping that names a source, target or sync key that cannot be, for an unknown input, and
   * for a schedule that never comes. An active one that now lacks something is a draft again.
   */
  change(id: string, change: IntegrationChange, by?: string): Promise<IntegrationView>;
  /** Removes it with its loads; people and SaaS users stay. Throws `conflict` while a load runs. */
  remove(id: string): Promise<void>;
  /** Makes it active. Throws `conflict` naming what is missing. */
  launch(id: string): Promise<IntegrationView>;
  /** Makes it a draft again: it loads no more. */
  withdraw(id: string): Promise<IntegrationView>;
  /** Asks the vendor for the values that an input may have, such as its account keys. */
  choices(id: string, input: string): Promise<{ value: string; label: string }[]>;
  /**
   * What Smart Mapping proposes for targets that the mapping (the stored one, or this) leaves open. `kept` are those
   * that it would have filled otherwise than the author did. Nothing is written.
   */
  propose(id: string, mapping?: Mapping): Promise<{ rows: ProposedRow[]; kept: MappingRow[] }>;
  /** Reads the first page of each pass and shows what would be written, by the stored mapping or by this one. Writes nothing. */
  preview(id: string, mapping?: Mapping): Promise<Preview>;
  /** Newest first. */
  mappingVersions(id: string, query: ListQuery): Promise<ListPage<MappingVersion>>;
  mappingVersion(id: string, version: number): Promise<MappingVersion>;
  /** Saves an earlier mapping as the newest version. Throws `conflict` when `base` is not the newest one. */
  restoreMapping(id: string, version: number, base: number, by: string): Promise<IntegrationView>;
}

export interface ListQuery {
  limit: number;
  cursor?: string | undefined;
}

export interface ListPage<T> {
  items: T[];
  nextCursor: string | null;
  total: number;
}

export interface IssueQuery extends ListQuery {
  kind?: LoadIssue['kind'] | undefined;
  /** Part of the label or of the reason. */
  search?: string | undefined;
}

export interface LoadService extends LoadRunner {
  /** Starts a load and answers at once. Throws `conflict` for a draft, or while one runs. */
  start(integrationId: string, startedBy: string): Promise<Load>;
  find(id: string): Promise<Load>;
  /** Newest first. */
  list(integrationId: string, query: ListQuery): Promise<ListPage<Load>>;
  /** Records that it left out or could not write, in the order in which it found them. */
  issues(id: string, query: IssueQuery): Promise<ListPage<LoadIssue>>;
  /** Stops after the page that it is at. Throws `conflict` for a load that has ended. */
  cancel(id: string): Promise<Load>;
  /** Accounts that a held load did not list; empty for every other one. */
  missingAccounts(id: string, query: ListQuery): Promise<ListPage<MissingAccount>>;
  /**
   * Decides about the accounts that a held load did not list: marks them as deactivated, or leaves them. Throws
   * `conflict` when it is not held, or when a newer load knows better.
   */
  settleMissing(id: string, action: 'deactivate' | 'leave', by: string): Promise<Load>;
  /** At start: begins the loads again that a stop or a crash has left behind; returns how many. */
  resume(): Promise<number>;
  /** Stops what runs, for the next start to begin it again. */
  stop(): Promise<void>;
}
