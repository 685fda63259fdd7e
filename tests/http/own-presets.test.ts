import { expect, test } from 'vitest';
import { type OwnPreset, settingsFromPreset, type Workflow } from '#contract';
import { vendors } from '#presets';
import { buildTestApp } from '../support/build-app.ts';
import { addOperator } from '../support/operators.ts';

const webex = vendors.find(({ id }) => id === 'webex')!;
const read = settingsFromPreset(
  webex,
  webex.presets.find(({ id }) => id === 'get-user-details')!,
  'crd_secret',
);

async function open() {
  const app = await buildTestApp();
  const cookie = await app.signIn();
  const ask = async <T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) => {
    const response = await app.send(method, path, { cookie, ...(body ? { body } : {}) });
    return { status: response.statusCode, body: (response.body === '' ? null : response.json()) as T };
  };
  const list = async () => (await ask<{ items: OwnPreset[] }>('GET', '/own-presets')).body.items;
  return { app, ask, list };
}

test('a configured block is saved without its credential, listed, changed and removed', async () => {
  const { ask, list } = await open();

  const made = await ask<OwnPreset>('POST', '/own-presets', { title: 'Ask Webex', settings: read });
  expect(made.status).toBe(201);
  expect(JSON.stringify(await list())).not.toContain('crd_secret');
  expect(made.body.settings).toMatchObject({ presetId: 'get-user-details', ownPresetId: made.body.id });

  const path = `/own-presets/${made.body.id}`;
  await ask('PUT', path, { title: 'Ask Webex slowly', settings: { ...read, timeoutMs: 60_000 } });
  expect(await list()).toMatchObject([{ title: 'Ask Webex slowly', settings: { timeoutMs: 60_000 } }]);

  expect((await ask('DELETE', path)).status).toBe(204);
  expect(await list()).toEqual([]);
  expect((await ask('DELETE', path)).status).toBe(404);
});

test('two presets do not have the same name', async () => {
  const { ask } = await open();
  await ask('POST', '/own-presets', { title: 'One', settings: read });
  const { body: other } = await ask<OwnPreset>('POST', '/own-presets', { title: 'Two', settings: read });

  expect((await ask('POST', '/own-presets', { title: 'One', settings: read })).status).toBe(409);
  expect((await ask('PUT', `/own-presets/${other.id}`, { title: 'One', settings: read })).status).toBe(409);
});

test('a preset is kept while a workflow uses it, and the workflow is named', async () => {
  const { ask } = await open();
  const { body: preset } = await ask<OwnPreset>('POST', '/own-presets', { title: 'Ask', settings: read });
  const { body: made } = await ask<{ id: string; revision: number }>('POST', '/workflows', {
    name: 'Weekly look',
    records: { kind: 'people' },
  });
  const block = (id: string, type: string, settings: object) => ({
    ...{ id, type, name: id, settings },
    position: { x: 0, y: 0 },
  });
  const save = (blocks: object[], revision: number) =>
    ask<{ revision: number }>('PUT', `/workflows/${made.id}/draft`, {
      revision,
      graph: { blocks, edges: [] },
    });
  const begin = block('begin', 'begin', {});
  const saved = await save([begin, block('ask', 'api', preset.settings)], made.revision);

  const refused = await ask<{ detail: string }>('DELETE', `/own-presets/${preset.id}`);
  expect(refused.status).toBe(409);
  expect(refused.body.detail).toContain('"Weekly look"');

  await save([begin], saved.body.revision);
  expect((await ask('DELETE', `/own-presets/${preset.id}`)).status).toBe(204);
});

test('a preset that is no preset is refused, and says where', async () => {
  const { ask, list } = await open();
  const problems = await Promise.all(
    [
      { title: ' ', settings: read },
      { title: 'x'.repeat(121), settings: read },
      { title: 'One', summary: 'x'.repeat(301), settings: read },
      { title: 'One', settings: { ...read, method: 'BREW' } },
      { title: 'One', settings: { ...read, surprise: true } },
      { title: 'One' },
    ].map((body) => ask<{ code: string; detail: string }>('POST', '/own-presets', body)),
  );

  expect(problems.map(({ status }) => status)).toEqual(problems.map(() => 400));
  for (const { body } of problems)
    expect(body).toMatchObject({ code: 'invalid', detail: expect.any(String) });
  expect(await list()).toEqual([]);
});

test('a preset that is gone is neither changed nor made again', async () => {
  const { ask, list } = await open();
  const reply = await ask<{ detail: string }>('PUT', '/own-presets/ops_gone', {
    title: 'One',
    settings: read,
  });

  expect(reply).toMatchObject({ status: 404, body: { detail: 'This preset does not exist any more.' } });
  expect(await list()).toEqual([]);
});

test('whoever may only look at workflows sees presets, and saves, changes and deletes none', async () => {
  const { app, ask, list } = await open();
  const { body: preset } = await ask<OwnPreset>('POST', '/own-presets', { title: 'Ask', settings: read });
  const { cookie } = await addOperator(app, 'Linus', 'viewer');
  const body = { title: 'Mine', settings: read };

  expect((await app.send('GET', '/own-presets', { cookie })).statusCode).toBe(200);
  expect((await app.send('POST', '/own-presets', { cookie, body })).statusCode).toBe(403);
  expect((await app.send('PUT', `/own-presets/${preset.id}`, { cookie, body })).statusCode).toBe(403);
  expect((await app.send('DELETE', `/own-presets/${preset.id}`, { cookie })).statusCode).toBe(403);
  expect((await app.send('GET', '/own-presets')).statusCode).toBe(401);
  expect(await list()).toMatchObject([{ title: 'Ask' }]);
});

test('a workflow takes all of a preset along to a server that does not know it', async () => {
  const { ask } = await open();
  const { body: preset } = await ask<OwnPreset>('POST', '/own-presets', {
    title: 'Ask slowly',
    settings: { ...read, timeoutMs: 55_000, params: [{ key: 'callingData', value: 'true' }] },
  });
  const { body: made } = await ask<{ id: string; revision: number }>('POST', '/workflows', {
    name: 'Weekly look',
    records: { kind: 'people' },
  });
  const blocks = [{ id: 'ask', type: 'api', name: 'Ask slowly', position: { x: 0, y: 0 } }].map((one) => ({
    ...one,
    settings: preset.settings,
  }));
  await ask('PUT', `/workflows/${made.id}/draft`, { revision: made.revision, graph: { blocks, edges: [] } });
  const { body: file } = await ask<object>('GET', `/workflows/${made.id}/export`);

  const elsewhere = await open();
  const { body: imported } = await elsewhere.ask<Workflow>('POST', '/workflows/import', file);

  expect(await elsewhere.list()).toEqual([]);
  expect(imported.draft.blocks[0]?.settings).toMatchObject({
    ...{
      presetId: 'get-user-details',
      timeoutMs: 55_000,
      authorization: { mode: 'static', credentialId: '' },
    },
    params: [{ key: 'callingData', value: 'true' }],
  });
});
