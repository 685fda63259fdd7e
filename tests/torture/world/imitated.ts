import { takePermit } from '#domain/permit';
import type { VendorClient, VendorReply } from '#engine/vendor-ports';
import { gotoAccounts } from '../../../server/sandbox/goto.ts';
import { imitatedVendors } from '../../../server/sandbox/imitated-vendors.ts';
import type { Sandbox } from '../../../server/sandbox/imitation.ts';
import type { Random } from '../../../server/sandbox/random.ts';
import type { TestClock } from '../../support/test-clock.ts';

/** An account at an imitated vendor, by the name that its preset knows its id by. */
export interface ImitatedAccount {
  id: string;
  email: string;
}

/** An imitated vendor under a clock of the test's choice. */
export interface Imitated {
  vendorId: string;
  /** The field of a record that names the account. */
  idField: string;
  sandbox: Sandbox<unknown>;
  /** Everybody as they are now. */
  accounts(): ImitatedAccount[];
  baseUrl: string;
}

export const gotoAccountKey = gotoAccounts[0]?.key ?? '';

type Raw = Record<string, unknown>;
const shapes: Record<string, { idField: string; read(raw: Raw): ImitatedAccount | undefined }> = {
  webex: {
    idField: 'webex_user_id',
    read: ({ id, emails }) => ({ id: String(id), email: String((emails as string[])[0]) }),
  },
  zoom: { idField: 'zoom_id', read: ({ id, email }) => ({ id: String(id), email: String(email) }) },
  goto: {
    idField: 'goto_user_key',
    read({ accountKey, user }) {
      const { key, email } = user as Raw;
      return accountKey === gotoAccountKey ? { id: String(key), email: String(email) } : undefined;
    },
  },
  planhat: {
    idField: 'planhat_user_id',
    read: ({ _id, email }) => ({ id: String(_id), email: String(email) }),
  },
  ninjaone: { idField: 'ninja_user_id', read: ({ id, email }) => ({ id: String(id), email: String(email) }) },
};

/** All vendors that are imitated, each with so many people. */
export async function startImitated(clock: TestClock, peopleCount: number): Promise<Imitated[]> {
  return Promise.all(
    imitatedVendors.map(async ({ id, start, accessAt }) => {
      const sandbox = await start({ now: clock.now, peopleCount });
      const { idField, read } = shapes[id]!;
      const accounts = () => sandbox.people().flatMap((raw) => read(raw as Raw) ?? []);
      return { vendorId: id, idField, sandbox, accounts, baseUrl: accessAt(sandbox.url).baseUrl };
    }),
  );
}

const cancelled: VendorReply = {
  kind: 'not_sent',
  reason: 'The call was cancelled.',
  isPermanent: false,
  isUnauthorized: false,
};

/** The longest that a call waits in the line of its credential: longer than a look is good for. */
const longestLineMs = 70_000;

/**
 * A way to an imitated vendor with a line in which every call waits by chance. Time moves for one call after the other,
 * so that the vendor's ledger and the journal tell the same time.
 */
export function createLine({ sandbox, baseUrl }: Imitated, clock: TestClock, random: Random) {
  const { access_token: token } = sandbox.issueToken() as { access_token: string };
  let line = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = line.then(work);
    // Whoever waits for it goes on before time does.
    line = done.then(() => new Promise((resolve) => void setImmediate(resolve)));
    return done;
  }

  const client: VendorClient = {
    send: (call) =>
      inTurn(async () => {
        const { method, url, body } = call;
        const waitMs = random.whole(1, 8) === 1 ? random.whole(0, longestLineMs) : random.whole(200, 3_000);
        clock.set(clock.now() + waitMs);
        const headers = { ...call.headers, authorization: `Bearer ${token}` };
        const refusal = takePermit(call);
        if (refusal !== null) throw new Error(`${method} ${url}: ${refusal}`);
        const isGoing = call.permit?.mayLeave() ?? true;
        const reply = isGoing ? await ask(baseUrl + url, { method, headers, body }) : cancelled;
        return { reply, request: { method, url, headers: call.headers }, durationMs: 1, secrets: [token] };
      }),
  };
  return {
    client,
    clock: { ...clock, sleep: (ms: number, signal?: AbortSignal) => inTurn(() => clock.sleep(ms, signal)) },
  };
}

async function ask(url: string, init: RequestInit): Promise<VendorReply> {
  try {
    const response = await fetch(url, init);
    const headers = Object.fromEntries(response.headers);
    const body = await response.text();
    return { kind: 'answered', status: response.status, headers, body, isTooLarge: false };
  } catch (error) {
    return { kind: 'no_answer', reason: String(error) };
  }
}
