import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Agent, AgentInvitation, CredentialDetails, IntegrationDetails, Load } from '#contract';
import { createApiClient } from '../support/api-client.ts';
import { findSecrets } from '../support/find-secrets.ts';
import { startMailServer } from '../support/mail-server.ts';
import { type Ask, ended, loadTwice, startParrot } from '../support/planted-secrets.ts';
import { startProgram } from '../support/program.ts';
import { freePort, startServer } from '../support/server-process.ts';
import { setUpOwner } from '../support/story.ts';

const secretsOf = (kind: string, count: number) =>
  Array.from({ length: count }, (_, n) => `planted/${kind}${n}/canary-${1_000 + n}`);

function makeFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `rollcall-${name}-`));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('latin1')]),
  );

/** Asks again and again until the answer is right. */
async function until<T>(ask: () => Promise<T> | T, isRight: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** An app of ours at the vendor whose token URL refuses, and repeats what it was sent. */
async function refuseToken(ask: Ask, url: string, secret: string): Promise<void> {
  const body = {
    name: secret.slice(-6),
    vendorId: 'planhat',
    kind: 'client-credentials',
    clientId: 'rollcall',
  };
  const urls = { baseUrl: url, tokenUrl: `${url}/refuse/token` };
  const made = await ask<CredentialDetails>('POST', '/credentials', {
    ...body,
    ...urls,
    clientSecret: secret,
  });
  const tested = await ask<{ isOk: boolean; message: string }>(
    'POST',
    `/credentials/${made.credential.id}/test`,
    {},
  );
  expect(tested).toMatchObject({ isOk: false, message: expect.stringContaining('•••') });
}

/** An agent in a process of its own loads with a credential that only its folder has. */
async function loadFarAway(ask: Ask, env: Record<string, string>, url: string, secret: string) {
  const far = makeFolder('agent');
  const rollcall = (args: string[], input = '') =>
    startProgram(['server/cli/main.ts', 'agent', ...args, '--data', far], { env, input });
  const { agent, token } = await ask<AgentInvitation>('POST', '/agents', { name: 'Branch office' });
  const at = `http://127.0.0.1:${env.ROLLCALL_PORT}`;
  expect(await rollcall(['register', '--server', at, '--token', token]).ended).toBe(0);
  const naming = ['--name', 'Planhat', '--vendor', 'planhat', '--base-url', url];
  expect(await rollcall(['credential', 'add', ...naming], `${secret}\n`).ended).toBe(0);
  const program = rollcall(['start']);
  await until(
    () => ask<{ items: Agent[] }>('GET', '/agents'),
    ({ items }) => items[0]?.credentials.length === 1,
  );
  const { integration } = await ask<IntegrationDetails>('POST', '/integrations', {
    vendorId: 'planhat',
    name: 'Far away',
  });
  const path = `/integrations/${integration.id}`;
  const { items } = await ask<{ items: { mapping: unknown }[] }>('GET', '/integrations');
  await ask('PATCH', path, {
    ...{ installation: 'local', agentId: agent.id, agentCredential: 'Planhat' },
    mapping: items.find(({ mapping }) => (mapping as { rows: unknown[] }).rows.length > 0)?.mapping,
  });
  await ask('PUT', `${path}/activation`, {});
  const load = await ended(
    () => ask<Load>('POST', `${path}/loads`, {}),
    (id) => ask<Load>('GET', `/loads/${id}`),
  );
  expect(load.tally.read).toBe(1);
  return { far, said: () => program.output() };
}

test('60 planted secrets are in no e-mail, no line of the log and no file, of the server or of an agent', {
  timeout: 180_000,
}, async () => {
  const [loaded, refused, kept] = [secretsOf('load', 20), secretsOf('app', 39), secretsOf('agent', 1)];
  const [vendor, mails, data, port] = [
    await startParrot(),
    await startMailServer(),
    makeFolder('server'),
    await freePort(),
  ];
  const env = {
    ROLLCALL_PORT: String(port),
    ROLLCALL_SANDBOX: 'off',
    ROLLCALL_LOG: 'debug',
    ROLLCALL_ALLOW_HOSTS: vendor.host,
    ROLLCALL_SMTP_URL: mails.url,
    ROLLCALL_MAIL_FROM: 'Rollcall <rollcall@acme.test>',
  };
  const server = await startServer({ data, port, env, script: 'server/main.ts' });
  onTestFinished(() => server.kill());
  const api = createApiClient(server.url);
  await setUpOwner(api, server.setupLink ?? '');
  const ask: Ask = (method, path, body) => api.send(method, path, body);

  for (const [n, secret] of loaded.entries()) await loadTwice(ask, vendor.url, n + 1, secret);
  for (const secret of refused) await refuseToken(ask, vendor.url, secret);
  const { far, said } = await loadFarAway(ask, env, vendor.url, kept[0] ?? '');
  await until(
    () => mails.mails.length,
    (count) => count >= loaded.length,
  );

  const running = { ...filesOf(data), ...filesOf(far) };
  expect(Object.keys(running)).toContain('rollcall.db-wal');
  expect(Object.keys(running)).toContain('agent.db');
  expect(mails.mails[0]?.text).toContain('You sent Bearer •••');
  await server.stop();
  const everywhere = {
    ...running,
    ...Object.fromEntries(
      Object.entries(filesOf(data)).map(([name, text]) => [`${name} after the end`, text]),
    ),
    'e-mails as they came': mails.sources.join('\n'),
    'e-mails as they are read': JSON.stringify(mails.mails),
    "the server's log": server.output(),
    "the agent's log": said(),
  };
  const secrets = [...loaded, ...refused, ...kept];
  for (const [place, text] of Object.entries(everywhere))
    expect([place, findSecrets(secrets, [text])]).toEqual([place, []]);
});
