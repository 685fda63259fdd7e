import { createHostChanges } from '#engine/credential-hosts';
import { createOwnAccounts } from '#engine/own-account';
import { readMasterKey, readNextKey } from '../vendors/master-key.ts';
import { createOutbound } from '../vendors/outbound.ts';
import { createVault } from '../vendors/vault.ts';
import type { Foundation } from './foundation.ts';

export type Egress = ReturnType<typeof createEgress>;

/** The one guarded way out, and what is known of the accounts whose secrets it holds. */
export function createEgress(foundation: Foundation, closedBy: () => string | null) {
  const { config, publicUrl, common, approvals, credentialStore, sandboxHosts } = foundation;
  const masterKey = readMasterKey(config.key, config.data);
  const nextKey = readNextKey(config.data);
  const allowed = new Set([...config.allowHosts, ...sandboxHosts]);
  const vault = createVault(masterKey, 'default', nextKey ? [nextKey] : []);
  const outbound = createOutbound({
    ...common,
    events: {
      listChanged(what) {
        if (what === 'credentials') ownAccounts.forget();
        common.events.listChanged(what);
      },
    },
    store: credentialStore,
    vault,
    publicUrl: () => publicUrl,
    closedBy,
    isAllowed: (place) => allowed.has(place),
    concurrency: config.concurrency,
    hostChanges: createHostChanges({ approvals, store: credentialStore, sandboxHosts }),
  });
  const ownAccounts = createOwnAccounts({
    ...common,
    client: outbound.client,
    async find(named) {
      const { id, name } = { id: '', name: '', ...named };
      return (await (id ? credentialStore.find(id) : credentialStore.findByName(name)))?.credential;
    },
  });
  return { ...outbound, ownAccounts, vault };
}
