import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../server/clock.ts';
import { openDatabase } from '../../server/store/database.ts';
import { createOutboundWorld, masterKey } from '../support/outbound-world.ts';
import type { CallerOptions, HaltingPoint } from '../support/refresh-process.ts';
import { type Seen, sendJson, startVendorServer } from '../support/vendor-server.ts';

const script = fileURLToPath(new URL('../support/refresh-process.ts', import.meta.url));
const isTokenCall = (seen: Seen) => seen.url === '/v1/access_token';

/** A credential on a database file, whose token has ended and whose refresh token works once. */
async function createWorld(onTokenCall?: () => 'answer' | 'be silent') {
  let generation = 1;
  const vendor = await startVendorServer((seen, response) => {
    if (!isTokenCall(seen)) {
      return sendJson(response, seen.headers.authorization === `Bearer access-${generation}` ? 200 : 401, {});
    }
    if (new URLSearchParams(seen.body).get('refresh_token') !== `refresh-${generation}`) {
      return sendJson(response, 400, { error: 'invalid_grant', error_description: 'used before' });
    }
    generation += 1;
    if (onTokenCall?.() === 'be silent') return;
    const tokens = { access_token: `access-${generation}`, refresh_token: `refresh-${generation}` };
    sendJson(response, 200, { ...tokens, expires_in: 86_400 });
  });

  const folder = mkdtempSync(join(tmpdir(), 'rollcall-refresh-'));
  const file = join(folder, 'rollcall.db');
  const world = createOutboundWorld([vendor.host], { database: openDatabase(file), clock: systemClock });
  onTestFinished(() => {
    world.database.$client.close();
    rmSync(folder, { recursive: true });
  });
  const credentialId = await world.addCredential(vendor.url, {
    access: 'access-1',
    refresh: 'refresh-1',
    expiresInSeconds: 1,
  });
  const key = Buffer.from(masterKey).toString('hex');
  const common = { file, key, host: vendor.host, credentialId, calls: 25, aheadMs: 0, haltAt: null };
  return {
    world,
    credentialId,
    start: (change: Partial<CallerOptions> = {}) => startCaller({ ...common, ...change }),
    tokenCalls: () => vendor.seen.filter(isTokenCall),
  };
}

/** A process of its own on the same database file, ready to send its calls. */
async function startCaller(options: CallerOptions) {
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => String((await lines.next()).value);
  if ((await nextLine()) !== 'ready') throw new Error('The calling process did not start.');
  return {
    go: () => child.stdin.write('go\n'),
    nextLine,
    results: async () => JSON.parse(await nextLine()) as (number | string)[],
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

test('50 callers in 2 processes with one single-use refresh token: one token request, 50 successes', async () => {
  const { start, tokenCalls } = await createWorld();
  const callers = await Promise.all([start(), start()]);

  for (const caller of callers) caller.go();
  const results = await Promise.all(callers.map((caller) => caller.results()));

  expect(results.flat()).toEqual(Array(50).fill(200));
  expect(tokenCalls()).toHaveLength(1);
}, 30_000);

/** What the next process finds, a minute after the first one was killed. */
async function callLater({ start }: Pick<Awaited<ReturnType<typeof createWorld>>, 'start'>) {
  const later = await start({ aheadMs: 61_000, calls: 5 });
  later.go();
  return await later.results();
}

test.each<[string, HaltingPoint, number]>([
  ['before the vendor was asked', 'taken', 1],
  ['after the new tokens were committed', 'saved', 1],
])(
  'killed %s, the credential still works',
  async (_, haltAt, tokenCalls) => {
    const made = await createWorld();
    const first = await made.start({ haltAt });
    first.go();
    expect(await first.nextLine()).toBe(haltAt);
    await first.kill();

    const results = await callLater(made);

    expect(results).toEqual(Array(5).fill(200));
    expect(made.tokenCalls()).toHaveLength(tokenCalls);
  },
  30_000,
);

const authenticateAgain = expect.stringMatching(/used before.*Authenticate it again/);

test('killed between the answer of the vendor and its commit, the credential asks to be authenticated', async () => {
  const made = await createWorld();
  const first = await made.start({ haltAt: 'answered' });
  first.go();
  expect(await first.nextLine()).toBe('answered');
  await first.kill();

  const results = await callLater(made);

  expect(results).toEqual(Array(5).fill(authenticateAgain));
  expect(made.tokenCalls()).toHaveLength(2);
  const { credential } = await made.world.credentials.find(made.credentialId);
  expect(credential).toMatchObject({ status: 'expired', problem: authenticateAgain });
}, 30_000);

test('killed while it waits for the vendor, the credential asks to be authenticated', async () => {
  const asked = Promise.withResolvers<void>();
  const made = await createWorld(() => {
    asked.resolve();
    return 'be silent';
  });
  const first = await made.start();
  first.go();
  await asked.promise;
  await first.kill();

  const results = await callLater(made);

  expect(results).toEqual(Array(5).fill(authenticateAgain));
}, 30_000);
