import { type Credential, credentialKinds, hostsOf } from '#domain/credential';
import { AppError } from '#domain/errors';
import type { CredentialStore, StoredCredential } from '#engine/credential-ports';
import type { VendorCall, Vendors } from '#engine/vendor-ports';
import { type Signature, signatureOf } from './signature.ts';
import type { Vault } from './vault.ts';

/** A credential that is opened and kept in memory for the calls that come. */
export interface Account {
  credential: Credential;
  /** Without a slash at the end. */
  baseUrl: string;
  hosts: ReadonlySet<string>;
  /** Null while there is nothing to send: nobody has authenticated it, or its first token was not asked for yet. */
  signature: Signature | null;
  /** Whether a new token can be had without a person. */
  canRenew: boolean;
  /** Milliseconds since 1970; infinite when the vendor did not say. */
  expiresAt: number;
  /** The same list until a secret changes, so that what is derived from it can be kept. */
  secrets: readonly string[];
  stored: StoredCredential;
  readAt: number;
}

/** Opens credentials, and reads them again now and then: another process may have changed them. */
export interface Accounts {
  /** At once where it is known and fresh. Undefined when there is none. Throws when its secrets cannot be opened. */
  find(reference: VendorCall['credential']): Account | undefined | Promise<Account | undefined>;
  reread(id: string): Promise<Account | undefined>;
  forget(id: string): void;
}

const freshMs = 1_000;

export interface AccountsDeps {
  store: CredentialStore;
  vault: Vault;
  vendors: Pick<Vendors, 'find'>;
  now: () => number;
}

export function createAccounts({ store, vault, vendors, now }: AccountsDeps): Accounts {
  const byId = new Map<string, Account>();
  const idsByName = new Map<string, string>();

  const open = (stored: StoredCredential): Account => {
    const { credential } = stored;
    const known = byId.get(credential.id);
    const isSame =
      known?.credential.updatedAt === credential.updatedAt && hasSameSecrets(known.stored, stored);
    const opened = isSame ? known : openSecrets(stored, vault, vendors);
    const account: Account = {
      credential,
      baseUrl: baseOf(credential),
      hosts: new Set(hostsOf(credential)),
      signature: opened.signature,
      canRenew: stored.refreshToken !== null || credentialKinds[credential.kind].token === 'asked',
      expiresAt: stored.expiresAt ?? Number.POSITIVE_INFINITY,
      secrets: opened.secrets,
      stored,
      readAt: now(),
    };
    byId.set(credential.id, account);
    idsByName.set(credential.name, credential.id);
    return account;
  };

  const keep = (stored: StoredCredential | undefined, id: string | undefined): Account | undefined => {
    if (stored !== undefined) return open(stored);
    if (id !== undefined) byId.delete(id);
    return undefined;
  };

  return {
    find(reference) {
      const id = 'id' in reference ? reference.id : idsByName.get(reference.name);
      const known = id === undefined ? undefined : byId.get(id);
      const isFresh = known !== undefined && now() - known.readAt < freshMs;
      if (isFresh && ('id' in reference || known.credential.name === reference.name)) return known;
      if ('id' in reference) return store.find(reference.id).then((stored) => keep(stored, reference.id));
      return store.findByName(reference.name).then((stored) => keep(stored, undefined));
    },
    reread: async (id) => keep(await store.find(id), id),
    forget(id) {
      byId.delete(id);
    },
  };
}

/** Whether two readings of a credential hold the same token. */
export function hasSameToken(a: StoredCredential, b: StoredCredential): boolean {
  return isSame(a.accessToken, b.accessToken);
}

function hasSameSecrets(a: StoredCredential, b: StoredCredential): boolean {
  return hasSameToken(a, b) && isSame(a.refreshToken, b.refreshToken) && isSame(a.secret, b.secret);
}

function isSame(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === null || b === null) return a === b;
  return Buffer.compare(a, b) === 0;
}

/** Where the vendor said that the account lives, with the path of the base URL. */
function baseOf({ baseUrl, apiUrl }: Credential): string {
  const base = apiUrl === '' ? baseUrl : apiUrl + new URL(baseUrl).pathname;
  return base.replace(/\/+$/, '');
}

function openSecrets(stored: StoredCredential, vault: Vault, vendors: Pick<Vendors, 'find'>) {
  const { credential } = stored;
  const openOne = (sealed: Uint8Array | null, field: string): string | null => {
    if (sealed === null) return null;
    try {
      return vault.open(sealed, { record: credential.id, field });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new AppError(error.code, `Credential "${credential.name}": ${error.message}`, { cause: error });
    }
  };
  const accessToken = openOne(stored.accessToken, 'access_token');
  const secret = openOne(stored.secret, 'secret');
  const refreshToken = openOne(stored.refreshToken, 'refresh_token');

  const sent = credentialKinds[credential.kind].token === 'given' ? secret : accessToken;
  const method = vendors.find(credential.vendorId)?.auth.find(({ kind }) => kind === credential.kind);
  const signature = sent === null ? null : signatureOf(credential, method, sent);
  // A user name and password are one secret more once they are written as one text.
  const written = credential.kind === 'basic' ? signature?.value.slice('Basic '.length) : pathOf(signature);
  const secrets = [accessToken, refreshToken, secret, written].filter((each) => each != null && each !== '');
  return { signature, secrets: secrets as string[] };
}

/** The path of a webhook is a secret without its host, too. */
const pathOf = (signature: Signature | null): string | undefined =>
  signature?.in === 'path' ? signature.value : undefined;
