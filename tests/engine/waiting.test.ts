import { describe, expect, it } from 'vitest';
import { AppError } from '#domain/errors';
import type { RecordStatus, Run } from '#domain/run';
import type { Database } from '../../server/store/database.ts';
import { addAccounts, addWorkflow, aGraph, createWorldAt, type World } from '../support/engine-world.ts';
import { answer, createScriptedClient, type Script } from '../support/scripted-client.ts';
import { createVirtualClock, type VirtualClock } from '../support/virtual-clock.ts';
import { waitingBlocks } from '../support/waiting-blocks.ts';

const start = Date.parse('2026-11-21T09:00:00Z');
const hourMs = 3_600_000;
const team = [{ name: 'ada' }, { name: 'grace' }, { name: 'linus' }];

const getSettings = {
  vendorId: 'webex',
  presetId: 'get-user-details',
  authorization: { mode: 'static', credentialId: 'crd_1' },
  method: 'GET',
  url: '/people/{{webex_user_id}}',
};
const inviteSettings = {
  vendorId: 'webex',
  presetId: 'create-user',
  authorization: { mode: 'static', credentialId: 'crd_1' },
  method: 'POST',
  url: '/people?for={{first_name}}',
  body: '{}',
  actsOn: 'nobody',
};

/** A process on the database. Its time stands still unless it is driven: one that is left alone is as good as dead. */
function process(
  at = start,
  database?: Database,
  script: Script = () => answer(200, {}),
): World<VirtualClock> {
  const client = createScriptedClient(script);
  return createWorldAt(createVirtualClock(at), { client, types: waitingBlocks, inFlight: 4 }, database);
}

function worldWith(graph: ReturnType<typeof aGraph>, script?: Script): World<VirtualClock> {
  const world = process(start, undefined, script);
  addAccounts(world.database, team);
  addWorkflow(world.database, graph);
  return world;
}

async function until(world: World<VirtualClock>, id: string, status: Run['status']): Promise<Run> {
  for (;;) {
    const { run } = await world.runner.details(id);
    if (run.status === status) return run;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function begun(world: World<VirtualClock>, recordIds?: string[]): Promise<string> {
  const { id } = await world.runner.start('wf_1', { startedBy: 'Ada', recordIds });
  await until(world, id, 'waiting');
  await world.runner.waitFor(id, 0);
  return id;
}

const pausing = aGraph({ begin: ['begin'], rest: ['pause', { hours: 2 }], end: ['end'] }, [
  'begin.next > rest',
  'rest.next > end',
]);
const holding = aGraph({ begin: ['begin'], look: ['hold', { code: 'look' }], end: ['end'] }, [
  'begin.next > look',
  'look.next > end',
]);

describe('a record that waits for a time', () => {
  it('leaves its run waiting, says until when, and goes on then', async () => {
    const world = worldWith(pausing);

    const id = await begun(world);

    const { run, waits, blocks } = await world.runner.details(id);
    expect(run).toMatchObject({ status: 'waiting', finishedAt: null, counts: { total: 3, waiting: 3 } });
    expect(waits).toEqual([{ count: 3, until: '2026-11-21T11:00:00.000Z', held: null }]);
    expect(blocks.rest).toMatchObject({ active: 0, waiting: 3, exits: {} });
    const { items } = await world.runner.records(id, { limit: 10, status: 'waiting' });
    expect(items.map((record) => record.waits?.until)).toEqual(Array(3).fill('2026-11-21T11:00:00.000Z'));

    await world.clock.drive(until(world, id, 'succeeded'));
    expect(world.clock.now()).toBe(start + 2 * hourMs);
    const { record, steps } = await world.runner.recordSteps(id, 1);
    expect(record.waits).toBeNull();
    expect(steps.map(({ block, status, durationMs }) => [block, status, durationMs])).toEqual([
      ['rest', 'succeeded', 2 * hourMs],
      ['end', 'succeeded', 0],
    ]);
    expect((await world.runner.details(id)).blocks.rest).toMatchObject({ waiting: 0, exits: { next: 3 } });
  });

  it("is nobody's work, and survives a crash", async () => {
    const before = worldWith(pausing);
    const id = await begun(before);
    expect(await before.store.unfinished()).toEqual([]);

    const after = process(start + hourMs, before.database);
    await after.runner.resume();
    expect((await after.runner.details(id)).run.status).toBe('waiting');

    await after.clock.drive(until(after, id, 'succeeded'));
    expect(after.clock.now()).toBe(start + 2 * hourMs);
  });

  it('is made up for when no server ran at its time', async () => {
    const before = worldWith(pausing);
    const id = await begun(before);

    const after = process(start + 50 * hourMs, before.database);
    await after.runner.resume();

    expect((await until(after, id, 'succeeded')).counts.succeeded).toBe(3);
  });

  it('goes on after a crash between its waking and its next block', async () => {
    const before = worldWith(pausing);
    const id = await begun(before);
    expect(await before.store.wakeDue(start + 2 * hourMs, 2)).toMatchObject({ count: 2 });

    const after = process(start + 2 * hourMs, before.database);
    await after.runner.resume();

    await until(after, id, 'succeeded');
    expect(after.reports).toEqual([]);
  });

  it('waits anew at a second such block, however long the first one took', async () => {
    const world = worldWith(
      aGraph({ begin: ['begin'], one: ['pause', { hours: 2 }], two: ['pause', { hours: 3 }] }, [
        'begin.next > one',
        'one.next > two',
      ]),
    );
    const id = await begun(world, ['sus_ada']);

    await world.clock.drive(until(world, id, 'succeeded'));

    expect(world.clock.now()).toBe(start + 5 * hourMs);
  });

  it('is woken while its run still works on others', async () => {
    let isAsked = false;
    let answerNow = (): void => undefined;
    const slow: Script = () =>
      new Promise((resolve) => {
        isAsked = true;
        answerNow = () => resolve(answer(200, {}));
      });
    const world = worldWith(
      aGraph(
        {
          begin: ['begin'],
          which: [
            'if',
            {
              condition: {
                match: 'all',
                rules: [{ field: 'email', operator: 'equals', value: 'ada@acme.test' }],
              },
            },
          ],
          read: ['api', getSettings],
          rest: ['pause'],
        },
        ['begin.next > which', 'which.yes > read', 'which.no > rest'],
      ),
      slow,
    );
    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    while (!isAsked || (await world.runner.details(id)).run.counts.waiting < 2)
      await new Promise((resolve) => setImmediate(resolve));

    const woken = async () => {
      while ((await world.runner.details(id)).run.counts.queued < 2)
        await new Promise((resolve) => setImmediate(resolve));
    };
    await world.clock.drive(woken());
    answerNow();

    expect((await until(world, id, 'succeeded')).counts.succeeded).toBe(3);
  });

  it('is cancelled with its run', async () => {
    const world = worldWith(pausing);
    const id = await begun(world);

    await world.runner.cancel(id);

    expect((await until(world, id, 'cancelled')).counts).toMatchObject({ cancelled: 3, waiting: 0 });
    expect(await world.store.nextWakeAt()).toBeNull();
  });
});

describe('a record that is held', () => {
  it('says why, and goes on when its reason is released', async () => {
    const world = worldWith(holding);
    const id = await begun(world);
    const held = { code: 'look', sentence: 'Somebody has to look at it.' };
    expect((await world.runner.details(id)).waits).toEqual([{ count: 3, until: null, held }]);

    expect(await world.runner.release(id, 'another reason')).toBe(0);
    expect(await world.runner.release(id, 'look')).toBe(3);

    expect((await until(world, id, 'succeeded')).counts.succeeded).toBe(3);
    expect(await world.runner.release(id, 'look')).toBe(0);
  });

  it('stays held over a restart', async () => {
    const before = worldWith(holding);
    const id = await begun(before);
    const after = process(start + 1000 * hourMs, before.database);
    await after.runner.resume();
    expect((await after.runner.details(id)).run.status).toBe('waiting');

    await after.runner.release(id, 'look');

    await until(after, id, 'succeeded');
  });

  it.each([
    ['before the records are chosen', 'hold-run', ['begin.next > look', 'look.next > rest']],
    ['when all records are done', 'hold-end', ['begin.next > rest', 'rest.next > look']],
  ])('may be the run itself, %s', async (_when, type, edges) => {
    const world = worldWith(aGraph({ begin: ['begin'], look: [type], rest: ['pause', { hours: 0 }] }, edges));
    const id = await begun(world);
    const total = type === 'hold-end' ? 3 : 0;
    expect((await world.runner.details(id)).run.counts.total).toBe(total);
    const after = process(start, world.database);
    await after.runner.resume();

    expect(await after.runner.release(id, 'look')).toBe(1);

    expect((await until(after, id, 'succeeded')).counts).toMatchObject({ total: 3, succeeded: 3 });
    expect((await after.runner.recordSteps(id, 0)).steps.map((step) => step.block)).toContain('look');
  });

  it('is led on once more when it had been parked and settled in the same stretch of work', async () => {
    let isAsked = false;
    let answerNow = (): void => undefined;
    const world = worldWith(
      aGraph({ begin: ['begin'], invite: ['api', inviteSettings], look: ['hold'] }, [
        'begin.next > invite',
        'invite.success > look',
      ]),
      ({ url }) => {
        if (url.includes('ada')) return { kind: 'no_answer', reason: 'reset' };
        if (!url.includes('linus')) return answer(200, { id: 'wx-1' });
        isAsked = true;
        return new Promise((resolve) => {
          answerNow = () => resolve(answer(200, { id: 'wx-2' }));
        });
      },
    );
    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    const inStatus = async (status: RecordStatus, count: number) => {
      while ((await world.runner.details(id)).run.counts[status] < count)
        await new Promise((resolve) => setImmediate(resolve));
    };
    await inStatus('needs_attention', 1);
    while (!isAsked) await new Promise((resolve) => setImmediate(resolve));
    const parked = await world.runner.records(id, { limit: 1, status: 'needs_attention' });
    await world.runner.resolve(id, parked.items[0]!.n, 'it_happened', 'Ada');
    await inStatus('waiting', 2);

    await world.runner.release(id, 'look');
    answerNow();
    await until(world, id, 'waiting');
    expect((await world.runner.details(id)).run.counts).toMatchObject({ succeeded: 2, waiting: 1 });
  });

  it('does not keep a person from deciding about a parked one', async () => {
    const world = worldWith(
      aGraph({ begin: ['begin'], invite: ['api', inviteSettings], look: ['hold'] }, [
        'begin.next > invite',
        'invite.success > look',
      ]),
      ({ url }) =>
        url.includes('ada') ? { kind: 'no_answer', reason: 'reset' } : answer(200, { id: 'wx-1' }),
    );
    const id = await begun(world);
    const parked = await world.runner.records(id, { limit: 1, status: 'needs_attention' });

    await world.runner.resolve(id, parked.items[0]!.n, 'it_happened', 'Ada');
    await world.runner.waitFor(id, 0);

    expect((await until(world, id, 'waiting')).counts).toMatchObject({ waiting: 3, needs_attention: 0 });
    await expect(world.runner.resolve(id, 1, 'leave', 'Ada')).rejects.toThrow(AppError);
  });
});
