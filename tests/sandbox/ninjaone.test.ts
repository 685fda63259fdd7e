import { describe, expect, it } from 'vitest';
import type { NinjaUser } from '../../server/sandbox/ninjaone/user.ts';
import { type NinjaSandboxOptions, ninjaClient, startNinjaSandbox } from '../../server/sandbox/ninjaone.ts';
import { redirectUri } from './open-sandbox.ts';
import { newCode, type OpenVendor, openVendor } from './open-vendor.ts';

type Ninja = OpenVendor<NinjaUser>;

const open = (options: NinjaSandboxOptions = {}) =>
  openVendor<NinjaUser, NinjaSandboxOptions>(startNinjaSandbox, options);

const named = (sandbox: Ninja, name: string) =>
  sandbox.people().find((user) => user.email === `${name}@acme.test`)!;

const isTechnician = (user: NinjaUser) => user.userType === 'TECHNICIAN';

describe('listing users', () => {
  it('sends everybody at once, below either prefix', async () => {
    const sandbox = await open();

    const answers = [await sandbox.call('GET', '/v2/users'), await sandbox.call('GET', '/api/v2/users')];

    for (const { body } of answers) {
      expect(body.map((user: NinjaUser) => user.id)).toEqual(sandbox.people().map((user) => user.id));
    }
  });

  it('fills roles only when asked', async () => {
    const sandbox = await open();
    const rolesOf = async (query: string) =>
      (await sandbox.call('GET', `/v2/users${query}`)).body.map((user: NinjaUser) => user.roles);

    expect(await rolesOf('?includeRoles=true')).toEqual(sandbox.people().map((user) => user.roles));
    for (const query of ['', '?includeRoles=1', '?includeRoles=false']) {
      expect((await rolesOf(query)).flat()).toEqual([]);
    }
  });

  it('tells technicians and end users apart', async () => {
    const sandbox = await open();
    const idsOf = async (path: string) =>
      (await sandbox.call('GET', path)).body.map((user: NinjaUser) => user.id);

    const technicians = sandbox.people().filter(isTechnician);

    expect(technicians.length).toBeGreaterThan(3);
    expect(await idsOf('/v2/users?userType=TECHNICIAN')).toEqual(technicians.map((user) => user.id));
    expect(await idsOf('/v2/user/technicians')).toEqual(technicians.map((user) => user.id));
    expect(await idsOf('/v2/users?userType=END_USER')).toEqual(await idsOf('/v2/user/end-users'));
    expect((await sandbox.call('GET', '/v2/users?userType=BOT')).status).toBe(400);
  });

  it('has customers’ people, disabled ones and open invitations', async () => {
    const sandbox = await open({ peopleCount: 1000 });
    const users = sandbox.people();
    const customers = await sandbox.call('GET', '/v2/organization/4/end-users');

    expect(customers.body.map((user: NinjaUser) => user.lastName)).toEqual(['Crumb', 'Miller']);
    expect(users.some((user) => !user.enabled)).toBe(true);
    expect(new Set(users.map((user) => user.invitationStatus)).size).toBe(3);
    expect(users.filter(isTechnician).every((user) => user.organizationId === null)).toBe(true);
    expect(new Set(users.map((user) => user.id)).size).toBe(users.length);
  });

  it('pages organisations after the last id', async () => {
    const sandbox = await open();

    const first = await sandbox.call('GET', '/v2/organizations?pageSize=2');
    const next = await sandbox.call('GET', `/v2/organizations?pageSize=2&after=${first.body[1].id}`);

    expect([first.body.length, next.body.length]).toEqual([2, 1]);
  });
});

describe('one user', () => {
  it('is known in its own family only', async () => {
    const sandbox = await open();
    const { id } = named(sandbox, 'ada');

    const right = await sandbox.call('GET', `/v2/user/end-user/${id}`);
    const wrong = await sandbox.call('GET', `/v2/user/technician/${id}`);

    expect([right.status, wrong.status]).toEqual([200, 404]);
    expect(right.body).toHaveProperty('accessibleDeviceIds');
    expect(wrong.body).toMatchObject({ resultCode: 'FAILURE', errorMessage: expect.any(String) });
    expect(wrong.body).toHaveProperty('incidentId');
  });

  it('is added to a family, once', async () => {
    const sandbox = await open();
    const body = { firstName: 'New', lastName: 'Person', email: 'new@acme.test' };

    const technician = await sandbox.call('POST', '/v2/user/technicians', { body });
    const again = await sandbox.call('POST', '/v2/user/technicians', { body });
    const homeless = await sandbox.call('POST', '/v2/user/end-users', { body });
    const email = 'other@acme.test';
    const endUser = await sandbox.call('POST', '/v2/user/end-users', {
      body: { ...body, email, organizationId: 1 },
    });

    expect([technician.status, again.status, homeless.status, endUser.status]).toEqual([200, 400, 400, 200]);
    expect(again.body.errorMessage).toEqual({ code: 'email_in_use', params: { email: 'new@acme.test' } });
    expect(homeless.body.errorMessage.params.field).toBe('organizationId');
    expect(named(sandbox, 'new')).toMatchObject({ userType: 'TECHNICIAN', invitationStatus: 'PENDING' });
    expect(named(sandbox, 'other').organizationId).toBe(1);
  });

  it('is renamed, but neither readdressed nor disabled', async () => {
    const sandbox = await open();
    const { id } = named(sandbox, 'ada');
    const body = { firstName: 'Augusta', email: 'x@acme.test', enabled: false };

    const { status } = await sandbox.call('PATCH', `/v2/user/end-user/${id}`, { body });

    expect(status).toBe(200);
    expect(named(sandbox, 'ada')).toMatchObject({ firstName: 'Augusta', enabled: true });
  });

  it('is deleted once, by its own family’s path, and never by itself', async () => {
    const sandbox = await open();
    const { id } = named(sandbox, 'grace');
    const remove = async (path: string) => (await sandbox.call('DELETE', `/v2/user/${path}`)).status;

    const statuses = [
      await remove(`technician/${id}`),
      await remove(`end-user/${id}`),
      await remove(`end-user/${id}`),
      await remove(`technician/${named(sandbox, 'it-admin').id}`),
    ];

    expect(statuses).toEqual([404, 204, 404, 403]);
    expect(sandbox.ledger.find({ performed: 204, personId: String(id) })).toHaveLength(1);
  });
});

describe('roles', () => {
  it('gain and lose members', async () => {
    const sandbox = await open();
    const { id } = named(sandbox, 'margaret');

    const added = await sandbox.call('PATCH', '/v2/user/role/3/add-members', { body: [id] });
    const removed = await sandbox.call('PATCH', '/v2/user/role/1/remove-members', { body: [id] });
    const listed = await sandbox.call('GET', '/v2/user/roles?roleType=END_USER');

    expect(added.body.members).toContain(id);
    expect(removed.body.members).not.toContain(id);
    expect(named(sandbox, 'margaret')).toMatchObject({ roles: ['Technician', 'Help Desk'] });
    expect(listed.body).toMatchObject([{ name: 'End User' }]);
  });

  it('take nobody of the other kind and nobody unknown', async () => {
    const sandbox = await open();
    const ids = [named(sandbox, 'ada').id, 1];

    for (const id of ids) {
      const { status, body } = await sandbox.call('PATCH', '/v2/user/role/2/add-members', { body: [id] });
      expect([status, body.errorMessage.code]).toEqual([400, 'user_not_found']);
    }
    expect((await sandbox.call('PATCH', '/v2/user/role/99/add-members', { body: [] })).status).toBe(404);
  });
});

describe('tokens', () => {
  const asked = { client_id: ninjaClient.id, scope: 'monitoring management offline_access' };
  const exchange = (code: string) => ({ grant_type: 'authorization_code', code, redirect_uri: redirectUri });

  it('come for a code, with the client in the form or in the Basic header', async () => {
    const sandbox = await open();
    const code = () => newCode(sandbox, '/ws/oauth/authorize', asked);
    const fields = { client_id: ninjaClient.id, client_secret: ninjaClient.secret };

    const inForm = await sandbox.form('/ws/oauth/token', { ...exchange(await code()), ...fields });
    const inHeader = await sandbox.form('/ws/oauth/token', exchange(await code()), ninjaClient);
    const wrong = await sandbox.form('/ws/oauth/token', exchange(await code()), { id: 'x', secret: 'y' });

    expect([inForm.status, inHeader.status, wrong.status]).toEqual([200, 200, 401]);
    expect(inForm.body).toMatchObject({ expires_in: 3600, scope: asked.scope });
    expect(wrong.body).toMatchObject({ error: 'invalid_client', error_code: expect.any(Number) });
  });

  it('can be refreshed only with offline_access, each refresh token once', async () => {
    const sandbox = await open();
    const code = (scope: string) => newCode(sandbox, '/ws/oauth/authorize', { ...asked, scope });
    const token = (fields: Record<string, string>) => sandbox.form('/ws/oauth/token', fields, ninjaClient);
    const refresh = (refresh_token: string) => token({ grant_type: 'refresh_token', refresh_token });

    const short = await token(exchange(await code('monitoring')));
    const long = await token(exchange(await code(asked.scope)));
    const second = await refresh(long.body.refresh_token);
    const reused = await refresh(long.body.refresh_token);

    expect(short.body).not.toHaveProperty('refresh_token');
    expect(second.body).toHaveProperty('refresh_token');
    expect([second.status, reused.status, reused.body.error]).toEqual([200, 400, 'invalid_grant']);
  });

  it('come for a machine that names its scopes; it may read, but not change technicians', async () => {
    const sandbox = await open();
    const ask = (scope: string) =>
      sandbox.form('/ws/oauth/token', { grant_type: 'client_credentials', scope }, ninjaClient);
    const { id } = named(sandbox, 'margaret');

    const { body } = await ask('monitoring management');
    const [none, unknown] = [await ask(''), await ask('everything')];
    const token = body.access_token;

    expect(body).not.toHaveProperty('refresh_token');
    expect([none.body.error, unknown.body.error]).toEqual(['invalid_scope', 'invalid_scope']);
    expect((await sandbox.call('GET', '/v2/users', { token })).status).toBe(200);
    expect((await sandbox.call('DELETE', `/v2/user/technician/${id}`, { token })).status).toBe(403);
    const endUser = `/v2/user/end-user/${named(sandbox, 'ada').id}`;
    expect((await sandbox.call('DELETE', endUser, { token })).status).toBe(204);
  });

  it('open nothing when missing or expired, and no more than their scopes', async () => {
    const sandbox = await open();
    const { access_token: narrow } = sandbox.issueToken({ scope: 'control' }) as { access_token: string };

    const missing = await sandbox.call('GET', '/v2/users', { token: '' });
    const lacking = await sandbox.call('GET', '/v2/users', { token: narrow });
    sandbox.pass(60 * 60 * 1000);
    const expired = await sandbox.call('GET', '/v2/users');

    expect([missing.status, lacking.status, expired.status]).toEqual([401, 403, 401]);
  });
});

describe('throttling', () => {
  it('is a 429 without saying how long to wait', async () => {
    const sandbox = await open({ requestsPerSecond: 2 });
    for (let call = 0; call < 2; call += 1) await sandbox.call('GET', '/v2/organizations');

    const refused = await sandbox.call('GET', '/v2/organizations');
    sandbox.pass(1000);
    const later = await sandbox.call('GET', '/v2/organizations');

    expect([refused.status, later.status, refused.headers.get('retry-after')]).toEqual([429, 200, null]);
  });
});
