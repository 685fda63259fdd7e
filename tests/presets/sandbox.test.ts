import { describe, expect, test } from 'vitest';
import type { Done } from '#engine/block';
import { knownLabels } from './known-labels.ts';
import { accountKey, imitated, openPresetWorld } from './preset-world.ts';

// The imitations are written from the vendors' documentation and not from our data, so that wrong data fails here.

const newcomer = { email: 'new.comer@acme.test', first_name: 'New', last_name: 'Comer' };

/** Well-formed, and nobody's. */
const goneIds: Record<string, string> = {
  goto: '99999999999999999999',
  ninjaone: '999999',
  planhat: 'ffffffffffffffffffffffff',
  webex: 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS9ub2JvZHk',
  zoom: 'AAAAAAAAAAAAAAAAAAAAAA',
};

describe.each(Object.keys(imitated))('%s', (vendorId) => {
  test('every label that users know is filled by somebody, and everybody has an identifier of their own', async () => {
    const { load, vendor } = await openPresetWorld(vendorId);

    const people = await load();

    const known = vendor.load.fields.filter(({ label }) => knownLabels[vendorId]?.includes(label));
    const isFilled = (value: unknown) => value !== undefined && value !== null && value !== '';
    const empty = known.filter(({ key }) => !people.some((read) => isFilled(read(key))));
    expect(empty.map(({ label }) => label)).toEqual([]);
    const identifier = vendor.load.fields.find(({ suggests }) =>
      suggests.some((one) => one.recordType === 'saas_user' && one.externalId === 'identifier'),
    );
    const identifiers = people.map((read) => String(read(identifier?.key ?? '')));
    expect(identifiers.length).toBeGreaterThan(25);
    expect(identifiers).not.toContain('undefined');
    expect(new Set(identifiers).size).toBe(identifiers.length);
  });

  test('User Role finds an account, and proves that another is gone', async () => {
    const { load, role, vendor } = await openPresetWorld(vendorId);
    const [read] = await load();
    const identifier = String(read?.(vendor.load.identifier));
    const fields = { goto_account_key: accountKey };

    const found = await role({ identifier, email: String(read?.('email')), fields });
    const gone = await role({ identifier: goneIds[vendorId] ?? '', email: 'gone@acme.test', fields });

    expect(found).toMatchObject({ exit: 'found' });
    expect(gone).toMatchObject({ exit: 'not_found', assign: [{ field: 'is_deactivated', value: true }] });
  });
});

describe('presets, one after the other', () => {
  const ok = (more: object = {}) => expect.objectContaining({ exit: 'success', ...more });
  const keep = (name: string, values: object) =>
    ok({ variables: { [name]: expect.objectContaining(values) } });
  /** Loses and changes nothing but these. */
  const only = (before: object, changes: object) =>
    ok({ variables: { webex_user: { ...before, ...changes, lastModified: expect.any(String) } } });
  const kept = ({ variables }: Done, name: string, key: string) =>
    (variables?.[name] as Record<string, unknown> | undefined)?.[key];

  test('Webex', async () => {
    const { preset, sandbox } = await openPresetWorld('webex');
    const read = (done: Done) => done.variables?.webex_user as Record<string, unknown>;

    const created = await preset('create-user', newcomer);
    expect(created).toEqual(keep('webex_user', { emails: [newcomer.email] }));
    const hedy = (sandbox.people() as { emails: string[] }[]).find(
      ({ emails }) => emails[0] === 'hedy@acme.test',
    );
    const found = await preset('find-user-by-email', { email: 'HEDY@acme.test' });
    expect(found).toEqual(ok({ variables: { webex_user: hedy } }));
    const [license] = (read(found).licenses as string[]) ?? [];
    const names = { email: 'hedy@acme.test', first_name: 'Hedwig', last_name: 'Kiesler' };
    const person = { webex_user_id: read(found).id, webex_user: read(found), ...names };

    const renamed = { firstName: 'Hedwig', nickName: 'Hedwig', lastName: 'Kiesler' };
    const updated = await preset('update-user', person);
    expect(updated).toEqual(only(read(found), { ...renamed, displayName: 'Hedwig Kiesler' }));
    const off = await preset('disable-sign-in', { ...person, webex_user: read(updated) });
    expect(off).toEqual(only(read(updated), { loginEnabled: false }));
    const on = await preset('enable-sign-in', { ...person, webex_user: read(off) });
    expect(on).toEqual(only(read(updated), { loginEnabled: true }));

    const chosen = { license_id: license ?? '' };
    expect(await preset('remove-licence', person, chosen)).toEqual(ok());
    const without = await preset('get-user-details', person);
    expect(kept(without, 'webex_user', 'licenses')).not.toContain(license);
    expect(await preset('assign-licence', person, chosen)).toEqual(ok());
    const again = await preset('get-user-details', person);
    expect(kept(again, 'webex_user', 'licenses')).toContain(license);
    expect(await preset('find-user-by-email', { email: 'nobody@acme.test' })).toEqual(
      ok({ variables: { webex_user: null } }),
    );
    expect(await preset('delete-user', person)).toEqual(ok());
    expect(await preset('delete-user', person)).toEqual(ok({ note: expect.stringContaining('done before') }));
  });

  test('Webex: nothing is written back where nothing was read, and nobody is looked for without an address', async () => {
    const { preset, sandbox } = await openPresetWorld('webex');
    const [someone] = sandbox.people() as { id: string }[];
    const person = { webex_user_id: someone?.id, ...newcomer };

    const update = await preset('update-user', person).catch(String);
    const search = await preset('find-user-by-email', { email: '' }).catch(String);

    expect(update).toContain('Put the block that reads it before this one.');
    expect(search).toContain('cannot do without is empty');
    expect(sandbox.ledger.entries).toEqual([]);
  });

  test('Zoom', async () => {
    const { preset, load } = await openPresetWorld('zoom');
    const [someone, other] = (await load()).slice(3);
    const zoom = { zoom_id: someone?.('id'), ...newcomer };

    expect(await preset('create-user', newcomer)).toEqual(keep('zoom_user', { email: newcomer.email }));
    expect(await preset('create-user', newcomer)).toMatchObject({ exit: 'failure' });
    for (const [id, inputs] of [
      ['update-user', {}],
      ['assign-licence', {}],
      ['assign-role', { role_id: '1' }],
      ['remove-role', { role_id: '1' }],
      ['end-sessions', {}],
      ['deactivate-user', {}],
      ['activate-user', {}],
    ] as const) {
      expect(await preset(id, zoom, inputs), id).toEqual(ok());
    }
    expect(await preset('get-user-details', zoom)).toEqual(
      keep('zoom_user', { first_name: 'New', status: 'active', type: 1 }),
    );
    const heir = { transfer_email: String(other?.('email')) };
    expect(await preset('delete-user', zoom, heir)).toEqual(ok());
    expect(await preset('disassociate-user', zoom)).toEqual(
      ok({ note: expect.stringContaining('done before') }),
    );
    expect(await preset('get-user-details', zoom)).toMatchObject({ exit: 'failure' });
  });

  test('GoTo Admin', async () => {
    const { preset } = await openPresetWorld('goto');
    const account = { goto_account_key: accountKey, ...newcomer };

    const created = await preset('create-user', account);
    const key = kept(created, 'goto_user', 'key');
    const user = { ...account, goto_user_key: key };
    expect(created).toEqual(keep('goto_user', { email: newcomer.email }));
    expect(await preset('find-user-by-email', account)).toEqual(keep('goto_user', { key }));
    expect(await preset('get-user-details', user)).toEqual(keep('goto_user', { firstName: 'New' }));
    expect(await preset('update-user', user, { first_name: 'Newer' })).toEqual(ok());
    expect(await preset('remove-licences', user)).toEqual(ok());
    expect(await preset('get-user-details', user)).toEqual(
      keep('goto_user', { firstName: 'Newer', licenseKeys: [] }),
    );
    expect(await preset('delete-user', user)).toEqual(ok());
    expect(await preset('delete-user', user)).toEqual(ok({ note: expect.stringContaining('done before') }));
    expect(await preset('find-user-by-email', account)).toEqual(ok({ variables: { goto_user: null } }));
  });

  test('GoTo Admin: licences are given by key', async () => {
    const { preset, load } = await openPresetWorld('goto');
    const people = await load();
    const [key] = (people.map((read) => read('license_keys')).find((keys) => (keys as string[]).length > 0) ??
      []) as string[];
    const user = { goto_account_key: accountKey, goto_user_key: people[5]?.('id') };

    expect(await preset('assign-licences', user, { license_key: key ?? '' })).toEqual(ok());
    expect(await preset('get-user-details', user)).toEqual(keep('goto_user', { licenseKeys: [key] }));
  });

  test('Planhat', async () => {
    const { preset } = await openPresetWorld('planhat');

    const created = await preset('create-user', newcomer);
    const _id = kept(created, 'planhat_user', '_id');
    const user = { ...newcomer, planhat_user_id: _id };
    expect(await preset('get-user-details', user)).toEqual(keep('planhat_user', { inactive: false }));
    expect(await preset('update-user', user, { last_name: 'Goer' })).toEqual(
      keep('planhat_user', { firstName: 'New', lastName: 'Goer' }),
    );
    expect(await preset('deactivate-user', user)).toEqual(keep('planhat_user', { inactive: true }));
    expect(await preset('activate-user', user)).toEqual(keep('planhat_user', { inactive: false }));
    expect(await preset('find-user-by-email', user)).toEqual(keep('planhat_user', { _id }));
    expect(await preset('delete-user', user)).toEqual(ok());
    expect(await preset('find-user-by-email', user)).toEqual(ok({ variables: { planhat_user: null } }));
  });

  test.each([
    ['technician', {}, { role_id: '3' }],
    ['end-user', { organization_id: '4' }, { role_id: '10' }],
  ])('NinjaOne: %s', async (family, organization, role) => {
    const { preset } = await openPresetWorld('ninjaone');

    const created = await preset(`create-${family}`, newcomer, organization);
    const id = kept(created, 'ninja_user', 'id');
    const user = { ...newcomer, ninja_user_id: id };
    expect(created).toEqual(keep('ninja_user', { email: newcomer.email }));
    expect(await preset(`add-${family}-to-role`, user, role)).toEqual(ok());
    expect(await preset(`remove-${family}-from-role`, user, role)).toEqual(ok());
    expect(await preset(`update-${family}`, user, { last_name: 'Goer' })).toEqual(ok());
    expect(await preset(`get-${family}`, user)).toEqual(
      keep('ninja_user', { id, lastName: 'Goer', roles: [] }),
    );
    expect(await preset(`delete-${family}`, user)).toEqual(ok());
    expect(await preset(`delete-${family}`, user)).toMatchObject({ exit: 'failure' });
    expect(await preset(`get-${family}`, user)).toMatchObject({ exit: 'failure' });
  });
});

describe('a 404 about anything but the target is no deletion', () => {
  test('Zoom: nobody to transfer to', async () => {
    const { preset, load } = await openPresetWorld('zoom');
    const zoom_id = (await load()).slice(3).find((read) => read('role_id') === '2')?.('id');

    const done = await preset('delete-user', { zoom_id }, { transfer_email: 'nobody@acme.test' });

    expect(done).toMatchObject({ exit: 'failure', error: expect.stringContaining('nobody@acme.test') });
    expect((await preset('get-user-details', { zoom_id })).exit).toBe('success');
  });

  test('Zoom: an invitation that is pending cannot be deleted', async () => {
    const { preset, load } = await openPresetWorld('zoom');
    const people = await load();
    const pending = people.find((read) => read('status') === 'pending')?.('email');
    const heir = { transfer_email: String(people[3]?.('email')) };

    const done = await preset('delete-user', { zoom_id: pending }, heir);

    expect(done).toMatchObject({ exit: 'failure', response: { code: 1120 } });
  });

  test.each([
    ['delete-technician', 'END_USER'],
    ['delete-end-user', 'TECHNICIAN'],
  ])('NinjaOne: %s and one of the other kind', async (id, kind) => {
    const { preset, load } = await openPresetWorld('ninjaone');
    const other = (await load()).find((read) => read('user_type') === kind);

    const done = await preset(id, { ninja_user_id: other?.('id') });

    expect(done).toMatchObject({ exit: 'failure' });
  });

  test('an edited path is not what the preset knows', async () => {
    const { preset } = await openPresetWorld('webex');
    const gone = { webex_user_id: goneIds.webex };

    expect(await preset('delete-user', gone)).toMatchObject({ exit: 'success' });
    expect(await preset('delete-user', gone, {}, { url: '/people/{{webex_user_id}}/x' })).toMatchObject({
      exit: 'failure',
    });
  });
});

test('Zoom: users of every status are loaded, and the pending ones are known by their address', async () => {
  const { load } = await openPresetWorld('zoom');

  const people = (await load()).map((read) => ({
    status: read('status'),
    id: read('id'),
    account: read('account'),
    email: read('email'),
    role: read('role'),
  }));

  expect(new Set(people.map(({ status }) => status))).toEqual(new Set(['active', 'inactive', 'pending']));
  for (const { status, id, account, email } of people) {
    expect(account).toBe(status === 'pending' ? email : id);
  }
  expect(people.map(({ role }) => role)).toContain('Owner');
});

test('GoTo Admin: keys longer than a number keep every digit, and licences have names', async () => {
  const { load, sandbox } = await openPresetWorld('goto');

  const people = await load();

  const keys = (sandbox.people() as { accountKey: string; user: { key: string } }[])
    .filter((member) => member.accountKey === accountKey)
    .map(({ user }) => user.key);
  expect(people.map((read) => read('id')).map(String)).toEqual(keys);
  expect(people.flatMap((read) => read('licenses'))).toContain('GoTo Meeting');
  expect(people[0]?.('connect_account_key')).toBe(accountKey);
});

test('NinjaOne: technicians and end users are loaded with their roles', async () => {
  const { load } = await openPresetWorld('ninjaone');

  const people = await load();

  expect(new Set(people.map((read) => read('user_type')))).toEqual(new Set(['TECHNICIAN', 'END_USER']));
  expect(people.flatMap((read) => read('roles'))).toContain('Technician');
});
