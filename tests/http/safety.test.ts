import { describe, expect, test } from 'vitest';
import type { ApprovalView, SafetyState } from '#contract';
import { audit, limitUses } from '../../server/store/schema.ts';
import { buildTestApp, type TestApp } from '../support/build-app.ts';
import { addOperator, type Signed, signInAda } from '../support/operators.ts';

async function world(): Promise<{ app: TestApp; one: Signed; grace: Signed }> {
  const app = await buildTestApp();
  const one = await signInAda(app);
  return { app, one, grace: await addOperator(app, 'Grace', 'approver') };
}

const stateOf = async (app: TestApp, { cookie }: Signed): Promise<SafetyState> =>
  (await app.send('GET', '/safety', { cookie })).json();

async function change(app: TestApp, by: Signed, part: Partial<SafetyState['settings']>) {
  const { settings, base } = await stateOf(app, by);
  const body = { base, settings: { ...settings, ...part } };
  return app.send('PUT', '/safety/settings', { cookie: by.cookie, body });
}

const approve = (app: TestApp, id: string, { cookie }: Signed) =>
  app.send('PUT', `/approvals/${id}/decision`, { cookie, body: { decision: 'approve' } });

describe('the stop', () => {
  const all = { scope: { kind: 'all' }, reason: 'Wrong people' };

  test('is pressed by every operator, and released by an admin with a reason', async () => {
    const { app, one } = await world();
    const linus = await addOperator(app, 'Linus', 'operator');

    const pressed = await app.send('POST', '/safety/stops', { cookie: linus.cookie, body: all });
    expect(pressed.statusCode).toBe(201);
    expect((await stateOf(app, one)).stops).toMatchObject([{ ...all, by: 'Linus' }]);
    const release = (who: Signed) =>
      app.send('DELETE', '/safety/stops/all?reason=Right%20after%20all', { cookie: who.cookie });
    expect((await release(linus)).statusCode).toBe(403);
    expect((await release(one)).json()).toMatchObject({ stops: [] });
    expect((await release(one)).statusCode).toBe(404);

    const rows = () => app.database.select().from(audit).all();
    await expect.poll(() => rows().some(({ action }) => action === 'stop released')).toBe(true);
    const released = rows().find(({ action }) => action === 'stop released');
    expect(released).toMatchObject({ target: 'all', details: { reason: 'Right after all' } });
  });

  test('pressed twice stays the one that was pressed first', async () => {
    const { app, one } = await world();
    const press = (reason: string) =>
      app.send('POST', '/safety/stops', { cookie: one.cookie, body: { ...all, reason } });

    await press('First');
    await press('Second');

    expect((await stateOf(app, one)).stops).toMatchObject([{ reason: 'First' }]);
  });

  test('of a vendor or a workflow that is not there is refused, so that nobody relies on it', async () => {
    const { app, one } = await world();
    const press = (scope: object) =>
      app.send('POST', '/safety/stops', { cookie: one.cookie, body: { scope } });

    expect((await press({ kind: 'vendor', id: 'webex' })).statusCode).toBe(201);
    expect((await press({ kind: 'vendor', id: 'webx' })).statusCode).toBe(400);
    expect((await press({ kind: 'workflow', id: 'wf_none' })).statusCode).toBe(400);
  });
});

describe('the settings', () => {
  test('are tightened at once', async () => {
    const { app, one } = await world();

    const changed = await change(app, one, { deletionsPerMinute: 1 });

    expect(changed.statusCode).toBe(200);
    expect(changed.json()).toMatchObject({ settings: { deletionsPerMinute: 1 } });
  });

  test('are loosened when a second person agrees, and not before', async () => {
    const { app, one, grace } = await world();

    const asked = await change(app, one, { hasCanary: false, deletionsPerMinute: 60 });
    expect(asked.statusCode).toBe(202);
    const { id, subject } = asked.json<ApprovalView>();
    expect(subject).toMatchObject({ from: { hasCanary: true }, to: { hasCanary: false } });
    expect((await stateOf(app, one)).settings).toMatchObject({ hasCanary: true, deletionsPerMinute: 6 });

    expect((await approve(app, id, grace)).json()).toMatchObject({ status: 'used', decidedByName: 'Grace' });
    expect((await stateOf(app, one)).settings).toMatchObject({ hasCanary: false, deletionsPerMinute: 60 });
  });

  test('are not loosened any more when they were changed meanwhile', async () => {
    const { app, one, grace } = await world();
    const { id } = (await change(app, one, { hasCanary: false })).json<ApprovalView>();
    await change(app, one, { deletionsPerMinute: 2 });

    const agreed = await approve(app, id, grace);

    expect(agreed.statusCode).toBe(409);
    expect((await stateOf(app, one)).settings).toMatchObject({ hasCanary: true, deletionsPerMinute: 2 });
    const seen = await app.send('GET', `/approvals/${id}`, { cookie: one.cookie });
    expect(seen.json()).toMatchObject({ status: 'withdrawn' });
  });

  test('are not changed over somebody else’s change', async () => {
    const { app, one } = await world();
    const { settings, base } = await stateOf(app, one);
    await change(app, one, { deletionsPerMinute: 2 });

    const body = { base, settings: { ...settings, deletionsPerMinute: 1 } };
    const late = await app.send('PUT', '/safety/settings', { cookie: one.cookie, body });

    expect(late.json()).toMatchObject({ status: 409, place: 'base' });
  });

  test('are loosened by no token', async () => {
    const { app, one } = await world();
    const { settings, base } = await stateOf(app, one);
    const token = await app.token('admin');
    const put = (part: object) =>
      app.send('PUT', '/safety/settings', { token, body: { base, settings: { ...settings, ...part } } });

    expect((await put({ hasCanary: false })).statusCode).toBe(403);
    expect((await put({ deletionsPerMinute: 1 })).statusCode).toBe(200);
  });
});

describe('a protection', () => {
  const body = { kind: 'address', value: 'grace@acme.test', note: 'Our admiral' };

  test('holds at once, and goes when a second person agrees', async () => {
    const { app, one, grace } = await world();
    const added = await app.send('POST', '/safety/protections', { cookie: one.cookie, body });
    const { id } = added.json();
    expect((await stateOf(app, one)).protections).toMatchObject([{ id, ...body, createdBy: one.name }]);

    const asked = await app.send('DELETE', `/safety/protections/${id}`, { cookie: one.cookie });
    expect(asked.statusCode).toBe(202);
    expect((await stateOf(app, one)).protections).toHaveLength(1);
    expect((await approve(app, asked.json().id, grace)).statusCode).toBe(200);
    expect((await stateOf(app, one)).protections).toEqual([]);
  });
});

test('what was used within a day is shown against the limits', async () => {
  const { app, one } = await world();
  const hour = Math.floor(app.clock.now() / 3_600_000);
  const use = (scope: string, ago: number, used: number) =>
    app.database
      .insert(limitUses)
      .values({ scope, kind: 'delete', hour: hour - ago, used })
      .run();
  use('all', 1, 3);
  use('all', 23, 4);
  use('all', 24, 5);
  use('vendor:webex', 1, 3);
  use('run:7', 0, 3);

  const { uses, secondPersons } = await stateOf(app, one);

  expect(uses).toEqual([
    { scope: 'all', kind: 'delete', used: 7, most: 25 },
    { scope: 'all', kind: 'disable', used: 0, most: 250 },
    { scope: 'vendor:webex', kind: 'delete', used: 3, most: null },
  ]);
  expect(secondPersons).toMatchObject([{ name: 'Grace' }]);
});
