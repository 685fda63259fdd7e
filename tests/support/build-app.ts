import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { onTestFinished } from 'vitest';
import type { Role } from '#domain/rights';
import { type App, buildApp } from '../../server/app.ts';
import { accessOf } from '../../server/assembly/access.ts';
import { readConfig } from '../../server/config.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { createTestClock, type TestClock } from './test-clock.ts';

export const ada = { name: 'Ada Lovelace', email: 'ada@acme.test', password: 'correct horse battery' };

export interface TestApp extends App {
  database: Database;
  clock: TestClock;
  /** An API token of this role. */
  token(role: Role, expiresAt?: number | null): Promise<string>;
  /** Makes Ada the owner and signs her in: the cookie of her browser. */
  signIn(): Promise<string>;
  /** Sends a request with a token or a cookie, as a script or our own page does. */
  send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    options?: {
      token?: string;
      cookie?: string;
      body?: unknown;
      headers?: Record<string, string>;
    },
  ): Promise<LightMyRequestResponse>;
}

const request = (app: App, options: InjectOptions): Promise<LightMyRequestResponse> =>
  app.http.inject(options);

/** The whole server on a database in memory, without a port. */
export async function buildTestApp(env: Record<string, string> = {}): Promise<TestApp> {
  const database = openDatabase(':memory:');
  const clock = createTestClock();
  const config = readConfig({
    ROLLCALL_KEY: Buffer.alloc(32, 7).toString('base64'),
    ROLLCALL_LOG: 'silent',
    ROLLCALL_SANDBOX: 'off',
    ...env,
  });
  const publicUrl = config.publicUrl ?? 'http://127.0.0.1:8080';
  const app = await buildApp({ config, database, publicUrl, clock });
  await app.http.ready();
  onTestFinished(() => app.stop());

  return {
    ...app,
    database,
    clock,
    token: (role, expiresAt = null) =>
      accessOf(database, clock).createToken({ name: `A ${role}`, role, expiresAt }),

    async signIn() {
      const code = await app.access.newSetupCode();
      if (code !== undefined) await app.access.setUp({ code, ...ada });
      const { email, password } = ada;
      const response = await request(app, {
        method: 'POST',
        url: '/api/v1/session',
        headers: { 'x-rollcall-request': '1' },
        body: { email, password },
      });
      const [cookie] = response.cookies;
      return `${cookie?.name}=${cookie?.value}`;
    },

    send: (method, path, { token, cookie, body, headers = {} } = {}) =>
      request(app, {
        method,
        url: path.startsWith('/api') ? path : `/api/v1${path}`,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(cookie === undefined ? {} : { cookie, 'x-rollcall-request': '1' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: body as object }),
      }),
  };
}
