import { expect, test } from 'vitest';
import type { AgentQuestion, MappingPreview } from '#contract';
import { people } from '../../server/store/schema.ts';
import { aPerson, listOf, manyPeople } from '../support/load-world.ts';
import { answer } from '../support/scripted-client.ts';
import { createAgentWorld, plantedSecret } from './agent-world.ts';

type World = Awaited<ReturnType<typeof createAgentWorld>>;

/** Nobody loses patience: what waits for an agent waits until the test answers. */
function wait({ app }: World): void {
  app.clock.atMost = async (_ms, work) => {
    await work.catch(() => undefined);
  };
}

const preview = ({ app, integrationId }: World, token: string) =>
  app.send('POST', `/integrations/${integrationId}/preview`, { token, body: {} });

/** Makes contact until there is a question. */
async function questionFor({ contact }: World): Promise<AgentQuestion> {
  for (;;) {
    const [question] = (await contact()).questions;
    if (question) return question;
  }
}

test('an agent reads the first records for a preview, which the server judges', async () => {
  const world = await createAgentWorld(listOf(() => manyPeople(130)));
  wait(world);
  const asked = preview(world, await world.app.token('admin'));

  const question = await questionFor(world);
  await world.answer(question);

  const { records, counts, samples } = (await asked).json<MappingPreview>();
  expect(counts).toMatchObject({ create: 100, fail: 0 });
  expect(records[0]).toMatchObject({ action: 'create', label: expect.stringContaining('person1@') });
  expect(Object.values(samples).flat().length).toBeGreaterThan(0);
  expect(world.app.database.select().from(people).all()).toEqual([]);
  expect((await world.contact()).questions).toEqual([]);
});

test('what the vendor tells the agent is what the operator reads', async () => {
  const world = await createAgentWorld(() => answer(403, { message: `No scope for ${plantedSecret}` }));
  wait(world);
  const asked = preview(world, await world.app.token('admin'));

  await world.answer(await questionFor(world));

  const { status, detail } = (await asked).json<{ status: number; detail: string }>();
  expect(status).toBe(502);
  expect(detail).toContain('No scope for •••');
});

test('a secret that the vendor sends back in a record is not in the preview', async () => {
  const world = await createAgentWorld(listOf(() => [aPerson(1, { department: `key ${plantedSecret}` })]));
  wait(world);
  const asked = preview(world, await world.app.token('admin'));

  await world.answer(await questionFor(world));

  const { body } = await asked;
  expect(body).toContain('key •••');
  expect(body).not.toContain(plantedSecret);
});

test('a credential of an agent is tested by the agent', async () => {
  const world = await createAgentWorld(listOf(() => []));
  wait(world);
  const asked = world.send('POST', `/agents/${world.agentId}/credential-test`, {
    credential: 'Webex far away',
  });

  await world.answer(await questionFor(world));

  expect(await asked).toEqual({ isOk: true, message: 'It works.' });
});

test('an agent that does not come for a question is asked after, with what to do', async () => {
  const world = await createAgentWorld(listOf(() => []));

  const response = await preview(world, await world.app.token('admin'));

  expect(response.json()).toMatchObject({
    detail:
      'The agent “Branch office” has not answered for 30 s. Is it running? Start it on its machine with: rollcall agent start',
  });
});

test('a question that an agent took and forgot is given up, and its late answer refused', async () => {
  const world = await createAgentWorld(listOf(() => []));
  const taken = Promise.withResolvers<void>();
  world.app.clock.atMost = async (ms, work) => {
    if (ms === 30_000) await work;
    else await taken.promise;
  };
  const asked = preview(world, await world.app.token('admin'));
  const question = await questionFor(world);

  taken.resolve();

  expect((await asked).json()).toMatchObject({
    detail: expect.stringContaining('took the question 75 s ago and has not answered'),
  });
  await world.answer(question);
  expect(world.lines.at(-1)).toBe('Could not answer the server: Nobody waits for this answer any more.');
});

test('an agent that is away or of another version is not waited for', async () => {
  const world = await createAgentWorld(listOf(() => []));
  const token = await world.app.token('admin');

  await world.contact(null, '9.9.9');
  const other = await preview(world, token);
  world.app.clock.set(world.app.clock.now() + 120_000);
  const away = await preview(world, token);

  expect(other.json()).toMatchObject({
    detail: expect.stringContaining('is version 9.9.9 and this server is'),
  });
  expect(away.json()).toMatchObject({ detail: expect.stringContaining('is away') });
});

test('an agent answers its own questions only', async () => {
  const world = await createAgentWorld(listOf(() => []));

  const strange = world.post('/questions/of-somebody-else/answer', { kind: 'error', message: 'No' });

  await expect(strange).rejects.toThrow('Nobody waits for this answer');
});

test('a server that stops tells whoever waits', async () => {
  const world = await createAgentWorld(listOf(() => []));
  wait(world);
  const asked = preview(world, await world.app.token('admin'));
  await questionFor(world);

  await world.app.stop();

  expect((await asked).json()).toMatchObject({ detail: 'The server stops. Ask again when it is back.' });
});
