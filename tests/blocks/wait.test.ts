import { describe, expect, it, test } from 'vitest';
import { wait } from '#blocks/wait';
import { toPrepareContext } from '#engine/prepare';
import { addAccounts, addWorkflow, aGraph, createWorldAt } from '../support/engine-world.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

const now = Date.parse('2026-11-21T09:00:00Z');
const dayMs = 24 * 3_600_000;

function decide(
  settings: Record<string, unknown>,
  { at = now, since = null, end }: { at?: number; since?: number | null; end?: unknown } = {},
) {
  const { context } = toPrepareContext('wait', {
    vendors: { find: () => undefined, list: () => [] },
    fields: [],
    records: { kind: 'people' },
  });
  const decided = wait.prepare(wait.settings.parse(settings), context);
  const subject = { person: null, saasUser: null };
  return decided({ now: at, waitingSince: since, subject, names: new Map(), variables: { end } });
}

const date = { mode: 'date', date: '{{end}}' };

describe('waiting for some time', () => {
  it('counts from when it began, however often it is asked', () => {
    const threeDays = { mode: 'duration', amount: 3, unit: 'days' };

    expect(decide(threeDays)).toMatchObject({ kind: 'wait', until: now + 3 * dayMs, held: null });
    expect(decide(threeDays, { at: now + dayMs, since: now })).toMatchObject({ until: now + 3 * dayMs });
    expect(decide(threeDays, { at: now + 3 * dayMs, since: now })).toMatchObject({
      kind: 'done',
      exit: 'next',
    });
  });
});

describe('waiting for a date', () => {
  it.each([
    [{}, '2026-12-01', '2026-12-01T00:00:00Z'],
    [{}, '2026-12-01T18:00:00+02:00', '2026-12-01T16:00:00Z'],
    [{ offsetDays: 3 }, '2026-12-01', '2026-12-04T00:00:00Z'],
    [{ offsetDays: 3, side: 'before' }, '2026-12-01', '2026-11-28T00:00:00Z'],
  ])('with %j of %s ends at %s', (settings, end, until) => {
    expect(decide({ ...date, ...settings }, { end })).toMatchObject({
      kind: 'wait',
      until: Date.parse(until),
    });
  });

  it('goes on at once when the date has passed', () => {
    expect(decide(date, { end: '2026-11-21T08:59:59Z' })).toMatchObject({ kind: 'done', exit: 'next' });
  });

  it.each([undefined, null, '', 'soon', '31/12/2026', 20261201, '2026-02-31', '9999-12-31'])(
    'takes the unknown exit for %j',
    (end) => {
      expect(decide(date, { end })).toMatchObject({
        kind: 'done',
        exit: 'unknown',
        note: expect.any(String),
      });
    },
  );
});

test('a date that is put off while a record waits is waited for, too', async () => {
  const clock = createVirtualClock(now);
  const world = createWorldAt(clock, { client: createScriptedClient(() => answer(204)) });
  addAccounts(world.database, [{ name: 'ada', lastActivity: '2026-11-22T00:00:00Z' }]);
  addWorkflow(
    world.database,
    aGraph({ begin: ['begin'], rest: ['wait', { mode: 'date', date: '{{last_activity}}' }] }, [
      'begin.next > rest',
    ]),
  );
  const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
  await world.runner.waitFor(id, 0);
  const later = Date.parse('2026-11-23T18:00:00Z');
  world.database.$client.prepare('UPDATE saas_users SET last_activity = ?').run(later);

  const ended = async () => {
    while ((await world.runner.details(id)).run.status !== 'succeeded')
      await new Promise((resolve) => setImmediate(resolve));
  };
  await clock.drive(ended());

  expect(clock.now()).toBe(later);
});
