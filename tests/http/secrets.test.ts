import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { Run, Workflow } from '#contract';
import { buildTestApp } from '../support/build-app.ts';
import { findSecrets } from '../support/find-secrets.ts';
import { type Ask, ended, loadTwice, startParrot } from '../support/planted-secrets.ts';

/** A workflow whose one call is refused by a vendor that repeats the token, run over everybody. */
async function runOver(ask: Ask, credentialId: string, n: number) {
  const workflow = await ask<Workflow>('POST', '/workflows', {
    name: `Ask ${n}`,
    records: { kind: 'people' },
  });
  const position = { x: 0, y: 0 };
  const settings = {
    vendorId: 'planhat',
    authorization: { mode: 'static', credentialId },
    method: 'GET',
    url: '/users?name={{first_name}}',
    response: {
      success: [],
      failure: [{ value: '{{response.message}}', target: { kind: 'variable', name: 'said' } }],
    },
  };
  const graph = {
    blocks: [
      { id: 'begin', type: 'begin', name: 'Begin', position, settings: {} },
      { id: 'call', type: 'api', name: 'Call', position, settings },
      { id: 'end', type: 'end', name: 'End', position, settings: {} },
    ],
    edges: [
      { id: 'a', from: 'begin', exit: 'next', to: 'call' },
      { id: 'b', from: 'call', exit: 'failure', to: 'end' },
    ],
  };
  const drafted = await ask<Workflow>('PUT', `/workflows/${workflow.id}/draft`, {
    revision: workflow.revision,
    graph,
  });
  await ask('PUT', `/workflows/${workflow.id}/activation`, { revision: drafted.revision });
  const path = `/workflows/${workflow.id}/runs`;
  const run = await ended(
    () => ask<Run>('POST', path, {}),
    async (id) => (await ask<{ run: Run }>('GET', `/runs/${id}`)).run,
  );
  expect(run.counts.total).toBeGreaterThan(0);
  return run.id;
}

test('60 planted tokens are nowhere, though the vendor repeats them in all it answers', {
  timeout: 60_000,
}, async () => {
  const vendor = await startParrot();
  const app = await buildTestApp({ ROLLCALL_ALLOW_HOSTS: vendor.host });
  const token = await app.token('admin');
  const ask: Ask = async <T>(method: Parameters<Ask>[0], path: string, body?: unknown) => {
    const reply = await app.send(method, path, { token, ...(body === undefined ? {} : { body }) });
    expect(reply.statusCode, `${method} ${path}: ${reply.body}`).toBeLessThan(300);
    return reply.json<T>();
  };
  const cookie = await app.signIn();
  const socket = await app.http.injectWS('/api/v1/live', {
    headers: { host: '127.0.0.1:8080', cookie, origin: 'http://127.0.0.1:8080' },
  });
  const shown: string[] = [];
  socket.on('message', (data) => shown.push(String(data)));
  socket.send(JSON.stringify({ kind: 'subscribe', topic: 'all' }));

  const secrets = Array.from({ length: 60 }, (_, n) => `planted/${n}/canary-${1_000 + n}`);
  const runs: string[] = [];
  for (const [n, secret] of secrets.entries()) {
    const credentialId = await loadTwice(ask, vendor.url, n + 1, secret);
    if (n % 20 === 0) runs.push(await runOver(ask, credentialId, n));
  }
  for (const id of runs) socket.send(JSON.stringify({ kind: 'subscribe', topic: `run:${id}` }));
  await once(socket, 'message');

  const loads = app.database.$client.prepare('select id from loads').pluck().all() as string[];
  const lists = [
    'credentials',
    'integrations',
    'people',
    'people.csv',
    'apps',
    'notifications',
    'overview',
    'runs',
  ];
  const paths = [
    ...lists.map((list) => `/${list}`),
    ...loads.flatMap((id) => [`/loads/${id}`, `/loads/${id}/issues`, `/loads/${id}/issues.csv`]),
    ...runs.flatMap((id) => [`/runs/${id}`, `/runs/${id}/records`, `/runs/${id}/steps`]),
  ];
  const bodies: string[] = [];
  for (const path of paths) {
    const reply = await app.send('GET', path, { token });
    expect(reply.statusCode, path).toBe(200);
    bodies.push(reply.body);
  }
  const everywhere = [...bodies, ...shown, app.database.$client.serialize().toString('latin1')];
  socket.terminate();

  expect(everywhere.join('\n')).toContain('You sent Bearer •••');
  expect(findSecrets(secrets, everywhere)).toEqual([]);
});
