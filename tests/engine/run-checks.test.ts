import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { defaultGuardContent, type Freeze, type GuardContent, type GuardSettings } from '#domain/guard';
import { isFinished, type Run, type RunWait } from '#domain/run';
import type { Principal } from '#engine/access-ports';
import type { RunStore } from '#engine/run-store-ports';
import { guardState, limitUses, operators } from '../../server/store/schema.ts';
import { addAccounts, addWorkflow, aGraph, createWorld, type World } from '../support/engine-world.ts';
import { liftedGuard } from '../support/lift-limits.ts';
import { answer, createScriptedClient, type Script } from '../support/scripted-client.ts';
import { createTestClock } from '../support/test-clock.ts';

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

const names = ['ada', 'grace', 'ken', 'linus', 'tim'];
const nameIn = (url: string): string => url.slice(url.lastIndexOf('-') + 1);
const account = (name: string) => ({ id: `wx-${name}`, emails: [`${name}@acme.test`] });
const everybody: Script = ({ method, url }) =>
  method === 'DELETE' ? answer(204) : answer(200, account(nameIn(url)));

const withSettings = (settings: Partial<GuardSettings>): GuardContent => ({
  ...liftedGuard,
  settings: { ...liftedGuard.settings, ...settings },
});
const perDay = (number: number) =>
  withSettings({
    limits: {
      ...liftedGuard.settings.limits,
      day: { ...liftedGuard.settings.limits.day, delete: { number, sharePercent: null } },
    },
  });

function open(
  content: GuardContent,
  script: Script = everybody,
  inFlight = 8,
  store: (store: RunStore) => RunStore = (plain) => plain,
) {
  const client = createScriptedClient(script);
  const world = createWorld({
    client,
    inFlight,
    store,
    prepare(database) {
      database.insert(guardState).values({ id: 1, generation: 1, content }).run();
    },
  });
  addAccounts(
    world.database,
    names.map((name) => ({ name })),
  );
  addWorkflow(world.database, removal);
  for (const [id, name] of [
    ['opr_ada', 'Ada'],
    ['opr_ben', 'Ben'],
  ] as const) {
    const person = { id, name, email: `${name}@ops.test`, role: 'owner', passwordHash: '' };
    world.database
      .insert(operators)
      .values({ ...person, createdAt: 0 })
      .run();
  }
  const deleted = () =>
    client.calls.filter(({ method }) => method === 'DELETE').map(({ url }) => nameIn(url));
  return { world, client, deleted };
}

const start = ({ runner }: World, recordIds?: string[]) =>
  runner.start('wf_1', { startedBy: 'Ada', starterId: 'opr_ada', recordIds });

type Rest = { run: Run; waits: RunWait[] };

/** The run as soon as it has ended, or waits for this. */
async function restOf({ runner }: World, id: string, code?: string): Promise<Rest> {
  for (;;) {
    const { run, waits } = await runner.details(id);
    if (isFinished(run.status)) return { run, waits };
    if (run.status === 'waiting' && waits.some(({ held }) => held?.code === code)) return { run, waits };
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function waitingFor({ approvals }: World) {
  for (;;) {
    const { items } = await approvals.list({ limit: 10, status: 'waiting' }, principal('opr_ben', 'Ben'));
    if (items[0]) return items[0];
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const principal = (id: string, name: string): Principal =>
  ({ id, name, operator: true, role: 'owner', signedInAt: Number.MAX_SAFE_INTEGER }) as unknown as Principal;

function decide(
  world: World,
  id: string,
  decision: 'approve' | 'deny',
  who: [string, string] = ['opr_ben', 'Ben'],
) {
  const caller = { ...principal(...who), signedInAt: world.clock.now() };
  return world.approvals.decide(id, { decision, reason: 'Looked at it' }, caller);
}

describe('a run that could pass a limit', () => {
  it('plans first, and goes on by itself when the plan fits', async () => {
    const { world, deleted, client } = open(perDay(2), ({ method, url }) => {
      if (method === 'DELETE') return answer(204);
      const name = nameIn(url);
      return ['ada', 'grace'].includes(name)
        ? answer(200, account(name))
        : answer(404, { message: 'gone', trackingId: 'T' });
    });

    const { id } = await start(world);
    const { run } = await restOf(world, id);

    expect(run).toMatchObject({ status: 'succeeded', planId: expect.any(String), approvalId: null });
    expect(deleted().sort()).toEqual(['ada', 'grace']);
    expect(client.calls.slice(0, 5).map(({ method }) => method)).toEqual(Array(5).fill('GET'));
    expect((await world.plans.find(id)).harmful).toEqual([{ vendorId: 'webex', kind: 'delete', count: 2 }]);
  });

  it('sends nothing before somebody else agrees to the plan, and then exactly what it says', async () => {
    const { world, deleted } = open(perDay(2));

    const { id } = await start(world);
    const { waits } = await restOf(world, id, 'approval');
    const asked = await waitingFor(world);

    expect(deleted()).toEqual([]);
    expect(waits[0]?.held?.sentence).toMatch(
      /would delete 5 accounts at Webex, which is more than the limit of 2/,
    );
    expect(asked).toMatchObject({ kind: 'plan', runId: id, subject: { records: 5, counts: { delete: 5 } } });
    await expect(decide(world, asked.id, 'approve', ['opr_ada', 'Ada'])).rejects.toThrow(/agree|asked/i);
    expect(deleted()).toEqual([]);
    await decide(world, asked.id, 'approve');
    const { run } = await restOf(world, id);

    expect(deleted().sort()).toEqual(names);
    expect(run).toMatchObject({ status: 'succeeded', approvalId: asked.id, counts: { succeeded: 5 } });
  });

  it('skips what is not in the plan that was agreed to', async () => {
    const { world, deleted } = open(perDay(2), ({ method, url }) => {
      if (method === 'DELETE') return answer(204);
      const name = nameIn(url);
      return answer(200, { ...account(name), emails: [`${name.replace('tom', 'tim')}@acme.test`] });
    });
    const { id } = await start(world);
    await restOf(world, id, 'approval');
    world.database.$client.exec(
      `UPDATE people SET fields = '{"webex_user_id":"wx-tom"}' WHERE id = 'per_tim';
       UPDATE saas_users SET identifier = 'wx-tom' WHERE id = 'sus_tim'`,
    );

    await decide(world, (await waitingFor(world)).id, 'approve');
    const { run } = await restOf(world, id);

    expect(deleted()).not.toContain('tom');
    expect(run).toMatchObject({ status: 'succeeded', counts: { succeeded: 4, skipped: 1 } });
    const { record } = await world.runner.recordSteps(id, 5);
    expect(record.error).toMatch(/not in the plan that was agreed to/);
  });

  it('ends without a call when somebody says no, and when nobody says anything', async () => {
    const { world, deleted } = open(perDay(2));
    const first = await start(world);
    await restOf(world, first.id, 'approval');
    await decide(world, (await waitingFor(world)).id, 'deny');
    const denied = await restOf(world, first.id);

    const second = await start(world);
    await restOf(world, second.id, 'approval');
    await waitingFor(world);
    await world.clock.sleep(73 * 3_600_000);
    await world.approvals.settle();
    const expired = await restOf(world, second.id);

    expect(deleted()).toEqual([]);
    expect(denied.run).toMatchObject({ status: 'cancelled', error: expect.stringMatching(/Ben said no/) });
    expect(expired.run).toMatchObject({ status: 'cancelled', error: expect.stringMatching(/in time/) });
  });

  it('goes on after a restart where somebody has agreed, and asks nobody twice', async () => {
    const { world, deleted } = open(perDay(2));
    const { id } = await start(world);
    await restOf(world, id, 'approval');
    await world.runner.stop();
    const next = world.restart();
    await next.runner.resume();
    const { items, total } = await next.approvals.list(
      { limit: 10, status: 'all' },
      principal('opr_ben', 'Ben'),
    );
    expect(total).toBe(1);

    await decide(next, items[0]!.id, 'approve');
    const { run } = await restOf(next, id);

    expect(run.status).toBe('succeeded');
    expect(deleted()).toHaveLength(5);
  });

  it('cancels its dry run with itself', async () => {
    let reached = () => {};
    const isReached = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let goOn = () => {};
    const mayGoOn = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const { world, deleted } = open(perDay(2), async ({ url }) => {
      reached();
      await mayGoOn;
      return answer(200, account(nameIn(url)));
    });
    const { id } = await start(world);
    await isReached;
    await world.runner.cancel(id);
    goOn();
    const { run } = await restOf(world, id);
    const plan = await restOf(world, run.planId ?? '');

    expect([run.status, plan.run.status]).toEqual(['cancelled', 'cancelled']);
    expect(deleted()).toEqual([]);
  });

  it('asks once for the rest when another run took the room meanwhile', async () => {
    const other = { scope: 'all', kind: 'delete', used: 1 };
    const { world, deleted } = open(
      perDay(5),
      (call, n) => {
        if (call.method === 'DELETE' && deleted().length === 1) {
          const hour = Math.floor(world.clock.now() / 3_600_000);
          world.database
            .insert(limitUses)
            .values({ ...other, hour })
            .onConflictDoUpdate({
              target: [limitUses.scope, limitUses.kind, limitUses.hour],
              set: { used: sql`${limitUses.used} + 1` },
            })
            .run();
        }
        return everybody(call, n);
      },
      1,
    );
    const { id } = await start(world);
    const { run, waits } = await restOf(world, id, 'approval');

    expect(deleted()).toHaveLength(4);
    expect(run.counts).toMatchObject({ succeeded: 4, waiting: 1 });
    expect(waits[0]?.held?.sentence).toMatch(/delete one account at Webex/);
    await decide(world, (await waitingFor(world)).id, 'approve');
    await restOf(world, id);

    expect(new Set(deleted())).toEqual(new Set(names));
    expect(deleted()).toHaveLength(5);
  });
});

describe('the first run of a version', () => {
  const careful = withSettings({ hasCanary: true });

  it('makes one call, waits for a look, and goes on when somebody has looked', async () => {
    const { world, deleted } = open(careful);
    const { id } = await start(world);
    const { run, waits } = await restOf(world, id, 'canary');

    expect(deleted()).toHaveLength(1);
    expect(run.counts).toMatchObject({ succeeded: 1, waiting: 4 });
    expect(waits[0]?.held?.sentence).toMatch(/first call of this version/);
    const asked = await waitingFor(world);
    expect(asked).toMatchObject({
      kind: 'canary',
      subject: { evidence: { runId: id, block: 'remove', status: 'succeeded' } },
    });

    await decide(world, asked.id, 'approve', ['opr_ada', 'Ada']);
    await restOf(world, id);
    expect(deleted()).toHaveLength(5);

    const second = await start(world);
    expect((await restOf(world, second.id)).run.status).toBe('succeeded');
    expect(deleted()).toHaveLength(10);
  });

  it('ends there when what was seen is not good', async () => {
    const { world, deleted } = open(careful);
    const { id } = await start(world);
    await restOf(world, id, 'canary');
    await decide(world, (await waitingFor(world)).id, 'deny', ['opr_ada', 'Ada']);

    expect((await restOf(world, id)).run.status).toBe('cancelled');
    expect(deleted()).toHaveLength(1);
  });

  it('tries the next one when the first call had no effect', async () => {
    const { world, deleted } = open(
      careful,
      ({ method, url }) => {
        if (method === 'GET') return answer(200, account(nameIn(url)));
        return answer(nameIn(url) === 'ada' ? 403 : 204);
      },
      1,
    );
    const { id } = await start(world);
    await restOf(world, id, 'canary');

    expect(deleted()).toEqual(['ada', 'grace']);
    expect(await waitingFor(world)).toMatchObject({ subject: { evidence: { status: 'succeeded' } } });
  });
});

describe('a run that is held', () => {
  it('goes on when the stop is released', async () => {
    const stopped: GuardContent = {
      ...liftedGuard,
      stops: [{ scope: { kind: 'all' }, by: 'Ada', at: 1, reason: 'Wrong people' }],
    };
    const { world, deleted } = open(stopped);
    const { id } = await start(world);
    await restOf(world, id, 'stopped');
    expect(deleted()).toEqual([]);

    world.guard.learn(await world.guardStore.change((content) => ({ ...content, stops: [] })));

    expect((await restOf(world, id)).run.status).toBe('succeeded');
    expect(deleted()).toHaveLength(5);
  });

  it('goes on when the stop is released just before the hold is written', async () => {
    const content: GuardContent = {
      ...liftedGuard,
      stops: [{ scope: { kind: 'all' }, by: 'Ada', at: 1, reason: 'Wrong people' }],
    };
    const late = (plain: RunStore): RunStore => ({
      ...plain,
      append(transition) {
        const written = plain.append(transition);
        if (transition.record.waits?.held?.code === 'stopped') {
          // Nobody sees the record yet.
          const release = world.guardStore.change((before) => ({ ...before, stops: [] }));
          release.then(world.guard.learn);
        }
        return written;
      },
    });
    const { world, deleted } = open(content, everybody, 8, late);

    const { id } = await start(world, ['sus_ada']);
    const { run } = await restOf(world, id);

    expect(run.status).toBe('succeeded');
    expect(deleted()).toEqual(['ada']);
  });

  it('by safe mode goes on when that is released', async () => {
    const { world, deleted } = open({ ...liftedGuard, safeMode: { reason: 'Restored.', at: 1 } });
    const { id } = await start(world);
    await restOf(world, id, 'safe_mode');

    world.guard.learn(await world.guardStore.change((content) => ({ ...content, safeMode: null })));

    expect((await restOf(world, id)).run.status).toBe('succeeded');
    expect(deleted()).toHaveLength(5);
  });

  it('by a freeze goes on by itself when it is over', async () => {
    const hourMs = 3_600_000;
    const begunAt = createTestClock().now();
    const [from, until] = [begunAt - hourMs, begunAt + hourMs].map((at) => new Date(at).toISOString());
    const { world, deleted } = open(
      withSettings({ freezes: [{ title: 'New Year', from, until } as Freeze] }),
    );
    const { id } = await start(world);
    expect(deleted()).toEqual([]);

    // The clock of this test jumps to the end of whatever is slept for.
    expect((await restOf(world, id)).run.status).toBe('succeeded');
    expect(deleted()).toHaveLength(5);
  });
});

it('the limits of a fresh server hold a small app to a plan of one', async () => {
  const { world, deleted } = open({
    ...defaultGuardContent,
    settings: { ...defaultGuardContent.settings, deletionsPerMinute: null },
  });
  const { id } = await start(world);
  await restOf(world, id, 'approval');

  expect(deleted()).toEqual([]);
});
