import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CredentialDetails, RunDetails, VendorFilesList, Workflow } from '#contract';
import { settingsFromPreset } from '#domain/api-settings';
import { isFinished } from '#domain/run';
import { vendorSchema } from '#domain/vendor';
import { fields, people } from '../../server/store/schema.ts';
import { buildTestApp } from '../support/build-app.ts';
import { deskToken, openDesk } from '../support/desk-server.ts';

const example = readFileSync('docs/examples/acme-desk.json', 'utf8');

/** A server whose data folder holds the example, and a person who has no account there. */
async function buildDeskWorld() {
  const data = mkdtempSync(join(tmpdir(), 'vendor-files-'));
  onTestFinished(() => rmSync(data, { recursive: true }));
  mkdirSync(join(data, 'vendors'));
  const write = (text: string) => writeFileSync(join(data, 'vendors', 'acme-desk.json'), text);
  write(example);
  const desk = await openDesk();
  const app = await buildTestApp({ ROLLCALL_DATA: data, ROLLCALL_ALLOW_HOSTS: new URL(desk.url).host });
  const cookie = await app.signIn();
  const send = async <T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<T> => {
    const reply = await app.send(method, path, { cookie, ...(body && { body }) });
    if (reply.statusCode >= 300) throw new Error(`${method} ${path}: ${reply.body}`);
    return reply.json<T>();
  };
  const named = { recordType: 'person', externalId: 'desk_agent_id', label: 'Desk', type: 'text', help: '' };
  app.database
    .insert(fields)
    .values({ id: 'fld_desk', ...named, isUnique: true, createdAt: 0 })
    .run();
  const ada = { username: 'ada@acme.test', email: 'ada@acme.test', firstName: 'Ada', lastName: 'Lovelace' };
  app.database
    .insert(people)
    .values({
      ...{ id: 'per_1', ...ada, role: 'Staff', status: 'active', createdAt: 0, updatedAt: 0 },
      fields: { desk_agent_id: 'ag-999' },
    })
    .run();
  return { app, cookie, send, write, desk };
}

test('files are listed with what came of them, and read again by those who may', async () => {
  const { app, send, write } = await buildDeskWorld();

  const before = await send<VendorFilesList>('GET', '/vendor-files');
  write('{');
  const after = await send<VendorFilesList>('POST', '/vendor-files/readings');
  const author = await app.token('author');
  const refused = await app.send('POST', '/vendor-files/readings', { token: author });

  expect(before.items).toMatchObject([{ file: 'acme-desk.json', state: 'used', findings: [] }]);
  expect(after.items).toMatchObject([{ state: 'refused', findings: [{ severity: 'error', place: '' }] }]);
  expect(refused.statusCode).toBe(403);
  const { items } = await send<{ items: { id: string }[] }>('GET', '/vendors');
  expect(items.map(({ id }) => id)).not.toContain('acme-desk');
});

test('the schema of the format is published', async () => {
  const { send } = await buildDeskWorld();

  expect(await send('GET', '/schemas/rollcall-vendor-1.json')).toEqual(
    JSON.parse(readFileSync('docs/schemas/rollcall-vendor-1.json', 'utf8')),
  );
});

test('an active version goes on with the definition that it was launched with', async () => {
  const { app, send, write, desk } = await buildDeskWorld();
  const { format: _format, $schema: _schema, ...definition } = JSON.parse(example);
  const vendor = vendorSchema.parse(definition);
  const getAgent = vendor.presets.find(({ id }) => id === 'get-agent');
  if (!getAgent) throw new Error('The example has no Get Agent.');
  const { credential } = await send<CredentialDetails>('POST', '/credentials', {
    ...{ name: 'Desk', vendorId: 'acme-desk', kind: 'bearer', token: deskToken, baseUrl: desk.url },
  });
  const position = { x: 0, y: 0 };
  const graph = {
    blocks: [
      { id: 'begin', type: 'begin', name: 'Begin', position, settings: {} },
      {
        id: 'get',
        type: 'api',
        name: 'Get',
        position,
        settings: settingsFromPreset(vendor, getAgent, credential.id),
      },
      { id: 'end', type: 'end', name: 'End', position, settings: {} },
    ],
    edges: [
      { id: 'a', from: 'begin', exit: 'next', to: 'get' },
      { id: 'b', from: 'get', exit: 'success', to: 'end' },
      { id: 'c', from: 'get', exit: 'failure', to: 'end' },
    ],
  };
  const made = await send<Workflow>('POST', '/workflows', { name: 'Look', records: { kind: 'people' } });
  const { id, revision } = await send<Workflow>('PUT', `/workflows/${made.id}/draft`, {
    ...{ revision: made.revision, graph },
  });
  const launch = (at: number) => send<Workflow>('PUT', `/workflows/${id}/activation`, { revision: at });
  /** What a run says of the account that is not there. */
  const said = async (): Promise<string> => {
    const started = await send<{ id: string }>('POST', `/workflows/${id}/runs`, {});
    for (;;) {
      const { run } = await send<RunDetails>('GET', `/runs/${started.id}`);
      if (isFinished(run.status)) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { items } = await send<{ items: { block: string; error: string | null }[] }>(
      'GET',
      `/runs/${started.id}/steps`,
    );
    return items.find(({ block }) => block === 'get')?.error ?? '';
  };

  await launch(revision);
  const first = await said();
  // Whoever changes the vendor's word for a missing account changes what a deletion believes.
  write(example.replaceAll('"no_agent"', '"agent_unknown"'));
  app.clock.set(app.clock.now() + 60_000);
  await send('POST', '/vendor-files/readings');
  const pinned = await said();
  const { revision: now } = await send<Workflow>('GET', `/workflows/${id}`);
  await launch(now);
  const anew = await said();

  expect(first).toContain('there is no such account');
  expect(pinned).toBe(first);
  expect(anew).toContain('not its word for a missing account');
});
