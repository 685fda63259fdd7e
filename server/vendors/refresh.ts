import { randomUUID } from 'node:crypto';
import type { Credential } from '#domain/credential';
import type { CredentialStore, SealedTokens, StoredCredential } from '#engine/credential-ports';
import type { Clock, Events } from '#engine/ports';
import type { Vendors } from '#engine/vendor-ports';
import { type Account, type Accounts, hasSameToken } from './accounts.ts';
import { apiUrlOf } from './api-url.ts';
import type { OAuth, OAuthApp, TokenResult } from './oauth.ts';
import type { Vault } from './vault.ts';

export type Refreshed = { ok: true; account: Account } | { ok: false; reason: string; isPermanent: boolean };

export interface RefreshDeps {
  store: CredentialStore;
  accounts: Accounts;
  vault: Vault;
  oauth: OAuth;
  vendors: Vendors;
  clock: Clock;
  events: Pick<Events, 'listChanged'>;
}

/** Longer than a token request may take: a process that died while asking holds nobody up for longer. */
const holdMs = 60_000;
const pollMs = 50;

/**
 * Gets new tokens, once however many ask: by the refresh token, or for the app itself where its kind has no login.
 * Callers of this process share one flight, and the credential's row lets one process at a time ask the vendor. New
 * tokens are committed before anybody uses them.
 */
export function createRefresh(deps: RefreshDeps): (stale: Account) => Promise<Refreshed> {
  const flights = new Map<string, Promise<Refreshed>>();

  return (stale) => {
    const { id } = stale.credential;
    const known = flights.get(id);
    if (known) return known.then((result) => (isNews(result, stale) ? result : fly(stale)));
    return fly(stale);
  };

  function fly(stale: Account): Promise<Refreshed> {
    const { id } = stale.credential;
    const known = flights.get(id);
    if (known) return known;
    const flight = refreshOnce(deps, stale).finally(() => flights.delete(id));
    flights.set(id, flight);
    return flight;
  }
}

/** A flight that began before this token was known may end with this very token. */
function isNews(result: Refreshed, stale: Account): boolean {
  return !result.ok || !hasSameToken(result.account.stored, stale.stored);
}

async function refreshOnce(deps: RefreshDeps, stale: Account): Promise<Refreshed> {
  const { store, accounts, clock } = deps;
  const { id, name } = stale.credential;
  const holder = randomUUID();

  while (!(await store.takeRefresh(id, holder, clock.now(), clock.now() + holdMs))) {
    await clock.sleep(pollMs);
    const now = await accounts.reread(id);
    if (now === undefined) return gone(name);
    if (isSettled(now, stale)) return usable(now);
  }

  const held = await accounts.reread(id);
  if (held === undefined) return gone(name);
  if (isSettled(held, stale) || !held.canRenew) {
    await store.endRefresh(id, holder);
    return usable(held);
  }
  return await ask(deps, held, holder);
}

/** Whether somebody else has got a token meanwhile, or a refusal. */
function isSettled(now: Account, stale: Account): boolean {
  return !hasSameToken(now.stored, stale.stored) || now.credential.status !== 'authenticated';
}

async function ask(deps: RefreshDeps, held: Account, holder: string): Promise<Refreshed> {
  const { store, accounts, vault, oauth, clock, events } = deps;
  const { id, name } = held.credential;
  const { refreshToken: sealed } = held.stored;
  let result: TokenResult;
  try {
    const app = toApp(vault, held.stored);
    result =
      sealed === null
        ? await oauth.grant(app)
        : await oauth.refresh(app, vault.open(sealed, { record: id, field: 'refresh_token' }));
  } catch (error) {
    await store.endRefresh(id, holder);
    throw error;
  }

  if (result.kind === 'unavailable') {
    await store.endRefresh(id, holder);
    const reason = `New tokens for the credential "${name}" could not be fetched: ${result.reason}.`;
    return { ok: false, reason, isPermanent: false };
  }
  if (result.kind === 'tokens') {
    // A vendor that gives no new refresh token lets the old one live on.
    const tokens = sealTokens(vault, id, result, clock.now(), sealed);
    const vendor = deps.vendors.find(held.credential.vendorId);
    const apiUrl = apiUrlOf(held.credential, vendor, result.apiUrl ?? null);
    await store.saveTokens(id, { ...tokens, apiUrl }, clock.now(), holder);
    events.listChanged('credentials');
    const now = await accounts.reread(id);
    return now === undefined ? gone(name) : usable(now);
  }

  const now = await accounts.reread(id);
  if (now === undefined) return gone(name);
  if (!hasSameToken(now.stored, held.stored)) return usable(now);
  const failure = refusal(result, sealed !== null);
  await store.fail(id, { ...failure, at: clock.now() }, holder);
  await accounts.reread(id);
  events.listChanged('credentials');
  return { ok: false, reason: `Credential "${name}": ${failure.problem}`, isPermanent: true };
}

function refusal(result: Extract<TokenResult, { kind: 'refused' }>, hasLogin: boolean) {
  const { isClientAtFault, reason } = result;
  const said = reason.replace(/\.$/, '');
  if (!hasLogin) {
    const problem = `The vendor gives no token (${said}). Check what is entered here and the app's rights at the vendor, then test it again.`;
    return { status: 'failed' as const, problem };
  }
  return isClientAtFault
    ? {
        status: 'failed' as const,
        problem: `The vendor refused the client ID or secret (${said}). Enter them again.`,
      }
    : {
        status: 'expired' as const,
        problem: `The vendor gives no new tokens (${said}). Authenticate it again.`,
      };
}

function usable(account: Account): Refreshed {
  const { name, status, problem } = account.credential;
  if (account.signature !== null && status === 'authenticated') return { ok: true, account };
  const reason = `Credential "${name}": ${problem ?? 'It has no valid token. Authenticate it.'}`;
  return { ok: false, reason, isPermanent: true };
}

const gone = (name: string): Refreshed => ({
  ok: false,
  reason: `The credential "${name}" was removed.`,
  isPermanent: true,
});

/** Seals what a vendor gave. `oldRefreshToken` is kept where it gave no new one. */
export function sealTokens(
  vault: Vault,
  id: Credential['id'],
  tokens: Extract<TokenResult, { kind: 'tokens' }>,
  now: number,
  oldRefreshToken: Uint8Array | null,
): SealedTokens {
  const { accessToken, refreshToken, expiresInSeconds } = tokens;
  return {
    accessToken: vault.seal(accessToken, { record: id, field: 'access_token' }),
    refreshToken:
      refreshToken === null
        ? oldRefreshToken
        : vault.seal(refreshToken, { record: id, field: 'refresh_token' }),
    expiresAt: expiresInSeconds === null ? null : now + expiresInSeconds * 1000,
  };
}

/** Our app at the vendor, with its secret opened. */
export function toApp(vault: Vault, { credential, secret }: StoredCredential): OAuthApp {
  const { id, clientId, clientAuth, authorizeUrl, tokenUrl, scopes, inputs } = credential;
  return {
    clientId,
    clientSecret: secret === null ? '' : vault.open(secret, { record: id, field: 'secret' }),
    clientAuth,
    authorizeUrl,
    tokenUrl,
    scopes,
    accountId: inputs.account_id ?? '',
  };
}
