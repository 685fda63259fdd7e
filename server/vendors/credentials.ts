import { createHash } from 'node:crypto';
import { type Credential, credentialKinds, hostsOf } from '#domain/credential';
import { checkUntouched } from '#domain/edited';
import { AppError } from '#domain/errors';
import type { NewId } from '#domain/ids';
import { credentialParts } from '#domain/part-words';
import type {
  CredentialFields,
  CredentialStore,
  HostChanges,
  StoredCredential,
} from '#engine/credential-ports';
import type { Clock, Events } from '#engine/ports';
import type { CredentialService, CredentialView } from '#engine/service-ports';
import type { PaceReader, VendorClient, Vendors } from '#engine/vendor-ports';
import type { Accounts } from './accounts.ts';
import { apiUrlOf } from './api-url.ts';
import { findVendor, secretOf, toFields } from './credential-draft.ts';
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
  client: VendorClient & Pick<PaceReader, 'paceOf'>;
  vendors: Vendors;
  clock: Clock;
  newId: NewId;
  events: Pick<Events, 'listChanged'>;
  /** Asks a second person about other hosts; absent where one person has all the secrets, as at an agent. */
  hostChanges?: HostChanges | undefined;
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
      const secret = secretOf(fields.kind, draft);
      if (secret === '') throw missingSecret(fields.kind, 'Enter');
      const id = newId('credential');
      await store.insert(id, fields, vault.seal(secret, { record: id, field: 'secret' }), clock.now());
      changed(id);
      return await view(id);
    },

    async update(id, { was, ...draft }, by) {
      const { credential: old } = await findStored(id);
      const { kind = old.kind, perSecond = old.perSecond, atOnce = old.atOnce } = draft;
      const fields = toFields(deps, { ...draft, kind, perSecond, atOnce });
      checkUntouched({ ...fields }, was, old, credentialParts);
      const secret = secretOf(fields.kind, draft);
      if (secret === '' && secretHost(old) !== secretHost(fields)) {
        throw missingSecret(fields.kind, 'It would go to another place than before. Enter it again:');
      }
      const sealed = secret === '' ? null : vault.seal(secret, { record: id, field: 'secret' });
      const dropTokens = secret !== '' || !isSameApp(old, fields);
      const usedBy = await store.usedBy(id);
      const use = by ? await deps.hostChanges?.judge({ credential: old, fields, usedBy }, by) : null;
      await store.update(id, fields, sealed, { dropTokens, at: clock.now(), use: use ?? null });
      changed(id);
      return await view(id);
    },

    async remove(id) {
      if (!(await store.remove(id))) await findStored(id);
      changed(id);
    },

    async authorize(id, { sessionHash, returnTo }) {
      const stored = await findStored(id);
      if (credentialKinds[stored.credential.kind].token !== 'login') {
        throw new AppError('conflict', 'This credential works without a login. Choose Test instead.');
      }
      const { authorizeUrl, state, verifier } = await oauth.begin(toApp(vault, stored), redirectUrl());
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
      const app = toApp(vault, stored);
      const result = await oauth.exchange(app, { redirectUrl: redirectUrl(), code, verifier });
      if (result.kind !== 'tokens') {
        return await refused(`The vendor gave no token: ${result.reason.replace(/\.$/, '')}. Try again.`);
      }
      const now = clock.now();
      const vendor = vendors.find(stored.credential.vendorId);
      const apiUrl = apiUrlOf(stored.credential, vendor, result.apiUrl ?? null);
      await store.saveTokens(id, { ...sealTokens(vault, id, result, now, null), apiUrl }, now, null);
      changed(id);
      return { returnTo, error: null };
    },

    pace: async (id) => client.paceOf((await findStored(id)).credential),

    async test(id) {
      const { credential } = await findStored(id);
      const vendor = findVendor(vendors, credential.vendorId);
      const hasLogin = credentialKinds[credential.kind].token === 'login';
      if (credential.status === 'failed' && !hasLogin) {
        // What was refused before may have been mended at the vendor.
        await store.forgive(id, clock.now());
        changed(id);
      }
      const { isOk, message, isRefused } = await testCredential(client, credential, vendor);
      if (isRefused) {
        const status = hasLogin ? 'expired' : 'failed';
        await store.fail(id, { status, problem: message, at: clock.now() }, null);
      } else {
        await store.note(id, isOk ? null : message);
      }
      changed(id);
      return { isOk, message };
    },
  };
}

/** With another one of these, tokens that were given before mean something else. */
const bindingFields = [
  'vendorId',
  'kind',
  'clientId',
  'scopes',
  'baseUrl',
  'authorizeUrl',
  'tokenUrl',
] as const;

function isSameApp(old: CredentialFields, fields: CredentialFields): boolean {
  const hasSameInputs = credentialKinds[fields.kind].inputs.every(
    ({ name }) => old.inputs[name] === fields.inputs[name],
  );
  return hasSameInputs && bindingFields.every((key) => old[key] === fields[key]);
}

/** Where the stored secret itself is sent, and as what. */
const secretHost = ({ kind, tokenUrl, baseUrl }: CredentialFields): string =>
  `${credentialKinds[kind].secret} ${new URL(credentialKinds[kind].token === 'given' ? baseUrl : tokenUrl).host}`;

function missingSecret(kind: Credential['kind'], demand: string): AppError {
  const { secret, secretLabel } = credentialKinds[kind];
  const name = secretLabel.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase());
  return new AppError('invalid', `${demand} the ${name}.`, { place: secret });
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
