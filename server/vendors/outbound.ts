import { lookup } from 'node:dns';
import type { NewId } from '#domain/ids';
import type { CredentialStore, HostChanges } from '#engine/credential-ports';
import type { Clock, Events } from '#engine/ports';
import type { CredentialService } from '#engine/service-ports';
import type { PaceReader, VendorClient, Vendors } from '#engine/vendor-ports';
import { createAccounts } from './accounts.ts';
import { createVendorClient } from './client.ts';
import { createCredentials } from './credentials.ts';
import type { EgressRules } from './egress.ts';
import { createEgress } from './egress-client.ts';
import { createOAuth } from './oauth.ts';
import { createRefresh } from './refresh.ts';
import type { Vault } from './vault.ts';

export interface OutboundDeps {
  store: CredentialStore;
  vault: Vault;
  vendors: Vendors;
  clock: Clock;
  newId: NewId;
  events: Pick<Events, 'listChanged'>;
  publicUrl: () => string;
  /** Whether `host:port` may be a private place; asked for each call, so that a sandbox may come later. */
  isAllowed: (hostAndPort: string) => boolean;
  /** Why nothing at all may be sent now; null where it may. */
  closedBy?: () => string | null;
  /** Calls of one credential that may be under way at once, where neither it nor its vendor says. */
  concurrency?: number;
  /** Asks a second person before a credential goes to other hosts. */
  hostChanges?: HostChanges;
  /** Resolves names; the system's own by default. */
  lookup?: EgressRules['lookup'];
}

export interface Outbound {
  client: VendorClient & PaceReader;
  credentials: CredentialService;
  close(): Promise<void>;
}

/** Everything of this server that reaches out: one set of rules, one place for tokens. */
export function createOutbound(deps: OutboundDeps): Outbound {
  const { store, vault, vendors, clock, events, isAllowed, concurrency } = deps;
  const rules: EgressRules = { isAllowed, lookup: deps.lookup ?? lookup, closedBy: deps.closedBy };
  const egress = createEgress(rules);
  const oauth = createOAuth(egress);
  const accounts = createAccounts({ store, vault, vendors, now: clock.now });
  const refresh = createRefresh({ store, accounts, vault, oauth, vendors, clock, events });
  const limits = concurrency === undefined ? {} : { concurrency };
  const client = createVendorClient({ accounts, store, refresh, rules, vendors, clock, ...limits });
  const credentials = createCredentials({ ...deps, accounts, oauth, egress, client });

  return {
    client,
    credentials,
    async close() {
      await Promise.all([client.close(), egress.close()]);
    },
  };
}
