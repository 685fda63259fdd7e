import { randomUUID } from 'node:crypto';
import type { Credential } from '#domain/credential';
import { loginOf } from '#domain/vendor';
import type { CredentialStore, SealedTokens, StoredCredential } from '#engine/credential-ports';
import type { Clock, Events, Vendors } from '#engine/ports';
import { type Account, type Accounts, hasSameToken } from './accounts.ts';
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
 * Makes new tokens from the refresh token, once however many ask: callers of this process share one flight, and the
 * credential's row lets one process at a time ask the vendor. New tokens are committed before anybody uses them.
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
    if (!hasSameToken(now.stored, stale.stored)) return usable(now);
  }

  const held = await accounts.reread(id);
  if (held === undefined) return gone(name);
  if (!hasSameToken(held.stored, stale.stored) || !held.hasRefreshToken) {
    await store.endRefresh(id, holder);
    return usable(held);
  }
  return await ask(deps, held, holder);
}

async function ask(deps: RefreshDeps, held: Account, holder: string): Promise<Refreshed> {
  const { store, accounts, vault, oauth, clock, events } = deps;
  const { id, name } = held.credential;
  const app = toApp(deps, held.stored);
  let result: TokenResult;
  try {
    const sealed = held.stored.refreshToken as Uint8Array;
    result = await oauth.refresh(app, vault.open(sealed, { record: id, field: 'refresh_token' }));
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
    const tokens = sealTokens(vault, id, result, clock.now(), held.stored.refreshToken);
    await store.saveTokens(id, tokens, clock.now(), holder);
    events.listChanged('credentials');
    const now = await accounts.reread(id);
    return now === undefined ? gone(name) : usable(now);
  }

  const now = await accounts.reread(id);
  if (now === undefined) return gone(name);
  if (!hasSameToken(now.stored, held.stored)) return usable(now);
  await store.fail(id, { ...refusal(result), at: clock.now() }, holder);
  await accounts.reread(id);
  events.listChanged('credentials');
  return { ok: false, reason: `Credential "${name}": ${refusal(result).problem}`, isPermanent: true };
}

function refusal(result: Extract<TokenResult, { kind: 'refused' }>) {
  const { isClientAtFault, reason } = result;
  const said = reason.replace(/\.$/, '');
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
  if (account.accessToken !== null && status === 'authenticated') return { ok: true, account };
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
export function toApp(deps: { vault: Vault; vendors: Vendors }, stored: StoredCredential): OAuthApp {
  const { credential, clientSecret } = stored;
  const { id, clientId, authorizeUrl, tokenUrl, scopes, vendorId } = credential;
  const place = { record: id, field: 'client_secret' };
  const vendor = deps.vendors.find(vendorId);
  return {
    clientId,
    clientSecret: clientSecret === null ? '' : deps.vault.open(clientSecret, place),
    clientAuth: (vendor && loginOf(vendor))?.clientAuth ?? 'form',
    authorizeUrl,
    tokenUrl,
    scopes,
  };
}
