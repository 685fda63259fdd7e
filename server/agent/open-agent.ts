import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#domain/errors';
import { newId } from '#domain/ids';
import type { Vendor } from '#domain/vendor';
import type { CredentialStore } from '#engine/credential-ports';
import type { Clock } from '#engine/ports';
import type { CredentialService } from '#engine/service-ports';
import type { VendorClient, Vendors } from '#engine/vendor-ports';
import { vendors as vendorList } from '#presets';
import { createCredentialStore } from '../store/credentials.ts';
import { openDatabase } from '../store/database.ts';
import { createSettingsStore } from '../store/settings.ts';
import { readMasterKey, readNextKey } from '../vendors/master-key.ts';
import { createOutbound } from '../vendors/outbound.ts';
import { createVault } from '../vendors/vault.ts';

export interface Registration {
  /** Without a slash at the end. */
  server: string;
  name: string;
  key: string;
}

/** The data folder of an agent, opened: its credentials, and the server that it works for. */
export interface AgentFolder {
  vendors: Vendors;
  client: VendorClient;
  credentials: CredentialService;
  store: CredentialStore;
  /** Throws `not_found` before it is registered. */
  registration(): Promise<Registration>;
  register(registration: Registration): Promise<void>;
  close(): Promise<void>;
}

export interface AgentFolderOptions {
  folder: string;
  clock: Clock;
  /** `ROLLCALL_KEY`; absent, the key is in the folder. */
  key: string | undefined;
  /** Private `host:port` that vendors may live on. */
  allowHosts: readonly string[];
  /** Where a vendor's login comes back to. */
  loginUrl: string;
  /** Operators' own vendors, from files beside the agent's data; none by default. */
  ownVendors?: readonly Vendor[];
}

const settingOf = { server: 'agent.server', name: 'agent.name', key: 'agent.key' } as const;
const keyPlace = { record: 'agent', field: 'key' };

export function openAgent(options: AgentFolderOptions): AgentFolder {
  const { folder, clock, key, allowHosts, loginUrl, ownVendors = [] } = options;
  // For its owner alone, as the key in it is.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = openDatabase(join(folder, 'agent.db'));
  const nextKey = readNextKey(folder);
  const vault = createVault(readMasterKey(key, folder), 'default', nextKey ? [nextKey] : []);
  const settings = createSettingsStore(database);
  const store = createCredentialStore(database);
  const known = [...vendorList, ...ownVendors];
  const vendors: Vendors = { find: (id) => known.find((vendor) => vendor.id === id), list: () => known };
  const { client, credentials, ...outbound } = createOutbound({
    store,
    vault,
    vendors,
    clock,
    newId,
    events: { listChanged: () => undefined },
    publicUrl: () => loginUrl,
    isAllowed: (place) => allowHosts.includes(place),
  });

  return {
    vendors,
    client,
    credentials,
    store,

    async registration() {
      const [server, name, sealed] = await Promise.all([
        settings.find(settingOf.server),
        settings.find(settingOf.name),
        settings.find(settingOf.key),
      ]);
      if (server === undefined || name === undefined || sealed === undefined) {
        throw new AppError(
          'not_found',
          'This agent is not registered. Add it on the page Agents of the server, then run: rollcall agent register --server URL --token TOKEN',
        );
      }
      return { server, name, key: vault.open(Buffer.from(sealed, 'base64'), keyPlace) };
    },

    async register({ server, name, key: secret }) {
      await settings.save(settingOf.server, server);
      await settings.save(settingOf.name, name);
      await settings.save(settingOf.key, Buffer.from(vault.seal(secret, keyPlace)).toString('base64'));
    },

    async close() {
      await outbound.close();
      database.$client.close();
    },
  };
}
