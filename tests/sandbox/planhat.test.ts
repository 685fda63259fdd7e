import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../server/sandbox/imitation.ts';
import type { PlanhatUser } from '../../server/sandbox/planhat/user.ts';
import { planhatToken, startPlanhatSandbox } from '../../server/sandbox/planhat.ts';
import { type OpenVendor, openVendor, toBasic } from './open-vendor.ts';

type Planhat = OpenVendor<PlanhatUser>;

const open = (options: SandboxOptions<PlanhatUser> = {}) =>
  openVendor<PlanhatUser, SandboxOptions<PlanhatUser>>(startPlanhatSandbox, options);

const named = (sandbox: Planhat, name: string) =>
  sandbox.people().find((user) => user.email === `${name}@acme.test`)!;

const nobody = '0123456789abcdef01234567';

describe('listing users', () => {
  it('reads everybody once, until a page is not full', async () => {
    const sandbox = await open();
    const ids: string[] = [];

    for (let count = 7; count === 7; ) {
      const { body } = await sandbox.call('GET', `/users?limit=7&offset=${ids.length}`);
      ids.push(...body.map((user: PlanhatUser) => user._id));
      count = body.length;
    }

    expect(ids).toEqual(sandbox.people().map((user) => user._id));
  });

  it('has 100 on a page unless asked and 5000 at most', async () => {
    const sandbox = await open({ peopleCount: 12_000 });

    expect((await sandbox.call('GET', '/users')).body).toHaveLength(100);
    expect((await sandbox.call('GET', '/users?limit=10000')).body).toHaveLength(5000);
    expect((await sandbox.call('GET', '/users?limit=many')).status).toBe(400);
  });

  it('sorts, selects and finds by address', async () => {
    const sandbox = await open();

    const { body: sorted } = await sandbox.call('GET', '/users?sort=-email&select=email');
    const { body: found } = await sandbox.call('GET', '/users?email=ada@acme.test');

    const emails = sorted.map((user: PlanhatUser) => user.email);
    expect(emails).toEqual(emails.toSorted().toReversed());
    expect(Object.keys(sorted[0])).toEqual(['_id', 'email']);
    expect(found.map((user: PlanhatUser) => user.email)).toEqual(['ada@acme.test']);
  });

  it('shows roles whole in lists and as ids elsewhere', async () => {
    const sandbox = await open();
    const { _id } = named(sandbox, 'it-admin');

    const [listed] = (await sandbox.call('GET', '/users?email=it-admin@acme.test')).body;
    const single = (await sandbox.call('GET', `/users/${_id}`)).body;
    const updated = (await sandbox.call('PUT', `/users/${_id}`, { body: { nickName: 'IT' } })).body;

    expect(listed.roles).toMatchObject([{ _id: '000000000000000000000000', name: 'Administrator' }]);
    expect(single.roles).toEqual(['000000000000000000000000']);
    expect(updated.roles).toEqual(listed.roles);
  });

  it('has inactive people, outsiders, and older users without what no documentation names', async () => {
    const users = (await open({ peopleCount: 1000 })).people();

    expect(users.filter((user) => user.inactive).length).toBeGreaterThan(20);
    expect(users.some((user) => !user.email.endsWith('@acme.test'))).toBe(true);
    expect(users.some((user) => user.type === undefined)).toBe(true);
    expect(users.some((user) => user.type !== undefined && user.isAdmin !== undefined)).toBe(true);
    expect(users.every((user) => /^[0-9a-f]{24}$/.test(user._id))).toBe(true);
  });
});

describe('changing users', () => {
  const grace = { email: 'new@acme.test', nickName: 'New', firstName: 'New', lastName: 'Person' };

  it('makes people who cannot log in, unless asked', async () => {
    const sandbox = await open();

    const made = await sandbox.call('POST', '/users', { body: grace });
    const again = await sandbox.call('POST', '/users', { body: grace });
    const body = { ...grace, email: 'other@acme.test', inactive: false };
    const asked = await sandbox.call('POST', '/users', { body });

    expect([made.status, again.status, asked.status]).toEqual([200, 400, 200]);
    expect(Object.keys(made.body)).not.toContain('inactive');
    expect(named(sandbox, 'new').inactive).toBe(true);
    expect(named(sandbox, 'other').inactive).toBe(false);
  });

  it.each(['email', 'nickName', 'firstName', 'lastName'])('makes nobody without %s', async (missing) => {
    const sandbox = await open();
    const body = { ...grace, [missing]: undefined };

    const answer = await sandbox.call('POST', '/users', { body });

    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain(missing);
  });

  it('changes in part', async () => {
    const sandbox = await open();
    const ada = named(sandbox, 'ada');

    const { status, body } = await sandbox.call('PUT', `/users/${ada._id}`, { body: { inactive: true } });

    expect(status).toBe(200);
    expect(body).toMatchObject({ firstName: 'Ada', inactive: true });
    const wrong = await sandbox.call('PUT', `/users/${ada._id}`, { body: { roles: ['x'] } });
    expect(wrong.status).toBe(400);
  });

  it('saves many by address, and reports what it could not', async () => {
    const sandbox = await open();
    const body = [{ email: 'ada@acme.test', nickName: 'Countess' }, grace, { nickName: 'Nobody' }];

    const answer = await sandbox.call('PUT', '/users', { body });

    expect(answer.status).toBe(206);
    expect(answer.body).toMatchObject({ created: 1, updated: 1, createdErrors: [{ item: body[2] }] });
    expect(named(sandbox, 'ada').nickName).toBe('Countess');
  });

  it('deletes, and says in the body whether anybody was', async () => {
    const sandbox = await open();
    const { _id } = named(sandbox, 'grace');

    const first = await sandbox.call('DELETE', `/users/${_id}`);
    const again = await sandbox.call('DELETE', `/users/${_id}`);

    expect(first.body).toEqual({ n: 1, ok: 1, deletedCount: 1 });
    expect([again.status, again.body]).toEqual([200, { n: 0, ok: 1, deletedCount: 0 }]);
    expect(sandbox.ledger.find({ method: 'DELETE', personId: _id })).toHaveLength(2);
  });

  it.each([nobody, 'me', '{{planhat_user_id}}'])('knows nobody by the id %s', async (id) => {
    const sandbox = await open();

    expect((await sandbox.call('GET', `/users/${encodeURIComponent(id)}`)).status).toBe(400);
  });
});

describe('access', () => {
  it('is by the token, as bearer or as the user name of Basic with no password', async () => {
    const sandbox = await open();
    const withBasic = (id: string, secret: string) =>
      sandbox.call('GET', '/users', { token: '', headers: { authorization: toBasic({ id, secret }) } });

    const statuses = [
      await sandbox.call('GET', '/users', { token: planhatToken }),
      await withBasic(planhatToken, ''),
      await withBasic(planhatToken, 'x'),
      await withBasic('x', planhatToken),
      await sandbox.call('GET', '/users', { token: '' }),
      await sandbox.call('GET', '/users', { token: 'made-up' }),
    ].map(({ status }) => status);

    expect(statuses).toEqual([200, 200, 403, 403, 403, 403]);
  });

  it('is 429 in plain text after 200 calls in a minute', async () => {
    const sandbox = await open();
    for (let call = 0; call < 200; call += 1) await sandbox.call('GET', `/users/${nobody}`);

    const refused = await sandbox.call('GET', '/users');
    sandbox.pass(60_000);
    const later = await sandbox.call('GET', '/users');

    expect([refused.status, refused.text, later.status]).toEqual([429, 'Too Many Requests', 200]);
  });
});
