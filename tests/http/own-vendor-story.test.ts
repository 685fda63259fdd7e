import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { CredentialDetails, RunDetails, SaasUser, VendorFilesList, Workflow } from '#contract';
import { settingsFromPreset } from '#domain/api-settings';
import { isFinished } from '#domain/run';
import { vendorSchema } from '#domain/vendor';
import type { Graph } from '#domain/workflow';
import { buildTestApp, type TestApp } from '../support/build-app.ts';
import { deskToken, openDesk } from '../support/desk-server.ts';
import { aGraph } from '../support/engine-world.ts';
import { liftLimits } from '../support/lift-limits.ts';
import { loadEverybody, type Send } from '../support/load-everybody.ts';
import { addOperator } from '../support/operators.ts';
import { approve } from '../support/two-persons-world.ts';

vi.setConfig({ testTimeout: 30_000 });

const example = readFileSync('docs/examples/acme-desk.json', 'utf8');
const { format: _format, $schema: _schema, ...definition } = JSON.parse(example);
const vendor = vendorSchema.parse(definition);

/** A server with the example in its data folder, limits lifted, and a desk to which it may go. */
async function openWorld() {
  const data = mkdtempSync(join(tmpdir(), 'own-vendor-'));
  onTestFinished(() => rmSync(data, { recursive: true }));
  mkdirSync(join(data, 'vendors'));
  const write = (text: string) => writeFileSync(join(data, 'vendors', 'acme-desk.json'), text);
  write(example);
  const desk = await openDesk();
  const app = await buildTestApp({ ROLLCALL_DATA: data, ROLLCALL_ALLOW_HOSTS: new URL(desk.url).host });
  liftLimits(app.database);
  const send = await signedIn(app);
  const grace = await addOperator(app, 'Grace', 'approver');
  const { credential } = await send<CredentialDetails>('POST', '/credentials', {
    ...{ name: 'Desk', vendorId: vendor.id, kind: 'bearer', token: deskToken, baseUrl: desk.url },
  });
  /** Grace says yes to what waits for a second person. */
  async function agree(): Promise<void> {
    const { items } = await send<{ items: { id: string }[] }>('GET', '/approvals?status=waiting');
    for (const { id } of items) await approve(app, id, grace);
  }
  return { app, send, write, desk, agree, credentialId: credential.id };
}

async function signedIn(app: TestApp): Promise<Send> {
  const cookie = await app.signIn();
  return async <T>(method: Parameters<Send>[0], path: string, body?: object): Promise<T> => {
    const reply = await app.send(method, path, { cookie, ...(body && { body }) });
    if (reply.statusCode >= 300) throw new Error(`${method} ${path}: ${reply.statusCode} ${reply.body}`);
    return (reply.body === '' ? undefined : reply.json<T>()) as T;
  };
}

function settingsOf(presetId: string, credentialId: string) {
  const preset = vendor.presets.find(({ id }) => id === presetId);
  if (!preset) throw new Error(`The example has no ${presetId}.`);
  return settingsFromPreset(vendor, preset, credentialId);
}

/** Looks every agent up, and suspends those who are on leave. */
const onLeave = (credentialId: string): Graph =>
  aGraph(
    {
      begin: [
        'begin',
        {
          records: 'active',
          rules: { match: 'all', rules: [{ field: 'email', operator: 'contains', value: '.1' }] },
        },
      ],
      look_up: ['saas-user-role', { vendorId: vendor.id, credentialId, deactivateMissing: true }],
      suspend: ['api', settingsOf('suspend-agent', credentialId)],
      end: ['end'],
    },
    ['begin.next > look_up', 'look_up.found > suspend', 'look_up.not_found > end', 'suspend.success > end'],
  );

test('a file in the data folder is an integration, a load, presets and a workflow, without a build', async () => {
  const { send, desk, agree, credentialId } = await openWorld();

  const { tally } = await loadEverybody(send, { vendorId: vendor.id, credentialId });
  const [app] = (await send<{ items: { id: string; vendorId: string }[] }>('GET', '/apps')).items;
  const { items: accounts } = await send<{ items: SaasUser[] }>('GET', `/apps/${app?.id}/users?limit=200`);

  expect(tally).toMatchObject({ read: 25, created: 25 });
  expect(app?.vendorId).toBe('acme-desk');
  expect(accounts.map(({ identifier }) => identifier).sort()).toEqual([...desk.agents.keys()].sort());
  expect(accounts.filter(({ isDeactivated }) => isDeactivated)).toHaveLength(5);

  const made = await send<Workflow>('POST', '/workflows', {
    ...{ name: 'On leave', records: { kind: 'saas_users', appId: app?.id } },
  });
  const { id, revision } = await send<Workflow>('PUT', `/workflows/${made.id}/draft`, {
    ...{ revision: made.revision, graph: onLeave(credentialId) },
  });
  await send('PUT', `/workflows/${id}/activation`, { revision });
  await agree();
  const { id: runId } = await send<{ id: string }>('POST', `/workflows/${id}/runs`, {});
  let { run } = await send<RunDetails>('GET', `/runs/${runId}`);
  while (!isFinished(run.status)) {
    await new Promise((resolve) => setImmediate(resolve));
    if (run.status === 'waiting') await agree();
    ({ run } = await send<RunDetails>('GET', `/runs/${runId}`));
  }

  // agent.1 owns the desk and is protected; agent.10 and agent.15 were suspended before.
  const expected = [
    'agent.11',
    'agent.12',
    'agent.13',
    'agent.14',
    'agent.16',
    'agent.17',
    'agent.18',
    'agent.19',
  ];
  const suspended = [...desk.agents.values()].filter((agent) => agent.suspended);
  const byUs = suspended
    .map(({ contact }) => contact.mail.split('@')[0])
    .filter((name) => expected.includes(name ?? ''));
  expect(run.status).toBe('succeeded');
  expect(byUs).toEqual(expected);
  expect(suspended).toHaveLength(5 + expected.length);
  expect(desk.calls.filter((call) => call.startsWith('PUT'))).toHaveLength(expected.length);
});

test('a file that is broken is told with its place, and what uses the vendor goes on', async () => {
  const { send, write, credentialId } = await openWorld();
  await loadEverybody(send, { vendorId: vendor.id, credentialId });

  write(example.replace('"statuses": [204]', '"statuses": [404]'));
  const { items } = await send<VendorFilesList>('POST', '/vendor-files/readings');
  const { items: integrations } = await send<{ items: { id: string }[] }>('GET', '/integrations');
  const again = await send<{ id: string }>('POST', `/integrations/${integrations[0]?.id}/loads`, {});

  expect(items[0]).toMatchObject({ file: 'acme-desk.json', state: 'refused' });
  expect(items[0]?.findings[0]).toMatchObject({
    place: 'presets.suspend-agent.success.statuses',
    message: '404 is no success. Take it away.',
  });
  let load = await send<{ status: string; finishedAt: string | null }>('GET', `/loads/${again.id}`);
  while (load.finishedAt === null) {
    await new Promise((resolve) => setImmediate(resolve));
    load = await send('GET', `/loads/${again.id}`);
  }
  expect(load.status).toBe('succeeded');
});
