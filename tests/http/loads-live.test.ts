import { expect, test } from 'vitest';
import type { Load } from '#contract';
import { connectVendor } from '../bench/instance.ts';
import type { ApiClient } from '../support/api-client.ts';
import { buildTestApp, type TestApp } from '../support/build-app.ts';
import { manyPeople } from '../support/load-world.ts';
import { launchIntegration } from '../support/story.ts';
import { sendJson, startVendorServer } from '../support/vendor-server.ts';

/** The API as a signed-in browser asks it, without a port. */
function clientOf(app: TestApp, cookie: string): ApiClient {
  const ask = async (method: string, path: string, body?: unknown) =>
    await app.send(method as 'GET', path, { cookie, body });
  const send = async <T>(method: string, path: string, body?: unknown) =>
    (await ask(method, path, body)).json() as T;
  return {
    url: '',
    send,
    get: (path) => send('GET', path),
    raw: async (method, path) => new Response(null, { status: (await ask(method, path)).statusCode }),
  };
}

/** A vendor that answers each page only when it is told to. */
async function startSlowVendor() {
  const company = manyPeople(250);
  const waiting: (() => void)[] = [];
  let allowed = 0;
  const serve = () => {
    while (allowed > 0 && waiting.length > 0) {
      allowed -= 1;
      waiting.shift()?.();
    }
  };
  const server = await startVendorServer(({ method, url }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://vendor');
    if (method === 'POST') return sendJson(response, 200, { access_token: 'a', token_type: 'Bearer' });
    if (pathname !== '/v1/people') return sendJson(response, 200, { items: [] });
    const from = Number(searchParams.get('cursor') ?? 0);
    const next = from + 100 < 250 ? { link: `</v1/people?cursor=${from + 100}>; rel="next"` } : {};
    waiting.push(() => sendJson(response, 200, { items: company.slice(from, from + 100) }, next));
    serve();
  });
  return {
    ...server,
    answerPage() {
      allowed += 1;
      serve();
    },
  };
}

test('whoever watches a load of a slow vendor sees each page, and can cancel in the middle', async () => {
  const vendor = await startSlowVendor();
  const app = await buildTestApp({ ROLLCALL_ALLOW_HOSTS: vendor.host });
  const cookie = await app.signIn();
  const api = clientOf(app, cookie);
  const integrationId = await launchIntegration(api, await connectVendor(api, vendor.url));
  const { id } = await api.send<Load>('POST', `/integrations/${integrationId}/loads`, {});
  const socket = await app.http.injectWS('/api/v1/live', {
    headers: { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080', cookie },
  });
  const seen: Load[] = [];
  const watchers = new Set<() => void>();
  socket.on('message', (data) => {
    seen.push((JSON.parse(String(data)) as { load: Load }).load);
    for (const look of watchers) look();
  });
  const until = (isThere: (load: Load) => boolean) =>
    new Promise<Load>((resolve) => {
      const look = () => {
        const found = seen.find(isThere);
        if (found) resolve(found);
      };
      watchers.add(look);
      look();
    });
  socket.send(JSON.stringify({ kind: 'subscribe', topic: `load:${id}` }));

  expect(await until(({ pages }) => pages === 0)).toMatchObject({ status: 'running', tally: { read: 0 } });
  vendor.answerPage();
  expect(await until(({ pages }) => pages === 1)).toMatchObject({
    status: 'running',
    tally: { created: 100 },
  });
  vendor.answerPage();
  expect(await until(({ pages }) => pages === 2)).toMatchObject({
    status: 'running',
    tally: { created: 200 },
  });

  // The third page is never answered: nobody waits for it any more.
  const cancelled = await api.send<Load>('POST', `/loads/${id}/cancellation`, {});
  expect(cancelled).toMatchObject({ status: 'cancelled', pages: 2, isComplete: false, missing: null });
  expect(await until(({ status }) => status === 'cancelled')).toMatchObject({ tally: { read: 200 } });
  socket.terminate();
});
