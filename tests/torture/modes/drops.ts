import { isDeepStrictEqual } from 'node:util';
import type { Run, RunDetails } from '#contract';
import { buildApp } from '../../../server/app.ts';
import { readConfig } from '../../../server/config.ts';
import { openDatabase } from '../../../server/store/database.ts';
import { createTestClock } from '../../support/test-clock.ts';
import { type Figure, type Tell, toFigure } from '../figure.ts';
import { openScreen, type Screen, startCutter } from '../world/live-screen.ts';

const patienceMs = 10_000;
const people = 40;
const owner = { name: 'Ada Lovelace', email: 'ada@acme.test', password: 'correct horse battery' };

/**
 * R16: the connection of a screen is cut in the middle of runs, over and over, by somebody between it and the server.
 * After each cut the list of runs and the page of the newest one must become what the server says. Our own socket and
 * cache over real websockets.
 */
export async function drops(rounds: number, tell: Tell = () => {}): Promise<Figure> {
  const world = await openWorld();
  const found: string[] = [];
  let cuts = 0;
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const { id } = await world.start();
      world.screen.open(id);
      // From before anything was said, over the middle of it, to after the end of the run.
      await turns(round % 41);
      const cut = world.cut();
      cuts += cut > 0 ? 1 : 0;
      if (cut === 0) {
        // It was about to come back: it is cut as soon as it is there.
        while (world.cut() === 0) await turns(1);
        cuts += 1;
      }
      const complaint = await settled(world, id);
      if (complaint) found.push(`round ${round}: ${complaint}`);
      if (round % 100 === 0) tell(`${round} of ${rounds} cuts`);
    }
  } finally {
    await world.close();
  }
  const sentence = `${cuts} connections cut in the middle of ${rounds} runs: the screen was wrong afterwards in ${found.length}`;
  return toFigure('R16', sentence, found);
}

/** Waits until the screen shows what the server says of a run that has ended; otherwise what was wrong. */
async function settled({ ask, screen }: World, id: string): Promise<string | null> {
  let truth: RunDetails;
  do truth = await ask<RunDetails>('GET', `/runs/${id}`);
  while (truth.run.finishedAt === null);
  const { items } = await ask<{ items: Run[] }>('GET', '/runs?limit=20');
  const isRight = (): boolean =>
    isDeepStrictEqual(screen.run(), truth) && isDeepStrictEqual(screen.list(), items);
  const right = await until(screen, isRight);
  if (right) return null;
  const shown = screen.run();
  const part = isDeepStrictEqual(shown, truth) ? 'the list' : `the run, ${shown?.seq} of ${truth.seq},`;
  return `${part} stayed behind`;
}

/** Looks with every change of the screen; false when it did not come true in time. */
function until(screen: Screen, isTrue: () => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (is: boolean): void => {
      clearTimeout(timer);
      stop();
      resolve(is);
    };
    const timer = setTimeout(() => end(isTrue()), patienceMs);
    const stop = screen.onChange(() => isTrue() && end(true));
    if (isTrue()) end(true);
  });
}

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

type World = Awaited<ReturnType<typeof openWorld>>;

/** The server on a port, a workflow that marks everybody again and again, and a screen behind somebody who cuts. */
async function openWorld() {
  const database = openDatabase(':memory:');
  const insert = database.$client.prepare(
    `INSERT INTO people (id, username, email, first_name, last_name, role, status, fields, created_at, updated_at)
    VALUES (?, ?, ?, '', '', 'Employee', 'active', '{}', 0, 0)`,
  );
  for (let i = 0; i < people; i += 1) insert.run(`per_${i}`, `p${i}`, `p${i}@acme.test`);
  const env = { ROLLCALL_KEY: Buffer.alloc(32, 7).toString('base64'), ROLLCALL_LOG: 'silent' };
  const config = readConfig({ ...env, ROLLCALL_SANDBOX: 'off' });
  const publicUrl = 'http://127.0.0.1:8080';
  const app = await buildApp({ config, database, publicUrl, clock: createTestClock() });
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.http.server.address() as { port: number };
  const base = `http://127.0.0.1:${port}`;
  await app.access.setUp({ code: (await app.access.newSetupCode()) ?? '', ...owner });
  const session = await fetch(`${base}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-rollcall-request': '1' },
    body: JSON.stringify({ email: owner.email, password: owner.password }),
  });
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';

  // The pages' own client asks below the address of its page.
  const plainFetch = globalThis.fetch;
  globalThis.fetch = (path, init) =>
    plainFetch(`${base}${path}`, { ...init, headers: { ...init?.headers, cookie } });
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const headers = { 'x-rollcall-request': '1', ...(body && { 'content-type': 'application/json' }) };
    const response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const workflow = await launch(ask);
  const cutter = await startCutter(port);
  const screen = openScreen(`ws://127.0.0.1:${cutter.port}/api/v1/live`, cookie, publicUrl);

  return {
    ask,
    screen,
    cut: cutter.cut,
    start: () => ask<Run>('POST', `/workflows/${workflow}/runs`, {}),
    async close() {
      screen.close();
      cutter.close();
      globalThis.fetch = plainFetch;
      await app.stop();
      database.$client.close();
    },
  };
}

async function launch(ask: <T>(method: string, path: string, body?: object) => Promise<T>): Promise<string> {
  const block = (id: string, type: string, settings: object) => ({
    ...{ id, type, name: id, position: { x: 0, y: 0 }, settings },
  });
  const graph = {
    blocks: [
      block('begin', 'begin', {}),
      block('mark', 'update-record', { setStatus: 'active', assignments: [] }),
    ],
    edges: [{ id: 'e1', from: 'begin', exit: 'next', to: 'mark' }],
  };
  const made = await ask<{ id: string; revision: number }>('POST', '/workflows', {
    ...{ name: 'Mark all', records: { kind: 'people' } },
  });
  const { revision } = await ask<{ revision: number }>('PUT', `/workflows/${made.id}/draft`, {
    ...{ revision: made.revision, graph },
  });
  await ask('PUT', `/workflows/${made.id}/activation`, { revision });
  return made.id;
}
