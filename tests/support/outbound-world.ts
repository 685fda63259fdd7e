import { onTestFinished } from 'vitest';
import { newId } from '#domain/ids';
import { Permit } from '#domain/permit';
import type { CredentialDraft } from '#engine/service-ports';
import type { VendorCall } from '#engine/vendor-ports';
import { vendors } from '#presets';
import { createCredentialStore } from '../../server/store/credentials.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { createOutbound, type OutboundDeps } from '../../server/vendors/outbound.ts';
import { sealTokens } from '../../server/vendors/refresh.ts';
import { createVault } from '../../server/vendors/vault.ts';
import { createTestClock } from './test-clock.ts';

export const masterKey = new Uint8Array(32).fill(7);
export const sessionHash = 'a'.repeat(64);
export const never = new AbortController().signal;

export interface OutboundWorldOptions extends Partial<OutboundDeps> {
  database?: Database;
}

/** The outbound side on a real database, allowed to call these hosts. */
export function createOutboundWorld(allowed: readonly string[], options: OutboundWorldOptions = {}) {
  const database = options.database ?? openDatabase(':memory:');
  const clock = options.clock ?? createTestClock();
  const vault = createVault(masterKey);
  const store = createCredentialStore(database);
  const told: string[] = [];
  const outbound = createOutbound({
    store,
    vault,
    clock,
    newId,
    vendors: { find: (id) => vendors.find((vendor) => vendor.id === id), list: () => vendors },
    events: { listChanged: (what) => void told.push(what) },
    publicUrl: () => 'http://127.0.0.1:8080',
    isAllowed: (place) => allowed.includes(place),
    ...options,
  });
  onTestFinished(() => outbound.close());

  return {
    ...outbound,
    database,
    clock,
    store,
    vault,
    told,
    /** A Webex credential at this server, with these tokens. */
    async addCredential(
      url: string,
      tokens: { access?: string; refresh?: string | null; expiresInSeconds?: number | null } = {},
      name?: string,
    ) {
      const view = await outbound.credentials.create(webexDraft(url, name));
      const { access = 'access-1', refresh = null, expiresInSeconds = null } = tokens;
      const sealed = sealTokens(
        vault,
        view.credential.id,
        { kind: 'tokens', accessToken: access, refreshToken: refresh, expiresInSeconds },
        clock.now(),
        null,
      );
      await store.saveTokens(view.credential.id, sealed, clock.now(), null);
      return view.credential.id;
    },
  };
}

export function webexDraft(url: string, name = 'Webex admin'): CredentialDraft {
  return {
    name,
    owner: 'IT',
    vendorId: 'webex',
    description: '',
    scopes: 'spark-admin:people_read spark-admin:people_write',
    clientId: 'rollcall-sandbox',
    clientSecret: 'sandbox-secret',
    baseUrl: `${url}/v1`,
    authorizeUrl: `${url}/v1/authorize`,
    tokenUrl: `${url}/v1/access_token`,
  };
}

/** Any other than a read has been let pass. */
export function aCall(id: string, change: Partial<VendorCall> = {}, vendorId = 'webex'): VendorCall {
  const call: VendorCall = {
    credential: { id },
    class: 'read',
    method: 'GET',
    url: '/people/me',
    headers: {},
    body: null,
    timeoutMs: 5_000,
    ...change,
  };
  return call.class === 'read' && call.method === 'GET'
    ? call
    : { permit: new Permit(call, vendorId, () => true), ...call };
}
