import { describe, expect, it, test } from 'vitest';
import { createAllowance } from '../../server/vendors/allowance.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { bucketLimit, mostInASecond, simulate, slidingLimit, windowLimit } from './allowance-world.ts';

const never = new AbortController().signal;
const start = Date.parse('2026-11-21T09:00:00Z');
const ofAda = { lane: 'manual', group: 'wf_ada' } as const;

const open = (limits: { perSecond?: number; atOnce?: number } = {}, clock = createVirtualClock()) => ({
  clock,
  allowance: createAllowance({ perSecond: null, atOnce: 16, ...limits }, clock),
});

describe('an unknown limit of 50 calls a second is found out', () => {
  const kinds = { window: windowLimit, sliding: slidingLimit, bucket: bucketLimit };
  const cases = Object.entries(kinds).flatMap(([kind, make]) =>
    [{ 'retry-after': '1' }, {}].flatMap((headers) =>
      [16, 128].flatMap((inFlight) =>
        [4, 50].flatMap((latencyMs) =>
          [0, 300, 950].map((offsetMs) => ({ kind, make, headers, inFlight, latencyMs, offsetMs })),
        ),
      ),
    ),
  );

  it.each(cases)(
    '$kind, $headers, $inFlight in flight, $latencyMs ms, $offsetMs ms into a second',
    async (the) => {
      const { refusals, ms } = await simulate({
        calls: 1_500,
        inFlight: the.inFlight,
        latencyMs: the.latencyMs,
        limit: the.make(50, the.headers),
        clock: createVirtualClock(start + the.offsetMs),
      });

      expect(refusals).toBeLessThan(1_500 * 0.05);
      expect(ms).toBeLessThan(30_000 * 1.1);
    },
  );
});

test.each([3, 10, 30, 50, 62, 100, 300])(
  'a set limit of %i a second is never exceeded in any second, nor wasted',
  async (perSecond) => {
    const { refusals, sentAt, ms } = await simulate({
      calls: perSecond * 20,
      inFlight: 128,
      latencyMs: 40,
      limit: slidingLimit(perSecond, { 'retry-after': '1' }),
      limits: { perSecond },
    });

    expect(refusals).toBe(0);
    expect(mostInASecond(sentAt)).toBeLessThanOrEqual(perSecond);
    expect(ms).toBeLessThan(20_000 * 1.06);
  },
);

test('a limit by the minute is kept to by what the vendor says', async () => {
  let minute = 0;
  let count = 0;
  const { refusals, ms } = await simulate({
    calls: 1_500,
    inFlight: 128,
    latencyMs: 40,
    limit: (now) => {
      const current = Math.floor(now / 60_000);
      if (current !== minute) count = 0;
      minute = current;
      count += 1;
      return count > 200 ? { 'retry-after': String(60 - Math.floor((now % 60_000) / 1000)) } : null;
    },
  });

  expect(refusals).toBeLessThan(1_500 * 0.05);
  expect(ms).toBeLessThan(7.5 * 60_000 * 1.1);
});

test('places grow with answers, and 10,000 quick calls are not slowed down', async () => {
  const { clock, ms, refusals } = await simulate({
    calls: 10_000,
    inFlight: 128,
    latencyMs: 50,
    limit: () => null,
  });

  const least = (10_000 / 128) * 50;
  expect(refusals).toBe(0);
  expect(ms).toBeLessThan(least * 1.1);
  expect(clock.now()).toBe(start + ms);
});

test('a limit that was lifted is noticed', async () => {
  const clock = createVirtualClock();
  const allowance = createAllowance({ perSecond: null, atOnce: 128 }, clock);
  let limit = windowLimit(20, { 'retry-after': '1' });
  await simulate({ calls: 200, inFlight: 64, latencyMs: 10, limit: (now) => limit(now), clock, allowance });
  const before = allowance.state();
  limit = () => null;
  await clock.drive(clock.sleep(5 * 60_000));

  const after = allowance.state();

  expect(before).toMatchObject({ isLearned: true, perSecond: 20 });
  expect(after.perSecond).toBeGreaterThan(100);
});

test('what nobody waits for costs no promise, and what must wait waits', () => {
  const { allowance } = open({ atOnce: 2 });

  expect(allowance.enter(ofAda, never)).toBe(true);
  expect(allowance.enter(ofAda, never)).toBe(true);
  expect(allowance.enter(ofAda, never)).toBeInstanceOf(Promise);
  expect(allowance.state()).toMatchObject({ underWay: 2, waiting: 1 });
});

test('many refusals at once count as one complaint', () => {
  const { allowance, clock } = open();
  for (let n = 0; n < 16; n += 1) allowance.enter(ofAda, never);

  for (let n = 0; n < 16; n += 1) allowance.refused(clock.now(), 5_000, ofAda);

  expect(allowance.state()).toMatchObject({
    atOnce: 8,
    refused: 16,
    pausedUntil: '2026-11-21T09:00:05.000Z',
  });
});

test('where the vendor says nothing the pauses double until it answers', async () => {
  const { allowance, clock } = open();
  const pauses: number[] = [];
  for (let n = 0; n < 8; n += 1) {
    await clock.drive(Promise.resolve(allowance.enter(ofAda, never)));
    const at = clock.now();
    allowance.refused(at, null, ofAda);
    allowance.leave();
    pauses.push(Date.parse(allowance.state().pausedUntil ?? '') - at);
  }

  expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

test('a run that is cancelled stops waiting at once, and the others go on', async () => {
  const { allowance } = open({ atOnce: 1 });
  const cancelled = new AbortController();
  allowance.enter(ofAda, never);
  const first = allowance.enter(ofAda, cancelled.signal);
  const second = allowance.enter(ofAda, never);

  cancelled.abort();
  const isFirstIn = await first;
  allowance.leave();

  expect(isFirstIn).toBe(false);
  expect(await second).toBe(true);
});

test('a clock that is set back does not hold anybody up', async () => {
  const { allowance, clock } = open({ perSecond: 2 });
  allowance.enter(ofAda, never);
  allowance.refused(clock.now(), 60_000, ofAda);
  allowance.leave();

  clock.set(clock.now() - 3_600_000);
  const before = clock.now();
  await clock.drive(Promise.resolve(allowance.enter(ofAda, never)));

  expect(clock.now() - before).toBeLessThan(1_000);
});

test('hundreds of runs that wait for one credential share one timer', async () => {
  let timers = 0;
  const virtual = createVirtualClock();
  const clock = {
    ...virtual,
    sleep: (ms: number, signal?: AbortSignal) => {
      timers += 1;
      return virtual.sleep(ms, signal);
    },
  };
  const allowance = createAllowance({ perSecond: null, atOnce: 16 }, clock);
  allowance.enter(ofAda, never);
  allowance.refused(clock.now(), 600_000, ofAda);
  allowance.leave();

  const waiting = Array.from({ length: 300 }, (_, n) =>
    allowance.enter({ lane: 'event', group: `wf_${n}` }, never),
  );
  const timersWhileWaiting = timers;
  const held = allowance.isHolding('wf_299');
  await virtual.drive(Promise.all(waiting.map(async (entry) => (await entry) && allowance.leave())));

  expect(timersWhileWaiting).toBe(1);
  expect(held).toBe(true);
  expect(allowance.state()).toMatchObject({ waiting: 0, underWay: 0 });
});

test('whoever was refused is known to wait while the pause lasts', async () => {
  const { allowance, clock } = open();
  allowance.enter(ofAda, never);
  allowance.refused(clock.now(), 5_000, ofAda);
  allowance.leave();

  expect(allowance.isHolding('wf_ada')).toBe(true);
  expect(allowance.isHolding('wf_other')).toBe(false);
  await clock.drive(clock.sleep(5_001));
  expect(allowance.isHolding('wf_ada')).toBe(false);
});

describe('an answer that says what is left', () => {
  it('is kept to, so that nothing is refused at all', async () => {
    const clock = createVirtualClock();
    const allowance = createAllowance({ perSecond: null, atOnce: 32 }, clock);
    const limit = windowLimit(50);
    let left = 500;
    let refusals = 0;
    let used = 0;
    let second = 0;
    const lead = async () => {
      for (; left > 0; left -= 1) {
        await allowance.enter(ofAda, never);
        const sentAt = clock.now();
        await clock.sleep(5);
        const now = clock.now();
        used = Math.floor(now / 1000) === second ? used + 1 : 1;
        second = Math.floor(now / 1000);
        if (limit(now)) refusals += 1;
        const resetsAt = `${new Date((second + 1) * 1000).toISOString().slice(0, 19)}Z`;
        const headers = {
          'x-ratelimit-remaining': String(Math.max(0, 50 - used)),
          'x-ratelimit-reset': resetsAt,
        };
        await clock.sleep(5);
        allowance.accepted(sentAt, headers);
        allowance.leave();
      }
    };
    const startedAt = clock.now();

    await clock.drive(Promise.all(Array.from({ length: 32 }, lead)));

    expect(refusals).toBe(0);
    expect(clock.now() - startedAt).toBeLessThan(12_000);
  });
});
