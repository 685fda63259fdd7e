import { describe, expect, test } from 'vitest';
import { saasUserRole } from '#blocks/saas-user-role';
import type { SaasUser } from '#domain/saas-user';
import { toOutcome } from '#engine/outcome';
import { toPrepareContext } from '#engine/prepare';
import { toVariables } from '#engine/variables';
import { vendors } from '#presets';
import { answer } from '../support/scripted-client.ts';

function aSaasUser(change: Partial<SaasUser> = {}): SaasUser {
  return {
    id: 'sau_1',
    appId: 'app_1',
    personId: null,
    identifier: '12',
    email: 'ada@acme.test',
    displayName: 'Ada',
    roles: [],
    licenses: [],
    status: '',
    type: '',
    lastActivity: null,
    isDeactivated: false,
    deleteInSaas: false,
    fields: { goto_account_key: '900' },
    firstSeenAt: '2026-01-01T00:00:00.000Z',
    lastSeenAt: '2026-01-01T00:00:00.000Z',
    ...change,
  };
}

/** What the block asks, and what it makes of the answer. */
function look(vendorId: string, status: number, body: unknown, change: Partial<SaasUser> = {}) {
  const { context } = toPrepareContext('role', {
    vendors: { find: (id) => vendors.find((vendor) => vendor.id === id), list: () => vendors },
    fields: [],
    records: { kind: 'saas_users', appId: 'app_1' },
  });
  const settings = saasUserRole.settings.parse({ vendorId, credentialId: 'crd_1' });
  const subject = { person: null, saasUser: aSaasUser(change) };
  const names = new Map([['goto/77', 'GoTo Meeting']]);
  const decide = saasUserRole.prepare(settings, context);
  const decision = decide({
    now: 0,
    waitingSince: null,
    subject,
    names,
    variables: toVariables(subject, {}, null),
  });
  if (decision.kind !== 'call') throw new Error(`It did not call: ${JSON.stringify(decision)}`);
  const { url } = decision.call;
  const done = decision.conclude(toOutcome(answer(status, body), decision.rule, 'read', decision.vendor, 0));
  return {
    url,
    ...done,
    assigned: Object.fromEntries((done.assign ?? []).map((one) => [one.field, one.value])),
  };
}

describe('one account as the answer', () => {
  const ada = { id: '12', role_name: 'Admin', status: 'active', last_login_time: '2026-11-01T09:00:00Z' };

  test('Zoom: it is found, and its role, plan and last login are read', () => {
    const found = look('zoom', 200, { ...ada, plan_united_type: '4' }, { identifier: '12/?' });
    expect(found.url).toBe('/users/12%2F%3F');

    const { exit, assigned } = look('zoom', 200, { ...ada, plan_united_type: '4' });
    expect(exit).toBe('found');
    expect(assigned).toEqual({
      roles: ['Admin'],
      licenses: ['4'],
      last_activity: '2026-11-01T09:00:00Z',
      status: 'active',
    });
  });

  test('Zoom: an account that is still pending is known by its address', () => {
    const { exit, assigned } = look(
      'zoom',
      200,
      { email: 'ada@acme.test', status: 'pending' },
      { identifier: 'ada@acme.test' },
    );

    expect(exit).toBe('found');
    expect(assigned).toMatchObject({ status: 'pending', roles: [], last_activity: null });
  });

  test('GoTo: licences get their names, and a last activity that nobody tells is left alone', () => {
    const { url, exit, assigned } = look('goto', 200, {
      key: '12',
      adminRoles: ['SUPER_USER'],
      licenseKeys: ['77', '78'],
      status: 'ACTIVE',
    });

    expect(url).toBe('/accounts/900/users/12');
    expect(exit).toBe('found');
    expect(assigned).toEqual({ roles: ['SUPER_USER'], licenses: ['GoTo Meeting', '78'], status: 'ACTIVE' });
  });

  test.each([
    ['zoom', { code: 1001, message: 'User does not exist.' }],
    ['goto', { errorCode: 'NOT_FOUND', message: 'No such user.' }],
  ])('%s says that it is gone: our record is marked', (vendorId, body) => {
    const { exit, assigned } = look(vendorId, 404, body);

    expect(exit).toBe('not_found');
    expect(assigned).toEqual({ is_deactivated: true });
  });

  test.each([
    ['zoom', 404, { code: 2300, message: 'This API endpoint is not recognized.' }],
    ['zoom', 404, '<html>404</html>'],
    ['goto', 404, undefined],
    ['zoom', 200, { code: 300, message: 'Something went wrong.' }],
    ['zoom', 200, { id: '13' }],
    ['zoom', 401, { code: 124, message: 'Expired.' }],
    ['zoom', 400, { code: 1001, message: 'Odd.' }],
    ['goto', 503, { message: 'busy' }],
  ])('%s answers %i %j: nothing is marked', (vendorId, status, body) => {
    const { exit, assign, error } = look(vendorId, status, body);

    expect(exit).toBe('failure');
    expect(assign).toBeUndefined();
    expect(error).toMatch(/\.$/);
  });
});

describe('a list as the answer', () => {
  const ada = { id: 12, roles: ['Helpdesk'], invitationStatus: 'REGISTERED' };

  test('NinjaOne: the account is found in the list of everybody', () => {
    const { url, exit, assigned } = look('ninjaone', 200, [{ id: 11 }, ada]);

    expect(url).toBe('/v2/users?includeRoles=true');
    expect(exit).toBe('found');
    expect(assigned).toEqual({ roles: ['Helpdesk'], status: 'REGISTERED' });
  });

  test('NinjaOne: who is not among the others is gone', () => {
    expect(look('ninjaone', 200, [{ id: 11 }])).toMatchObject({
      exit: 'not_found',
      assigned: { is_deactivated: true },
    });
  });

  test('NinjaOne: a list of nobody proves nothing', () => {
    expect(look('ninjaone', 200, [])).toMatchObject({ exit: 'failure', assigned: {} });
  });

  test('Planhat: roles are read by name, and an empty answer to an address means that it is gone', () => {
    const found = look('planhat', 200, [{ _id: '12', roles: [{ _id: '0', name: 'Manager' }] }]);

    expect(found).toMatchObject({
      url: '/users?email=ada%40acme.test',
      exit: 'found',
      assigned: { roles: ['Manager'] },
    });
    expect(look('planhat', 200, []).exit).toBe('not_found');
  });

  test('Planhat: a list of others, as of a vendor that overlooks the address, proves nothing', () => {
    expect(look('planhat', 200, [{ _id: '13' }, { _id: '14' }])).toMatchObject({
      exit: 'failure',
      assigned: {},
    });
  });

  test.each([[{}], [{ message: 'No.' }]])('%j instead of a list proves nothing', (body) => {
    expect(look('ninjaone', 200, body)).toMatchObject({ exit: 'failure', assigned: {} });
  });
});
