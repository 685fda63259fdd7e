import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { aCall, createOutboundWorld, never } from '../support/outbound-world.ts';
import { startVendorServer } from '../support/vendor-server.ts';

const json = { 'content-type': 'application/json' };
const large = Buffer.from(JSON.stringify('x'.repeat(300 * 1024)));
const packed = gzipSync(large);

/** A vendor whose answers to `/open` do not end before somebody ends them. */
async function startSlowVendor() {
  const open = new Map<string, ServerResponse>();
  const begun: (() => void)[] = [];
  const vendor = await startVendorServer(({ url }, response) => {
    const name = url.split('/').at(-1)!;
    if (name.startsWith('open')) {
      open.set(name, response);
      response.writeHead(200, json).write(large.subarray(0, -1), () => begun.shift()?.());
    } else if (name.startsWith('packed')) {
      response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(packed);
    } else response.writeHead(200, json).end(name.startsWith('small') ? '"x"' : large);
  });
  return {
    ...vendor,
    hasBegun: () => new Promise<void>((resolve) => begun.push(resolve)),
    end: (name: string) => open.get(name)!.end(large.subarray(-1)),
  };
}

test.each(['large', 'packed'])('few answers grow at once, and others are not held up: %s', async (kind) => {
  const slow = await startSlowVendor();
  const other = await startSlowVendor();
  const world = createOutboundWorld([slow.host, other.host]);
  const atSlow = await world.addCredential(slow.url);
  const atOther = await world.addCredential(other.url, {}, 'Other');
  const over: string[] = [];
  const ask = async (name: string, credential = atSlow) => {
    const { reply } = await world.client.send(aCall(credential, { url: `/${name}` }), never);
    over.push(name);
    return reply;
  };

  const begun = [slow.hasBegun(), slow.hasBegun()];
  const opened = [ask('open-1'), ask('open-2')];
  await Promise.all(begun);
  // Both have grown over what is small when an answer comes that was asked for after them.
  await ask('small-1');
  const waiting = ask(`${kind}-1`);
  await ask('small-2');
  await ask(`${kind}-2`, atOther);
  expect(over).toEqual(['small-1', 'small-2', `${kind}-2`]);

  slow.end('open-1');
  expect(await waiting).toMatchObject({ status: 200, body: large.toString() });
  expect(over.slice(3)).toEqual(['open-1', `${kind}-1`]);
  slow.end('open-2');
  await Promise.all(opened);
});

test('an answer that is cut off gives its place to the next', async () => {
  const slow = await startSlowVendor();
  const world = createOutboundWorld([slow.host]);
  const id = await world.addCredential(slow.url);
  const cut = Array.from({ length: 6 }, (_, n) =>
    world.client.send(aCall(id, { url: `/open-${n}`, timeoutMs: 50 }), never),
  );
  for (const { reply } of await Promise.all(cut)) expect(reply.kind).toBe('no_answer');

  const { reply } = await world.client.send(aCall(id, { url: '/large' }), never);

  expect(reply).toMatchObject({ kind: 'answered', body: large.toString() });
});
