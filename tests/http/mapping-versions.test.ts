import { expect, test } from 'vitest';
import type { IntegrationDetails, MappingVersion, Page } from '#contract';
import { buildTestApp } from '../support/build-app.ts';

const row = (externalId: string) => ({
  source: { kind: 'field', key: 'email' },
  target: { recordType: 'person', externalId },
  syncKey: null,
});

async function anIntegration() {
  const app = await buildTestApp();
  const token = await app.token('admin');
  const created = await app.send('POST', '/integrations', {
    token,
    body: { vendorId: 'webex', name: 'Webex' },
  });
  const path = `/integrations/${created.json<IntegrationDetails>().integration.id}`;
  const save = (externalId: string, mappingVersion: number) =>
    app.send('PATCH', path, { token, body: { mapping: { rows: [row(externalId)] }, mappingVersion } });
  return { app, token, path, save };
}

test('saved mappings are listed, seen and restored', async () => {
  const { app, token, path, save } = await anIntegration();
  await save('username', 0);
  await save('email', 1);

  const list = (await app.send('GET', `${path}/mapping-versions?limit=1`, { token })).json<
    Page<MappingVersion>
  >();
  const first = (await app.send('GET', `${path}/mapping-versions/1`, { token })).json<MappingVersion>();
  const restored = await app.send('POST', `${path}/mapping-restoration`, {
    token,
    body: { version: 1, mappingVersion: 2 },
  });

  expect(list).toMatchObject({ total: 2, items: [{ version: 2, savedBy: expect.any(String) }] });
  expect(list.items[0]?.savedBy).not.toBe('');
  expect(first.mapping.rows[0]?.target.externalId).toBe('username');
  expect(restored.json()).toMatchObject({ integration: { mappingVersion: 3, mapping: first.mapping } });
});

test('the second of two saves from one version is a conflict', async () => {
  const { app, token, path, save } = await anIntegration();
  await save('username', 0);

  const late = await save('email', 0);
  const lateRestoration = await app.send('POST', `${path}/mapping-restoration`, {
    token,
    body: { version: 1, mappingVersion: 0 },
  });

  expect(late.statusCode).toBe(409);
  expect(late.json()).toMatchObject({ code: 'conflict', place: 'mappingVersion' });
  expect(lateRestoration.statusCode).toBe(409);
});

test('rows whose values may not fit are told with the integration', async () => {
  const { app, token, path } = await anIntegration();
  const body = {
    mapping: {
      rows: [
        {
          source: { kind: 'field', key: 'roles' },
          target: { recordType: 'person', externalId: 'first_name' },
          syncKey: null,
        },
      ],
    },
  };

  const saved = (await app.send('PATCH', path, { token, body })).json<IntegrationDetails>();

  expect(saved.warnings).toEqual([
    { target: body.mapping.rows[0]?.target, message: expect.stringContaining('First name is text') },
  ]);
});

test('viewers see versions and restore none', async () => {
  const { app, path, save } = await anIntegration();
  await save('username', 0);
  const token = await app.token('viewer');

  const seen = await app.send('GET', `${path}/mapping-versions`, { token });
  const body = { version: 1, mappingVersion: 1 };
  const restored = await app.send('POST', `${path}/mapping-restoration`, { token, body });

  expect([seen.statusCode, restored.statusCode]).toEqual([200, 403]);
});
