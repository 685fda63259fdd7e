import { createHash } from 'node:crypto';
import { hostsOf } from '#domain/credential';
import { AppError } from '#domain/errors';
import type { NewId } from '#domain/ids';
import { loginOf, type Vendor } from '#domain/vendor';
import type { CredentialFields, CredentialStore, StoredCredential } from '#engine/credential-ports';
import type { Clock, Events, VendorClient, Vendors } from '#engine/ports';
import type { CredentialDraft, CredentialService, CredentialView } from '#engine/service-ports';
import type { Accounts } from './accounts.ts';
import { testCredential } from './credential-test.ts';
import type { Egress } from './egress-client.ts';
import type { OAuth } from './oauth.ts';
import { sealTokens, toApp } from './refresh.ts';
import type { Vault } from './vault.ts';

export interface CredentialDeps {
  store: CredentialStore;
  accounts: Accounts;
  vault: Vault;
  oauth: OAuth;
  egress: Egress;
  client: VendorClient;
  vendors: Vendors;
  clock: Clock;
  newId: NewId;
  events: Pick<Events, 'listChanged'>;
  /** Where browsers reach this server, without a slash at the end; read when asked, because the port may be chosen late. */
  publicUrl: () => string;
}

const loginMs = 10 * 60_000;

/** Credentials as the doors see them: secrets go in, and never come out. */
export function createCredentials(deps: CredentialDeps): CredentialService {
  const { store, accounts, vault, oauth, client, vendors, clock, newId, events } = deps;
  const redirectUrl = () => `${deps.publicUrl().replace(/\/+$/, '')}/api/v1/oauth/callback`;

  const findStored = async (id: string): Promise<StoredCredential> => {
    const stored = await store.find(id);
    if (!stored) throw new AppError('not_found', 'There is no such credential. It may have been removed.');
    return stored;
  };
  const view = async (id: string): Promise<CredentialView> => {
    const { credential } = await findStored(id);
    const usedBy = await store.usedBy(id);
    return { credential, redirectUrl: redirectUrl(), hosts: hostsOf(credential), usedBy };
  };
  const changed = (id: string) => {
    accounts.forget(id);
    events.listChanged('credentials');
  };

  return {
    list: () => store.list(),
    find: view,

    async create(draft) {
      const fields = toFields(deps, draft);
      const secret = draft.clientSecret ?? '';
      if (secret === '') throw new AppError('invalid', 'Enter the client secret.', { place: 'clientSecret' });
      const id = newId('credential');
      const sealed = vault.seal(secret, { record: id, field: 'client_secret' });
      await store.insert(id, fields, sealed, clock.now());
      changed(id);
      return await view(id);
    },

    async update(id, draft) {
      const { credential: old } = await findStored(id);
      const fields = toFields(deps, draft);
      const secret = draft.clientSecret ?? '';
      if (secret === '' && new URL(old.tokenUrl).host !== new URL(fields.tokenUrl).host) {
        throw new AppError(
          'invalid',
          'The token URL has moved to another host. Enter the client secret again, so that it only goes where you mean it to.',
          { place: 'clientSecret' },
        );
      }
      const sealed = secret === '' ? null : vault.seal(secret, { record: id, field: 'client_secret' });
      const dropTokens = secret !== '' || bindingFields.some((key) => old[key] !== fields[key]);
      await store.update(id, fields, sealed, { dropTokens, at: clock.now() });
      changed(id);
      return await view(id);
    },

    async remove(id) {
      if (!(await store.remove(id))) await findStored(id);
      changed(id);
    },

    async authorize(id, { sessionHash, returnTo }) {
      const stored = await findStored(id);
      const { authorizeUrl, state, verifier } = await oauth.begin(toApp(deps, stored), redirectUrl());
      const stateHash = hash(state);
      await store.addAuthorization({
        stateHash,
        credentialId: id,
        sessionHash,
        verifier: vault.seal(verifier, { record: stateHash, field: 'verifier' }),
        returnTo,
        expiresAt: clock.now() + loginMs,
      });
      return { authorizeUrl };
    },

    async finish(query, sessionHash) {
      const answer = readQuery(query);
      const state = only(answer, 'state');
      const login = state === undefined ? undefined : await store.takeAuthorization(hash(state));
      if (!login || login.sessionHash !== sessionHash || login.expiresAt <= clock.now()) {
        throw new AppError(
          'invalid',
          'This login was not begun here, or it took longer than 10 minutes. Open the credential and choose Authenticate again.',
        );
      }

      const { credentialId: id, returnTo } = login;
      const stored = await findStored(id);
      const refused = async (problem: string) => {
        const isInUse = stored.credential.status === 'authenticated';
        if (!isInUse) await store.fail(id, { status: 'failed', problem, at: clock.now() }, null);
        changed(id);
        return { returnTo, error: problem };
      };
      const code = only(answer, 'code');
      if (code === undefined) {
        const said = (only(answer, 'error_description') ?? only(answer, 'error') ?? 'no code').slice(0, 300);
        return await refused(`The vendor did not allow the login: ${said}.`);
      }

      const verifier = vault.open(login.verifier, { record: login.stateHash, field: 'verifier' });
      const app = toApp(deps, stored);
      const result = await oauth.exchange(app, { redirectUrl: redirectUrl(), code, verifier });
      if (result.kind !== 'tokens') {
        return await refused(`The vendor gave no token: ${result.reason.replace(/\.$/, '')}. Try again.`);
      }
      const now = clock.now();
      await store.saveTokens(id, sealTokens(vault, id, result, now, null), now, null);
      changed(id);
      return { returnTo, error: null };
    },

    async test(id) {
      const { credential } = await findStored(id);
      const vendor = findVendor(vendors, credential.vendorId);
      return await testCredential(client, credential, vendor);
    },
  };
}

/** With another one of these, tokens that were given before mean something else. */
const bindingFields = ['vendorId', 'clientId', 'scopes', 'baseUrl', 'authorizeUrl', 'tokenUrl'] as const;

function toFields(
  deps: Pick<CredentialDeps, 'vendors' | 'egress'>,
  draft: CredentialDraft,
): CredentialFields {
  const { name, owner, vendorId, description, clientId } = draft;
  const vendor = findVendor(deps.vendors, vendorId);
  const { baseUrl } = vendor;
  const login = loginOf(vendor);
  return {
    name,
    owner,
    vendorId,
    description,
    scopes: draft.scopes.split(/\s+/).filter(Boolean).join(' '),
    clientId,
    baseUrl: checkedUrl(deps.egress, 'baseUrl', draft.baseUrl ?? baseUrl),
    authorizeUrl: checkedUrl(deps.egress, 'authorizeUrl', draft.authorizeUrl ?? login?.authorizeUrl ?? ''),
    tokenUrl: checkedUrl(deps.egress, 'tokenUrl', draft.tokenUrl ?? login?.tokenUrl ?? ''),
  };
}

function checkedUrl(egress: Egress, place: 'baseUrl' | 'authorizeUrl' | 'tokenUrl', text: string): string {
  const problem = egress.refusal(text);
  if (problem !== null) throw new AppError('invalid', problem.replace(/\.?$/, '.'), { place });
  if (place !== 'baseUrl') return text;
  if (text.includes('?')) throw new AppError('invalid', 'A base URL has no query. Take it out.', { place });
  return text.replace(/\/+$/, '');
}

function findVendor(vendors: Vendors, vendorId: string): Vendor {
  const vendor = vendors.find(vendorId);
  if (vendor) return vendor;
  throw new AppError('invalid', `This server knows no vendor "${vendorId}". Choose one of the list.`, {
    place: 'vendorId',
  });
}

function readQuery(query: string): URLSearchParams {
  const start = query.indexOf('?');
  return new URLSearchParams(start === -1 ? query : query.slice(start + 1));
}

/** A value that is there exactly once; twice could mean either. */
function only(params: URLSearchParams, name: string): string | undefined {
  const values = params.getAll(name);
  return values.length === 1 && values[0] !== '' ? values[0] : undefined;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
