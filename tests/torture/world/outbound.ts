import { newId } from '#domain/ids';
import { vendors } from '#presets';
import { systemClock } from '../../../server/clock.ts';
import { createCredentialStore } from '../../../server/store/credentials.ts';
import type { Database } from '../../../server/store/database.ts';
import { createOutbound, type Outbound } from '../../../server/vendors/outbound.ts';
import { sealTokens } from '../../../server/vendors/refresh.ts';
import { createVault } from '../../../server/vendors/vault.ts';

export const masterKey = new Uint8Array(32).fill(7);

export interface Connected extends Outbound {
  credentialId: string;
}

/** The product's own way to a vendor, with a credential that is authenticated at this place. */
export async function connectOutbound(
  database: Database,
  host: string,
  refreshToken: string | null = null,
): Promise<Connected> {
  const store = createCredentialStore(database);
  const vault = createVault(masterKey);
  const outbound = createOutbound({
    store,
    vault,
    clock: systemClock,
    newId,
    vendors: { find: (id) => vendors.find((vendor) => vendor.id === id), list: () => vendors },
    events: { listChanged() {} },
    publicUrl: () => 'http://127.0.0.1:8080',
    isAllowed: (place) => place === host,
    concurrency: 64,
  });
  const { credential } = await outbound.credentials.create({
    name: 'Webex admin',
    owner: 'IT',
    vendorId: 'webex',
    description: '',
    scopes: 'spark-admin:people_read spark-admin:people_write',
    clientId: 'rollcall',
    clientSecret: 'torture-client-secret',
    baseUrl: `http://${host}/v1`,
    authorizeUrl: `http://${host}/v1/authorize`,
    tokenUrl: `http://${host}/v1/access_token`,
  });
  const tokens = {
    kind: 'tokens',
    accessToken: 'access-1',
    refreshToken,
    expiresInSeconds: null,
  } as const;
  const now = systemClock.now();
  await store.saveTokens(credential.id, sealTokens(vault, credential.id, tokens, now, null), now, null);
  return { ...outbound, credentialId: credential.id };
}
