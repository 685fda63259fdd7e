import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Load, Page, Person } from '#contract';
import { connectVendor } from '../bench/instance.ts';
import { createApiClient } from '../support/api-client.ts';
import { manyPeople } from '../support/load-world.ts';
import { freePort, startServer } from '../support/server-process.ts';
import { launchIntegration, owner, setUpOwner } from '../support/story.ts';
import { sendJson, startVendorServer } from '../support/vendor-server.ts';

const company = manyPeople(250);

/** A vendor whose second page is never answered until it is let go. */
async function startSlowVendor() {
  let isSlow = true;
  const server = await startVendorServer(({ method, url }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://vendor');
    if (method === 'POST') {
      sendJson(response, 200, {
        access_token: 'a',
        refresh_token: 'r',
        token_type: 'Bearer',
        expires_in: 9_999,
      });
    } else if (pathname !== '/v1/people') sendJson(response, 200, { items: [] });
    else {
      const from = Number(searchParams.get('cursor') ?? 0);
      if (from > 0 && isSlow) return;
      const next = from + 100 < 250 ? { link: `</v1/people?cursor=${from + 100}>; rel="next"` } : {};
      sendJson(response, 200, { items: company.slice(from, from + 100) }, next);
    }
  });
  return {
    ...server,
    letGo() {
      isSlow = false;
    },
  };
}

test('a load that kill -9 cuts off begins again with the next start, and misses nobody', async () => {
  const data = await mkdtemp(join(tmpdir(), 'rollcall-load-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const vendor = await startSlowVendor();
  const env = { ROLLCALL_SANDBOX: 'off', ROLLCALL_ALLOW_HOSTS: vendor.host };
  const start = async () => startServer({ data, port: await freePort(), env, script: 'server/main.ts' });

  const first = await start();
  const api = createApiClient(first.url);
  await setUpOwner(api, first.setupLink ?? '');
  const integrationId = await launchIntegration(api, await connectVendor(api, vendor.url));
  const started = await api.send<Load>('POST', `/integrations/${integrationId}/loads`, {});
  let load = started;
  while (load.pages === 0) load = await api.get<Load>(`/loads/${load.id}`);
  await first.kill();
  vendor.letGo();

  const second = await start();
  onTestFinished(() => second.kill());
  const again = createApiClient(second.url);
  await again.send('POST', '/session', { email: owner.email, password: owner.password });
  do load = await again.get<Load>(`/loads/${load.id}`);
  while (load.finishedAt === null);

  expect(load).toMatchObject({ status: 'succeeded', isComplete: true, restarts: 1, pages: 3 });
  expect(load.tally).toMatchObject({ read: 250, created: 150, unchanged: 100 });
  expect((await again.get<Page<Person>>('/people?limit=1')).total).toBe(250);
}, 60_000);
