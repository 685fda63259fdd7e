import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { buildTestApp, type TestApp } from '../support/build-app.ts';

const connect = (app: TestApp, headers: Record<string, string>) =>
  app.http.injectWS('/api/v1/live', { headers: { host: '127.0.0.1:8080', ...headers } });

describe('the live socket', () => {
  test('is refused without a session', async () => {
    const app = await buildTestApp();

    await expect(connect(app, {})).rejects.toThrow('401');
    await expect(connect(app, { cookie: 'rollcall=guess' })).rejects.toThrow('401');
  });

  test.each(['https://evil.test', 'null', 'http://127.0.0.1:8080.evil.test', 'http://127.0.0.1:9999'])(
    'does not serve a page of %s',
    async (origin) => {
      const app = await buildTestApp();
      const cookie = await app.signIn();

      const socket = await connect(app, { cookie, origin }).catch(() => undefined);
      if (!socket) return;
      const [code] = await once(socket, 'close');

      expect(code).toBe(1008);
    },
  );

  test('tells our own page what has changed', async () => {
    const app = await buildTestApp();
    const cookie = await app.signIn();
    const token = await app.token('author');
    const socket = await connect(app, { cookie, origin: 'http://127.0.0.1:8080' });
    socket.send(JSON.stringify({ kind: 'subscribe', topic: 'all' }));
    const [joined] = await once(socket, 'message');
    const message = once(socket, 'message');
    expect(JSON.parse(String(joined))).toMatchObject({ kind: 'joined', isComplete: false });

    await app.send('POST', '/workflows', {
      token,
      body: { name: 'Clean-up', records: { kind: 'people' } },
    });

    expect(JSON.parse(String((await message)[0]))).toMatchObject({
      kind: 'changed',
      what: 'workflows',
      topic: 'all',
    });
    socket.terminate();
  });

  test('ends with somebody who sends what is no message', async () => {
    const app = await buildTestApp();
    const cookie = await app.signIn();
    const socket = await connect(app, { cookie, origin: 'http://127.0.0.1:8080' });
    socket.send('{"kind":"shout"}');

    const [code] = await once(socket, 'close');

    expect(code).toBe(1007);
  });
});
