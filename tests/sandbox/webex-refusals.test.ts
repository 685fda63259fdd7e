import { request as rawRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { openSandbox } from './open-sandbox.ts';

const everywhere = [
  ['GET', '/people'],
  ['GET', '/people/me'],
  ['POST', '/people'],
  ['PUT', '/people/x'],
  ['DELETE', '/people/x'],
  ['GET', '/roles'],
  ['GET', '/licenses'],
] as const;

describe('401', () => {
  it.each(everywhere)('for %s %s with a token it does not know, whatever the body', async (method, path) => {
    const sandbox = await openSandbox();

    const body = method === 'GET' ? {} : { body: '{not json' };
    const response = await sandbox.call(method, path, { token: 'made-up', ...body });

    const answer = (await response.json()) as { message: string; errors: unknown; trackingId: string };
    expect(response.status).toBe(401);
    expect(answer.errors).toEqual([{ description: answer.message }]);
    expect(response.headers.get('trackingid')).toBe(answer.trackingId);
  });

  it('for no token, an expired one and one whose account is gone', async () => {
    const sandbox = await openSandbox();
    const { access_token: token, expires_in: seconds } = sandbox.issueToken();
    const { access_token: hers } = sandbox.issueToken({ email: 'margaret@acme.test' });
    await sandbox.call('DELETE', `/people/${sandbox.person('margaret@acme.test').id}`);

    const none = await fetch(`${sandbox.url}/v1/people`);
    const orphan = await sandbox.call('GET', '/people', { token: hers });
    sandbox.pass(seconds * 1000);
    const expired = await sandbox.call('GET', '/people', { token });

    expect([none.status, orphan.status, expired.status]).toEqual([401, 401, 401]);
  });
});

describe('403', () => {
  it.each([
    ['GET', '/people/ADA', 'spark:people_read'],
    ['DELETE', '/people/ADA', 'spark-admin:people_read'],
    ['DELETE', '/people/ADA', 'spark-admin:people_write'],
    ['POST', '/people', 'spark-admin:people_read'],
    ['PUT', '/people/ADA', 'spark-admin:people_write'],
    ['GET', '/people', 'spark-admin:people_write'],
    ['GET', '/roles', 'spark-admin:people_read'],
    ['GET', '/licenses', 'spark-admin:people_read'],
  ])('for %s %s with %s alone', async (method, path, scope) => {
    const sandbox = await openSandbox();
    const { access_token: token } = sandbox.issueToken({ scope });

    const there = path.replace('ADA', sandbox.person('ada@acme.test').id);

    expect((await sandbox.call(method, there, { token })).status).toBe(403);
    expect(sandbox.people()).toHaveLength(40);
  });

  it.each([
    ['ada@acme.test', 'GET'],
    ['ada@acme.test', 'DELETE'],
    ['alan@acme.test', 'DELETE'],
  ])('for %s, whose role does not allow %s', async (email, method) => {
    const sandbox = await openSandbox();
    const { access_token: token } = sandbox.issueToken({ email });

    const path = `/people/${sandbox.person('grace@acme.test').id}`;

    expect((await sandbox.call(method, path, { token })).status).toBe(403);
  });

  it('for deleting oneself', async () => {
    const sandbox = await openSandbox();

    const response = await sandbox.call('DELETE', `/people/${sandbox.person('it-admin@acme.test').id}`);

    expect(response.status).toBe(403);
  });

  it('for a full administrator as the victim of a user administrator', async () => {
    const sandbox = await openSandbox();
    const { access_token: token } = sandbox.issueToken({ email: 'katherine@acme.test' });
    const person = sandbox.person('margaret@acme.test');
    const grace = sandbox.person('grace@acme.test');

    const deletion = await sandbox.call('DELETE', `/people/${person.id}`, { token });
    const promotion = await sandbox.call('PUT', `/people/${grace.id}`, {
      token,
      body: { ...grace, roles: person.roles },
    });

    expect([deletion.status, promotion.status]).toEqual([403, 403]);
  });

  it('for leaving the organisation without a full administrator', async () => {
    const sandbox = await openSandbox();
    const me = sandbox.person('it-admin@acme.test');
    await sandbox.call('DELETE', `/people/${sandbox.person('margaret@acme.test').id}`);

    const demotion = await sandbox.call('PUT', `/people/${me.id}`, { body: { ...me, roles: [] } });
    const lockout = await sandbox.call('PUT', `/people/${me.id}`, { body: { ...me, loginEnabled: false } });

    expect([demotion.status, lockout.status]).toEqual([403, 403]);
  });

  it('for deleting a bot', async () => {
    const sandbox = await openSandbox();
    const bot = sandbox.people().find((one) => one.type === 'bot')!;

    expect((await sandbox.call('DELETE', `/people/${bot.id}`)).status).toBe(403);
  });

  it('for a host name that is not this machine’s', async () => {
    const { url } = await openSandbox();

    const status = await new Promise((resolve) => {
      const options = { headers: { host: 'evil.example:80' } };
      rawRequest(`${url}/_sandbox/ledger`, options, (answer) => resolve(answer.statusCode)).end();
    });

    expect(status).toBe(403);
  });
});

describe('the other refusals', () => {
  it('400 for a list without filter by somebody who may only look people up', async () => {
    const sandbox = await openSandbox();
    const { access_token: token } = sandbox.issueToken({ scope: 'spark:people_read' });

    expect((await sandbox.call('GET', '/people', { token })).status).toBe(400);
  });

  it('400 for a body that is not JSON, or not a person', async () => {
    const sandbox = await openSandbox();

    for (const body of ['{"emails": [', '[]', '"text"', '{"emails":["a@acme.test"],"displayName":null}']) {
      expect((await sandbox.call('POST', '/people', { body })).status).toBe(400);
    }
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', ''])(
    '415 for a body of type "%s"',
    async (type) => {
      const sandbox = await openSandbox();
      const { access_token: token } = sandbox.issueToken();

      const response = await fetch(`${sandbox.url}/v1/people`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': type },
        body: JSON.stringify({ emails: ['new@acme.test'], displayName: 'New' }),
      });

      expect(response.status).toBe(415);
      expect(await response.json()).toHaveProperty('trackingId');
    },
  );

  it('400 for an id that is none, 404 for one that is nobody’s', async () => {
    const sandbox = await openSandbox();
    const nobody = Buffer.from('ciscospark://us/PEOPLE/00000000-0000-4000-a000-000000000000').toString(
      'base64',
    );

    const statuses: number[] = [];
    for (const id of ['me2', '%7B%7Bwebex_user_id%7D%7D', `${nobody}=`, nobody.replace(/=+$/, ''), '']) {
      statuses.push((await sandbox.call('DELETE', `/people/${id}`)).status);
    }

    expect(statuses).toEqual([400, 400, 400, 404, 404]);
  });

  it('400 for a path that cannot be decoded', async () => {
    const sandbox = await openSandbox();

    expect((await sandbox.call('GET', '/people/%zz')).status).toBe(400);
  });

  it('404 for an unknown path and 405 with Allow for an unknown method', async () => {
    const sandbox = await openSandbox();

    const unknown = await sandbox.call('GET', '/persons');
    const patch = await sandbox.call('PATCH', `/people/${sandbox.person('ada@acme.test').id}`, { body: {} });

    expect([unknown.status, patch.status]).toEqual([404, 405]);
    expect(patch.headers.get('allow')).toBe('GET, PUT, DELETE');
  });

  it('a deletion may carry a content type and no body', async () => {
    const sandbox = await openSandbox();
    const { id } = sandbox.person('grace@acme.test');

    expect((await sandbox.call('DELETE', `/people/${id}`, { body: '' })).status).toBe(204);
  });
});

describe('429', () => {
  it('says how long to wait, does no work, and ends with the wait', async () => {
    const sandbox = await openSandbox({ requestsPerSecond: 3 });
    const { id } = sandbox.person('grace@acme.test');
    for (let call = 0; call < 3; call += 1) await sandbox.call('GET', '/people/me');

    const refused = await sandbox.call('DELETE', `/people/${id}`);

    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(sandbox.person('grace@acme.test')).toBeDefined();
    sandbox.pass(1000);
    expect((await sandbox.call('DELETE', `/people/${id}`)).status).toBe(204);
  });

  it('makes one account wait for itself only', async () => {
    const sandbox = await openSandbox({ requestsPerSecond: 1 });
    const { access_token: token } = sandbox.issueToken({ email: 'margaret@acme.test' });
    await sandbox.call('GET', '/people/me');

    const [mine, hers] = [
      await sandbox.call('GET', '/people/me'),
      await sandbox.call('GET', '/people/me', { token }),
    ];

    expect([mine.status, hers.status]).toEqual([429, 200]);
  });
});
