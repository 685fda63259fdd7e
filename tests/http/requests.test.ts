import { describe, expect, test } from 'vitest';
import { buildTestApp } from '../support/build-app.ts';

describe('requests', () => {
  test.each(['evil.test', 'evil.test:8080', '127.0.0.1.evil.test', 'localhost.evil.test', '10.0.0.1:8080'])(
    'for the host %s are refused: another site may point its name here',
    async (host) => {
      const app = await buildTestApp();

      expect((await app.send('GET', '/health', { headers: { host } })).statusCode).toBe(403);
    },
  );

  test.each(['127.0.0.1:8080', 'localhost:5173', '[::1]:8080'])(
    'for the host %s are answered',
    async (host) => {
      const app = await buildTestApp();

      expect((await app.send('GET', '/health', { headers: { host } })).statusCode).toBe(200);
    },
  );

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json\t; x=1',
    'application/jsonx',
    ' application/json5',
    'application/vnd.api+json',
  ])('with the content type %j never reach a route', async (type) => {
    const app = await buildTestApp();
    const token = await app.token('admin');

    const response = await app.http.inject({
      method: 'POST',
      url: '/api/v1/fields',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body: JSON.stringify({ recordType: 'person', label: 'Badge', type: 'text' }),
    });

    expect([400, 415]).toContain(response.statusCode);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });

  test('with broken JSON are told where it breaks', async () => {
    const app = await buildTestApp();
    const token = await app.token('admin');

    const response = await app.http.inject({
      method: 'POST',
      url: '/api/v1/fields',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{"label": "Badge",, }',
    });

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'invalid', detail: expect.stringMatching(/position 18/) });
  });

  test('with several mistakes are told all of them, with their places', async () => {
    const app = await buildTestApp();
    const token = await app.token('admin');

    const response = await app.send('POST', '/fields', { token, body: { recordType: 'dog', label: '' } });

    expect(response.statusCode).toBe(400);
    const places = response.json<{ issues: { place: string }[] }>().issues.map((issue) => issue.place);
    expect(places).toEqual(expect.arrayContaining(['recordType', 'label', 'type']));
  });

  test('with a field that nobody asked for are refused', async () => {
    const app = await buildTestApp();
    const token = await app.token('admin');
    const body = { recordType: 'person', label: 'Badge', type: 'text', isBuiltIn: true };

    expect((await app.send('POST', '/fields', { token, body })).statusCode).toBe(400);
  });

  test('cannot reach the prototype of objects', async () => {
    const app = await buildTestApp();
    const token = await app.token('admin');

    await app.http.inject({
      method: 'POST',
      url: '/api/v1/fields',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "label": "Badge"}',
    });

    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('over the limit are refused', async () => {
    const app = await buildTestApp();
    const token = await app.token('admin');

    const response = await app.send('POST', '/fields', { token, body: { label: 'x'.repeat(1024 * 1024) } });

    expect(response.statusCode).toBe(413);
  });

  test('for nothing are answered with a problem, not a page', async () => {
    const app = await buildTestApp();

    const response = await app.send('GET', '/nothing');

    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ code: 'not_found', status: 404 });
  });

  test('are answered with a policy that runs no foreign script', async () => {
    const app = await buildTestApp();

    for (const path of ['/health', '/people', '/nothing']) {
      const { headers } = await app.send('GET', path);
      expect(headers['content-security-policy']).toContain("script-src 'self'");
      expect(headers['content-security-policy']).not.toContain('unsafe-eval');
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
    expect((await app.send('GET', '/people')).headers['cache-control']).toBe('no-store');
  });

  test('the whole API is described', async () => {
    const app = await buildTestApp();

    const { paths } = (await app.send('GET', '/openapi.json')).json<{ paths: Record<string, object> }>();

    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/api/v1/people', '/api/v1/workflows/{id}/runs', '/api/v1/runs/{id}/steps']),
    );
  });
});
