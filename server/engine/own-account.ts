import { isAdministrator } from '../domain/administrator.ts';
import type { Credential } from '../domain/credential.ts';
import { readStatedPath } from '../domain/path.ts';
import type { Vendor } from '../domain/vendor.ts';
import { toOutcome } from './outcome.ts';
import type { Clock } from './ports.ts';
import { freshForMs } from './readings.ts';
import { nextAttemptMs } from './retry.ts';
import type { VendorCall, VendorClient, Vendors } from './vendor-ports.ts';

/** Whose account a credential is: nothing may be taken from that one. */
export type OwnAccount =
  | {
      kind: 'known';
      id: string;
      email: string;
      /** Null where its answer does not tell. */
      isAdministrator: boolean | null;
    }
  /** It belongs to nobody, such as one of a service, or its vendor cannot be asked. */
  | { kind: 'none' }
  /** The vendor should say it and does not. */
  | { kind: 'unknown'; why: string };

export interface OwnAccounts {
  /** At once where it is known already. */
  of(credential: VendorCall['credential']): OwnAccount | Promise<OwnAccount>;
  /** As it was at most a minute ago: it may have lost rights since it was first asked about. */
  recent(credential: VendorCall['credential']): OwnAccount | Promise<OwnAccount>;
  /** A credential was changed, or somebody logged in anew. */
  forget(): void;
}

export interface OwnAccountDeps {
  /** The credential by its id, or by its name. */
  find(credential: VendorCall['credential']): Promise<Pick<Credential, 'vendorId' | 'kind'> | undefined>;
  vendors: Pick<Vendors, 'find'>;
  client: VendorClient;
  clock: Clock;
  random(): number;
}

const timeoutMs = 20_000;
const attempts = 5;
/** How long nobody asks again who got no answer. */
const unknownForMs = 60_000;
const rule = { statuses: [200], mediaType: 'json' as const, notFound: undefined };

/** Asks each credential's vendor once whose account it is, and remembers it until a credential changes. */
export function createOwnAccounts({ find, vendors, client, clock, random }: OwnAccountDeps): OwnAccounts {
  let known = new Map<string, OwnAccount | Promise<OwnAccount>>();
  const unknownSince = new Map<string, number>();
  const askedAt = new Map<string, number>();

  async function ask(credential: VendorCall['credential']): Promise<OwnAccount> {
    const found = await find(credential);
    const vendor = found && vendors.find(found.vendorId);
    const own = vendor?.ownAccount;
    if (!found || !own || (own.kinds && !own.kinds.includes(found.kind))) return { kind: 'none' };
    const call: VendorCall = {
      ...{ credential, class: 'read', method: 'GET', url: own.path },
      ...{ headers: {}, body: null, timeoutMs },
    };
    for (let attempt = 1; ; attempt += 1) {
      const { reply } = await client.send(call, AbortSignal.timeout(timeoutMs * 2));
      const outcome = toOutcome(reply, rule, 'read', vendor.title, clock.now());
      if (outcome.kind === 'ok') return read(own, outcome.body, vendor);
      const waitMs = nextAttemptMs('read', outcome, attempt, attempts, random());
      if (waitMs === null) return { kind: 'unknown', why: outcome.message };
      await clock.sleep(waitMs);
    }
  }

  return {
    recent(credential) {
      const key = JSON.stringify(credential);
      if (clock.now() - (askedAt.get(key) ?? Number.NEGATIVE_INFINITY) > freshForMs) known.delete(key);
      return this.of(credential);
    },
    of(credential) {
      const key = JSON.stringify(credential);
      const before = known.get(key);
      const since = unknownSince.get(key);
      const isOver = since !== undefined && clock.now() - since > unknownForMs;
      if (before && !isOver) return before;
      unknownSince.delete(key);
      const current = known;
      askedAt.set(key, clock.now());
      const asked = ask(credential).then((answer) => {
        // A credential that was changed meanwhile is asked again.
        if (known === current) known.set(key, answer);
        if (answer.kind === 'unknown') unknownSince.set(key, clock.now());
        return answer;
      });
      asked.catch(() => known === current && known.delete(key));
      known.set(key, asked);
      return asked;
    },
    forget() {
      known = new Map();
      unknownSince.clear();
      askedAt.clear();
    },
  };
}

function read({ id, email }: NonNullable<Vendor['ownAccount']>, body: unknown, vendor: Vendor): OwnAccount {
  const rights = vendor.administrator;
  const [ownId, ownEmail] = [id, email].map((path) => readStatedPath(body, path));
  if (ownId === undefined || ownId === null || ownId === '') {
    return { kind: 'unknown', why: `${vendor.title}'s answer names nobody.` };
  }
  return {
    kind: 'known',
    id: String(ownId),
    email: String(ownEmail ?? ''),
    isAdministrator: rights ? isAdministrator(rights, body) : null,
  };
}
