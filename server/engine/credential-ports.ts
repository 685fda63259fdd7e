import type { Credential } from '../domain/credential.ts';
import type { Principal } from './access-ports.ts';
import type { ApprovalUse } from './approval-ports.ts';
import type { CredentialUse } from './service-ports.ts';

/** A credential with its sealed secrets, as the store keeps it. Only the egress client opens them. */
export interface StoredCredential {
  credential: Credential;
  /** What the operator entered: the client secret, token or password. */
  secret: Uint8Array | null;
  accessToken: Uint8Array | null;
  refreshToken: Uint8Array | null;
  /** Of the access token, in milliseconds since 1970; null when the vendor did not say. */
  expiresAt: number | null;
}

export interface SealedTokens {
  accessToken: Uint8Array;
  refreshToken: Uint8Array | null;
  expiresAt: number | null;
  /** `apiUrl` of the credential; absent where the vendor named none. */
  apiUrl?: string | undefined;
}

/** A login that was begun at a vendor. */
export interface Authorization {
  /** SHA-256 of the state that the vendor sends back. */
  stateHash: string;
  credentialId: string;
  sessionHash: string;
  /** Sealed PKCE verifier. */
  verifier: Uint8Array;
  returnTo: string;
  expiresAt: number;
}

/** What of a credential an operator sets. */
export type CredentialFields = Pick<
  Credential,
  | 'name'
  | 'owner'
  | 'vendorId'
  | 'kind'
  | 'description'
  | 'scopes'
  | 'clientId'
  | 'clientAuth'
  | 'inputs'
  | 'baseUrl'
  | 'authorizeUrl'
  | 'tokenUrl'
  | 'perSecond'
  | 'atOnce'
>;

/** Whether a credential may be pointed elsewhere. */
export interface HostChanges {
  /**
   * Null when nobody has to agree, or the approval to be used in the transaction of the change. Throws `conflict` after
   * it has asked a second person.
   */
  judge(
    change: { credential: Credential; fields: CredentialFields; usedBy: readonly CredentialUse[] },
    by: Principal,
  ): Promise<ApprovalUse | null>;
}

export interface CredentialStore {
  list(): Promise<Credential[]>;
  find(id: string): Promise<StoredCredential | undefined>;
  findByName(name: string): Promise<StoredCredential | undefined>;
  /** Throws `conflict` when the name is in use. */
  insert(id: string, fields: CredentialFields, secret: Uint8Array, at: number): Promise<void>;
  /**
   * Throws `conflict` when the name is in use. A null secret keeps the stored one. `dropTokens` also ends logins and
   * refreshes that are under way.
   */
  update(
    id: string,
    fields: CredentialFields,
    secret: Uint8Array | null,
    change: { dropTokens: boolean; at: number; use: ApprovalUse | null },
  ): Promise<void>;
  /** Throws `conflict` while something uses it. False when there is none. */
  remove(id: string): Promise<boolean>;
  usedBy(id: string): Promise<CredentialUse[]>;
  touch(id: string, at: number): Promise<void>;

  addAuthorization(authorization: Authorization): Promise<void>;
  /** Gives it once and forgets it. */
  takeAuthorization(stateHash: string): Promise<Authorization | undefined>;

  /** Lets this holder ask for new tokens until the time is over. False while another one does. */
  takeRefresh(id: string, holder: string, now: number, until: number): Promise<boolean>;
  endRefresh(id: string, holder: string): Promise<void>;
  /** Keeps new tokens. With a holder only while that one still holds the refresh; false when it does not. */
  saveTokens(id: string, tokens: SealedTokens, at: number, holder: string | null): Promise<boolean>;
  /** Takes back that a credential without a login failed, and forgets its tokens. */
  forgive(id: string, at: number): Promise<void>;
  /** Says what a test found out about a credential that stays in use; null when all is well. */
  note(id: string, problem: string | null): Promise<void>;
  /** Says why a credential is of no use now, and ends the holder's refresh. With a holder as in `saveTokens`. */
  fail(
    id: string,
    failure: { status: 'expired' | 'failed'; problem: string; at: number },
    holder: string | null,
  ): Promise<boolean>;
}
