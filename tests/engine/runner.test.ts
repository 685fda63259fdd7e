import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { AppError } from '#domain/errors';
import type { Run } from '#domain/run';
import { isFinished } from '#domain/run';
import { changes, people, saasUsers } from '../../server/store/schema.ts';
import { addAccounts, addWorkflow, aGraph, createWorld, type World } from '../support/engine-world.ts';
import { answer, createScriptedClient, type Script } from '../support/scripted-client.ts';

const deleteSettings = {
  vendorId: 'webex',
  presetId: 'delete-user',
  authorization: { mode: 'static', credentialId: 'crd_1' },
  method: 'DELETE',
  url: '/people/{{webex_user_id}}',
  success: { statuses: [204], mediaType: 'none' },
};
const getSettings = {
  vendorId: 'webex',
  presetId: 'get-user-details',
  authorization: { mode: 'static', credentialId: 'crd_1' },
  method: 'GET',
  url: '/people/{{webex_user_id}}',
  response: {
    success: [{ value: '{{response.lastActivity}}', target: { kind: 'variable', name: 'seen' } }],
    failure: [],
  },
};

const cleanUp = aGraph(
  {
    begin: ['begin'],
    get: ['api', getSettings],
    inactive: ['inactive-for', { lastActivity: '{{seen}}', days: 90 }],
    remove: ['api', deleteSettings],
    mark: ['update-record', { setStatus: 'deactivated' }],
    tell: [
      'notify',
      { when: 'end', title: 'Done', message: '{{blocks.remove.success}} removed of {{run.total}}' },
    ],
    end: ['end'],
  },
  [
    'begin.next > get',
    'get.success > inactive',
    'inactive.inactive > remove',
    'inactive.active > end',
    'inactive.unknown > end',
    'remove.success > mark',
    'mark.success > tell',
    'tell.success > end',
  ],
);

const old = '2026-01-01T00:00:00Z';
const recent = '2026-11-20T00:00:00Z';

/** Answers reads by who is asked for; deletes are up to the test. */
const withDeletes =
  (onDelete: Script): Script =>
  (call, n) => {
    if (call.method === 'DELETE') return onDelete(call, n);
    const seen = call.url.includes('ada') ? recent : call.url.includes('linus') ? undefined : old;
    const id = call.url.split('/').at(-1) ?? '';
    return answer(200, { id, emails: [`${id.replace('wx-', '')}@acme.test`], lastActivity: seen });
  };

const notThere = () => answer(404, { message: 'not found', trackingId: 'T1' });

/** As `withDeletes`, with accounts that nobody may look at once their deletion was tried, until somebody may. */
function withDeletesUnseen(onDelete: Script, maySee = () => false): Script {
  const tried = new Set<string>();
  const script = withDeletes(onDelete);
  return (call, n) => {
    const isHidden = tried.has(call.url) && !maySee();
    if (call.method !== 'DELETE') return isHidden ? answer(403) : script(call, n);
    tried.add(call.url);
    return script(call, n);
  };
}

async function finish(world: World, recordIds?: string[]): Promise<Run> {
  const run = await world.runner.start('wf_1', { startedBy: 'Ada', recordIds });
  return ended(world, run.id);
}

async function ended(world: World, id: string): Promise<Run> {
  for (;;) {
    const { run } = await world.runner.details(id);
    if (isFinished(run.status)) return run;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

const team = [{ name: 'ada' }, { name: 'grace' }, { name: 'linus' }, { name: 'alan' }];

describe('a run', () => {
  it('removes exactly the inactive, and records why everybody else was left alone', async () => {
    const client = createScriptedClient(withDeletes(() => answer(204)));
    const world = createWorld({ client });
    addAccounts(world.database, team);
    addWorkflow(world.database, cleanUp);

    const run = await finish(world);

    expect(run).toMatchObject({ status: 'succeeded', counts: { total: 4, succeeded: 4 } });
    const removed = client.calls.filter((call) => call.method === 'DELETE').map((call) => call.url);
    expect(removed.sort()).toEqual(['/people/wx-alan', '/people/wx-grace']);
    const { items } = await world.runner.records(run.id, { limit: 10 });
    expect(items.map((record) => [record.label, record.path.map((step) => step.exit).join(' ')])).toEqual([
      ['ada@acme.test', 'success active end'],
      ['alan@acme.test', 'success inactive success success'],
      ['grace@acme.test', 'success inactive success success'],
      ['linus@acme.test', 'success unknown end'],
    ]);
    const grace = world.database.select().from(saasUsers).where(eq(saasUsers.id, 'sus_grace')).get();
    expect(grace?.isDeactivated).toBe(true);
    expect(world.database.select().from(changes).all()).toMatchObject([
      { field: 'is_deactivated', before: false, after: true, causeKind: 'run', causeId: run.id },
      { field: 'is_deactivated', before: false, after: true, causeKind: 'run', causeId: run.id },
    ]);
  });

  it('tells the sums once, at its end', async () => {
    const world = createWorld({ client: createScriptedClient(withDeletes(() => answer(204))) });
    addAccounts(world.database, team);
    addWorkflow(world.database, cleanUp);

    const run = await finish(world);

    const { steps } = await world.runner.recordSteps(run.id, 0);
    expect(steps.map((step) => step.block)).toEqual(['begin', 'tell', 'end']);
    const notes = world.database.$client.prepare('SELECT title, message, link FROM notifications').all();
    expect(notes).toEqual([{ title: 'Done', message: '2 removed of 4', link: `/runs/${run.id}` }]);
  });

  it('shows counts that agree with the journal', async () => {
    const world = createWorld({ client: createScriptedClient(withDeletes(() => answer(204))) });
    addAccounts(world.database, team);
    addWorkflow(world.database, cleanUp);

    const run = await finish(world);

    const { blocks } = await world.runner.details(run.id);
    expect(blocks.inactive).toEqual({
      active: 0,
      waiting: 0,
      needsAttention: 0,
      exits: { inactive: 2, active: 1, unknown: 1 },
    });
    expect(blocks.remove?.exits).toEqual({ success: 2 });
  });

  it('ends well without any block at its end', async () => {
    const world = createWorld({ client: createScriptedClient(withDeletes(() => answer(204))) });
    addAccounts(world.database, team);
    addWorkflow(
      world.database,
      aGraph({ begin: ['begin'], get: ['api', getSettings] }, ['begin.next > get']),
    );

    expect(await finish(world)).toMatchObject({ status: 'succeeded', error: null, counts: { succeeded: 4 } });
  });

  it('works only on the records it was asked for', async () => {
    const client = createScriptedClient(withDeletes(() => answer(204)));
    const world = createWorld({ client });
    addAccounts(world.database, team);
    addWorkflow(world.database, cleanUp);

    const run = await finish(world, ['sus_grace', 'sus_nobody']);

    expect(run.counts.total).toBe(1);
    expect(client.calls).toHaveLength(2);
  });

  it('stops a record before a destructive call whose variable is empty', async () => {
    const client = createScriptedClient(withDeletes(() => answer(204)));
    const world = createWorld({ client });
    addAccounts(world.database, [{ name: 'grace' }]);
    world.database.update(people).set({ fields: {} }).run();
    addWorkflow(
      world.database,
      aGraph({ begin: ['begin'], remove: ['api', deleteSettings] }, ['begin.next > remove']),
    );

    const run = await finish(world);

    expect(client.calls).toEqual([]);
    expect(run).toMatchObject({ status: 'failed', counts: { failed: 1 } });
    const { record } = await world.runner.recordSteps(run.id, 1);
    expect(record.error).toMatch(/webex_user_id.*empty/);
  });

  it('refuses to start while the workflow is inactive', async () => {
    const world = createWorld({ client: createScriptedClient(() => answer(204)) });
    addWorkflow(world.database, cleanUp);
    world.database.$client.exec('UPDATE workflows SET active_version_id = NULL');

    await expect(world.runner.start('wf_1', { startedBy: 'Ada' })).rejects.toThrow(/Launch it first/);
  });
});

describe('a call that is refused', () => {
  it('waits as long as the vendor asks, then goes on', async () => {
    let refusals = 0;
    const client = createScriptedClient(
      withDeletes(() => {
        refusals += 1;
        return refusals === 1 ? answer(429, { message: 'slow down' }, { 'retry-after': '7' }) : answer(204);
      }),
    );
    const world = createWorld({ client });
    addAccounts(world.database, [{ name: 'grace' }]);
    addWorkflow(world.database, cleanUp);

    const run = await finish(world);

    expect(run.status).toBe('succeeded');
    expect(world.clock.waits).toContain(7000);
    const { steps } = await world.runner.recordSteps(run.id, 1);
    expect(steps.find((step) => step.block === 'remove')).toMatchObject({ attempts: 2, status: 'succeeded' });
  });

  it('repeats reads that break down, and gives up in words', async () => {
    const client = createScriptedClient(() => answer(503, { message: 'down' }));
    const world = createWorld({ client });
    addAccounts(world.database, [{ name: 'grace' }]);
    addWorkflow(world.database, cleanUp);

    const run = await finish(world);

    expect(client.calls).toHaveLength(5);
    const { record } = await world.runner.recordSteps(run.id, 1);
    expect(record).toMatchObject({ status: 'failed', error: 'get: Webex answered 503: down.' });
  });

  it('counts a 404 on delete as done before', async () => {
    const world = createWorld({
      client: createScriptedClient(withDeletes(notThere)),
    });
    addAccounts(world.database, [{ name: 'grace' }]);
    addWorkflow(world.database, cleanUp);

    const run = await finish(world);

    expect(run.status).toBe('succeeded');
  });
});

describe('a call whose outcome is unknown', () => {
  const unclear: [string, Script][] = [
    ['no answer came', () => ({ kind: 'no_answer', reason: 'the connection was reset' })],
    ['the vendor broke down', () => answer(500, { message: 'oops' })],
    ['a login page answered', () => answer(200, '<html>', { 'content-type': 'text/html' })],
    ['an unforeseen success came', () => answer(202, {})],
  ];

  it.each(unclear)('is done when the account is gone afterwards, though %s', async (_case, onDelete) => {
    let isGone = false;
    const seen = withDeletes((call, n) => {
      isGone = true;
      return onDelete(call, n);
    });
    const client = createScriptedClient((call, n) => (isGone ? notThere() : seen(call, n)));
    const world = createWorld({ client });
    addAccounts(world.database, [{ name: 'grace' }]);
    addWorkflow(world.database, cleanUp);

    const run = await finish(world);

    expect(run).toMatchObject({ status: 'succeeded', counts: { succeeded: 1 } });
    expect(client.calls.map((call) => call.method)).toEqual(['GET', 'DELETE', 'GET']);
    const { steps } = await world.runner.recordSteps(run.id, 1);
    expect(steps.find((step) => step.block === 'remove')).toMatchObject({
      status: 'succeeded',
      exit: 'success',
    });
  });

  it('is repeated after a look that shows the account as it was, and only then', async () => {
    let deletes = 0;
    const client = createScriptedClient(
      withDeletes(() => {
        deletes += 1;
        return deletes === 1 ? answer(503, { message: 'busy' }) : answer(204);
      }),
    );
    const world = createWorld({ client });
    addAccounts(world.database, [{ name: 'grace' }]);
    addWorkflow(world.database, cleanUp);

    const run = await finish(world);

    expect(run.status).toBe('succeeded');
    expect(client.calls.map((call) => call.method)).toEqual(['GET', 'DELETE', 'GET', 'DELETE']);
  });

  it('is a failure with a known outcome when the account stays as it was', async () => {
    const client = createScriptedClient(withDeletes(() => answer(503, { message: 'busy' })));
    const world = createWorld({ client });
    addAccounts(world.database, [{ name: 'grace' }]);
    addWorkflow(world.database, cleanUp);

    const run = await finish(world);

    expect(run.status).toBe('failed');
    const { record } = await world.runner.recordSteps(run.id, 1);
    expect(record.error).toMatch(/still shows the account as it was/);
  });

  it.each(unclear)('is parked and never repeated when %s and nobody may look', async (_case, onDelete) => {
    const client = createScriptedClient(withDeletesUnseen(onDelete));
    const world = createWorld({ client });
    addAccounts(world.database, [{ name: 'grace' }]);
    addWorkflow(world.database, cleanUp);

    const run = await finish(world);

    expect(run).toMatchObject({ status: 'needs_attention', counts: { needs_attention: 1 } });
    expect(client.calls.filter((call) => call.method === 'DELETE')).toHaveLength(1);
  });

  async function parked(choice: 'it_happened' | 'repeat' | 'leave') {
    let deletes = 0;
    let maySee = false;
    const client = createScriptedClient(
      withDeletesUnseen(
        () => {
          deletes += 1;
          return deletes === 1 ? { kind: 'no_answer', reason: 'reset' } : answer(204);
        },
        () => maySee,
      ),
    );
    const world = createWorld({ client });
    addAccounts(world.database, [{ name: 'grace' }]);
    addWorkflow(world.database, cleanUp);
    const run = await finish(world);
    maySee = true;
    await world.runner.resolve(run.id, 1, choice, 'Ada');
    await world.runner.waitFor(run.id, 1000);
    const after = await ended(world, run.id);
    return { world, run: after, deletes: () => deletes, ...(await world.runner.recordSteps(run.id, 1)) };
  }

  it('goes on along the success exit when a person says it happened', async () => {
    const { run, deletes, record } = await parked('it_happened');

    expect(run.status).toBe('succeeded');
    expect(deletes()).toBe(1);
    expect(record.path.map((step) => step.block)).toEqual(['get', 'inactive', 'remove', 'mark']);
  });

  it('is sent once more when a person says it did not happen', async () => {
    const { run, deletes } = await parked('repeat');

    expect(run.status).toBe('succeeded');
    expect(deletes()).toBe(2);
  });

  it('ends as failed when a person leaves it', async () => {
    const { run, deletes, record } = await parked('leave');

    expect(run.status).toBe('failed');
    expect(deletes()).toBe(1);
    expect(record.error).toMatch(/Ada decided: left as it is/);
  });

  it('cannot be decided twice', async () => {
    const { world, run } = await parked('it_happened');

    await expect(world.runner.resolve(run.id, 1, 'repeat', 'Ada')).rejects.toThrow(AppError);
  });
});

describe('cancelling', () => {
  it('stops before the next call of every record and ends the rest as cancelled', async () => {
    let world: World;
    let id = '';
    const client = createScriptedClient(
      withDeletes(async () => {
        await world.runner.cancel(id);
        return answer(204);
      }),
    );
    world = createWorld({ client, inFlight: 1 });
    addAccounts(world.database, [{ name: 'alan' }, { name: 'grace' }, { name: 'ken' }]);
    addWorkflow(world.database, cleanUp);

    id = (await world.runner.start('wf_1', { startedBy: 'Ada' })).id;
    const run = await ended(world, id);

    expect(run).toMatchObject({ status: 'cancelled', counts: { total: 3, cancelled: 3 } });
    expect(client.calls.filter((call) => call.method === 'DELETE')).toHaveLength(1);
    const { steps } = await world.runner.recordSteps(id, 1);
    expect(steps.find((step) => step.block === 'remove')?.status).toBe('succeeded');
  });
});

describe('a journal that fails once', () => {
  it('ends no run over a record that was not written: the run goes on and reads again', async () => {
    let failures = 0;
    const client = createScriptedClient(withDeletes(() => answer(204)));
    const world = createWorld({
      client,
      store: (store) => ({
        ...store,
        append(transition) {
          if (transition.record.status !== 'succeeded' || failures > 0) return store.append(transition);
          failures += 1;
          // Told a few turns of the loop later, when the run has gone on to its end.
          return turns(5).then(() => Promise.reject(new Error('the disk is full')));
        },
      }),
    });
    addAccounts(world.database, [{ name: 'ada' }]);
    addWorkflow(
      world.database,
      aGraph({ begin: ['begin'], get: ['api', getSettings], end: ['end'] }, [
        'begin.next > get',
        'get.success > end',
      ]),
    );

    const run = await finish(world);

    expect(failures).toBe(1);
    expect(run).toMatchObject({
      status: 'succeeded',
      counts: { total: 1, succeeded: 1, running: 0, queued: 0 },
    });
  });
});

describe('after a restart', () => {
  /** Alan is deleted; the deletion of Grace has left, and no answer came before the end. */
  async function cutOff() {
    const hanging = new Promise<never>(() => {});
    const first = createScriptedClient(
      withDeletes((call) => (call.url.includes('grace') ? hanging : answer(204))),
    );
    const world = createWorld({ client: first, inFlight: 1 });
    addAccounts(world.database, [{ name: 'alan' }, { name: 'grace' }, { name: 'ken' }]);
    addWorkflow(world.database, cleanUp);
    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    while (!first.calls.some((call) => call.method === 'DELETE' && call.url.includes('grace'))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { world, id, first };
  }

  /** What became of the run after a restart where accounts look like this. */
  async function goOn(script: Script) {
    const { world, id, first } = await cutOff();
    const second = createScriptedClient(script);
    const next = world.restart(second);
    await next.runner.resume();
    const run = await ended(next, id);
    const deletes = [...first.calls, ...second.calls].filter((call) => call.method === 'DELETE');
    return { run, deletes: deletes.map((call) => call.url).sort(), next, id };
  }
  const each = ['/people/wx-alan', '/people/wx-grace', '/people/wx-ken'];

  it('goes on where the journal ends, and parks the unclear call when the account cannot be looked at', async () => {
    const deleting = withDeletes(() => answer(204));
    const { run, deletes } = await goOn((call, n) =>
      call.url.includes('grace') ? answer(403) : deleting(call, n),
    );

    expect(run).toMatchObject({
      status: 'needs_attention',
      counts: { total: 3, succeeded: 2, needs_attention: 1 },
    });
    expect(deletes).toEqual(each);
  });

  it('takes the unclear call as done when the account is gone', async () => {
    const deleting = withDeletes(() => answer(204));
    const { run, deletes } = await goOn((call, n) =>
      call.url.includes('grace') ? notThere() : deleting(call, n),
    );

    expect(run).toMatchObject({ status: 'succeeded', counts: { total: 3, succeeded: 3 } });
    expect(deletes).toEqual(each);
  });

  it('makes the unclear call again when the account is still there', async () => {
    const { run, deletes, next, id } = await goOn(withDeletes(() => answer(204)));

    expect(run).toMatchObject({ status: 'succeeded', counts: { total: 3, succeeded: 3 } });
    expect(deletes).toEqual([...each.slice(0, 2), '/people/wx-grace', '/people/wx-ken']);
    const { steps } = await next.runner.recordSteps(id, 2);
    expect(steps.find((step) => step.block === 'remove')).toMatchObject({ attempts: 2, status: 'succeeded' });
  });

  it('writes nothing for a process whose run another one has taken', async () => {
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = createScriptedClient(
      withDeletes(async () => {
        await held;
        return answer(204);
      }),
    );
    const world = createWorld({ client: first });
    addAccounts(world.database, [{ name: 'grace' }]);
    addWorkflow(world.database, cleanUp);
    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    while (first.calls.length < 2) await new Promise((resolve) => setImmediate(resolve));

    const next = world.restart(createScriptedClient(() => answer(403)));
    await next.runner.resume();
    await ended(next, id);
    release?.();
    while (world.reports.length === 0) await new Promise((resolve) => setImmediate(resolve));

    const { record } = await next.runner.recordSteps(id, 1);
    expect(record.status).toBe('needs_attention');
    expect(world.reports[0]).toMatch(/halted/);
  });
});
