import { describe, expect, it } from 'vitest';
import { licenseIds } from '../../server/sandbox/webex/catalog.ts';
import { openSandbox } from './open-sandbox.ts';

const change = (id: string, operation: string) => ({ id, operation });

describe('licences of a person', () => {
  it('are given and taken one by one, and the same change again changes nothing', async () => {
    const sandbox = await openSandbox();
    const { id: personId } = sandbox.person('ada@acme.test');
    const patch = async (operation: string) => {
      const body = { personId, licenses: [change(licenseIds.webinars, operation)] };
      const response = await sandbox.call('PATCH', '/licenses/users', { body });
      return { status: response.status, ...((await response.json()) as object) };
    };

    const given = await patch('add');
    const before = sandbox.person('ada@acme.test');
    await patch('add');
    expect(given).toMatchObject({ status: 200, personId, email: 'ada@acme.test' });
    expect(before.licenses).toContain(licenseIds.webinars);
    expect(sandbox.person('ada@acme.test')).toEqual(before);

    await patch('remove');
    expect(sandbox.person('ada@acme.test').licenses).toEqual(
      before.licenses.filter((id) => id !== licenseIds.webinars),
    );
    expect((await patch('remove')).status).toBe(200);
  });

  it('206 when only a part of the licences could be given', async () => {
    const sandbox = await openSandbox();
    const body = { email: 'ada@acme.test', licenses: [change('nothing', 'add')] };

    const response = await sandbox.call('PATCH', '/licenses/users', { body });

    expect(response.status).toBe(206);
  });

  it.each([
    [400, {}],
    [400, { licenses: [change('x', 'add')] }],
    [400, { personId: 'me2', licenses: [change('x', 'add')] }],
    [400, { email: 'ada@acme.test', licenses: [change('x', 'swap')] }],
    [404, { email: 'nobody@acme.test', licenses: [change('x', 'add')] }],
    [403, { email: 'ada@acme.test', orgId: 'other', licenses: [change('x', 'add')] }],
  ])('%i for %j', async (status, body) => {
    const sandbox = await openSandbox();

    expect((await sandbox.call('PATCH', '/licenses/users', { body })).status).toBe(status);
  });

  it('403 without the right to manage people', async () => {
    const sandbox = await openSandbox();
    const { access_token: token } = sandbox.issueToken({ email: 'alan@acme.test' });
    const body = { email: 'ada@acme.test', licenses: [change(licenseIds.webinars, 'add')] };

    expect((await sandbox.call('PATCH', '/licenses/users', { body, token })).status).toBe(403);
  });
});
