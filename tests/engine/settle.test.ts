import { describe, expect, it } from 'vitest';
import { AppError } from '#domain/errors';
import { isFinished, type Run } from '#domain/run';
import { addAccounts, addWorkflow, aGraph, createWorld, type World } from '../support/engine-world.ts';
import { answer, createScriptedClient, type ScriptedClient } from '../support/scripted-client.ts';

const remove = {
  vendorId: 'webex',
  presetId: 'delete-user',
  authorization: { mode: 'static', credentialId: 'crd_1' },
  method: 'DELETE',
  url: '/people/{{webex_user_id}}',
  success: { statuses: [204], mediaType: 'none' },
};

const clear = aGraph(
  {
    begin: ['begin'],
    remove: ['api', remove],
    mark: ['update-record', { setStatus: 'deactivated' }],
    end: ['end'],
  },
  ['begin.next > remove', 'remove.success > mark', 'mark.success > end'],
);

/** Ada's deletion is unclear the first time; Grace's answers only when `release` is called. */
function unclearWorld() {
  const { promise: mayGo, resolve: release } = Promise.withResolvers<void>();
  let adas = 0;
  let maySeeAda = true;
  const client: ScriptedClient = createScriptedClient(async ({ method, url }) => {
    const id = url.split('/').at(-1) ?? '';
    if (method === 'GET') {
      if (id === 'wx-ada' && !maySeeAda) return answer(403);
      return answer(200, { id, emails: [`${id.replace('wx-', '')}@acme.test`] });
    }
    if (id === 'wx-grace') await mayGo;
    if (id !== 'wx-ada') return answer(204);
    adas += 1;
    maySeeAda = adas > 1;
    return adas === 1 ? { kind: 'no_answer', reason: 'reset' } : answer(204);
  });
  const world = createWorld({ client, inFlight: 2 });
  addAccounts(world.database, [{ name: 'ada' }, { name: 'grace' }]);
  addWorkflow(world.database, clear);
  return {
    world,
    release,
    look: () => {
      maySeeAda = true;
    },
    deletionsOf: (id: string) =>
      client.calls.filter(({ method, url }) => method === 'DELETE' && url.endsWith(id)).length,
  };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}

const statusOf = async ({ runner }: World, id: string, n: number) =>
  (await runner.recordSteps(id, n)).record.status;

async function ended(world: World, id: string): Promise<Run> {
  await until(async () => isFinished((await world.runner.details(id)).run.status));
  return (await world.runner.details(id)).run;
}

describe('a parked call of a run that still works on others', () => {
  async function parked() {
    const made = unclearWorld();
    const { world } = made;
    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    await until(async () => (await statusOf(world, id, 1)) === 'needs_attention');
    made.look();
    return { ...made, id };
  }

  it('goes on at once when somebody says that it happened', async () => {
    const { world, id, release, deletionsOf } = await parked();

    await world.runner.resolve(id, 1, 'it_happened', 'Ben');
    await until(async () => (await statusOf(world, id, 1)) === 'succeeded');
    const during = await world.runner.details(id);
    release();
    const run = await ended(world, id);

    expect(during.run.status).toBe('running');
    expect(during.blocks.remove).toMatchObject({ needsAttention: 0, exits: { success: 1 } });
    expect(run).toMatchObject({ status: 'succeeded', counts: { total: 2, succeeded: 2 } });
    expect([deletionsOf('wx-ada'), deletionsOf('wx-grace')]).toEqual([1, 1]);
  });

  it('is sent once more, and once only, when it did not happen', async () => {
    const { world, id, release, deletionsOf } = await parked();

    await world.runner.resolve(id, 1, 'repeat', 'Ben');
    await until(async () => (await statusOf(world, id, 1)) === 'succeeded');
    release();
    const run = await ended(world, id);

    expect(run.status).toBe('succeeded');
    expect([deletionsOf('wx-ada'), deletionsOf('wx-grace')]).toEqual([2, 1]);
  });

  it('ends as failed when it is left', async () => {
    const { world, id, release, deletionsOf } = await parked();

    await world.runner.resolve(id, 1, 'leave', 'Ben');
    release();
    const run = await ended(world, id);

    expect(run).toMatchObject({ status: 'failed', counts: { failed: 1, succeeded: 1, needs_attention: 0 } });
    expect(deletionsOf('wx-ada')).toBe(1);
  });

  it('is decided once, however many decide at the same time', async () => {
    const { world, id, release, deletionsOf } = await parked();

    const decisions = await Promise.allSettled(
      (['repeat', 'it_happened', 'repeat', 'leave'] as const).map((choice) =>
        world.runner.resolve(id, 1, choice, 'Ben'),
      ),
    );
    release();
    const run = await ended(world, id);

    expect(decisions.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    expect(deletionsOf('wx-ada')).toBe(2);
    expect(run.status).toBe('succeeded');
  });

  it('is refused for a record that is on its way, which goes on all the same', async () => {
    const { world, id, release, deletionsOf } = await parked();

    await expect(world.runner.resolve(id, 2, 'repeat', 'Ben')).rejects.toThrow(AppError);
    await world.runner.resolve(id, 1, 'it_happened', 'Ben');
    release();
    const run = await ended(world, id);

    expect(run).toMatchObject({ status: 'succeeded', counts: { succeeded: 2 } });
    expect(deletionsOf('wx-grace')).toBe(1);
  });
});
