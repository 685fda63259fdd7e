import type { VendorCall, VendorReply } from '#engine/vendor-ports';
import { answer } from '../../support/scripted-client.ts';

/** One call as the vendor received it. Entries are only ever added. */
export interface LedgerEntry {
  n: number;
  /** The time of the vendor's clock. */
  at: number;
  method: string;
  url: string;
  body: string | null;
  status: number;
  /** Whether it changed something. */
  isPerformed: boolean;
}

export interface LedgerAccount {
  /** As in `wx-ada`. */
  id: string;
  email: string;
  lastActivity: string;
}

/** A vendor that writes down every call before it answers. It belongs to the test and knows nothing of the product. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  /** Does what is asked, writes it down and answers. */
  perform(call: Pick<VendorCall, 'method' | 'url' | 'body'>): VendorReply;
}

/** Refusals that every vendor has now and then; both are definite, so nothing was done. */
const busyEvery = 13;
const downEvery = 17;

/** As Webex words it: without its tracking id, the answer could be any proxy's. */
const notThere = { message: 'Person not found.', trackingId: 'ROUTER_1' };

export function createLedger(accounts: readonly LedgerAccount[], now: () => number): Ledger {
  const entries: LedgerEntry[] = [];
  const known = new Map(accounts.map((account) => [account.id, account]));

  function perform({ method, url, body }: Pick<VendorCall, 'method' | 'url' | 'body'>): VendorReply {
    const n = entries.length + 1;
    const write = (status: number, isPerformed: boolean, reply: VendorReply): VendorReply => {
      entries.push({ n, at: now(), method, url, body, status, isPerformed });
      return reply;
    };
    if (n % busyEvery === 0) return write(429, false, answer(429, {}, { 'retry-after': '1' }));
    if (n % downEvery === 0 && method === 'GET') return write(503, false, answer(503, {}));

    if (method === 'POST') return write(200, true, answer(200, { id: `message-${n}` }));
    const id = decodeURIComponent(url.replace(/^.*\/people\//, ''));
    const account = known.get(id);
    if (account === undefined) return write(404, false, answer(404, notThere));
    if (method === 'DELETE') {
      known.delete(id);
      return write(204, true, answer(204));
    }
    return write(200, method !== 'GET', answer(200, toPerson(account)));
  }

  return { entries, perform };
}

const toPerson = ({ id, email, lastActivity }: LedgerAccount) => ({ id, emails: [email], lastActivity });
