import type { ConditionGroup } from '../domain/condition.ts';
import type { Field, FieldType, RecordType } from '../domain/field.ts';
import type { Cause, FieldChange, Person } from '../domain/person.ts';
import type { PersonRole } from '../domain/person-role.ts';
import type { RunRecord, RunStatus } from '../domain/run.ts';
import type { App, SaasUser } from '../domain/saas-user.ts';
import type { NewNotification, RecordChange } from './journal-ports.ts';
import type { ListPage, ListQuery } from './service-ports.ts';

/** What the doors show of records. Absent ones are `undefined`. */

export interface SearchQuery extends ListQuery {
  search?: string | undefined;
  status?: 'active' | 'deactivated' | undefined;
}

/** A list of records: `sort` names a field, with a minus before it for the other way round. */
export interface RecordsQuery extends SearchQuery {
  sort?: string | undefined;
  filter?: ConditionGroup | undefined;
}

export interface SaasUsersQuery extends RecordsQuery {
  activity?: 'recent' | 'inactive' | 'unknown' | undefined;
}

/** A change with the name of its cause, such as "Load of Webex". */
export type ToldChange = FieldChange & { causeLabel: string };

/** A run that touched a record. */
export interface RecordRun {
  runId: string;
  workflowId: string;
  workflowName: string;
  startedAt: string;
  runStatus: RunStatus;
  record: RunRecord;
}

export interface PersonView {
  person: Person;
  accounts: (SaasUser & { appName: string })[];
  history: ToldChange[];
  runs: RecordRun[];
}

/** A page without the count of all that match: for reading a list to its end. */
export type Rows<T> = Omit<ListPage<T>, 'total'>;

export interface PeopleReader {
  /** Throws `invalid` for a field that people have not, and for an operator or a value that does not suit it. */
  list(query: RecordsQuery, now: number): Promise<ListPage<Person>>;
  rows(query: RecordsQuery, now: number): Promise<Rows<Person>>;
  find(id: string): Promise<PersonView | undefined>;
}

export interface PeopleWriter {
  /**
   * Writes what is decided about the person as it is now, with its history. Throws `not_found`, and `conflict` when
   * a unique value is taken.
   */
  change(
    id: string,
    decide: (person: Person) => readonly RecordChange[],
    cause: Cause,
    at: number,
  ): Promise<void>;
}

export interface PeopleService {
  /** Sets values by external id; throws `invalid` with the field as its place for one that does not fit. */
  change(id: string, values: Readonly<Record<string, unknown>>, cause: Cause): Promise<PersonView>;
}

/** Roles of people by name. */
export interface RoleStore {
  /** Those that operators listed and those that people have. */
  list(): Promise<{ name: string; people: number }[]>;
  add(name: string, at: number): Promise<void>;
  /** Gives everybody who has the role the other one, and lists that one instead. */
  replace(name: string, by: string, cause: Cause, at: number): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Who changes a role: for the history of people, and by name for that of mappings. */
export interface RoleAuthor {
  cause: Cause;
  name: string;
}

export interface RoleService {
  list(): Promise<PersonRole[]>;
  /** Throws `conflict` when there is one of that name, whatever its capitals. */
  create(name: string): Promise<PersonRole[]>;
  /** People and mappings follow. Throws `not_found`, and `conflict` for the built-in one or a name that is taken. */
  rename(name: string, to: string, who: RoleAuthor): Promise<PersonRole[]>;
  /** People and mappings that have it get the replacement; throws `conflict` when there are some and there is none. */
  remove(name: string, replacement: string | undefined, who: RoleAuthor): Promise<PersonRole[]>;
}

export interface SaasUserView {
  user: SaasUser;
  app: App;
  person: Person | null;
  raw: unknown;
  history: ToldChange[];
  runs: RecordRun[];
}

export type SaasUserRow = SaasUser & { personName: string | null };

export interface AppsReader {
  list(): Promise<App[]>;
  find(id: string): Promise<App | undefined>;
  /** Throws `invalid` as the list of people does. */
  users(appId: string, query: SaasUsersQuery, now: number): Promise<ListPage<SaasUserRow>>;
  userRows(appId: string, query: SaasUsersQuery, now: number): Promise<Rows<SaasUserRow>>;
  user(appId: string, userId: string): Promise<SaasUserView | undefined>;
}

export interface NewField {
  id: string;
  recordType: RecordType;
  externalId: string;
  label: string;
  type: FieldType;
  isUnique: boolean;
  choices: string[];
  help: string;
}

/** What of a field can be changed: its type and external id cannot, because values and templates hang on them. */
export interface FieldEdit {
  label?: string | undefined;
  isUnique?: boolean | undefined;
  choices?: string[] | undefined;
  help?: string | undefined;
}

export interface FieldStore {
  /** Built-in fields first, then those that operators added, by label. */
  list(): Promise<Field[]>;
  /** Throws `conflict` when the record type has that external id already. */
  insert(field: NewField, at: number): Promise<Field>;
  /** Throws `conflict` naming the duplicates when it shall become unique and cannot. */
  change(field: Field, change: FieldEdit): Promise<Field>;
  /** Removes it with all its values; the history of them stays. */
  remove(field: Field): Promise<void>;
  /** How many records have a value in it. */
  countValues(field: Field): Promise<number>;
}

/** What names a field: it cannot be removed while there is any. */
export interface FieldUse {
  kind: 'integration' | 'workflow';
  id: string;
  name: string;
  /** As a key by which records are matched. */
  isSyncKey: boolean;
}

export interface FieldView {
  field: Field;
  uses: FieldUse[];
  values: number;
}

export interface FieldService {
  list(): Promise<Field[]>;
  find(id: string): Promise<FieldView>;
  /** Throws `invalid` for a reserved external id and for Unique where values cannot be, `conflict` for a taken id. */
  create(field: Omit<NewField, 'id'>): Promise<Field>;
  /** Throws `conflict` for a built-in field, for Unique that the data does not allow, or that a mapping needs. */
  change(id: string, change: FieldEdit): Promise<FieldView>;
  /** Throws `conflict` naming the mappings and workflows that use it. */
  remove(id: string): Promise<void>;
}

export interface StoredNotification extends NewNotification {
  id: string;
  at: string;
  isRead: boolean;
}

/** `reader` is the id of an operator: they see what is for them and for everybody. Null sees the latter only. */
export interface NotificationStore {
  /** For everybody. */
  add(notification: NewNotification & { id: string }, at: number): Promise<void>;
  /** Newest first. */
  list(query: ListQuery, reader: string | null): Promise<ListPage<StoredNotification> & { unread: number }>;
  /** False when there is none. */
  markRead(id: string, reader: string | null): Promise<boolean>;
  markAllRead(reader: string | null): Promise<void>;
}

export interface OverviewView {
  people: number;
  deactivatedPeople: number;
  apps: {
    id: string;
    name: string;
    vendorId: string;
    users: number;
    inactive90Days: number;
    unknownActivity: number;
    deactivated: number;
  }[];
  /** Records of runs whose call has an unclear outcome. */
  needsAttention: number;
  activeWorkflows: number;
  steps: {
    hasCredential: boolean;
    hasIntegration: boolean;
    hasLoad: boolean;
    hasWorkflow: boolean;
    hasRun: boolean;
  };
}

export interface OverviewReader {
  read(now: number): Promise<OverviewView>;
}
