import { describe, expect, test } from 'vitest';
import type { ApprovalView, SafetyState } from '#contract';
import { inSafeMode, stoppedAt } from '#domain/guard';
import { createGuardStore } from '../../server/store/guard.ts';
import { buildTestApp, type TestApp } from '../support/build-app.ts';
import { addOperator, type Signed, signInAda } from '../support/operators.ts';

/** Ada and Ben may change everything, Cleo and Dan agree; each at a browser of their own. */
async function world() {
  const app = await buildTestApp();
  const ada = await signInAda(app);
  const ben = await addOperator(app, 'Ben', 'admin');
  const [cleo, dan] = [await addOperator(app, 'Cleo', 'approver'), await addOperator(app, 'Dan', 'approver')];
  return { app, ada, ben, cleo, dan };
}

const stateOf = async (app: TestApp, { cookie }: Signed): Promise<SafetyState> =>
  (await app.send('GET', '/safety', { cookie })).json();
const press = (app: TestApp, { cookie }: Signed, reason: string, scope: object = { kind: 'all' }) =>
  app.send('POST', '/safety/stops', { cookie, body: { scope, reason } });
const release = (app: TestApp, { cookie }: Signed, place: string, seen?: number) =>
  app.send('DELETE', `/safety/${place}?reason=Fine${seen === undefined ? '' : `&seen=${seen}`}`, { cookie });
const perRun = ({ settings }: SafetyState, number: number): SafetyState['settings'] => ({
  ...settings,
  limits: {
    ...settings.limits,
    run: { ...settings.limits.run, delete: { number, sharePercent: 1 } },
  },
});
const change = (app: TestApp, { cookie }: Signed, state: SafetyState, number: number) =>
  app.send('PUT', '/safety/settings', {
    cookie,
    body: { base: state.base, settings: perRun(state, number) },
  });
const decide = (app: TestApp, { cookie }: Signed, id: string, decision = 'approve') =>
  app.send('PUT', `/approvals/${id}/decision`, { cookie, body: { decision } });
const detailOf = (reply: { json<T>(): T }): string => reply.json<{ detail: string }>().detail;
const limitNow = async (app: TestApp, who: Signed) =>
  (await stateOf(app, who)).settings.limits.run.delete.number;

describe('a stop', () => {
  test('that somebody presses again is not released by whoever has not seen it', async () => {
    const { app, ada, ben } = await world();
    await press(app, ada, 'Wrong people');
    const seen = (await stateOf(app, ada)).stops[0]!.at;
    await press(app, ben, 'The list is a test list');

    const refused = await release(app, ada, 'stops/all', seen);

    expect([refused.statusCode, detailOf(refused)]).toEqual([
      409,
      'Ben pressed Stop meanwhile: The list is a test list. Look at it, then release it.',
    ]);
    const [stop] = (await stateOf(app, ada)).stops;
    expect(stop).toMatchObject({ by: 'Ada Lovelace', again: [{ by: 'Ben' }] });
    expect((await release(app, ada, 'stops/all', stop!.again![0]!.at)).statusCode).toBe(200);
  });

  test('pressed and released in the same moment holds, or was pressed first', async () => {
    const { app, ada, ben } = await world();
    await press(app, ada, 'First');
    const seen = (await stateOf(app, ada)).stops[0]!.at;

    const [pressed, released] = await Promise.all([
      press(app, ben, 'Second'),
      release(app, ada, 'stops/all', seen),
    ]);

    expect(pressed.statusCode).toBe(201);
    expect([200, 409]).toContain(released.statusCode);
    expect(
      (await stateOf(app, ada)).stops.map(({ reason, again }) => [reason, again?.at(-1)?.reason]),
    ).toEqual([released.statusCode === 409 ? ['First', 'Second'] : ['Second', undefined]]);
  });

  test('of a person does not hide what Rollcall stops by itself', async () => {
    const { app, ada } = await world();
    await press(app, ada, 'Lunch', { kind: 'vendor', id: 'webex' });
    const seen = (await stateOf(app, ada)).stops[0]!.at;
    const scope = { kind: 'vendor', id: 'webex' } as const;
    const shrunk = (now: number) => (content: Parameters<typeof stoppedAt>[0]) =>
      stoppedAt(content, scope, 'The list of Webex has shrunk.', now);
    await createGuardStore(app.database).change(shrunk(app.clock.now()));
    await createGuardStore(app.database).change(shrunk(app.clock.now() + 1));

    const refused = await release(app, ada, 'stops/vendor:webex', seen);

    expect([refused.statusCode, detailOf(refused)]).toEqual([
      409,
      'Rollcall stopped it meanwhile: The list of Webex has shrunk. Look at it, then release it.',
    ]);
    expect((await stateOf(app, ada)).stops[0]?.again).toHaveLength(1);
  });
});

test('safe mode with a new reason is not released by whoever has seen the old one only', async () => {
  const { app, ada } = await world();
  const store = createGuardStore(app.database);
  await store.change((content) => inSafeMode(content, 'It was restored.', app.clock.now(), 'closed'));
  const { safeMode } = await stateOf(app, ada);
  await store.change((content) => inSafeMode(content, 'The clock jumped.', app.clock.now()));

  const refused = await release(app, ada, 'safe-mode', safeMode!.at);

  expect(refused.statusCode).toBe(409);
  expect(detailOf(refused)).toMatch(/Something else has happened meanwhile.*The clock jumped\./);
  const both = (await stateOf(app, ada)).safeMode!;
  expect(both.isClosed).toBe(true);
  expect((await release(app, ada, 'safe-mode', both.at)).statusCode).toBe(200);
  expect((await release(app, ada, 'safe-mode')).statusCode).toBe(404);
});

describe('two who decide about one request at once', () => {
  async function asked() {
    const all = await world();
    const { app, ada } = all;
    const { id } = (await change(app, ada, await stateOf(app, ada), 50)).json<ApprovalView>();
    return { ...all, id };
  }

  test('are heard in turn: what the first one said holds, and the second is told of it', async () => {
    const { app, ada, cleo, dan, id } = await asked();

    const replies = await Promise.all([decide(app, cleo, id), decide(app, dan, id, 'deny')]);

    const heard = replies.map(({ statusCode }) => statusCode);
    expect(heard.toSorted()).toEqual([200, 409]);
    const isApproved = heard[0] === 200;
    expect(detailOf(replies[isApproved ? 1 : 0])).toMatch(
      isApproved ? /was approved by Cleo/ : /was denied by Dan/,
    );
    expect(await limitNow(app, ada)).toBe(isApproved ? 50 : 5);
  });

  test('and both agree: it is done once', async () => {
    const { app, ada, cleo, dan, id } = await asked();

    const replies = await Promise.all([decide(app, cleo, id), decide(app, dan, id)]);

    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409]);
    expect(await limitNow(app, ada)).toBe(50);
  });

  test('one taking it back and one agreeing: never both', async () => {
    const { app, ada, cleo, id } = await asked();

    const [taken, agreed] = await Promise.all([
      app.send('DELETE', `/approvals/${id}`, { cookie: ada.cookie }),
      decide(app, cleo, id),
    ]);

    const isTaken = taken.statusCode < 300;
    expect(isTaken).not.toBe(agreed.statusCode < 300);
    expect(await limitNow(app, ada)).toBe(isTaken ? 5 : 50);
  });
});

describe('two who change limits at once', () => {
  test('never undo each other unseen: the second one is asked to look again', async () => {
    const { app, ada, ben } = await world();
    const state = await stateOf(app, ada);

    const replies = await Promise.all([change(app, ada, state, 4), change(app, ben, state, 3)]);

    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409]);
    expect(await limitNow(app, ada)).toBe(replies[0].statusCode === 200 ? 4 : 3);
  });

  test('to more: only one of two requests that were both agreed to is done', async () => {
    const { app, ada, ben, cleo, dan } = await world();
    const state = await stateOf(app, ada);
    const first = (await change(app, ada, state, 10)).json<ApprovalView>();
    const second = (await change(app, ben, state, 200)).json<ApprovalView>();

    const replies = await Promise.all([decide(app, cleo, first.id), decide(app, dan, second.id)]);

    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409]);
    const isFirst = replies[0].statusCode === 200;
    expect(detailOf(replies[isFirst ? 1 : 0])).toMatch(
      /were changed meanwhile|changed the settings meanwhile/,
    );
    expect(await limitNow(app, ada)).toBe(isFirst ? 10 : 200);
    const lost = await app.send('GET', `/approvals/${isFirst ? second.id : first.id}`, {
      cookie: ada.cookie,
    });
    expect(lost.json<ApprovalView>().status).toBe('withdrawn');
  });

  test('one to less and one agreeing to more: nothing is loosened over what was tightened', async () => {
    const { app, ada, ben, cleo } = await world();
    const state = await stateOf(app, ada);
    const { id } = (await change(app, ada, state, 50)).json<ApprovalView>();

    const [tightened, agreed] = await Promise.all([change(app, ben, state, 1), decide(app, cleo, id)]);

    const isTight = tightened.statusCode === 200;
    expect(isTight).not.toBe(agreed.statusCode === 200);
    expect(await limitNow(app, ada)).toBe(isTight ? 1 : 50);
  });
});
