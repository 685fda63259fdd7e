import { expect, test } from 'vitest';
import type { AgentWork, Load } from '#contract';
import { AppError } from '#domain/errors';
import type { Post } from '../../server/agent/server-client.ts';
import { changes, people, saasUsers } from '../../server/store/schema.ts';
import { aPerson, listOf, manyPeople } from '../support/load-world.ts';
import { answer } from '../support/scripted-client.ts';
import { createAgentWorld, plantedSecret } from './agent-world.ts';

type World = Awaited<ReturnType<typeof createAgentWorld>>;

const startLoad = ({ send, integrationId }: World) =>
  send<Load>('POST', `/integrations/${integrationId}/loads`);

async function take(world: World): Promise<AgentWork> {
  const { work } = await world.contact();
  if (work === null) throw new Error('There is no work.');
  return work;
}

const endOf = async ({ find }: World, id: string): Promise<Load> => {
  for (;;) {
    const load = await find(id);
    if (load.finishedAt !== null) return load;
    await new Promise((resolve) => setImmediate(resolve));
  }
};

const count = (world: World) => ({
  people: world.app.database.select().from(people).all().length,
  accounts: world.app.database.select().from(saasUsers).all().length,
});

test('a load waits for its agent, which reads the vendor and writes at the server', async () => {
  const world = await createAgentWorld(listOf(() => manyPeople(230)));

  const { id, status } = await startLoad(world);
  const waiting = await world.find(id);
  const work = await take(world);
  const running = await world.find(id);
  await world.work(work);

  expect([status, waiting.status, running.status]).toEqual(['running', 'queued', 'running']);
  expect(await endOf(world, id)).toMatchObject({
    status: 'succeeded',
    isComplete: true,
    restarts: 0,
    pages: 3,
    tally: { read: 230, created: 230, skipped: 0, failed: 0 },
    missing: { known: 0, missing: 0 },
  });
  expect(count(world)).toEqual({ people: 230, accounts: 230 });
});

test('a batch that comes twice is written once', async () => {
  const world = await createAgentWorld(listOf(() => manyPeople(30)));
  const { id } = await startLoad(world);
  const twice: Post = async (path, body, signal) => {
    await world.post(path, body, signal);
    return path.endsWith('/end') ? null : await world.post(path, body, signal);
  };

  await world.work(await take(world), twice);

  const load = await endOf(world, id);
  expect(load.tally).toMatchObject({ read: 30, created: 30, unchanged: 0, skipped: 0 });
  expect(load.status).toBe('succeeded');
});

test('when an agent has forgotten its load, it begins it again, and what the first one still sends is refused', async () => {
  const world = await createAgentWorld(listOf(() => manyPeople(150)));
  const { id } = await startLoad(world);
  const first = await take(world);
  const cutOff: Post = async (path, body, signal) => {
    const done = await world.post(path, body, signal);
    if (path.endsWith('/pages')) throw new AppError('cancelled', 'The machine was switched off.');
    return done;
  };
  await world.work(first, cutOff);
  expect((await world.find(id)).tally.read).toBe(100);

  const second = await take(world);
  const late = world.post(`/loads/${id}/pages`, { fence: first.fence, position: 0, pages: 1, records: [] });
  await expect(late).rejects.toThrow('not yours any more');
  await world.work(second);

  const load = await endOf(world, id);
  expect(load).toMatchObject({
    status: 'succeeded',
    restarts: 1,
    tally: { read: 150, created: 50, unchanged: 100 },
  });
  expect(count(world)).toEqual({ people: 150, accounts: 150 });
  const identifiers = world.app.database.select().from(changes).all();
  expect(identifiers.filter(({ field }) => field === 'identifier')).toHaveLength(150);
});

test('a load that its agent never brings to an end is given up', async () => {
  const world = await createAgentWorld(listOf(() => manyPeople(1)));
  const { id } = await startLoad(world);

  for (let n = 0; n < 4; n += 1) await take(world);
  const { work } = await world.contact();

  expect(work).toBeNull();
  expect(await endOf(world, id)).toMatchObject({
    status: 'failed',
    error: expect.stringContaining('began it 4 times'),
  });
});

test('a silent agent loses its load after 15 minutes, with the reason', async () => {
  const world = await createAgentWorld(listOf(() => manyPeople(1)));
  const { id } = await startLoad(world);
  await world.find(id);
  await world.app.resume();

  const load = await endOf(world, id);

  expect(load).toMatchObject({
    status: 'failed',
    error: expect.stringContaining('not heard of for 15 minutes'),
  });
});

test('what the vendor refuses the agent is the reason of the load, and no account is taken as missing', async () => {
  const world = await createAgentWorld(() => answer(403, { message: 'No scope' }));
  const { id } = await startLoad(world);

  await world.work(await take(world));

  expect(await endOf(world, id)).toMatchObject({ status: 'failed', isComplete: false, missing: null });
  expect((await world.find(id)).error).toContain('403');
});

test('a cancelled load is the agent’s no more', async () => {
  const world = await createAgentWorld(listOf(() => manyPeople(1)));
  const { id } = await startLoad(world);
  const work = await take(world);

  const cancelled = await world.send<Load>('POST', `/loads/${id}/cancellation`);
  const { goesOn } = await world.contact(work.fence);
  await world.work(work);

  expect(cancelled.status).toBe('cancelled');
  expect(goesOn).toBe(false);
  expect(count(world)).toEqual({ people: 0, accounts: 0 });
  expect(world.lines.at(-1)).toContain('not yours any more');
});

test('an agent of another version gets no load', async () => {
  const world = await createAgentWorld(listOf(() => manyPeople(1)));
  const { id } = await startLoad(world);

  expect(await world.contact(null, '9.9.9')).toMatchObject({ work: null });
  expect((await world.find(id)).status).toBe('queued');
});

test('an agent writes nothing but what the mapping fills', async () => {
  const world = await createAgentWorld(listOf(() => manyPeople(1)));
  const { id } = await startLoad(world);
  const { fence } = await take(world);
  const record = {
    label: 'Eve',
    person: { username: 'eve', status: 'active' },
    saasUser: {},
    identifier: 'wx-1',
    keys: [{ externalId: 'username', value: 'eve' }],
    uniques: [],
    problem: null,
    raw: '{}',
  };

  const sent = world.post(`/loads/${id}/pages`, { fence, position: 0, pages: 1, records: [record] });

  await expect(sent).rejects.toThrow('does not fill "person.status"');
  expect(count(world)).toEqual({ people: 0, accounts: 0 });
});

test('a secret that the vendor sends back in a record or in a refusal stays with the agent', async () => {
  const people = [aPerson(1, { department: `key ${plantedSecret}` }), aPerson(2)];
  const world = await createAgentWorld((call, n) =>
    n <= 3 ? listOf(() => people, 1)(call) : answer(403, { message: `Bad token ${plantedSecret}` }),
  );
  const { id } = await startLoad(world);

  await world.work(await take(world));

  const load = await endOf(world, id);
  const accounts = world.app.database.select().from(saasUsers).all();
  expect(load.tally.read).toBe(1);
  expect(load.error).toContain('•••');
  expect(accounts[0]?.raw).toContain('key •••');
  const everywhere = [load, accounts, world.app.database.select().from(changes).all(), world.lines];
  expect(JSON.stringify(everywhere)).not.toContain(plantedSecret);
});
