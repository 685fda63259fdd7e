import { describe, expect, it } from 'vitest';
import { inSafeMode } from '#domain/guard';
import { addAccounts, addWorkflow, aGraph, createWorld, type World } from '../support/engine-world.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';
import { addSecondWorkflow } from '../support/second-workflow.ts';
import { untilEnded } from '../support/until-run.ts';

const look = aGraph(
  {
    begin: ['begin'],
    get: [
      'api',
      {
        vendorId: 'webex',
        presetId: 'get-user-details',
        authorization: { mode: 'static', credentialId: 'crd_1' },
        method: 'GET',
        url: '/people/{{webex_user_id}}',
      },
    ],
    end: ['end'],
  },
  ['begin.next > get', 'get.success > end'],
);

/** A vendor that answers nobody before it is told to, and counts who asks at once. */
function slowVendor() {
  const gate = Promise.withResolvers<void>();
  const client = createScriptedClient(async () => {
    await gate.promise;
    return answer(200, { id: 'wx-ada', emails: ['ada@acme.test'] });
  });
  return { client, open: gate.resolve };
}

async function begin(world: World, count: number, workflowId = 'wf_1'): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const started = await world.runner.start(workflowId, { startedBy: 'Ada', recordIds: ['sus_ada'] });
    ids.push(started.id);
  }
  return ids;
}

async function untilCalls({ calls }: { calls: unknown[] }, count: number): Promise<void> {
  while (calls.length < count) await new Promise((resolve) => setImmediate(resolve));
}

const inLine = async (world: World, ids: string[]): Promise<boolean[]> =>
  Promise.all(ids.map(async (id) => (await world.runner.details(id)).isInLine));

describe('more runs at once than there is room for', () => {
  const room = { ofWorkflow: 2, inAll: 3 };

  function busyWorld() {
    const { client, open } = slowVendor();
    const world = createWorld({ client, room });
    addAccounts(world.database, [{ name: 'ada' }, { name: 'grace' }]);
    addWorkflow(world.database, look);
    return { world, client, open };
  }

  it('are in the memory of a server that starts without the records that they name', async () => {
    const { world, client, open } = busyWorld();
    const ids = await begin(world, 6);
    await untilCalls(client, 2);

    const left = await world.store.unfinished();

    expect(left.map(({ id, recordIds }) => [id, recordIds])).toEqual(ids.map((id) => [id, null]));
    open();
    await Promise.all(ids.map((id) => untilEnded(world, id)));
  });

  it('wait for their turn, say so, and are all done', async () => {
    const { world, client, open } = busyWorld();
    const ids = await begin(world, 6);
    await untilCalls(client, 2);

    expect(await inLine(world, ids)).toEqual([false, false, true, true, true, true]);
    expect(client.calls).toHaveLength(2);
    open();
    const runs = await Promise.all(ids.map((id) => untilEnded(world, id)));
    expect(runs.map(({ status, counts }) => [status, counts.succeeded])).toEqual(
      ids.map(() => ['succeeded', 1]),
    );
    expect(client.calls).toHaveLength(6);
  });

  it('do not hold up another workflow', async () => {
    const { world, client, open } = busyWorld();
    addSecondWorkflow(world.database, look, { kind: 'saas_users', appId: 'app_webex' });
    const many = await begin(world, 5);
    const [other = ''] = await begin(world, 1, 'wf_2');
    await untilCalls(client, 3);

    expect(await inLine(world, [other])).toEqual([false]);
    open();
    await Promise.all([...many, other].map((id) => untilEnded(world, id)));
  });

  it('are cancelled at once, wherever they stand', async () => {
    const { world, client, open } = busyWorld();
    const [, , third = '', fourth = ''] = await begin(world, 4);
    await untilCalls(client, 2);

    await world.runner.cancel(third);

    expect(await untilEnded(world, third)).toMatchObject({ status: 'cancelled' });
    open();
    expect(await untilEnded(world, fourth)).toMatchObject({ status: 'succeeded' });
    expect(client.calls).toHaveLength(3);
  });

  it('go on after a stop with as many as there is room for', async () => {
    const { world, client, open } = busyWorld();
    const ids = await begin(world, 6);
    await untilCalls(client, 2);
    const stopped = world.runner.stop();
    open();
    await stopped;

    const next = slowVendor();
    const again = world.restart(next.client);
    await again.runner.resume();
    await untilCalls(next.client, 2);
    expect((await inLine(again, ids)).filter(Boolean).length).toBeGreaterThan(1);
    next.open();
    const runs = await Promise.all(ids.map((id) => untilEnded(again, id)));

    expect(runs.map(({ status, counts }) => [status, counts.total])).toEqual(ids.map(() => ['succeeded', 1]));
    expect(client.calls.length + next.client.calls.length).toBe(6);
  });

  it('are not what a run waits for that has ended before its server was restored', async () => {
    const { world, open } = busyWorld();
    open();
    const [id = ''] = await begin(world, 1);
    await untilEnded(world, id);

    const closed = await world.guardStore.change((before) => inSafeMode(before, 'Restored.', 1, 'closed'));
    world.guard.learn(closed);

    expect(world.guard.closedBy()).toMatch(/Restored/);
    expect(await inLine(world, [id])).toEqual([false]);
  });
});
