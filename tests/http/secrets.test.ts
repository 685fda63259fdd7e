import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { CredentialDetails, IntegrationDetails, Load, MappingProposal, Run, Workflow } from '#contract';
import { buildTestApp, type TestApp } from '../support/build-app.ts';
import { findSecrets } from '../support/find-secrets.ts';
import { sendJson, startVendorServer } from '../support/vendor-server.ts';

/** A vendor that repeats the token it is sent wherever it can: in values, in refusals, in headers. */
async function startParrot() {
  return await startVendorServer((seen, response) => {
    const said = String(seen.headers.authorization);
    const headers = { 'x-request-id': said, location: `/users?token=${encodeURIComponent(said)}` };
    if (seen.url.includes('refuse')) return sendJson(response, 403, { message: `You sent ${said}` }, headers);
    const isFirst = !/offset=[1-9]/.test(seen.url);
    const user = {
      _id: said.slice(-8),
      email: `${said.slice(-8)}@acme.test`,
      firstName: said,
      nickName: escapeMark + said,
      lastName: Buffer.from(said).toString('hex'),
      phonePrimary: Buffer.from(said).toString('base64url'),
      position: `ask ${encodeURIComponent(said)}`,
    };
    const body = JSON.stringify(seen.method === 'GET' && isFirst ? [user] : []);
    const escaped = body.replace(`${escapeMark}${said}`, toEscapes(said));
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(escaped);
  });
}

const escapeMark = 'escaped:';

/** As JSON may write every character. */
const toEscapes = (text: string): string =>
  text
    .split('')
    .map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/** Loads once with a new credential, and once more where the vendor refuses. */
async function loadTwice(app: TestApp, token: string, url: string, n: number, secret: string) {
  const ask = async <T>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH',
    path: string,
    body?: unknown,
  ): Promise<T> => {
    const reply = await app.send(method, path, { token, ...(body === undefined ? {} : { body }) });
    expect(reply.statusCode, `${method} ${path}: ${reply.body}`).toBeLessThan(300);
    return reply.json<T>();
  };
  const draft = { vendorId: 'planhat', kind: 'bearer', token: secret, baseUrl: url };
  const { credential } = await ask<CredentialDetails>('POST', '/credentials', { ...draft, name: `Key ${n}` });
  const made = await ask<IntegrationDetails>('POST', '/integrations', {
    vendorId: 'planhat',
    name: `Load ${n}`,
  });
  const path = `/integrations/${made.integration.id}`;
  await ask('PATCH', path, { credentialId: credential.id, mode: 'user_and_saas_user' });
  const { rows } = await ask<MappingProposal>('POST', `${path}/mapping-proposal`, {});
  for (const { row, newField } of rows) {
    if (newField && n === 1) await ask('POST', '/fields', { ...newField, ...row.target });
  }
  await ask('PATCH', path, { mapping: { rows: rows.map(({ row }) => row) } });
  await ask('PUT', `${path}/activation`, {});
  const load = await ended(
    () => ask<Load>('POST', `${path}/loads`, {}),
    (id) => ask<Load>('GET', `/loads/${id}`),
  );
  expect(load.tally.read).toBe(1);

  await ask('PATCH', `/credentials/${credential.id}`, {
    ...draft,
    token: undefined,
    name: `Key ${n}`,
    baseUrl: `${url}/refuse`,
  });
  const refused = await ended(
    () => ask<Load>('POST', `${path}/loads`, {}),
    (id) => ask<Load>('GET', `/loads/${id}`),
  );
  expect(refused.status).toBe('failed');
  return { credentialId: credential.id, ask };
}

async function ended<T extends { id: string; finishedAt: string | null }>(
  begin: () => Promise<T>,
  read: (id: string) => Promise<T>,
): Promise<T> {
  let now = await begin();
  while (now.finishedAt === null) {
    await new Promise((resolve) => setImmediate(resolve));
    now = await read(now.id);
  }
  return now;
}

/** A workflow whose one call is refused by a vendor that repeats the token, run over everybody. */
async function runOver({ ask, credentialId }: Awaited<ReturnType<typeof loadTwice>>, n: number) {
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
    const used = await loadTwice(app, token, vendor.url, n + 1, secret);
    if (n % 20 === 0) runs.push(await runOver(used, n));
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
