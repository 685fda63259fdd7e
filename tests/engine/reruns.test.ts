import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { AppError } from '#domain/errors';
import { guardState, people, saasUsers, versions, workflows } from '../../server/store/schema.ts';
import { aGraph } from '../support/engine-world.ts';
import { liftedGuard } from '../support/lift-limits.ts';
import {
  accountAnswer,
  ada,
  clearing,
  createRefusingVendor,
  endOf,
  nameIn,
  openRerunWorld,
  pathsOf,
  rerun,
  rerunsOf,
  runAll,
  seenAt,
} from '../support/rerun-world.ts';
import type { Script } from '../support/scripted-client.ts';

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
const settingsOf = (id: string) =>
  clearing.blocks.find((block) => block.id === id)!.settings as Record<string, unknown>;
const nobody = { unclear: 0, gone: 0, takenUp: 0, noStep: 0 };

/** Deletions of these are cut off, and nobody may look at the account afterwards. */
function unclearFor(...names: string[]): Script {
  const tried = new Set<string>();
  const vendor = createRefusingVendor(['grace']);
  return (call, n) => {
    const name = nameIn(call.url);
    if (!names.includes(name)) return vendor.script(call, n);
    if (call.method !== 'DELETE' && !tried.has(name)) return accountAnswer(name);
    tried.add(name);
    return { kind: 'no_answer', reason: 'The connection was reset.' };
  };
}

describe('a re-run from the failed step', () => {
  it('decides that step anew with the variables that the record had, and nothing before it', async () => {
    const vendor = createRefusingVendor(['grace', 'linus']);
    const { world, reruns } = openRerunWorld(vendor.script);
    const origin = await runAll(world);
    vendor.refusing.clear();

    const options = await reruns.options(origin.id);
    const again = await rerun(world, origin.id, 'failed_step');

    expect(options.items[2]).toEqual({
      ...{ records: 'failed_step', count: 2, done: 0, leftOut: nobody },
      blocks: [{ block: 'remove', name: 'remove', count: 2 }],
    });
    expect(again).toMatchObject({
      ...{ status: 'succeeded', startedBy: 'Ada', versionId: origin.versionId },
      ...{ origin: { runId: origin.id, records: 'failed_step' }, counts: { total: 2, succeeded: 2 } },
    });
    expect(await pathsOf(world, again.id)).toEqual([
      'grace: remove.success mark.success end.end',
      'linus: remove.success mark.success end.end',
    ]);
    const grace = world.database.select().from(people).where(eq(people.id, 'per_grace')).get();
    expect(grace?.fields).toMatchObject({ api_response: seenAt });
    expect((await world.runner.details(origin.id)).reruns).toMatchObject([
      { id: again.id, records: 'failed_step', status: 'succeeded' },
    ]);
  });

  it('looks at the account again: what has gone meanwhile is not deleted twice', async () => {
    const vendor = createRefusingVendor(['grace']);
    const { world, deleted } = openRerunWorld(vendor.script);
    const origin = await runAll(world);
    vendor.gone.add('grace');

    const again = await rerun(world, origin.id, 'failed_step');

    expect(again.status).toBe('succeeded');
    expect(deleted().filter((name) => name === 'grace')).toHaveLength(1);
  });

  it('goes on where a failure led nowhere, not where it was dealt with', async () => {
    const graph = aGraph(
      {
        begin: ['begin'],
        first: ['api', settingsOf('remove')],
        second: ['api', settingsOf('remove')],
        end: ['end'],
      },
      ['begin.next > first', 'begin.next > second', 'first.failure > end'],
    );
    const vendor = createRefusingVendor(['ada']);
    const { world, reruns } = openRerunWorld(vendor.script, {}, graph, ['ada']);
    const origin = await runAll(world);
    vendor.refusing.clear();

    const { items } = await reruns.options(origin.id);
    const again = await rerun(world, origin.id, 'failed_step');

    expect(items[2]?.blocks).toEqual([{ block: 'second', name: 'second', count: 1 }]);
    expect(await pathsOf(world, again.id)).toEqual(['ada: second.success']);
  });

  it('says how many calls were carried out although their step failed', async () => {
    const graph = aGraph(
      {
        begin: ['begin'],
        // The call succeeds, and what it answers cannot be kept.
        remove: [
          'api',
          {
            ...settingsOf('remove'),
            response: {
              success: [{ value: 'not a time', target: { kind: 'saas_user', name: 'identifier' } }],
              failure: [],
            },
          },
        ],
      },
      ['begin.next > remove'],
    );
    const { world, reruns } = openRerunWorld(createRefusingVendor([]).script, {}, graph, ['ada']);
    const origin = await runAll(world);

    const { items } = await reruns.options(origin.id);

    expect(origin.counts.failed).toBe(1);
    expect(items.map(({ records, count, done }) => [records, count, done])).toEqual([
      ['all', 1, 1],
      ['failed', 1, 1],
      ['failed_step', 1, 1],
    ]);
  });

  it('begins again where a crash has cut off the choice of its records, and loses and doubles none', async () => {
    const vendor = createRefusingVendor(['grace', 'linus']);
    let isDead = false;
    const { world } = openRerunWorld(vendor.script, {
      store: (store) => ({
        ...store,
        async takeUpFailed(...args) {
          const taken = await store.takeUpFailed(...args);
          return isDead ? new Promise(() => {}) : taken;
        },
      }),
    });
    const origin = await runAll(world);
    vendor.refusing.clear();
    isDead = true;
    const { id } = await rerunsOf(world).start(origin.id, 'failed_step', ada);
    const { key } = (await world.store.find(id))!;
    while ((await world.store.counts(key)).total < 2) await nextTurn();

    isDead = false;
    const next = world.restart();
    await next.runner.resume();
    const again = await endOf(next, id);

    expect(again).toMatchObject({ status: 'succeeded', counts: { total: 2, succeeded: 2 } });
    expect([...vendor.gone].sort()).toEqual(['ada', 'alan', 'grace', 'linus']);
    expect(await pathsOf(next, id)).toEqual([
      'grace: remove.success mark.success end.end',
      'linus: remove.success mark.success end.end',
    ]);
  });
});

describe('a re-run from the start', () => {
  it('takes the failed records only, or all of them, and Begin chooses among them', async () => {
    const vendor = createRefusingVendor(['grace']);
    const { world } = openRerunWorld(vendor.script);
    const origin = await runAll(world);
    vendor.refusing.clear();

    const failed = await rerun(world, origin.id, 'failed');
    const all = await rerun(world, origin.id, 'all');

    expect(await pathsOf(world, failed.id)).toEqual([
      'grace: get.success remove.success mark.success end.end',
    ]);
    // They are deactivated by now, and Begin wants active ones.
    expect(all).toMatchObject({ status: 'succeeded', counts: { total: 0 } });
  });

  it('uses the version of its origin, while another one is active', async () => {
    const { world } = openRerunWorld(createRefusingVendor(['grace']).script);
    const origin = await runAll(world);
    const version = world.database.select().from(versions).get()!;
    world.database
      .insert(versions)
      .values({ ...version, id: 'ver_2', number: 2 })
      .run();
    world.database.update(workflows).set({ activeVersionId: 'ver_2' }).run();
    world.runner.workflowsChanged();

    const options = await rerunsOf(world).options(origin.id);
    const again = await rerun(world, origin.id, 'failed');

    expect(options).toMatchObject({ versionNumber: 1, activeVersionNumber: 2 });
    expect(again).toMatchObject({ versionId: 'ver_1', versionNumber: 1 });
  });
});

describe('what is never repeated', () => {
  it.each([
    ['failed_step', 1],
    ['failed', 1],
    ['all', 2],
  ] as const)('is a call that nobody knows the outcome of, decided or not (%s)', async (records, count) => {
    const { world, deleted, reruns } = openRerunWorld(unclearFor('ada', 'alan'));
    const origin = await runAll(world);
    const { items: parked } = await world.runner.records(origin.id, { limit: 9, status: 'needs_attention' });
    expect(parked.map(({ label }) => label)).toEqual(['ada@acme.test', 'alan@acme.test']);
    await world.runner.resolve(origin.id, parked[0]!.n, 'leave', 'Ada');
    await endOf(world, origin.id);

    const { items } = await reruns.options(origin.id);
    await rerun(world, origin.id, records);

    expect(items.find((item) => item.records === records)).toMatchObject({
      count,
      leftOut: { ...nobody, unclear: 2 },
    });
    expect(deleted().filter((name) => name === 'ada' || name === 'alan')).toHaveLength(2);
  });

  it('is a record that was removed meanwhile', async () => {
    const vendor = createRefusingVendor(['grace', 'linus']);
    const { world, reruns } = openRerunWorld(vendor.script);
    const origin = await runAll(world);
    world.database.delete(saasUsers).where(eq(saasUsers.id, 'sus_grace')).run();
    vendor.refusing.clear();

    const { items } = await reruns.options(origin.id);
    const again = await rerun(world, origin.id, 'failed_step');

    expect(items[2]).toMatchObject({ count: 1, leftOut: { ...nobody, gone: 1 } });
    expect(again.counts.total).toBe(1);
    expect(vendor.gone.has('grace')).toBe(false);
  });

  it('is what another re-run has taken up', async () => {
    const { world, reruns } = openRerunWorld(createRefusingVendor(['grace']).script);
    const origin = await runAll(world);
    const again = await rerun(world, origin.id, 'failed_step');

    const { items } = await reruns.options(origin.id);

    expect(again.counts.failed).toBe(1);
    expect(items[1]).toMatchObject({ count: 0, leftOut: { ...nobody, takenUp: 1 } });
    await expect(reruns.start(origin.id, 'failed', ada)).rejects.toThrow(/No record of this run failed/);
    expect((await reruns.options(again.id)).items[2]).toMatchObject({ count: 1 });
  });
});

describe('a re-run is judged like any other run', () => {
  it('plans first and sends nothing above a limit before somebody agrees', async () => {
    const vendor = createRefusingVendor(['grace', 'linus']);
    const { world, deleted } = openRerunWorld(vendor.script);
    const origin = await runAll(world);
    vendor.refusing.clear();
    const { day } = liftedGuard.settings.limits;
    const limits = {
      ...liftedGuard.settings.limits,
      day: { ...day, delete: { number: 2, sharePercent: null } },
    };
    const content = { ...liftedGuard, settings: { ...liftedGuard.settings, limits } };
    world.database.update(guardState).set({ generation: 2, content }).run();
    await world.guard.refresh();
    const before = deleted().length;

    const { id } = await rerunsOf(world).start(origin.id, 'failed_step', ada);
    while ((await world.runner.details(id)).waits[0]?.held?.code !== 'approval') await nextTurn();

    const { planId } = (await world.runner.details(id)).run;
    expect(deleted()).toHaveLength(before);
    expect((await world.runner.details(planId!)).run).toMatchObject({ mode: 'plan', origin: null });
    expect(await pathsOf(world, planId!)).toEqual([
      'grace: remove.success mark.success end.end',
      'linus: remove.success mark.success end.end',
    ]);
  });
});

describe('a re-run is refused', () => {
  it('while the run goes on, and while another re-run does, however many ask at once', async () => {
    const vendor = createRefusingVendor(['grace']);
    const held = Promise.withResolvers<void>();
    let isHolding = true;
    const { world, reruns, deleted } = openRerunWorld(async (call, n) => {
      if (isHolding && call.method === 'DELETE') await held.promise;
      return vendor.script(call, n);
    });
    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    await expect(reruns.start(id, 'all', ada)).rejects.toThrow(/goes on/);
    held.resolve();
    await endOf(world, id);
    isHolding = false;

    const asked = await Promise.allSettled(
      Array.from({ length: 5 }, () => reruns.start(id, 'failed_step', ada)),
    );
    const started = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));

    expect(started).toHaveLength(1);
    const refusals = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason as AppError] : []));
    expect(refusals.map(({ code }) => code)).toEqual(Array(4).fill('conflict'));
    await endOf(world, started[0]!.id);
    expect(deleted().filter((name) => name === 'grace')).toHaveLength(2);
  });

  it('where no record failed, for a plan, and for a workflow that is not active', async () => {
    const { world, reruns } = openRerunWorld(createRefusingVendor([]).script);
    const origin = await runAll(world);
    const plan = await world.runner.start('wf_1', { startedBy: 'Ada', mode: 'plan' });
    await endOf(world, plan.id);

    await expect(reruns.start(origin.id, 'failed', ada)).rejects.toThrow(/No record of this run failed/);
    await expect(reruns.start(plan.id, 'all', ada)).rejects.toThrow(/This is a plan/);
    await expect(reruns.start('run_nobody', 'all', ada)).rejects.toThrow(/There is no run/);
    world.database.update(workflows).set({ activeVersionId: null }).run();
    world.runner.workflowsChanged();
    await expect(reruns.start(origin.id, 'all', ada)).rejects.toThrow(/is not active/);
  });

  it('where its version cannot run any more', async () => {
    const { world } = openRerunWorld(createRefusingVendor(['grace']).script);
    const origin = await runAll(world);
    const next = world.restart();
    const planOf = () => Promise.reject(new AppError('invalid', 'There is no block type "api".'));

    const reruns = rerunsOf({ ...next, runner: { ...next.runner, planOf } });

    await expect(reruns.start(origin.id, 'failed', ada)).rejects.toThrow(
      'Version 1 cannot run any more: There is no block type "api".',
    );
  });

  it('when the details of its steps were removed with age', async () => {
    const { world, reruns } = openRerunWorld(createRefusingVendor(['grace']).script);
    const origin = await runAll(world);
    world.database.$client.exec('UPDATE runs SET has_steps = 0');

    await expect(reruns.start(origin.id, 'failed', ada)).rejects.toThrow(/removed with age/);
  });
});
