import { describe, expect, test } from 'vitest';
import { type Role, rightsOf, roles } from '#domain/rights';
import { buildTestApp, type TestApp } from '../support/build-app.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
interface Route {
  method: Method;
  path: string;
}

const open = new Set([
  'GET /api/v1/health',
  'GET /api/v1/session',
  'POST /api/v1/session',
  'POST /api/v1/setup',
  'POST /api/v1/hooks/none',
  'POST /api/v1/approval-links/look',
  'POST /api/v1/approval-links/decision',
  'POST /api/v1/invitations/look',
  'POST /api/v1/invitations/acceptance',
]);

/** Every route that the server describes, with a made-up id. */
function routesOf(app: TestApp): Route[] {
  const { paths = {} } = app.http.swagger() as { paths?: Record<string, Record<string, unknown>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase() as Method,
      path: path.replaceAll(/\{n\}|\{number\}/g, '1').replaceAll(/\{\w+\}/g, 'none'),
    })),
  );
}

const closed = (app: TestApp) => routesOf(app).filter(({ method, path }) => !open.has(`${method} ${path}`));

describe('rights', () => {
  test('nobody gets in without signing in, on any route', async () => {
    const app = await buildTestApp();
    const statuses = await Promise.all(
      closed(app).map(async ({ method, path }) => {
        const { statusCode } = await app.send(method, path);
        return `${method} ${path} ${statusCode}`;
      }),
    );

    expect(statuses.length).toBeGreaterThan(50);
    expect(statuses.filter((line) => !line.endsWith(' 401'))).toEqual([]);
  });

  test('a viewer changes nothing but whether a message was read', async () => {
    const app = await buildTestApp();
    const token = await app.token('viewer');
    const allowed: string[] = [];
    for (const { method, path } of closed(app)) {
      if (method === 'GET') continue;
      const { statusCode } = await app.send(method, path, { token });
      if (statusCode !== 403) allowed.push(`${method} ${path}`);
    }

    expect(allowed).toEqual([
      'PUT /api/v1/notifications/read',
      'PUT /api/v1/notifications/none/read',
      'DELETE /api/v1/session',
      'PUT /api/v1/session/confirmation',
      'POST /api/v1/workflows/none/validation',
    ]);
  });

  test.each([
    ['viewer', 'POST', '/workflows/none/runs', 403],
    ['operator', 'POST', '/workflows/none/runs', 404],
    ['operator', 'DELETE', '/workflows/none', 403],
    ['author', 'DELETE', '/workflows/none', 404],
    ['author', 'DELETE', '/workflows/none/activation', 403],
    ['admin', 'DELETE', '/workflows/none/activation', 404],
    ['author', 'DELETE', '/credentials/none', 403],
    ['admin', 'DELETE', '/credentials/none', 404],
    ['viewer', 'POST', '/safety/stops', 403],
    ['approver', 'POST', '/safety/stops', 400],
    ['operator', 'POST', '/safety/stops', 400],
    ['approver', 'DELETE', '/safety/stops/all', 403],
    ['author', 'DELETE', '/safety/stops/all', 403],
    ['admin', 'DELETE', '/safety/stops/all', 404],
    ['author', 'PUT', '/safety/settings', 403],
    ['author', 'POST', '/safety/protections', 403],
    ['author', 'DELETE', '/safety/protections/none', 403],
    ['admin', 'DELETE', '/safety/protections/none', 404],
    ['author', 'PUT', '/approvals/none/decision', 403],
    ['approver', 'PUT', '/approvals/none/decision', 400],
    ['approver', 'DELETE', '/approvals/none', 403],
    ['operator', 'DELETE', '/approvals/none', 404],
    ['author', 'DELETE', '/operators/none', 403],
    ['approver', 'PUT', '/operators/none/role', 403],
    ['admin', 'DELETE', '/operators/none', 404],
  ] as const)('%s: %s %s answers %i', async (role, method, path, status) => {
    const app = await buildTestApp();
    const token = await app.token(role);

    expect((await app.send(method, path, { token, body: {} })).statusCode).toBe(status);
  });

  test('a higher role may do all that a lower one may', () => {
    // Who only agrees stands beside the others.
    const ladder = roles.filter((role) => role !== 'approver');
    for (const [i, role] of ladder.entries()) {
      const lower = ladder[i - 1] as Role | undefined;
      if (lower) expect(rightsOf[role]).toEqual(expect.arrayContaining([...rightsOf[lower]]));
    }
  });

  test('a change by cookie needs our own header and origin, on every route', async () => {
    const app = await buildTestApp();
    const cookie = await app.signIn();
    const passed: string[] = [];
    const shapes: Record<string, string>[] = [
      { 'x-rollcall-request': '' },
      { 'x-rollcall-request': '0' },
      { 'x-rollcall-request': '1', origin: 'https://evil.test' },
      { 'x-rollcall-request': '1', origin: 'null' },
      { 'x-rollcall-request': '1', origin: 'http://127.0.0.1:8080.evil.test' },
    ];
    for (const { method, path } of closed(app)) {
      if (method === 'GET') continue;
      for (const headers of shapes) {
        const { statusCode } = await app.send(method, path, { cookie, headers });
        if (statusCode !== 403) passed.push(`${method} ${path} ${JSON.stringify(headers)}`);
      }
    }

    expect(passed).toEqual([]);
  });

  test('a change by cookie from our own page passes', async () => {
    const app = await buildTestApp();
    const cookie = await app.signIn();
    const origin = 'http://127.0.0.1:8080';

    expect((await app.send('PUT', '/notifications/read', { cookie, headers: { origin } })).statusCode).toBe(
      200,
    );
  });
});
