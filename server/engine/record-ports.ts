import type { Field, FieldType, RecordType } from '../domain/field.ts';
import type { FieldChange, Person } from '../domain/person.ts';
import type { RunRecord, RunStatus } from '../domain/run.ts';
import type { App, SaasUser } from '../domain/saas-user.ts';
import type { NewNotification } from './ports.ts';
import type { ListPage, ListQuery } from './service-ports.ts';

/** What the doors show of records. Absent ones are `undefined`. */

export interface SearchQuery extends ListQuery {
  search?: string | undefined;
  status?: 'active' | 'deactivated' | undefined;
}

export interface SaasUsersQuery extends SearchQuery {
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

export interface PeopleReader {
  list(query: SearchQuery): Promise<ListPage<Person>>;
  find(id: string): Promise<PersonView | undefined>;
  /** Roles that people have, in the order of the alphabet. */
  roles(): Promise<string[]>;
}

export interface SaasUserView {
  user: SaasUser;
  app: App;
  person: Person | null;
  raw: unknown;
  history: ToldChange[];
  runs: RecordRun[];
}

export interface AppsReader {
  list(): Promise<App[]>;
  find(id: string): Promise<App | undefined>;
  users(
    appId: string,
    query: SaasUsersQuery,
    now: number,
  ): Promise<ListPage<SaasUser & { personName: string | null }>>;
  user(appId: string, userId: string): Promise<SaasUserView | undefined>;
}

export interface NewField {
  id: string;
  recordType: RecordType;
  externalId: string;
  label: string;
  type: FieldType;
  isUnique: boolean;
  help: string;
}

export interface FieldStore {
  /** Built-in fields first, then those that operators added, by label. */
  list(): Promise<Field[]>;
  /** Throws `conflict` when the record type has that external id already. */
  insert(field: NewField, at: number): Promise<Field>;
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
