import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { emptyTally } from '#domain/load';
import type { Decide } from '#engine/load-ports';
import { vendors } from '#presets';
import { writingScript } from '../../server/installation.ts';
import { openDatabase } from '../../server/store/database.ts';
import { createIntegrationStore } from '../../server/store/integrations.ts';
import { createLoadStore } from '../../server/store/loads.ts';
import { changes, loadIssues, people, saasUsers } from '../../server/store/schema.ts';
import { createWritingThread } from '../../server/store/writing-thread.ts';
import { aPerson, createLoadWorld, launch, listOf, manyPeople, run } from '../support/load-world.ts';

/** Loads on a database in a file, whose pages are written by a thread as the server has one. */
async function createThreadWorld(script: Parameters<typeof createLoadWorld>[0]) {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-thread-'));
  const file = join(folder, 'rollcall.db');
  const database = openDatabase(file);
  const { journal, pages } = createWritingThread(writingScript, file);
  onTestFinished(async () => {
    await journal.close();
    database.$client.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const world = await createLoadWorld(script, database, { pages });
  const integrationId = await launch(world);
  const writer = { integrationId, pages, rows: createLoadStore(database) };
  const begin = async () =>
    await writer.rows.begin({ id: 'lod_1', integrationId, startedBy: 'Ada', at: world.clock.now() });
  return { ...world, ...writer, begin };
}

const aRecord = (n: number): Parameters<Decide>[0] => ({
  label: `person ${n}`,
  person: { username: `person${n}@acme.test`, first_name: 'Person' },
  saasUser: null,
  identifier: '',
  keys: [{ externalId: 'username', value: `person${n}@acme.test` }],
  uniques: [{ externalId: 'username', value: `person${n}@acme.test` }],
  problem: null,
  raw: '{}',
});

const rules = {
  preference: 'create_and_update',
  appId: null,
  quiet: new Set<string>(),
  startedAt: '2026-11-21T09:00:00.000Z',
} as const;

test('a load is written by the thread, which remembers from page to page whom the list has named', async () => {
  const twin = aPerson(901, { emails: ['person7@acme.test'] });
  const company = [...manyPeople(230), twin];
  const world = await createThreadWorld(listOf(() => company));

  const first = await run(world, world.integrationId);
  const second = await run(world, world.integrationId);

  expect(first).toMatchObject({
    status: 'succeeded',
    pages: 3,
    tally: { read: 231, created: 230, skipped: 1 },
  });
  expect(second).toMatchObject({ tally: { read: 231, created: 0, unchanged: 230, skipped: 1 } });
  expect(world.database.select().from(saasUsers).all()).toHaveLength(230);
  expect(world.database.select().from(loadIssues).all()).toMatchObject([
    { loadId: first.id, label: 'person7@acme.test' },
    { loadId: second.id, reason: 'An earlier record of this load has the same key.' },
  ]);
});

test('a page of a load that has ended is refused, and nothing of it is written', async () => {
  const world = await createThreadWorld(listOf(() => []));
  const { id: loadId } = await world.begin();
  const end = { status: 'cancelled', isComplete: false, missing: null, error: 'Enough.' } as const;
  await world.rows.finish(loadId, { ...end, at: world.clock.now() });

  const page = { at: 0, records: [aRecord(1)], pages: 1, tally: emptyTally };
  const written = world.pages.write(1, { ...rules, loadId }, page);

  await expect(written).rejects.toMatchObject({ code: 'conflict' });
  expect(world.database.select().from(people).all()).toEqual([]);
  expect(world.database.select().from(changes).all()).toEqual([]);
  expect((await world.rows.find(loadId))?.tally).toEqual(emptyTally);
});

test('of two writers of one load, the second at a place is refused', async () => {
  const world = await createThreadWorld(listOf(() => []));
  const { id: loadId } = await world.begin();
  const page = (n: number) => ({ at: 0, records: [aRecord(n)], pages: 1, tally: emptyTally });

  const [first, second] = await Promise.allSettled([
    world.pages.write(1, { ...rules, loadId }, page(1)),
    world.pages.write(2, { ...rules, loadId }, page(2)),
  ]);

  expect(first).toMatchObject({ status: 'fulfilled', value: { tally: { read: 1, created: 1 } } });
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'conflict' } });
  expect(world.database.select().from(people).all()).toMatchObject([{ username: 'person1@acme.test' }]);
});

test('a batch that an agent sends again before it is answered is written once', async () => {
  const world = await createThreadWorld(listOf(() => []));
  const load = await world.begin();
  const integrations = createIntegrationStore(world.database);
  const integration = (await integrations.find(world.integrationId))!;
  const credential = (await integrations.credential('crd_1'))!;
  const agent = { id: 'agt_1', name: 'Cellar' } as Parameters<typeof world.agentLoads.next>[0];
  const { signal } = new AbortController();
  const read = world.agentLoads.read({
    load,
    integration: { ...integration, agentId: agent.id },
    vendor: vendors.find(({ id }) => id === 'webex')!,
    credential,
    fields: await integrations.fields(),
    appId: null,
    signal,
  });
  // The list is given out as soon as it waits.
  await new Promise((resolve) => setImmediate(resolve));
  const { work } = await world.agentLoads.next(agent, null);
  const { fence } = work!;

  const batch = { fence, position: 0, pages: 1, records: [aRecord(1), aRecord(2)] };
  const answers = await Promise.all([
    world.agentLoads.page(agent, load.id, batch),
    world.agentLoads.page(agent, load.id, batch),
  ]);
  await world.agentLoads.end(agent, load.id, fence, null);

  expect(answers.map(({ tally }) => tally.read)).toEqual([2, 2]);
  expect((await read).load.tally).toMatchObject({ read: 2, created: 2, skipped: 0 });
  expect(world.database.select().from(people).all()).toHaveLength(2);
});
