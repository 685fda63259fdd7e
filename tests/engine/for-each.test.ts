import { describe, expect, test } from 'vitest';
import type { VendorReply } from '#engine/vendor-ports';
import { apps, saasUsers } from '../../server/store/schema.ts';
import { addAccounts, addWorkflow, aGraph, createWorld, type World } from '../support/engine-world.ts';
import { answer, createScriptedClient, type Script } from '../support/scripted-client.ts';
import { untilEnded, untilRun } from '../support/until-run.ts';

type Blocks = Parameters<typeof aGraph>[0];
type Block = Blocks[string];

const people = { kind: 'people' } as const;
const post = (url: string): Block => [
  'api',
  {
    vendorId: 'webex',
    presetId: 'create-user',
    authorization: { mode: 'static', credentialId: 'crd_1' },
    method: 'POST',
    url,
    body: '{}',
    inputs: {},
    actsOn: 'nobody',
  },
];

function worldWith(blocks: Blocks, edges: string[], script: Script = () => answer(200, {})): World {
  const world = createWorld({ client: createScriptedClient(script) });
  addAccounts(world.database, [{ name: 'ada' }]);
  addWorkflow(world.database, aGraph({ begin: ['begin'], ...blocks }, edges), people);
  return world;
}

const start = async (world: World) => (await world.runner.start('wf_1', { startedBy: 'Ada' })).id;

async function ran(world: World) {
  const id = await start(world);
  const run = await untilEnded(world, id);
  const { record, steps } = await world.runner.recordSteps(id, 1);
  return { id, run, record, steps, notes: steps.map(({ block, note }) => `${block}: ${note}`) };
}

/** Ada's list. */
function giveList(world: World, list: unknown): void {
  const fields = JSON.stringify({ webex_user_id: 'wx-ada', api_response: list });
  world.database.$client.prepare('UPDATE people SET fields = ?').run(fields);
}

const eachLetter = (body: Blocks, edges: string[], settings: object = {}, script?: Script) =>
  worldWith(
    { each: ['for-each', { list: '{{api_response}}', as: 'letter', ...settings }], ...body },
    ['begin.next > each', ...edges],
    script,
  );

describe('For Each over a list', () => {
  test('takes Each for every entry, in order, and Done once', async () => {
    const urls: string[] = [];
    const world = eachLetter(
      { invite: post('/people?for={{letter.id}}'), last: post('/people?for=end') },
      ['each.each > invite', 'each.done > last'],
      {},
      ({ url }) => {
        urls.push(url);
        return answer(200, {});
      },
    );
    giveList(world, [{ id: 'a' }, { id: 'b' }]);

    const { run, notes } = await ran(world);

    expect(urls).toEqual(['/people?for=a', '/people?for=b', '/people?for=end']);
    expect(run.status).toBe('succeeded');
    expect(notes.filter((note) => note.startsWith('each'))).toEqual([
      'each: 1 of 2: {"id":"a"}',
      'each: 2 of 2: {"id":"b"}',
      'each: 2 of 2 done.',
    ]);
  });

  test('finishes everything of one entry before the next one, however the path forks', async () => {
    const urls: string[] = [];
    const world = eachLetter(
      {
        one: post('/people?for=one-{{letter}}'),
        two: post('/people?for=two-{{letter}}'),
        after: post('/people?for=after-{{letter}}'),
      },
      ['each.each > one', 'each.each > two', 'one.success > after'],
      {},
      ({ url }) => {
        urls.push(url.slice('/people?for='.length));
        return answer(200, {});
      },
    );
    giveList(world, ['a', 'b']);

    await ran(world);

    expect(urls).toEqual(['one-a', 'two-a', 'after-a', 'one-b', 'two-b', 'after-b']);
  });

  test('may stand in another one, and gives names back when it is done', async () => {
    const inner: Block = ['for-each', { list: '{{letter.parts}}', as: 'part' }];
    const note: Block = [
      'set-variable',
      { variables: [{ name: 'seen', value: '{{seen}}{{letter.id}}{{part}} ' }] },
    ];
    const write: Block = [
      'update-record',
      {
        assignments: [
          { target: { kind: 'person', name: 'first_name' }, value: '{{seen}}|{{part}}|{{letter}}' },
        ],
      },
    ];
    const world = eachLetter({ inner, note, write }, [
      'each.each > inner',
      'inner.each > note',
      'each.done > write',
    ]);
    giveList(world, [
      { id: 'a', parts: [1, 2] },
      { id: 'b', parts: [] },
      { id: 'c', parts: [3] },
    ]);

    const { steps } = await ran(world);

    expect(steps.at(-1)?.changes).toMatchObject([{ field: 'first_name', after: 'a1 a2 c3 ||' }]);
  });

  test('tells of entries for which something failed, and goes on with the others', async () => {
    const world = eachLetter(
      { invite: post('/people?for={{letter}}') },
      ['each.each > invite'],
      {},
      ({ url }) => (url.endsWith('b') ? answer(400, { message: 'No' }) : answer(200, {})),
    );
    giveList(world, ['a', 'b', 'c']);

    const { run, record, notes } = await ran(world);

    expect(run.status).toBe('failed');
    expect(record).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('invite: Webex answered 400'),
    });
    expect(notes.at(-1)).toBe('each: 2 of 3 done, 1 failed.');
  });

  test.each([
    ['an empty list', [], 'There was nothing to go over.', null],
    ['no list', null, 'There was nothing to go over.', null],
    ['a text', 'abc', null, 'each: This is not a list: "abc".'],
    ['an object', { a: 1 }, null, 'each: This is not a list: {"a":1}.'],
    [
      'more entries than allowed',
      ['a', 'b', 'c'],
      null,
      'each: There are 3 entries, and at most 2 are gone over. Raise that number, or choose fewer.',
    ],
    [
      'a list that is too large',
      ['x'.repeat(300_000)],
      null,
      'each: The list is over 256 KB. Take only the parts that the next blocks need.',
    ],
  ])('of %s', async (_name, list, note, error) => {
    const world = eachLetter({ stop: ['stop', { message: 'no' }] }, ['each.each > stop'], { most: 2 });
    giveList(world, list);

    const { record, steps } = await ran(world);

    expect(steps.at(-1)).toMatchObject({ note });
    expect(record.error).toBe(error);
  });

  test('a crash repeats no call of an earlier entry and leaves none out', async () => {
    const urls: string[] = [];
    const script: Script = ({ url }) => {
      urls.push(url.slice(-1));
      if (url.endsWith('c') && urls.filter((one) => one === 'c').length === 1) return new Promise(() => {});
      return answer(200, {});
    };
    const world = eachLetter({ invite: post('/people?for={{letter}}') }, ['each.each > invite'], {}, script);
    giveList(world, ['a', 'b', 'c', 'd']);
    const id = await start(world);
    while (!urls.includes('c')) await new Promise((resolve) => setImmediate(resolve));

    const next = world.restart(createScriptedClient(script));
    giveList(next, ['changed', 'meanwhile']);
    await next.runner.resume();

    // Nobody knows whether the third was invited: that one is for a person, and the others wait for it.
    await untilRun(next, id, 'needs_attention');
    expect(urls).toEqual(['a', 'b', 'c']);
    await next.runner.resolve(id, 1, 'it_happened', 'Ada');
    expect(await untilEnded(next, id)).toMatchObject({ status: 'succeeded' });
    expect(urls).toEqual(['a', 'b', 'c', 'd']);
  });

  test('an entry whose call is left alone counts as failed, and the next one is gone to', async () => {
    const lost: VendorReply = { kind: 'no_answer', reason: 'time-out' };
    const world = eachLetter(
      { invite: post('/people?for={{letter}}') },
      ['each.each > invite'],
      {},
      ({ url }) => (url.endsWith('a') ? lost : answer(200, {})),
    );
    giveList(world, ['a', 'b']);
    const id = await start(world);
    await untilRun(world, id, 'needs_attention');

    await world.runner.resolve(id, 1, 'leave', 'Ada');

    expect(await untilEnded(world, id)).toMatchObject({ status: 'failed' });
    const { steps } = await world.runner.recordSteps(id, 1);
    expect(steps.at(-1)?.note).toBe('1 of 2 done, 1 failed.');
  });

  test('a dry run goes through every entry that it can know', async () => {
    const world = eachLetter({ invite: post('/people?for={{letter}}') }, ['each.each > invite']);
    giveList(world, ['a', 'b', 'c']);

    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada', mode: 'plan' });
    await untilEnded(world, id);

    expect((await world.plans.find(id)).counts).toEqual({ unknown: 3 });
  });
});

describe("For Each over the person's SaaS users", () => {
  const remove: Block = [
    'api',
    {
      vendorId: 'webex',
      presetId: 'delete-user',
      authorization: { mode: 'static', credentialId: 'crd_1' },
      method: 'DELETE',
      url: '/people/{{saas_user.identifier}}',
      success: { statuses: [204], mediaType: 'none' },
    },
  ];
  const mark: Block = ['update-record', { setStatus: 'deactivated' }];

  function withAccounts(body: Blocks, edges: string[], settings: object = {}, script?: Script): World {
    const each: Block = ['for-each', { over: 'accounts', ...settings }];
    const world = worldWith({ each, ...body }, ['begin.next > each', ...edges], script);
    world.database
      .insert(apps)
      .values({ id: 'app_zoom', name: 'Zoom', vendorId: 'zoom', createdAt: 0 })
      .run();
    const [ada] = world.database.select().from(saasUsers).all();
    for (const [name, more] of [
      ['zoom', { appId: 'app_zoom' }],
      ['old', { isDeactivated: true }],
      ['other', { personId: null }],
    ] as const) {
      const row = { ...ada!, id: `sus_${name}`, identifier: `wx-${name}`, ...more };
      world.database.insert(saasUsers).values(row).run();
    }
    return world;
  }
  const deactivated = (world: World) =>
    world.database.$client
      .prepare('SELECT id FROM saas_users WHERE is_deactivated = 1 ORDER BY id')
      .pluck()
      .all();

  test('works on one account after the other, and knows in which app it is', async () => {
    const byApp = {
      cases: [
        {
          id: 'case_1',
          label: 'Zoom',
          condition: { match: 'all', rules: [{ field: 'app.vendor', operator: 'equals', value: 'zoom' }] },
        },
      ],
    };
    const world = withAccounts({ which: ['switch', byApp], mark }, [
      'each.each > which',
      'which.case_1 > mark',
    ]);

    const { run, notes } = await ran(world);

    expect(run.status).toBe('succeeded');
    expect(notes.filter((note) => note.startsWith('each'))).toEqual([
      'each: 1 of 2: ada@acme.test in Webex',
      'each: 2 of 2: ada@acme.test in Zoom',
      'each: 2 of 2 done.',
    ]);
    expect(deactivated(world)).toEqual(['sus_old', 'sus_zoom']);
  });

  test('keeps to one app and to the state that was chosen', async () => {
    const settings = { appId: 'app_webex', accounts: 'both' };
    const world = withAccounts({ mark }, ['each.each > mark'], settings);

    await ran(world);

    expect(deactivated(world)).toEqual(['sus_ada', 'sus_old']);
  });

  test('leaves an account out that must not be harmed, and goes on with the next', async () => {
    const gone = new Set<string>();
    const script: Script = ({ method, url }) => {
      const id = url.slice(url.lastIndexOf('/') + 1);
      if (method === 'DELETE') gone.add(id);
      const roles = id === 'wx-ada' ? ['Full administrator'] : [];
      return method === 'DELETE' ? answer(204) : answer(200, { id, emails: ['ada@acme.test'], roles });
    };
    const world = withAccounts({ remove }, ['each.each > remove'], {}, script);

    const { run, record, notes } = await ran(world);

    expect([...gone]).toEqual(['wx-zoom']);
    expect(run.status).toBe('succeeded');
    expect(record).toMatchObject({ status: 'skipped', error: expect.stringContaining('administrator') });
    expect(notes.at(-1)).toBe('each: 1 of 2 done, 1 left out.');
  });

  test('is on the same account again after a restart', async () => {
    const asked: string[] = [];
    const script: Script = ({ url }) => {
      asked.push(url);
      return asked.length === 2 ? new Promise(() => {}) : answer(200, {});
    };
    const look: Block = [
      'api',
      {
        vendorId: 'webex',
        authorization: { mode: 'static', credentialId: 'crd_1' },
        url: '/people/{{saas_user.identifier}}',
      },
    ];
    // The first account is written down before the second one is asked for.
    const tell = post('/people?for=x{{saas_user.identifier}}');
    const world = withAccounts({ look, tell }, ['each.each > tell', 'tell.success > look'], {}, script);
    const id = await start(world);
    while (asked.length < 2) await new Promise((resolve) => setImmediate(resolve));

    const next = world.restart(createScriptedClient(script));
    await next.runner.resume();
    await untilEnded(next, id);

    expect(asked.map((url) => url.slice(-4))).toEqual(['-ada', '-ada', '-ada', 'zoom', 'zoom']);
  });
});
