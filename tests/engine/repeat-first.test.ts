import { describe, expect, it } from 'vitest';
import { isFinished } from '#domain/run';
import { guardState, limitUses } from '../../server/store/schema.ts';
import { addAccounts, addWorkflow, aGraph, createWorld, type World } from '../support/engine-world.ts';
import { liftedGuard } from '../support/lift-limits.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';

const removal = aGraph(
  {
    begin: ['begin'],
    remove: [
      'api',
      {
        vendorId: 'webex',
        presetId: 'delete-user',
        authorization: { mode: 'static', credentialId: 'crd_1' },
        method: 'DELETE',
        url: '/people/{{webex_user_id}}',
        success: { statuses: [204], mediaType: 'none' },
      },
    ],
  },
  ['begin.next > remove'],
);

/** The first deletion of a version gets no answer, and looking at the account does not tell either. */
function open(names: readonly string[]) {
  let isUnclear = false;
  let deletions = 0;
  let stopAt: { name: string; stop(): void } | null = null;
  const client = createScriptedClient(({ method, url }) => {
    const id = url.split('/').at(-1) ?? '';
    if (method !== 'DELETE') {
      if (id === `wx-${stopAt?.name}`) stopAt?.stop();
      return isUnclear ? answer(403) : answer(200, { id, emails: [`${id.slice(3)}@acme.test`] });
    }
    deletions += 1;
    isUnclear = deletions === 1;
    return isUnclear ? { kind: 'no_answer', reason: 'reset' } : answer(204);
  });
  const settings = { ...liftedGuard.settings, hasCanary: true };
  const world = createWorld({
    client,
    prepare(database) {
      const content = { ...liftedGuard, settings };
      database.insert(guardState).values({ id: 1, generation: 1, content }).run();
    },
  });
  addAccounts(
    world.database,
    names.map((name) => ({ name })),
  );
  addWorkflow(world.database, removal);
  const deleted = () =>
    client.calls.filter(({ method }) => method === 'DELETE').map(({ url }) => url.split('-').at(-1));
  return {
    world,
    deleted,
    /** The server stops while it looks at somebody. */
    stopAt: (name: string, { runner }: World) =>
      new Promise<void>((resolve) => {
        stopAt = { name, stop: () => resolve(runner.stop()) };
      }).then(() => {
        stopAt = null;
      }),
    /** Somebody has made it readable again. */
    mend: () => {
      isUnclear = false;
    },
  };
}

async function until<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  for (let turn = 0; turn < 3_000; turn += 1) {
    const found = await ask();
    if (found) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('It never came to that.');
}

const looksAsked = async ({ database }: World) =>
  database.$client.prepare("SELECT count(*) FROM approvals WHERE kind = 'canary'").pluck().get() as number;

describe('an unclear first call of a version that somebody repeats', () => {
  it('is sent again, and takes the place that was counted for it', async () => {
    const { world, deleted, mend } = open(['ada']);
    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    await until(async () => (await world.runner.details(id)).run.counts.needs_attention === 1);
    mend();

    await world.runner.resolve(id, 1, 'repeat', 'Ben');
    const run = await until(async () => {
      const { run } = await world.runner.details(id);
      return isFinished(run.status) && run.counts.succeeded === 1 && run;
    });

    expect(run.status).toBe('succeeded');
    expect(deleted()).toEqual(['ada', 'ada']);
    const used = world.database.select().from(limitUses).all();
    expect(used.filter(({ scope }) => scope === 'version:ver_1')).toMatchObject([{ used: 1 }]);
  });

  it('asks for the look at it while others are held, whatever was decided first', async () => {
    const { world, deleted, mend } = open(['ada', 'ben']);
    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    await until(async () => (await world.runner.details(id)).run.counts.needs_attention === 1);
    mend();

    await world.runner.resolve(id, 1, 'repeat', 'Ben');
    const run = await until(async () => {
      const { run } = await world.runner.details(id);
      return run.counts.succeeded === 1 && run.status === 'waiting' && run;
    });
    await until(() => looksAsked(world));

    expect(deleted()).toEqual(['ada', 'ada']);
    expect(run.counts.waiting).toBe(1);
  });

  it('asks for the look also when the run went on after a restart', async () => {
    const { world, mend, stopAt } = open(['ada', 'ben']);
    const first = await world.runner.start('wf_1', { startedBy: 'Ada', recordIds: ['sus_ada'] });
    await until(async () => (await world.runner.details(first.id)).run.counts.needs_attention === 1);
    mend();
    await world.runner.resolve(first.id, 1, 'it_happened', 'Ben');
    const stopped = stopAt('ben', world);
    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada', recordIds: ['sus_ben'] });
    await stopped;
    expect(await looksAsked(world)).toBe(0);

    const again = world.restart();
    await again.runner.resume();
    await until(() => looksAsked(again));

    const { waits } = await again.runner.details(id);
    expect(waits).toMatchObject([{ held: { code: 'canary' } }]);
  });
});
