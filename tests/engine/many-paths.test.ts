import { expect, it } from 'vitest';
import { createBreath } from '#engine/breath';
import { addAccounts, addWorkflow, aGraph, createWorld } from '../support/engine-world.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';
import { untilEnded } from '../support/until-run.ts';

it('a record whose paths fork again and again fails in words', async () => {
  const world = createWorld({ client: createScriptedClient(() => answer(200, {})) });
  addAccounts(world.database, [{ name: 'ada' }]);
  const layers = Array.from({ length: 8 }, (_, layer) => [0, 1, 2, 3].map((n) => `b${layer}_${n}`));
  const blocks = Object.fromEntries(
    layers.flat().map((id) => [id, ['set-variable', { variables: [{ name: id, value: 'x' }] }] as never]),
  );
  const edges = layers.flatMap((layer, at) =>
    (layers[at - 1] ?? ['begin']).flatMap((from) => layer.map((to) => `${from}.next > ${to}`)),
  );
  addWorkflow(world.database, aGraph({ begin: ['begin'], ...blocks }, edges), { kind: 'people' });

  const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });

  expect(await untilEnded(world, id)).toMatchObject({ status: 'failed', counts: { failed: 1 } });
  const { record } = await world.runner.recordSteps(id, 1);
  expect(record.error).toMatch(/more than 1000 open paths at “b\d_\d”.*Collect/);
});

it('those who have worked too long go on one after the other, with others between them', async () => {
  let now = 0;
  const breathe = createBreath(() => now);
  expect(breathe()).toBeUndefined();

  now = 11;
  const turns: string[] = [];
  const work = ['a', 'b'].map((name) => breathe()?.then(() => void turns.push(name)));
  const another = new Promise<void>((resolve) => setImmediate(resolve)).then(
    () => void turns.push('another'),
  );
  await Promise.all([...work, another]);

  expect(turns).toHaveLength(3);
  expect(turns.at(-1)).toBe('b');
  expect(breathe()).toBeUndefined();
});
