import type { LightMyRequestResponse } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { begin } from '#blocks/begin';
import type { Run, RunRecord } from '#contract';
import { signWebhook } from '#engine/webhook-signature';
import { buildApp } from '../../server/app.ts';
import { accessOf } from '../../server/assembly/access.ts';
import { readConfig } from '../../server/config.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { integrations, loads } from '../../server/store/schema.ts';
import { addAccounts, addWorkflow, aGraph } from '../support/engine-world.ts';
import { createVirtualClock, type VirtualClock } from '../support/virtual-clock.ts';

interface World {
  database: Database;
  clock: VirtualClock;
  send(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    payload?: object | string,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
}

interface Trigger {
  settings: Record<string, unknown>;
  /** Makes happen what the workflow waits for; whatever may start it by itself has been watched before. */
  happens(world: World): Promise<unknown> | unknown;
  /** Who has started the run, in which lane, and over whom. */
  started: { by: string; lane: string; over: string[] };
}

const everybody = ['ada', 'grace'];

const triggers: Record<string, Trigger> = {
  manual: {
    settings: {},
    happens: ({ send }) => send('POST', '/workflows/wf_1/runs', {}),
    started: { by: 'Ada', lane: 'manual', over: everybody },
  },
  schedule: {
    settings: { schedule: { cron: '5 10 * * *', timeZone: 'Europe/Berlin' } },
    // Time goes by, from ten o'clock in Berlin on.
    happens: () => {},
    started: { by: 'Schedule', lane: 'schedule', over: everybody },
  },
  record_created: {
    settings: {},
    happens: ({ database }) => addAccounts(database, [{ name: 'linus' }]),
    started: { by: 'A new record', lane: 'event', over: ['linus'] },
  },
  record_edited: {
    settings: { watchedFields: ['first_name'] },
    happens: ({ send }) => send('PATCH', '/people/per_grace', { values: { first_name: 'Grace' } }),
    started: { by: 'An edited record', lane: 'event', over: ['grace'] },
  },
  load_finished: {
    settings: { watchedIntegrationId: 'int_1' },
    happens: addLoad,
    started: { by: 'A finished load', lane: 'event', over: everybody },
  },
  webhook: {
    settings: { webhookPath: 'user.email', webhookField: 'email' },
    happens: callHook,
    started: { by: 'Webhook', lane: 'event', over: ['ada'] },
  },
};

function addLoad({ database, clock }: World): void {
  const times = { createdAt: 0, updatedAt: 0 };
  database
    .insert(integrations)
    .values({
      ...{ id: 'int_1', name: 'Webex', vendorId: 'webex', mode: 'user', preference: 'both' },
      ...{ mapping: {}, status: 'active', ...times },
    })
    .run();
  database
    .insert(loads)
    .values({
      ...{ id: 'lod_1', integrationId: 'int_1', status: 'succeeded', startedBy: 'Ada', startedAt: 0 },
      ...{ pages: 1, tally: {}, isComplete: true, finishedAt: clock.now() },
    })
    .run();
}

async function callHook({ clock, send }: World): Promise<void> {
  const { secret } = (await send('POST', '/workflows/wf_1/webhook')).json();
  const body = JSON.stringify({ user: { email: 'ada@acme.test' } });
  const timestamp = String(Math.floor(clock.now() / 1000));
  await send('POST', '/hooks/wf_1', body, {
    'content-type': 'application/json',
    ...{ 'x-rollcall-id': 'call-1', 'x-rollcall-timestamp': timestamp },
    'x-rollcall-signature': signWebhook(secret, { timestamp, id: 'call-1', body }),
  });
}

/** The server at work, with an active workflow over people that begins so. Time passes only while it is driven. */
async function openServer(trigger: string, settings: object): Promise<World> {
  const database = openDatabase(':memory:');
  const clock = createVirtualClock();
  const config = readConfig({
    ROLLCALL_KEY: Buffer.alloc(32, 7).toString('base64'),
    ...{ ROLLCALL_LOG: 'silent', ROLLCALL_SANDBOX: 'off' },
  });
  const app = await buildApp({ config, database, publicUrl: 'http://127.0.0.1:8080', clock });
  onTestFinished(() => clock.drive(app.stop()));
  addAccounts(database, [{ name: 'ada' }, { name: 'grace' }]);
  const greet = { variables: [{ name: 'greeting', value: 'Hello' }] };
  const graph = aGraph({ begin: ['begin', { trigger, ...settings }], greet: ['set-variable', greet] }, [
    'begin.next > greet',
  ]);
  addWorkflow(database, graph, { kind: 'people' });
  const token = await accessOf(database, clock).createToken({ name: 'Ada', role: 'admin', expiresAt: null });
  await app.http.ready();
  await app.resume();
  return {
    database,
    clock,
    send: (method, path, payload, headers = {}) =>
      app.http.inject({
        ...{ method, url: `/api/v1${path}`, headers: { authorization: `Bearer ${token}`, ...headers } },
        ...(payload === undefined ? {} : { payload }),
      }),
  };
}

const runsOf = ({ database }: World) =>
  database.$client.prepare<[], { id: string; lane: string }>('SELECT id, lane FROM runs ORDER BY key').all();

const minutes = ({ clock }: World, count: number): Promise<void> => clock.drive(clock.sleep(count * 60_000));

test('every way to begin is tried below', () => {
  const shape = begin.settings as unknown as { shape: { trigger: { unwrap(): { options: string[] } } } };

  expect(Object.keys(triggers)).toEqual(shape.shape.trigger.unwrap().options);
});

test.each(Object.entries(triggers))(
  'a workflow that begins by %s is started by the server at work, once, over whom it is about',
  async (trigger, { settings, happens, started }) => {
    const world = await openServer(trigger, settings);
    await minutes(world, 1);
    expect(runsOf(world)).toEqual([]);

    await happens(world);
    await minutes(world, 5);

    const runs = runsOf(world);
    expect(runs.map(({ lane }) => lane)).toEqual([started.lane]);
    const path = `/runs/${runs[0]?.id}`;
    const { run } = (await world.send('GET', path)).json<{ run: Run }>();
    const { items } = (await world.send('GET', `${path}/records`)).json<{ items: RunRecord[] }>();
    expect(run).toMatchObject({ startedBy: started.by, status: 'succeeded', mode: 'run' });
    expect(items.map(({ recordId }) => recordId).sort()).toEqual(started.over.map((name) => `per_${name}`));
  },
);

test.each(Object.entries(triggers))(
  'one that begins by %s and is not active is not started',
  async (trigger, { settings, happens }) => {
    const world = await openServer(trigger, settings);
    await minutes(world, 1);
    await world.send('DELETE', '/workflows/wf_1/activation');

    await happens(world);
    await minutes(world, 5);

    expect(runsOf(world)).toEqual([]);
  },
);
