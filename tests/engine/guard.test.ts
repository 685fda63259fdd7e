import { describe, expect, it } from 'vitest';
import { defaultGuardContent, type GuardContent } from '#domain/guard';
import { isFinished, type Run } from '#domain/run';
import { guardState, operators, protections } from '../../server/store/schema.ts';
import { addAccounts, addWorkflow, aGraph, createWorld, type World } from '../support/engine-world.ts';
import { liftedGuard } from '../support/lift-limits.ts';
import { answer, createScriptedClient, type Script } from '../support/scripted-client.ts';

const remove = {
  vendorId: 'webex',
  presetId: 'delete-user',
  authorization: { mode: 'static', credentialId: 'crd_1' },
  method: 'DELETE',
  url: '/people/{{webex_user_id}}',
  success: { statuses: [204], mediaType: 'none' },
};
const removal = aGraph({ begin: ['begin'], remove: ['api', remove] }, ['begin.next > remove']);

const account = (name: string, more: object = {}) => ({
  id: `wx-${name}`,
  emails: [`${name}@acme.test`],
  ...more,
});
const nameIn = (url: string): string => url.slice(url.lastIndexOf('-') + 1);
/** Everybody is there, as they are called, and can be deleted. */
const everybody: Script = (call) =>
  call.method === 'DELETE' ? answer(204) : answer(200, account(nameIn(call.url)));

const names = ['ada', 'grace', 'ken', 'linus', 'tim'];

function open(
  script: Script,
  content: GuardContent = liftedGuard,
  prepare?: (world: World) => void,
  inFlight = 8,
  isImitated = false,
) {
  const client = createScriptedClient(script);
  const world = createWorld({
    client,
    inFlight,
    isImitated: () => isImitated,
    prepare(database) {
      database.insert(guardState).values({ id: 1, generation: 1, content }).run();
    },
  });
  addAccounts(
    world.database,
    names.map((name) => ({ name })),
  );
  addWorkflow(world.database, removal);
  prepare?.(world);
  const deleted = () =>
    client.calls.filter(({ method }) => method === 'DELETE').map(({ url }) => nameIn(url));
  return { world, client, deleted };
}

async function finish({ runner }: World, recordIds?: string[]): Promise<Run> {
  const { id } = await runner.start('wf_1', { startedBy: 'Ada', recordIds });
  for (;;) {
    const { run } = await runner.details(id);
    if (isFinished(run.status) || run.status === 'waiting') return run;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function errorOf(world: World, run: Run, n = 1): Promise<string> {
  const { record } = await world.runner.recordSteps(run.id, n);
  return record.error ?? record.waits?.held?.sentence ?? '';
}

describe('before a deletion', () => {
  it('reads the account where no earlier step did, and keeps its state', async () => {
    const { world, client, deleted } = open(everybody);

    const run = await finish(world, ['sus_grace']);

    expect(run.status).toBe('succeeded');
    expect(client.calls.map(({ method }) => method)).toEqual(['GET', 'DELETE']);
    expect(deleted()).toEqual(['grace']);
    const row = world.database.$client
      .prepare("SELECT effect, before FROM steps WHERE block = 'remove'")
      .get() as {
      effect: string;
      before: string;
    };
    expect(JSON.parse(row.effect)).toMatchObject({
      does: 'delete',
      undo: { kind: 'permanent' },
      target: { id: 'wx-grace', email: 'grace@acme.test', readStep: null },
    });
    expect(JSON.parse(row.before).body).toEqual(account('grace'));
  });

  it.each<[string, Script, RegExp]>([
    ['another id', () => answer(200, account('grace', { id: 'wx-other' })), /does not name the id wx-grace/],
    [
      'another address',
      () => answer(200, account('grace', { emails: ['g@other.test'] })),
      /names g@other.test, not/,
    ],
    ['no address', () => answer(200, { id: 'wx-grace' }), /names no e-mail address/],
    ['a list', () => answer(200, [account('grace')]), /does not name the id/],
    ['nothing', () => answer(200, {}), /does not name the id/],
    ['a refusal', () => answer(403), /could not be looked at first/],
    [
      'a page for people',
      () => answer(200, '<html>', { 'content-type': 'text/html' }),
      /could not be looked at/,
    ],
    [
      'a 404 of a proxy',
      () => answer(404, 'nginx', { 'content-type': 'text/html' }),
      /could not be looked at/,
    ],
  ])('sends nothing when the vendor answers with %s', async (_case, onRead, sentence) => {
    const { world, deleted } = open((call, n) => (call.method === 'GET' ? onRead(call, n) : answer(204)));

    const run = await finish(world, ['sus_grace']);

    expect(deleted()).toEqual([]);
    expect(run.status).toBe('failed');
    expect(await errorOf(world, run)).toMatch(sentence);
  });

  it('sends nothing when the account is gone already', async () => {
    const { world, deleted } = open(() => answer(404, { message: 'gone', trackingId: 'T1' }));

    const run = await finish(world, ['sus_grace']);

    expect(deleted()).toEqual([]);
    expect(run.status).toBe('succeeded');
    const { steps } = await world.runner.recordSteps(run.id, 1);
    expect(steps.find(({ block }) => block === 'remove')?.note).toMatch(/already gone/);
  });
});

describe('a protected account', () => {
  const protect = (kind: string, value: string) => (world: World) =>
    world.database
      .insert(protections)
      .values({ id: 'prt_1', kind, vendorId: null, value, note: 'The board', createdBy: 'Ada', createdAt: 0 })
      .run();

  it.each([
    ['address', 'Grace@acme.test'],
    ['address', '@acme.test'],
    ['identifier', 'wx-grace'],
    ['person_role', 'employee'],
  ])('by %s %s is never deleted', async (kind, value) => {
    const { world, deleted } = open(everybody, liftedGuard, protect(kind, value));
    await world.guard.refresh();

    const run = await finish(world, ['sus_grace']);

    expect(deleted()).toEqual([]);
    expect(await errorOf(world, run)).toMatch(/is protected by .*The board/);
  });

  it('is everybody who may approve a deletion', async () => {
    const { world, deleted } = open(everybody, liftedGuard, ({ database }) =>
      database
        .insert(operators)
        .values({
          id: 'opr_1',
          name: 'Grace',
          email: 'grace@acme.test',
          role: 'admin',
          passwordHash: '',
          createdAt: 0,
        })
        .run(),
    );
    await world.guard.refresh();

    await finish(world, ['sus_grace', 'sus_ken']);

    expect(deleted()).toEqual(['ken']);
  });

  it('is every administrator at the vendor', async () => {
    const { world, deleted } = open((call) =>
      call.method === 'DELETE' ? answer(204) : answer(200, account('grace', { roles: ['admin'] })),
    );

    const run = await finish(world, ['sus_grace']);

    expect(deleted()).toEqual([]);
    expect(await errorOf(world, run)).toMatch(/is an administrator at Webex/);
  });
});

describe('a limit', () => {
  const limited = (number: number): GuardContent => ({
    ...liftedGuard,
    settings: {
      ...liftedGuard.settings,
      limits: {
        ...liftedGuard.settings.limits,
        day: { ...liftedGuard.settings.limits.day, delete: { number, sharePercent: null } },
      },
    },
  });

  /** Each by itself: none of them could pass the limit alone. */
  const oneByOne = (world: World, who = names) =>
    Promise.all(who.map((name) => finish(world, [`sus_${name}`])));

  it('is never passed, however many runs are on their way', async () => {
    const { world, deleted } = open(everybody, limited(3));

    await oneByOne(world);

    expect(deleted()).toHaveLength(3);
  });

  it('counts what was done, not what the vendor refused', async () => {
    const { world, deleted } = open(
      (call) =>
        call.method === 'DELETE'
          ? answer(call.url.includes('ada') ? 403 : 204)
          : answer(200, account(nameIn(call.url))),
      limited(3),
    );

    await finish(world, ['sus_ada']);
    await oneByOne(world, names.slice(1));

    expect(deleted().filter((name) => name !== 'ada')).toHaveLength(3);
  });

  it('that is fresh holds a small app to one account', async () => {
    const { world, deleted } = open(everybody, {
      ...defaultGuardContent,
      settings: { ...defaultGuardContent.settings, deletionsPerMinute: null },
    });

    await oneByOne(world);

    expect(deleted()).toHaveLength(1);
  });
});

describe('the pace of deletions', () => {
  const paced: GuardContent = {
    ...liftedGuard,
    settings: { ...liftedGuard.settings, deletionsPerMinute: 1 },
  };

  /** A vendor that writes down the time, too. */
  function openPaced(isImitated: boolean) {
    const seen: { method: string; who: string; at: number }[] = [];
    const opened = open(
      (call, n) => {
        seen.push({ method: call.method, who: nameIn(call.url), at: opened.world.clock.now() });
        return everybody(call, n);
      },
      paced,
      undefined,
      8,
      isImitated,
    );
    const times = (method: string, who: string) =>
      seen.filter((call) => call.method === method && call.who === who).map(({ at }) => at);
    return { ...opened, times };
  }

  it('leaves time to press Stop, and looks again at whoever waited longer than a look is good for', async () => {
    const { world, deleted, times } = openPaced(false);
    const startedAt = world.clock.now();

    await finish(world);

    expect(deleted()).toHaveLength(5);
    expect(world.clock.now() - startedAt).toBeGreaterThanOrEqual(4 * 60_000);
    for (const name of names) {
      const [at = 0] = times('DELETE', name);
      expect(at - (times('GET', name).at(-1) ?? 0), name).toBeLessThanOrEqual(60_000);
    }
  });

  it('does not slow down what is done to imitated accounts', async () => {
    const { world, deleted } = openPaced(true);

    await finish(world);

    expect(deleted()).toHaveLength(5);
    expect(world.clock.waits).toEqual([]);
  });
});

describe('a stop', () => {
  const stop = (content: GuardContent): GuardContent => ({
    ...content,
    stops: [{ scope: { kind: 'all' }, by: 'Ada', at: 0, reason: 'Wrong people' }],
  });

  it('by another process lets no deletion leave whose intent comes after it', async () => {
    const { world, deleted } = open(
      async (call) => {
        if (call.method === 'GET') return answer(200, account(nameIn(call.url)));
        if (nameIn(call.url) === 'grace') await world.guardStore.change(stop);
        return answer(204);
      },
      liftedGuard,
      undefined,
      1,
    );

    const run = await finish(world);

    expect(deleted()).toEqual(['ada', 'grace']);
    expect(await errorOf(world, run, 5)).toMatch(/Ada pressed Stop: Wrong people/);
  });

  it('that is pressed between the intent and the call keeps the call here', async () => {
    const left: boolean[] = [];
    const { world } = open(async (call) => {
      if (call.method === 'GET') return answer(200, account(nameIn(call.url)));
      if (left.length === 0) world.guard.learn(await world.guardStore.change(stop));
      left.push(call.permit?.mayLeave() ?? true);
      return left.at(-1)
        ? answer(204)
        : { kind: 'not_sent', reason: 'It was cancelled', isPermanent: false, isUnauthorized: false };
    });

    const run = await finish(world, ['sus_grace']);

    expect(left).toEqual([false]);
    expect(await errorOf(world, run)).toMatch(/Ada pressed Stop/);
  });
});

describe('the breaker', () => {
  it('stops the workflow by one account that is not the one that was meant, for every process', async () => {
    const { world, deleted } = open(
      (call) => {
        if (call.method === 'DELETE') return answer(204);
        const name = nameIn(call.url);
        return answer(200, account(name, name === 'grace' ? { emails: ['other@acme.test'] } : {}));
      },
      liftedGuard,
      undefined,
      1,
    );

    await finish(world);

    expect(deleted()).toEqual(['ada']);
    const { content } = await world.guardStore.read();
    expect(content.stops).toMatchObject([{ by: 'breaker', scope: { kind: 'workflow', id: 'wf_1' } }]);
  });

  it('opens with the call that makes errors more than a fifth, and lets calls go once it is released', async () => {
    let isDown = true;
    const { world, deleted } = open(
      (call) => (call.method === 'GET' ? answer(200, account(nameIn(call.url))) : answer(isDown ? 403 : 204)),
      liftedGuard,
      undefined,
      1,
    );

    await finish(world);
    expect(deleted()).toHaveLength(5);
    expect((await world.guardStore.read()).content.stops).toMatchObject([{ by: 'breaker' }]);
    await finish(world, ['sus_ken']);
    expect(deleted()).toHaveLength(5);

    isDown = false;
    world.guard.learn(await world.guardStore.change((content) => ({ ...content, stops: [] })));
    await finish(world, ['sus_ken', 'sus_tim']);
    expect(deleted()).toHaveLength(7);
  });
});
