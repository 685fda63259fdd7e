import type { FastifyReply } from 'fastify';
import { describe, expect, it } from 'vitest';
import { createZoomLimits } from '../../server/sandbox/zoom/limits.ts';
import type { ZoomUser } from '../../server/sandbox/zoom/user.ts';
import { startZoomSandbox, type ZoomSandboxOptions, zoomClient } from '../../server/sandbox/zoom.ts';
import { redirectUri, startedAt } from './open-sandbox.ts';
import { newCode, type OpenVendor, openVendor } from './open-vendor.ts';

const minuteMs = 60_000;

type Zoom = OpenVendor<ZoomUser>;

const open = (options: ZoomSandboxOptions = {}) =>
  openVendor<ZoomUser, ZoomSandboxOptions>(startZoomSandbox, options);

const named = (sandbox: Zoom, name: string) =>
  sandbox.people().find((user) => user.email === `${name}@acme.test`)!;

async function readAll(sandbox: Zoom, query: string): Promise<Partial<ZoomUser>[]> {
  const users: Partial<ZoomUser>[] = [];
  let token = '';
  do {
    const { body } = await sandbox.call('GET', `/v2/users?${query}&next_page_token=${token}`);
    users.push(...body.users);
    token = body.next_page_token;
  } while (token !== '');
  return users;
}

describe('listing users', () => {
  it('lists the active ones only, unless a status is asked for, page by page to the end', async () => {
    const sandbox = await open();

    const byStatus = new Map<string, Partial<ZoomUser>[]>();
    for (const status of ['active', 'inactive', 'pending']) {
      byStatus.set(status, await readAll(sandbox, `status=${status}&page_size=7`));
    }

    const all = [...byStatus.values()].flat();
    expect(all.map((user) => user.email).sort()).toEqual(
      sandbox
        .people()
        .map((user) => user.email)
        .sort(),
    );
    expect(await readAll(sandbox, 'page_size=300')).toEqual(byStatus.get('active'));
    for (const [status, users] of byStatus) expect(users.every((user) => user.status === status)).toBe(true);
  });

  it('tells no id of an invitation that is pending', async () => {
    const pending = await readAll(await open(), 'status=pending');

    expect(pending.map((user) => user.email)).toContain('linus@acme.test');
    expect(pending.some((user) => 'id' in user)).toBe(false);
  });

  it('has 30 on a page unless asked and refuses more than 2000', async () => {
    const sandbox = await open({ peopleCount: 200 });

    const usual = await sandbox.call('GET', '/v2/users');
    const refused = await sandbox.call('GET', '/v2/users?page_size=2001');

    expect(usual.body).toMatchObject({ page_size: 30, page_count: Math.ceil(usual.body.total_records / 30) });
    expect(usual.body.users).toHaveLength(30);
    expect([refused.status, refused.body.code]).toEqual([400, 300]);
  });

  it.each([
    ['stale', 15 * minuteMs, ''],
    ['of another list', 0, '&status=inactive'],
    ['cut short', 0, 'x'],
  ])('refuses a page token that is %s', async (_name, waitMs, more) => {
    const sandbox = await open();
    const { body } = await sandbox.call('GET', '/v2/users?page_size=5');

    sandbox.pass(waitMs);
    const token = more === 'x' ? body.next_page_token.slice(1) : body.next_page_token + more;
    const answer = await sandbox.call('GET', `/v2/users?page_size=5&next_page_token=${token}`);

    expect([answer.status, answer.body.code]).toEqual([400, 300]);
  });

  it('has people of every standing, with last logins of long ago and of none', async () => {
    const users = (await open({ peopleCount: 1000 })).people();

    expect(new Set(users.map((user) => user.status))).toEqual(new Set(['active', 'inactive', 'pending']));
    expect(users.some((user) => user.status === 'active' && user.last_login_time === undefined)).toBe(true);
    expect(users.some((user) => !user.email.endsWith('@acme.test'))).toBe(true);
    expect(users.every((user) => /^[\w-]{22}$/.test(user.id))).toBe(true);
  });
});

describe('one user', () => {
  it('is found by id, by address and as me, with more than in lists', async () => {
    const sandbox = await open();
    const ada = named(sandbox, 'ada');

    const byId = await sandbox.call('GET', `/v2/users/${ada.id}`);
    const byAddress = await sandbox.call('GET', '/v2/users/ada%40acme.test');
    const me = await sandbox.call('GET', '/v2/users/me');

    expect(byId.body).toMatchObject({ id: ada.id, role_name: 'Member', job_title: 'Head of Engineering' });
    expect(byAddress.body).toEqual(byId.body);
    expect(me.body).toMatchObject({ email: 'it-admin@acme.test', role_name: 'Owner' });
  });

  it('is invited, and has an id for others only after accepting', async () => {
    const sandbox = await open();
    const body = { action: 'create', user_info: { email: 'new@acme.test', type: 1, first_name: 'New' } };

    const created = await sandbox.call('POST', '/v2/users', { body });
    const again = await sandbox.call('POST', '/v2/users', { body });
    const byId = await sandbox.call('GET', `/v2/users/${created.body.id}`);
    const byAddress = await sandbox.call('GET', '/v2/users/new@acme.test');

    expect([created.status, again.status, again.body.code]).toEqual([201, 409, 1005]);
    expect([byId.status, byId.body.code, byAddress.body.status]).toEqual([404, 1001, 'pending']);
  });

  it.each([
    ['no action', { user_info: { email: 'new@acme.test', type: 1 } }, 'action'],
    ['no type', { action: 'create', user_info: { email: 'new@acme.test' } }, 'user_info.type'],
    ['a strange type', { action: 'create', user_info: { email: 'n@acme.test', type: 7 } }, 'user_info.type'],
    [
      'no password',
      { action: 'autoCreate', user_info: { email: 'n@acme.test', type: 1 } },
      'user_info.password',
    ],
  ])('is not made with %s', async (_name, body, field) => {
    const { status, body: answer } = await (await open()).call('POST', '/v2/users', { body });

    expect([status, answer.code, answer.errors[0].field]).toEqual([400, 300, field]);
  });

  it('is changed in part and answered without a body', async () => {
    const sandbox = await open();
    const { id } = named(sandbox, 'ada');

    const changed = await sandbox.call('PATCH', `/v2/users/${id}`, {
      body: { dept: 'Research', email: 'x' },
    });
    const wrong = await sandbox.call('PATCH', `/v2/users/${id}`, { body: { type: 'Licensed' } });

    expect([changed.status, changed.text]).toEqual([204, '']);
    expect(named(sandbox, 'ada')).toMatchObject({ dept: 'Research', last_name: 'Lovelace' });
    expect([wrong.status, wrong.body.code]).toEqual([400, 300]);
  });

  it('loses every licence when deactivated, and gets none back', async () => {
    const sandbox = await open();
    const { id } = named(sandbox, 'ada');
    const status = (action: string) => sandbox.call('PUT', `/v2/users/${id}/status`, { body: { action } });
    await sandbox.call('PATCH', `/v2/users/${id}`, { body: { type: 2 } });

    expect((await status('deactivate')).status).toBe(204);
    expect(named(sandbox, 'ada')).toMatchObject({ status: 'inactive', type: 1 });
    expect((await status('activate')).status).toBe(204);
    const again = await status('activate');

    expect([again.status, again.body.code]).toEqual([400, 1009]);
    expect(named(sandbox, 'ada')).toMatchObject({ status: 'active', type: 1 });
  });

  it('is licensed only while seats are left', async () => {
    const sandbox = await open({ licensedSeats: 0 });
    const { id, type } = sandbox.people().find((user) => user.type === 1 && user.status === 'active')!;
    const [holder] = sandbox.people().filter((user) => user.type === 2);
    const license = (key: string) => sandbox.call('PATCH', `/v2/users/${key}`, { body: { type: 2 } });

    const refused = await license(id);
    const kept = await license(holder?.id ?? '');

    expect([refused.status, refused.body.code, kept.status]).toEqual([400, 2034, 204]);
    expect(sandbox.people().find((user) => user.id === id)?.type).toBe(type);
  });

  it('is deleted, and then nobody knows them', async () => {
    const sandbox = await open();
    const { id } = named(sandbox, 'grace');
    const path = `/v2/users/${id}?action=delete&transfer_email=ada%40acme.test`;

    const [first, second] = [await sandbox.call('DELETE', path), await sandbox.call('DELETE', path)];

    expect([first.status, second.status, second.body.code]).toEqual([204, 404, 1001]);
    expect(sandbox.ledger.find({ method: 'DELETE', performed: 204, personId: id })).toHaveLength(1);
  });

  it.each([
    ['with nothing asked, in a managed domain', 'ada', '', 400, 1107],
    ['when an administrator', 'margaret', '?action=delete', 400, 1117],
    ['when the invitation is pending', 'linus@acme.test', '?action=delete', 404, 1120],
    ['when their data should go to nobody', 'ada', '?action=delete&transfer_email=x@acme.test', 404, 1001],
    ['in an unknown way', 'ada', '?action=burn', 400, 300],
  ])('is not removed %s', async (_name, who, query, status, code) => {
    const sandbox = await open();
    const key = who.includes('@') ? encodeURIComponent(who) : named(sandbox, who).id;

    const answer = await sandbox.call('DELETE', `/v2/users/${key}${query}`);

    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});

describe('roles', () => {
  it('have members, and everybody has one', async () => {
    const sandbox = await open();
    const { id } = named(sandbox, 'ada');

    const { body } = await sandbox.call('GET', '/v2/roles');
    const given = await sandbox.call('POST', '/v2/roles/1/members', { body: { members: [{ id }] } });
    const members = await sandbox.call('GET', '/v2/roles/1/members');
    const taken = await sandbox.call('DELETE', `/v2/roles/1/members/${id}`);

    const counts = body.roles.map((role: { total_members: number }) => role.total_members);
    const settled = sandbox.people().filter((user) => user.status !== 'pending');
    expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(settled.length);
    expect([given.status, taken.status]).toEqual([201, 204]);
    expect(members.body.members.map((member: ZoomUser) => member.id)).toContain(id);
    expect(sandbox.ledger.find({ method: 'POST', performed: 201, personId: id })).toHaveLength(1);
    expect(named(sandbox, 'ada').role_id).toBe('2');
  });
});

describe('refusals', () => {
  it('124 without a valid token, 104 without the scope, 200 without the right, 2300 for unknown paths', async () => {
    const sandbox = await open();
    const token = async (wanted: object) =>
      (await sandbox.issueToken(wanted)) as unknown as { access_token: string };
    const narrow = (await token({ scope: 'user:read:user:admin' })).access_token;
    const plain = (await token({ email: 'ada@acme.test' })).access_token;

    const answers = [
      await sandbox.call('GET', '/v2/users', { token: '' }),
      await sandbox.call('GET', '/v2/users', { token: 'made-up' }),
      await sandbox.call('GET', '/v2/users', { token: narrow }),
      await sandbox.call('GET', '/v2/users', { token: plain }),
      await sandbox.call('GET', '/v2/people'),
    ];

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [401, 124],
      [401, 124],
      [400, 104],
      [400, 200],
      [404, 2300],
    ]);
  });

  it('takes the classic scopes too', async () => {
    const sandbox = await open();
    const { access_token: token } = sandbox.issueToken({ scope: 'user:read:admin' }) as {
      access_token: string;
    };

    expect((await sandbox.call('GET', '/v2/users', { token })).status).toBe(200);
  });

  it('429 once a second is used up, with what is left', async () => {
    const sandbox = await open({ plan: 'free' });

    const first = await sandbox.call('GET', '/v2/users');
    await sandbox.call('GET', '/v2/users');
    const third = await sandbox.call('GET', '/v2/users');
    sandbox.pass(1000);
    const fourth = await sandbox.call('GET', '/v2/users');

    expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
    expect([third.status, third.body.code, third.headers.get('x-ratelimit-type')]).toEqual([429, 429, 'QPS']);
    expect([third.headers.get('retry-after'), fourth.status]).toEqual([null, 200]);
  });

  it('429 until tomorrow once a day is used up', () => {
    let nowMs = startedAt;
    const limits = createZoomLimits('free', () => nowMs);
    const sent: Record<string, string> = {};
    const reply = { headers: (more: object) => Object.assign(sent, more) } as unknown as FastifyReply;
    for (let call = 0; call < 2000; call += 1) {
      limits.take('GET', '/v2/users', reply);
      nowMs += 1000;
    }

    expect(() => limits.take('GET', '/v2/users', reply)).toThrow('daily');
    expect(sent).toMatchObject({ 'X-RateLimit-Type': 'Daily-limit', 'retry-after': '2026-11-21T00:00:00Z' });
    nowMs = Date.parse('2026-11-21T00:00:00Z');
    expect(() => limits.take('GET', '/v2/users', reply)).not.toThrow();
  });
});

describe('calls at once', () => {
  it.each([
    ['POST', () => '/v2/users', { action: 'create', user_info: { email: 'one@acme.test', type: 1 } }, 201],
    ['DELETE', (id: string) => `/v2/users/${id}?action=delete`, {}, 204],
  ] as const)('%s is refused while another is under way', async (method, pathOf, body, status) => {
    const sandbox = await open();
    const path = pathOf(named(sandbox, 'ada').id);
    const first = await sandbox.begin(method, path, body);

    const meanwhile = await sandbox.call(method, path, { body });
    const other = await sandbox.call('DELETE', `/v2/users/${named(sandbox, 'grace').id}?action=delete`);

    expect([meanwhile.status, meanwhile.body.code, other.status]).toEqual([429, 429, 204]);
    expect(await first.end()).toBe(status);
    expect((await sandbox.call(method, path, { body })).status).not.toBe(429);
  });
});

describe('tokens', () => {
  const exchange = async (sandbox: Zoom) => ({
    grant_type: 'authorization_code',
    code: await newCode(sandbox, '/oauth/authorize', { client_id: zoomClient.id }),
    redirect_uri: redirectUri,
  });

  it('come for a code, with the client in the Basic header only', async () => {
    const sandbox = await open();

    const inForm = await sandbox.form('/oauth/token', {
      ...(await exchange(sandbox)),
      client_id: zoomClient.id,
      client_secret: zoomClient.secret,
    });
    const right = await sandbox.form('/oauth/token', await exchange(sandbox), zoomClient);

    expect([inForm.status, inForm.body.error]).toEqual([401, 'invalid_client']);
    expect(right.body).toMatchObject({ expires_in: 3600, token_type: 'bearer', api_url: sandbox.url });
    const me = await sandbox.call('GET', '/v2/users/me', { token: right.body.access_token });
    expect(me.status).toBe(200);
  });

  it('end after an hour; a refresh token is good once', async () => {
    const sandbox = await open();
    const { body: first } = await sandbox.form('/oauth/token', await exchange(sandbox), zoomClient);
    const refresh = (token: string) =>
      sandbox.form('/oauth/token', { grant_type: 'refresh_token', refresh_token: token }, zoomClient);
    sandbox.pass(60 * minuteMs);

    const expired = await sandbox.call('GET', '/v2/users/me', { token: first.access_token });
    const second = await refresh(first.refresh_token);
    const reused = await refresh(first.refresh_token);
    const third = await refresh(second.body.refresh_token);

    expect([expired.status, expired.body.code]).toEqual([401, 124]);
    expect([second.status, reused.status, third.status]).toEqual([200, 400, 200]);
    expect(reused.body).toHaveProperty('reason');
    expect(second.body.refresh_token).not.toBe(first.refresh_token);
  });

  it('come for the account without a refresh token, several at a time', async () => {
    const sandbox = await open();
    const ask = (account_id: string) =>
      sandbox.form('/oauth/token', { grant_type: 'account_credentials', account_id }, zoomClient);

    const [one, two, wrong] = [
      await ask(zoomClient.accountId),
      await ask(zoomClient.accountId),
      await ask('another'),
    ];

    expect(one.body).not.toHaveProperty('refresh_token');
    for (const { body } of [one, two]) {
      expect((await sandbox.call('GET', '/v2/users', { token: body.access_token })).status).toBe(200);
    }
    expect(wrong.status).toBe(400);
    const me = await sandbox.call('GET', '/v2/users/me', { token: one.body.access_token });
    expect([me.status, me.body.code]).toEqual([404, 1001]);
  });

  it('end when revoked', async () => {
    const sandbox = await open();
    const { access_token: token, refresh_token } = sandbox.issueToken() as Record<string, string>;

    const stranger = await sandbox.form('/oauth/revoke', { token: token! }, { id: 'x', secret: 'y' });
    const revoked = await sandbox.form('/oauth/revoke', { token: token! }, zoomClient);
    const form = { grant_type: 'refresh_token', refresh_token: refresh_token! };

    expect([stranger.status, revoked.status]).toEqual([401, 200]);
    expect((await sandbox.call('GET', '/v2/users', { token: token! })).status).toBe(401);
    expect((await sandbox.form('/oauth/token', form, zoomClient)).status).toBe(400);
  });
});
