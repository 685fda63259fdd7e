import { expect, test } from 'vitest';
import { retryAfter } from '#domain/retry-after';
import { nextAttemptMs } from '#engine/retry';
import { aCall, createOutboundWorld, never, webexDraft } from '../support/outbound-world.ts';
import { sendJson, startVendorServer } from '../support/vendor-server.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { bucketLimit, windowLimit } from './allowance-world.ts';

test.each([
  ['in each second', windowLimit, {}],
  ['as a bucket', bucketLimit, { 'retry-after': '1' }],
])('a real vendor that allows 50 calls a second %s refuses few of 1,500', async (_, make, headers) => {
  const clock = createVirtualClock();
  const limit = make(50, headers);
  const vendor = await startVendorServer((_seen, response) => {
    const refusal = limit(clock.now());
    if (refusal) sendJson(response, 429, { message: 'Too many requests' }, refusal);
    else sendJson(response, 200, { id: 'ada' });
  });
  const world = createOutboundWorld([vendor.host], { clock, concurrency: 128 });
  const id = await world.addCredential(vendor.url);
  const stored = await world.store.find(id);
  const credential = stored!.credential;
  let left = 1_500;
  let refusals = 0;
  const lead = async (group: string) => {
    while (left > 0) {
      left -= 1;
      for (let attempt = 1; ; attempt += 1) {
        const { reply } = await world.client.send(aCall(id, { group }), never);
        if (reply.kind !== 'answered') throw new Error(`Nothing came back: ${reply.reason}`);
        if (reply.status === 200) break;
        refusals += 1;
        const retryAfterMs = retryAfter(reply.headers['retry-after'], clock.now());
        const outcome = { kind: 'rate_limited', retryAfterMs } as Parameters<typeof nextAttemptMs>[1];
        await clock.sleep(nextAttemptMs('read', outcome, attempt, 3, 0.5) ?? 0);
      }
    }
  };
  const startedAt = clock.now();

  const work = Promise.all(Array.from({ length: 128 }, (__, n) => lead(`wf_${n % 8}`)));
  await clock.drive(work, () => world.client.paceOf(credential).underWay > 0);

  expect(vendor.seen).toHaveLength(1_500 + refusals);
  expect(refusals).toBeLessThan(1_500 * 0.05);
  expect(clock.now() - startedAt).toBeLessThan(30_000 * 1.1);
  expect(world.client.paceOf(credential)).toMatchObject({ isLearned: true, refused: refusals, waiting: 0 });
});

test('what an operator sets holds from the next call on, and tokens stay', async () => {
  const clock = createVirtualClock();
  const vendor = await startVendorServer((_, response) => sendJson(response, 200, {}));
  const world = createOutboundWorld([vendor.host], { clock });
  const id = await world.addCredential(vendor.url);
  await world.client.send(aCall(id), never);

  await world.credentials.update(id, {
    ...webexDraft(vendor.url),
    clientSecret: '',
    perSecond: 10,
    atOnce: 2,
  });
  const startedAt = clock.now();
  const calls = Promise.all(Array.from({ length: 21 }, () => world.client.send(aCall(id), never)));
  const during = await world.credentials.pace(id);
  const { credential } = await world.credentials.find(id);
  const sent = await clock.drive(calls, () => world.client.paceOf(credential).underWay > 0);

  expect(during).toMatchObject({ perSecond: 10, isLearned: false, atOnce: 2, mostAtOnce: 2 });
  expect(sent.every(({ reply }) => reply.kind === 'answered')).toBe(true);
  expect(clock.now() - startedAt).toBeGreaterThanOrEqual(2_000);
  expect(during.waiting).toBeGreaterThan(0);
  expect((await world.store.find(id))?.credential.status).toBe('authenticated');
});

test('one workflow does not hold another up, nor one credential another', async () => {
  const clock = createVirtualClock();
  const order: string[] = [];
  const vendor = await startVendorServer(({ url }, response) => {
    order.push(url);
    sendJson(response, 200, {});
  });
  const world = createOutboundWorld([vendor.host], { clock, concurrency: 1 });
  const id = await world.addCredential(vendor.url);
  const other = await world.addCredential(vendor.url, {}, 'Another account');
  const send = (credential: string, group: string, n: number) =>
    world.client.send(aCall(credential, { group, url: `/people/${group}-${n}` }), never);

  const big = Array.from({ length: 30 }, (_, n) => send(id, 'big', n));
  const small = Array.from({ length: 3 }, (_, n) => send(id, 'small', n));
  await send(other, 'other', 0);
  const seenBeforeOther = order.indexOf('/v1/people/other-0');
  await Promise.all([...big, ...small]);

  expect(seenBeforeOther).toBeLessThan(4);
  expect(order.indexOf('/v1/people/small-2')).toBeLessThan(12);
});
