import { describe, expect, it } from 'vitest';
import { openSandbox } from './open-sandbox.ts';

const deletions = { method: 'DELETE', pathPrefix: '/v1/people/' };

describe('an injected fault', () => {
  it('answers instead of the vendor, as often as it says', async () => {
    const sandbox = await openSandbox();
    sandbox.faults.inject({
      match: deletions,
      status: 503,
      headers: { 'retry-after': '7' },
      times: 2,
      skip: 1,
    });
    const ids = ['ada', 'grace', 'linus', 'hedy'].map((name) => sandbox.person(`${name}@acme.test`).id);

    const answers = [];
    for (const id of ids) answers.push(await sandbox.call('DELETE', `/people/${id}`));

    expect(answers.map((answer) => answer.status)).toEqual([204, 503, 503, 204]);
    expect(answers[1]?.headers.get('retry-after')).toBe('7');
    expect(await answers[1]?.json()).toHaveProperty('trackingId');
    expect(sandbox.ledger.find(deletions).map((entry) => entry.performed)).toEqual([204, null, null, 204]);
  });

  it('may answer what it likes after the work is done', async () => {
    const sandbox = await openSandbox();
    const { id } = sandbox.person('grace@acme.test');
    sandbox.faults.inject({ match: deletions, status: 500, body: { message: 'Oops' }, when: 'after' });

    const answer = await sandbox.call('DELETE', `/people/${id}`);

    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ message: 'Oops' });
    expect(sandbox.person('grace@acme.test')).toBeUndefined();
    expect(sandbox.ledger.find(deletions)).toMatchObject([{ status: 500, performed: 204, personId: id }]);
  });

  it.each([
    ['before', 40, null],
    ['after', 39, 204],
  ] as const)('drops the connection %s the work', async (when, left, performed) => {
    const sandbox = await openSandbox();
    const { id } = sandbox.person('grace@acme.test');
    sandbox.faults.inject({ match: deletions, dropConnection: when });

    const answer = sandbox.call('DELETE', `/people/${id}`);

    await expect(answer).rejects.toThrow();
    expect(sandbox.people()).toHaveLength(left);
    expect(sandbox.ledger.find(deletions)).toMatchObject([{ status: null, performed, personId: id }]);
  });

  it('may only make the caller wait', async () => {
    const sandbox = await openSandbox();
    sandbox.faults.inject({ delayMs: 5 });

    expect((await sandbox.call('GET', '/people/me')).status).toBe(200);
  });

  it('strikes the token endpoint too', async () => {
    const sandbox = await openSandbox();
    sandbox.faults.inject({ match: { pathPrefix: '/v1/access_token' }, status: 502, body: '<html>' });

    const answer = await fetch(`${sandbox.url}/v1/access_token`, {
      method: 'POST',
      body: new URLSearchParams(),
    });

    expect(answer.status).toBe(502);
    expect(await answer.text()).toBe('<html>');
  });
});

describe('the sandbox’s own pages', () => {
  const json = { 'content-type': 'application/json' };

  it('take, show and clear faults', async () => {
    const { url, call } = await openSandbox();
    const fault = JSON.stringify([{ match: { method: 'GET' }, status: 500, times: 9 }]);

    const taken = await fetch(`${url}/_sandbox/faults`, { method: 'POST', headers: json, body: fault });
    const struck = await call('GET', '/people/me');
    const shown = await (await fetch(`${url}/_sandbox/faults`)).json();
    await fetch(`${url}/_sandbox/faults`, { method: 'DELETE' });
    const spared = await call('GET', '/people/me');

    expect([taken.status, struck.status, spared.status]).toEqual([201, 500, 200]);
    expect(shown).toMatchObject({ faults: [{ status: 500, times: 8 }] });
  });

  it('refuse a fault that is none', async () => {
    const { url } = await openSandbox();

    const answer = await fetch(`${url}/_sandbox/faults`, {
      method: 'POST',
      headers: json,
      body: '{"stauts":500}',
    });

    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('stauts');
  });

  it('show the ledger, by method and after a sequence number, without any token in it', async () => {
    const sandbox = await openSandbox();
    const { access_token: token } = sandbox.issueToken();
    const { id } = sandbox.person('grace@acme.test');
    await sandbox.call('GET', '/people?max=1', { token });
    await sandbox.call('DELETE', `/people/${id}`, { token });

    const all = await (await fetch(`${sandbox.url}/_sandbox/ledger`)).text();
    const some = await (await fetch(`${sandbox.url}/_sandbox/ledger?method=DELETE&after=1`)).json();

    expect(all).not.toContain(token);
    expect(all).toContain('/v1/people?max=1');
    expect(some).toEqual({
      calls: [
        {
          sequence: 2,
          timeMs: Date.parse('2026-11-20T09:00:00Z'),
          method: 'DELETE',
          path: `/v1/people/${id}`,
          personId: id,
          status: 204,
          performed: 204,
          tokenId: 'tok_2',
        },
      ],
    });
  });

  it('issue a token with a scope of one’s choice', async () => {
    const { url, call } = await openSandbox();
    const body = JSON.stringify({ email: 'ada@acme.test', scope: 'spark:people_read' });

    const answer = await fetch(`${url}/_sandbox/tokens`, { method: 'POST', headers: json, body });

    const { access_token: token } = (await answer.json()) as { access_token: string };
    expect(await (await call('GET', '/people/me', { token })).json()).toMatchObject({ firstName: 'Ada' });
  });

  it('say in words what this is, and how many were deleted', async () => {
    const sandbox = await openSandbox();
    await sandbox.call('DELETE', `/people/${sandbox.person('grace@acme.test').id}`);

    const page = await (await fetch(`${sandbox.url}/_sandbox`)).text();

    expect(page).toContain('Sandbox: an imitation of Webex');
    expect(page).toContain('<dt>People deleted</dt><dd>1</dd>');
  });
});
