import { describe, expect, it } from 'vitest';
import type { GotoMember } from '../../server/sandbox/goto/user.ts';
import {
  type GotoSandboxOptions,
  gotoAccounts,
  gotoClient,
  startGotoSandbox,
} from '../../server/sandbox/goto.ts';
import { redirectUri } from './open-sandbox.ts';
import { newCode, type OpenVendor, openVendor } from './open-vendor.ts';

const hourMs = 60 * 60 * 1000;
const [main, second] = gotoAccounts.map(({ key }) => `/admin/rest/v1/accounts/${key}`) as [string, string];

type Goto = OpenVendor<GotoMember>;

const open = (options: GotoSandboxOptions = {}) =>
  openVendor<GotoMember, GotoSandboxOptions>(startGotoSandbox, options);

const membersOf = (sandbox: Goto, account: number) =>
  sandbox.people().filter((member) => member.accountKey === gotoAccounts[account]?.key);

const named = (sandbox: Goto, name: string, account = 0) =>
  membersOf(sandbox, account).find(({ user }) => user.email === `${name}@acme.test`)!.user;

describe('accounts', () => {
  it('are two, each with its own users and licences', async () => {
    const sandbox = await open();

    const me = await sandbox.call('GET', '/admin/rest/v1/me');
    const older = await sandbox.call('GET', '/identity/v1/Users/me');
    const licenses = await sandbox.call('GET', `${second}/licenses`);

    expect(me.body.accounts).toEqual(gotoAccounts);
    expect(me.body.accountKey).toBe(gotoAccounts[0]?.key);
    expect(older.body.accounts).toEqual(gotoAccounts.map(({ key, name }) => ({ value: key, display: name })));
    expect(licenses.body).toMatchObject({ total: 1, results: [{ description: 'GoTo Meeting' }] });
    expect(licenses.body.results[0].userCount).toBe(membersOf(sandbox, 1).length);
  });

  it('are closed to those who do not manage them, and 404 for nobody', async () => {
    const sandbox = await open();
    const { access_token: token } = sandbox.issueToken({ email: 'ada@acme.test' }) as {
      access_token: string;
    };

    const refused = await sandbox.call('GET', `${main}/users`, { token });
    const unknown = await sandbox.call('GET', '/admin/rest/v1/accounts/1/users');
    const nobody = await sandbox.call('GET', `${main}/users/1`);

    expect([refused.status, unknown.status, nobody.status]).toEqual([403, 403, 404]);
    expect(refused.body).toHaveProperty('description');
    expect(nobody.body).toMatchObject({ errorCode: 'NOT_FOUND', message: expect.any(String) });
  });
});

describe('listing users', () => {
  it('reads everybody once, window by window, the last place included', async () => {
    const sandbox = await open({ keys: 'strings' });
    const emails: string[] = [];

    for (let offset = 0, total = 1; offset < total; ) {
      sandbox.pass(1000);
      const { body } = await sandbox.call('GET', `${main}/users?offset=${offset}&pageSize=13`);
      expect(body.toIndex).toBe(body.fromIndex + body.results.length - 1);
      emails.push(...body.results.map((user: { email: string }) => user.email));
      total = body.total;
      offset = body.toIndex + 1;
    }

    expect(emails).toEqual(membersOf(sandbox, 0).map(({ user }) => user.email));
  });

  it('has nothing behind the end and refuses windows that are none', async () => {
    const sandbox = await open();

    const behind = await sandbox.call('GET', `${main}/users?offset=5000`);
    const wide = await sandbox.call('GET', `${main}/users?pageSize=1001`);
    const negative = await sandbox.call('GET', `${main}/users?offset=-1`);

    expect(behind.body.results).toEqual([]);
    expect([wide.status, negative.status, wide.body.errorCode]).toEqual([400, 400, 'INVALID_REQUEST']);
  });

  it('writes keys as texts, as bare digits or as either, without loss', async () => {
    const textOf = async (keys: 'strings' | 'digits' | 'mixed') =>
      (await (await open({ keys })).call('GET', `${main}/users?attributes=key`)).text;

    const [strings, digits, mixed] = [await textOf('strings'), await textOf('digits'), await textOf('mixed')];

    expect(strings).toMatch(/"key":"\d{19,29}"/);
    expect(strings).not.toMatch(/"key":\d/);
    expect(digits).toMatch(/"key":\d{19,29}\b/);
    expect(digits).not.toMatch(/"key":"/);
    expect(mixed).toMatch(/"key":"\d{19,29}"/);
    expect(mixed).toMatch(/"key":\d{19,29}\b/);
    expect(digits.match(/\d{19,29}/g)).toEqual(strings.match(/\d{19,29}/g));
  });

  it('finds by address with a filter of today or of before, and sends what was asked for only', async () => {
    const sandbox = await open();
    const find = async (filter: string) =>
      sandbox.call('GET', `${main}/users?attributes=email&filter=${encodeURIComponent(filter)}`);

    const today = await find('email eq "ada@acme.test"');
    const before = await find('(email="(?i)ADA@acme.test"|email="grace@acme.test")');
    const both = await find('(email="ada@acme.test"&firstName="Grace")');
    const plus = await sandbox.call('GET', `${main}/users?filter=email+eq+%22ada@acme.test%22`);
    const wrong = await find('email is ada');

    expect(today.body).toMatchObject({ total: 1, results: [{ email: 'ada@acme.test' }] });
    expect(today.body.results[0]).not.toHaveProperty('firstName');
    expect([before.body.total, both.body.total]).toEqual([2, 0]);
    expect([plus.status, wrong.status]).toEqual([400, 400]);
  });

  it('has desk phones, invited and suspended people, and some in both accounts', async () => {
    const sandbox = await open({ peopleCount: 1000 });
    const users = membersOf(sandbox, 0).map(({ user }) => user);
    const guests = membersOf(sandbox, 1).map(({ user }) => user);

    expect(users.filter((user) => user.email.endsWith('@devices.logmein.com')).length).toBeGreaterThan(5);
    expect(new Set(users.map((user) => user.status))).toEqual(new Set(['ACTIVE', 'INVITED', 'SUSPENDED']));
    expect(users.some((user) => /^[A-Z].*@acme\.test$/.test(user.email))).toBe(true);
    expect(guests.every((guest) => users.some((user) => user.key === guest.key))).toBe(true);
    expect(new Set(users.map((user) => user.key)).size).toBe(users.length);
  });
});

describe('changing users', () => {
  it('answers made and known addresses alike', async () => {
    const sandbox = await open({ keys: 'strings' });
    const ada = named(sandbox, 'ada');
    const body = { users: [{ email: 'new@acme.test', firstName: 'New' }, { email: 'ADA@acme.test' }] };

    const { status, body: made } = await sandbox.call('POST', `${main}/users`, { body });

    expect(status).toBe(201);
    expect(made).toMatchObject([{ email: 'new@acme.test' }, { key: ada.key, email: 'ada@acme.test' }]);
    expect(named(sandbox, 'new')).toMatchObject({
      status: 'INVITED',
      inviteCount: 1,
      canAuthenticate: false,
    });
  });

  it('takes keys of licences as texts and as digits, and suspends whoever has none', async () => {
    const sandbox = await open();
    const { key } = named(sandbox, 'ada');
    const [license] =
      (await sandbox.call('GET', `${main}/licenses`)).text.match(/(?<="key":)\d{19,29}/) ?? [];
    const put = (body: string) => sandbox.call('PUT', `${main}/users/${key}`, { body });

    expect((await put('{"licenseKeys":[]}')).status).toBe(204);
    expect(named(sandbox, 'ada')).toMatchObject({ status: 'SUSPENDED', products: [] });
    expect((await put(`{"licenseKeys":[${license}]}`)).status).toBe(204);
    expect((await put(`{"licenseKeys":["${license}"]}`)).status).toBe(204);
    expect(named(sandbox, 'ada')).toMatchObject({ status: 'ACTIVE', licenseKeys: [license] });
    expect((await put('{"licenseKeys":["1"]}')).status).toBe(400);
    expect((await put(`{"key":"${key}"}`)).status).toBe(400);
  });

  it('changes a name in the primary account only', async () => {
    const sandbox = await open();
    const { key } = named(sandbox, 'it-admin');
    const body = { firstName: 'Info' };

    const there = await sandbox.call('PUT', `${second}/users/${key}`, { body });
    const here = await sandbox.call('PUT', `${main}/users/${key}`, { body });

    expect([there.status, here.status]).toEqual([403, 204]);
    expect(named(sandbox, 'it-admin').firstName).toBe('Info');
  });

  it('deletes from one account, once, and never the caller', async () => {
    const sandbox = await open();
    const { key } = named(sandbox, 'grace');
    const path = `${main}/users/${key}`;

    const [first, again] = [await sandbox.call('DELETE', path), await sandbox.call('DELETE', path)];
    const own = await sandbox.call('DELETE', `${main}/users/${named(sandbox, 'it-admin').key}`);

    expect([first.status, again.status, own.status]).toEqual([204, 404, 403]);
    expect(sandbox.ledger.find({ method: 'DELETE', performed: 204 })).toMatchObject([{ personId: key }]);
  });
});

describe('refusals', () => {
  it('401 without a token and with one for calls only', async () => {
    const sandbox = await open();
    const { access_token: token } = sandbox.issueToken({ scope: 'cr.v1.read' }) as { access_token: string };

    const answers = [
      await sandbox.call('GET', '/admin/rest/v1/me', { token: '' }),
      await sandbox.call('GET', '/admin/rest/v1/me', { token }),
    ];

    for (const { status, body } of answers)
      expect([status, body.errorCode]).toEqual([401, 'not.authenticated']);
  });

  it('429 after ten in a second, without saying how long to wait', async () => {
    const sandbox = await open();
    for (let call = 0; call < 10; call += 1) await sandbox.call('GET', '/admin/rest/v1/me');

    const refused = await sandbox.call('GET', '/admin/rest/v1/me');
    sandbox.pass(1000);
    const later = await sandbox.call('GET', '/admin/rest/v1/me');

    expect([refused.status, later.status]).toEqual([429, 200]);
    expect(refused.headers.get('retry-after')).toBeNull();
  });
});

describe('tokens', () => {
  it('come for a code, with the client in the Basic header only', async () => {
    const sandbox = await open();
    const form = async () => ({
      grant_type: 'authorization_code',
      code: await newCode(sandbox, '/oauth/authorize', { client_id: gotoClient.id }),
      redirect_uri: redirectUri,
    });

    const inForm = await sandbox.form('/oauth/token', {
      ...(await form()),
      client_id: gotoClient.id,
      client_secret: gotoClient.secret,
    });
    const right = await sandbox.form('/oauth/token', await form(), gotoClient);

    expect([inForm.status, inForm.body.error]).toEqual([401, 'invalid_client']);
    expect(right.body).toMatchObject({
      expires_in: 3600,
      principal: 'it-admin@acme.test',
      scope: 'identity:',
    });
    expect(right.body).toHaveProperty('refresh_token');
  });

  it('are refreshed with the same refresh token until a new one comes, which ends the old one', async () => {
    const sandbox = await open();
    const first = (sandbox.issueToken() as { refresh_token: string }).refresh_token;
    const refresh = (token: string) =>
      sandbox.form('/oauth/token', { grant_type: 'refresh_token', refresh_token: token }, gotoClient);

    const answers = [await refresh(first), await refresh(first), await refresh(first)];
    const reused = await refresh(first);
    const next = await refresh(answers[2]?.body.refresh_token);

    expect(answers.map(({ body }) => 'refresh_token' in body)).toEqual([false, false, true]);
    expect([reused.status, reused.body.error, next.status]).toEqual([400, 'invalid_grant', 200]);
  });

  it('end after an hour, refresh tokens after 30 days; there is no grant for machines', async () => {
    const sandbox = await open();
    const { access_token: token, refresh_token } = sandbox.issueToken() as Record<string, string>;
    const machine = await sandbox.form('/oauth/token', { grant_type: 'client_credentials' }, gotoClient);

    sandbox.pass(hourMs);
    const expired = await sandbox.call('GET', '/admin/rest/v1/me', { token: token! });
    sandbox.pass(30 * 24 * hourMs);
    const form = { grant_type: 'refresh_token', refresh_token: refresh_token! };
    const late = await sandbox.form('/oauth/token', form, gotoClient);

    expect([expired.status, late.status, machine.body.error]).toEqual([401, 400, 'unsupported_grant_type']);
  });
});
