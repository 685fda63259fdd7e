import { expect, test } from 'vitest';
import type { CredentialDetails, IntegrationDetails } from '#contract';
import { buildTestApp } from '../support/build-app.ts';

async function openApi() {
  const app = await buildTestApp();
  const token = await app.token('admin');
  const send = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) =>
    app.send(method, path, { token, body });
  return { app, token, send };
}

/** A planhat integration's path. */
async function anIntegration({ send }: Awaited<ReturnType<typeof openApi>>): Promise<string> {
  const made = await send('POST', '/integrations', { vendorId: 'planhat', name: 'Planhat users' });
  return `/integrations/${made.json<IntegrationDetails>().integration.id}`;
}

test.each(['', 'crd_nobody', 'int_other'])(
  'an integration refuses the credential "%s"',
  async (credentialId) => {
    const api = await openApi();

    const answer = await api.send('PATCH', await anIntegration(api), { credentialId });

    expect(answer.json()).toMatchObject({
      status: 400,
      place: 'credentialId',
      detail: 'There is no such credential. It may have been removed: choose another one.',
    });
  },
);

test.each([
  '//evil.test',
  '/\\evil.test',
  'https://evil.test',
  '/\t/evil.test',
  '/\n/evil.test',
  '/x\r\nSet-Cookie: a=b',
])('a login never comes back to %j', async (returnTo) => {
  const { send } = await openApi();
  const draft = { name: 'Webex', vendorId: 'webex', clientId: 'a', clientSecret: 'a-client-secret' };
  const made = await send('POST', '/credentials', draft);
  const path = `/credentials/${made.json<CredentialDetails>().credential.id}/authorization`;

  const answer = await send('POST', path, { returnTo });

  expect(answer.json()).toMatchObject({ status: 400, place: 'returnTo' });
});

test.each(['/integrations/%F0%9F', '/loads/%00%ff', `/integrations/${'x'.repeat(200)}`])(
  'the URL %.40s is refused in words, as a problem',
  async (path) => {
    const { send } = await openApi();

    const answer = await send('GET', path);

    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.json()).toMatchObject({
      status: expect.toBeOneOf([400, 404]),
      detail: expect.stringMatching(/See \/api\/v1\/openapi\.json/),
    });
  },
);

test.each([
  '{',
  '"text"',
  '[]',
  'null',
  '['.repeat(100_000),
  `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
])('the body %.20s is refused, not stumbled over', async (payload) => {
  const { app, token, ...api } = await openApi();
  const path = await anIntegration({ app, token, ...api });

  const answer = await app.http.inject({
    ...{ method: 'PATCH', url: `/api/v1${path}`, payload },
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });

  expect(answer.json()).toMatchObject({ status: 400, code: 'invalid', detail: expect.any(String) });
});
