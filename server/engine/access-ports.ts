import type { Right, Role } from '../domain/rights.ts';

/** Somebody who signs in to this server. */
export interface OperatorView {
  id: string;
  name: string;
  email: string;
  role: Role;
}

export interface OperatorStore {
  count(): Promise<number>;
  find(id: string): Promise<OperatorView | undefined>;
  /** By e-mail address in small letters, with the hash of the password. */
  findByEmail(email: string): Promise<{ operator: OperatorView; passwordHash: string } | undefined>;
  /** Adds the first operator; false when there is one already. */
  insertFirst(operator: OperatorView, passwordHash: string, at: number): Promise<boolean>;
}

export interface StoredSession {
  operatorId: string;
  createdAt: number;
  lastSeenAt: number;
  /** When the password was entered again last. */
  confirmedAt?: number | undefined;
}

/** Sessions by the hash of what the browser holds. */
export interface SessionStore {
  find(hash: string, now: number): Promise<StoredSession | undefined>;
  save(hash: string, session: StoredSession, expiresAt: number): Promise<void>;
  remove(hash: string): Promise<void>;
  removeExpired(now: number): Promise<void>;
}

export interface StoredToken {
  id: string;
  name: string;
  role: Role;
  hash: string;
  createdAt: number;
  expiresAt: number | null;
}

export interface TokenStore {
  insert(token: StoredToken): Promise<void>;
  findByHash(hash: string): Promise<StoredToken | undefined>;
  touch(id: string, at: number): Promise<void>;
}

export interface SettingsStore {
  find(key: string): Promise<string | undefined>;
  save(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
}

/** What somebody did, to what. `actor` is a name that stays readable when the operator is gone. */
export interface AuditEntry {
  actor: string;
  action: string;
  target: string;
  details?: unknown;
}

export interface AuditLog {
  add(entry: AuditEntry): Promise<void>;
}

/** Whose request it is, and what they may do. */
export interface Principal {
  /** `session` comes with a cookie that browsers send by themselves; `token` never does. */
  kind: 'session' | 'token';
  /** Id of the operator or the token. */
  id: string;
  name: string;
  role: Role;
  rights: readonly Right[];
  operator: OperatorView | null;
  /** SHA-256 of the session; empty for a token. */
  sessionHash: string;
  /** When the password was entered last, in milliseconds since 1970; null for a token. */
  signedInAt: number | null;
}

export interface SetupInput {
  code: string;
  name: string;
  email: string;
  password: string;
}

/** Who may come in. */
export interface Access {
  isSetUp(): Promise<boolean>;
  /** A new one-time code; the one before is void. Undefined once there is an owner. */
  newSetupCode(): Promise<string | undefined>;
  /** Makes the owner. Throws `forbidden` for a wrong or used code. */
  setUp(input: SetupInput): Promise<OperatorView>;
  /** Throws `unauthorized` without saying which of the two was wrong. */
  signIn(email: string, password: string): Promise<OperatorView>;
  /** A new session; returns what the browser shall hold. */
  openSession(operatorId: string): Promise<string>;
  closeSession(secret: string): Promise<void>;
  /** Makes a session as fresh as a new one. Throws `forbidden` for a wrong password, and for a token. */
  confirm(caller: Principal, password: string): Promise<void>;
  /** Undefined when the session has ended or its operator is gone. */
  bySession(secret: string): Promise<Principal | undefined>;
  byToken(token: string): Promise<Principal | undefined>;
  /** Returns the token: it can never be read again. */
  createToken(token: { name: string; role: Role; expiresAt: number | null }): Promise<string>;
}
