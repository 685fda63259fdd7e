import { expect, it } from 'vitest';
import { answer } from '../support/scripted-client.ts';
import { free, openTestRequests, presetSettings } from '../support/test-request-world.ts';

it('shows the request as it would be sent for the record, and sends nothing', async () => {
  const { make, client, entries } = openTestRequests();

  const tried = await make(presetSettings('get-user-details'));

  expect(tried).toMatchObject({
    request: { method: 'GET', url: '/people/wx-ada' },
    sending: 'at-once',
    does: 'read',
    answer: null,
  });
  expect(client.calls).toEqual([]);
  expect(entries).toEqual([]);
});

it('sends what only reads, and says what would be kept and where the record would go', async () => {
  const { make, client, entries } = openTestRequests(() => answer(200, { id: 'wx-ada', emails: ['a', 'b'] }));
  const response = {
    success: [
      { value: '{{response.emails}}', target: { kind: 'variable', name: 'addresses' } },
      { value: 'response.id', target: { kind: 'saas_user', name: 'status' } },
    ],
    failure: [],
  };

  const tried = await make(presetSettings('get-user-details', { response }), { mode: 'read' });

  expect(tried.issues).toEqual([]);
  expect(client.calls).toHaveLength(1);
  expect(tried.exit).toBe('success');
  expect(tried.answer).toMatchObject({
    outcome: 'ok',
    status: 200,
    body: { emails: ['a', 'b'] },
    isCut: false,
  });
  expect(tried.kept).toEqual([
    { target: { kind: 'saas_user', name: 'status' }, value: 'wx-ada' },
    { target: { kind: 'variable', name: 'addresses' }, value: ['a', 'b'] },
  ]);
  expect(entries).toMatchObject([{ action: 'test request' }, { action: 'test request answered' }]);
});

it.each(['show', 'read', 'change'] as const)('never sends a deletion, asked for as %s', async (mode) => {
  const { make, client } = openTestRequests();

  const tried = await make(presetSettings('delete-user'), { mode });

  expect(tried).toMatchObject({ sending: 'never', does: 'delete', request: { method: 'DELETE' } });
  expect(tried.refusal === null).toBe(mode === 'show');
  expect(client.calls).toEqual([]);
});

it('never sends a deletion that hides as a free request', async () => {
  const { make, client } = openTestRequests();
  const hidden = [
    free({ method: 'DELETE', url: '/people/{{webex_user_id}}' }),
    free({ method: 'POST', url: '/anything', bodyKind: 'json', body: '{"active":false}' }),
    presetSettings('update-user', { body: '{"loginEnabled":false}' }),
  ];

  for (const settings of hidden) {
    const tried = await make(settings, { mode: 'change' });
    expect(tried.sending).toBe('never');
    expect(tried.refusal).toMatch(/only a run/);
  }
  expect(client.calls).toEqual([]);
});

it('sends what changes something and takes nothing after a yes, written down before it leaves', async () => {
  const known: number[] = [];
  const world = openTestRequests((call) => {
    known.push(world.entries.length);
    return call.method === 'POST' ? answer(200, { id: 'wx-new' }) : answer(500);
  });
  const create = presetSettings('create-user');

  expect((await world.make(create, { mode: 'read' })).refusal).toMatch(/Confirm it first/);
  expect((await world.make(create, { mode: 'change' }, [])).refusal).toMatch(/your role may not/);
  expect(world.client.calls).toEqual([]);

  const tried = await world.make(create, { mode: 'change' });
  expect(tried).toMatchObject({ sending: 'after-yes', exit: 'success' });
  expect(known).toEqual([1]);
});

it('names what stands in the way, and variables without a value', async () => {
  const { make } = openTestRequests();

  const broken = await make(free({ method: 'GET', url: 'people' }));
  expect(broken.issues).toMatchObject([{ setting: 'url' }]);

  const empty = await make(free({ method: 'GET', url: '/people?x={{nickname}}&y={{earlier}}' }), {
    values: { earlier: 'set by hand' },
  });
  expect(empty.missing).toEqual(['nickname']);
  expect(empty.request?.url).toBe('/people?x=&y=set%20by%20hand');
  expect((await make(free({ method: 'GET', url: '/people/{{nickname}}' }))).refusal).toMatch(
    /"nickname" is empty|nickname/,
  );
});

it('masks secrets in the answer, and takes no exit when nobody knows what was done', async () => {
  const secret = 'sekrit-token-123456';
  const { make } = openTestRequests(() => answer(200, { echo: secret }), [secret]);
  const tried = await make(presetSettings('get-user-details'), { mode: 'read' });
  expect(JSON.stringify(tried)).not.toContain(secret);

  const silent = openTestRequests(() => ({ kind: 'no_answer', reason: 'time-out' }));
  const create = presetSettings('create-user');
  const unknown = await silent.make(create, { mode: 'change' });
  expect(unknown).toMatchObject({ exit: null, answer: { outcome: 'unknown' } });
});

it('does not find a record of another app', async () => {
  const { make } = openTestRequests();

  await expect(make(presetSettings('get-user-details'), { recordId: 'sus_nobody' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

it('says at its own row what a param or a header lacks', async () => {
  const { make } = openTestRequests();
  const tried = await make(
    free({
      url: '/people',
      params: [
        { key: '', value: '' },
        { key: ' ', value: '{{email}}' },
        { key: 'max', value: '{{' },
      ],
      headers: [
        { key: '', value: '' },
        { key: 'Host', value: 'other.test' },
      ],
    }),
  );

  expect(tried.issues.map(({ setting }) => setting)).toEqual(['params[1]', 'params[2]', 'headers[1]']);
  expect(tried.issues[0]?.message).toContain('no name');
});
