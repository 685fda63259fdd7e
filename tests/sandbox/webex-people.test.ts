import { describe, expect, it } from 'vitest';
import type { WebexPerson } from '../../server/sandbox/webex/person.ts';
import { openSandbox } from './open-sandbox.ts';

interface List {
  items: WebexPerson[];
  notFoundIds: string[] | null;
}

type Sandbox = Awaited<ReturnType<typeof openSandbox>>;

async function list(sandbox: Sandbox, query: string, token?: string): Promise<List> {
  const response = await sandbox.call('GET', `/people?${query}`, token === undefined ? {} : { token });
  return (await response.json()) as List;
}

/** Follows the Link header to the end; `between` runs before each next page. */
async function readAll(
  sandbox: Sandbox,
  query: string,
  between = async (_page: List) => {},
): Promise<string[]> {
  const ids: string[] = [];
  let path: string | undefined = `/people?${query}`;
  while (path !== undefined) {
    const response = await sandbox.call('GET', path);
    const page = (await response.json()) as List;
    ids.push(...page.items.map((person) => person.id));
    path = /^<http:\/\/127\.0\.0\.1:\d+\/v1(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
    if (path !== undefined) await between(page);
  }
  return ids;
}

describe('listing people', () => {
  it('reads everybody once, page by page', async () => {
    const sandbox = await openSandbox();

    const ids = await readAll(sandbox, 'max=7');

    expect(ids).toEqual(sandbox.people().map((person) => person.id));
    expect(sandbox.ledger.find({ pathPrefix: '/v1/people' })).toHaveLength(6);
  });

  it('has no next page when the last one is full', async () => {
    const sandbox = await openSandbox();

    expect((await sandbox.call('GET', '/people?max=40')).headers.get('link')).toBeNull();
  });

  it('skips and repeats nobody while people are deleted in between', async () => {
    const sandbox = await openSandbox();
    const before = sandbox.people();
    const isDeletable = (person: WebexPerson) => person.roles.length === 0 && person.type === 'person';

    const ids = await readAll(sandbox, 'max=7', async ({ items }) => {
      for (const { id } of items.filter(isDeletable)) await sandbox.call('DELETE', `/people/${id}`);
    });

    expect(ids).toEqual(before.map((person) => person.id));
    expect(sandbox.people().length).toBeLessThan(before.length);
  });

  it('shows somebody created meanwhile on the last page', async () => {
    const sandbox = await openSandbox();
    let created = '';

    const ids = await readAll(sandbox, 'max=30', async () => {
      const body = { emails: ['new@acme.test'], displayName: 'New' };
      created = ((await (await sandbox.call('POST', '/people', { body })).json()) as WebexPerson).id;
    });

    expect(ids.at(-1)).toBe(created);
  });

  it('sends 100 unless asked and 1000 at most', async () => {
    const sandbox = await openSandbox({ peopleCount: 1200 });

    expect((await list(sandbox, '')).items).toHaveLength(100);
    expect((await list(sandbox, 'max=5000')).items).toHaveLength(1000);
    expect((await list(sandbox, 'max=5000&callingData=true')).items).toHaveLength(100);
  });

  it('filters by e-mail address, by beginning of the name and by role', async () => {
    const sandbox = await openSandbox();
    const names = async (query: string) => (await list(sandbox, query)).items.map((one) => one.displayName);

    expect(await names('email=ADA@acme.test')).toEqual(['Ada Lovelace']);
    expect(await names('email=nobody@acme.test')).toEqual([]);
    expect(await names('displayName=grace%20h')).toEqual(['Grace Hopper']);
    const { roles } = sandbox.person('it-admin@acme.test');
    expect(await names(`roles=${roles[0]}`)).toEqual(['IT Admin', 'Margaret Hamilton']);
  });

  it('lists everybody for a filter that is empty', async () => {
    const sandbox = await openSandbox();

    expect((await list(sandbox, 'email=')).items).toHaveLength(40);
  });

  it('leaves presence and administrative properties out when looked up by id', async () => {
    const sandbox = await openSandbox();
    const ada = sandbox.person('ada@acme.test');
    const gone = sandbox.person('grace@acme.test').id;
    await sandbox.call('DELETE', `/people/${gone}`);

    const { items, notFoundIds } = await list(sandbox, `id=${ada.id},${gone}`);

    expect(ada).toHaveProperty('lastActivity');
    expect(items).toHaveLength(1);
    for (const key of ['lastActivity', 'status', 'roles', 'licenses'])
      expect(items[0]).not.toHaveProperty(key);
    expect(notFoundIds).toEqual([gone]);
  });

  it('leaves presence out with excludeStatus', async () => {
    const sandbox = await openSandbox();

    const [ada] = (await list(sandbox, 'email=ada@acme.test&excludeStatus=true')).items;

    expect(ada).not.toHaveProperty('lastActivity');
    expect(ada).toHaveProperty('licenses');
  });

  it('shows somebody who may only look people up what everybody may see', async () => {
    const sandbox = await openSandbox();
    const token = sandbox.issueToken({ email: 'ada@acme.test', scope: 'spark:people_read' }).access_token;

    const [grace] = (await list(sandbox, 'email=grace@acme.test', token)).items;

    expect(grace).toMatchObject({ displayName: 'Grace Hopper', status: 'inactive' });
    for (const key of ['roles', 'licenses', 'loginEnabled', 'managerId'])
      expect(grace).not.toHaveProperty(key);
  });

  it.each([
    ['a cursor it never gave', 'cursor=abc'],
    ['a max that is no number', 'max=many'],
    ['a max of nothing', 'max=0'],
    ['an id that is none', 'id=123'],
    ['86 ids', `id=${Array.from({ length: 86 }, () => 'x').join(',')}`],
    ['an organization id that is none', 'orgId=acme'],
  ])('refuses %s', async (_name, query) => {
    const sandbox = await openSandbox();

    expect((await sandbox.call('GET', `/people?${query}`)).status).toBe(400);
  });
});

describe('one person', () => {
  it('is shown with everything', async () => {
    const sandbox = await openSandbox();
    const linus = sandbox.person('linus@acme.test');

    const response = await sandbox.call('GET', `/people/${linus.id}`);

    expect(response.headers.get('trackingid')).toMatch(/^ROUTER_/);
    expect(await response.json()).toEqual(linus);
    expect(linus).toMatchObject({ invitePending: true, status: 'pending', type: 'person' });
    expect(linus).not.toHaveProperty('lastActivity');
  });

  it('is created as an invitation', async () => {
    const sandbox = await openSandbox();
    const body = { emails: ['new@acme.test'], firstName: 'Nora', lastName: 'New', licenses: ['unknown'] };

    const created = (await (await sandbox.call('POST', '/people', { body })).json()) as WebexPerson;

    expect(created).toMatchObject({
      displayName: 'Nora New',
      nickName: 'Nora',
      invitePending: true,
      licenses: [],
    });
    expect(sandbox.person('new@acme.test')).toEqual(created);
    expect(sandbox.ledger.find({ method: 'POST', personId: created.id, performed: 200 })).toHaveLength(1);
  });

  it.each([
    ['without an e-mail address', { displayName: 'New' }, 400],
    ['with an empty list of addresses', { emails: [], displayName: 'New' }, 400],
    ['with an address that is none', { emails: ['new at acme'], displayName: 'New' }, 400],
    ['with one address instead of a list', { emails: 'new@acme.test', displayName: 'New' }, 400],
    ['without any name', { emails: ['new@acme.test'] }, 400],
    ['with an unknown role', { emails: ['new@acme.test'], displayName: 'New', roles: ['boss'] }, 400],
    ['with an address that is taken', { emails: ['Ada@acme.test'], displayName: 'New' }, 409],
    ['without a body', undefined, 400],
  ])('is not created %s', async (_name, body, status) => {
    const sandbox = await openSandbox();

    expect((await sandbox.call('POST', '/people', { body })).status).toBe(status);
    expect(sandbox.people()).toHaveLength(40);
  });

  it('is created although a wrong phone number makes the answer a 400', async () => {
    const sandbox = await openSandbox();
    const phoneNumbers = [{ type: 'work', value: 'call me' }];
    const body = { emails: ['new@acme.test'], displayName: 'New', phoneNumbers };

    const response = await sandbox.call('POST', '/people', { body });

    expect(response.status).toBe(400);
    expect(sandbox.person('new@acme.test')).toBeDefined();
  });

  it('is changed by sending back all that was read', async () => {
    const sandbox = await openSandbox();
    const ada = sandbox.person('ada@acme.test');
    sandbox.pass(1000);

    const body = {
      ...ada,
      title: 'Countess',
      nickName: 'Addie',
      lastActivity: '1852-11-27T00:00:00Z',
      id: 'x',
    };
    const response = await sandbox.call('PUT', `/people/${ada.id}`, { body });

    expect(response.status).toBe(200);
    const changed = { ...ada, title: 'Countess', lastModified: '2026-11-20T09:00:01.000Z' };
    expect(await response.json()).toEqual(changed);
    expect(sandbox.person('ada@acme.test')).toEqual(changed);
  });

  it.each(['displayName', 'emails', 'firstName', 'lastName', 'roles', 'licenses'])(
    'is not changed by a body without %s',
    async (key) => {
      const sandbox = await openSandbox();
      const ada = sandbox.person('ada@acme.test');
      const { [key as keyof WebexPerson]: _left, ...body } = { ...ada, title: 'Countess' };

      const response = await sandbox.call('PUT', `/people/${ada.id}`, { body });

      expect(response.status).toBe(400);
      expect(((await response.json()) as { message: string }).message).toContain(key);
      expect(sandbox.person('ada@acme.test')).toEqual(ada);
    },
  );

  it('loses an avatar that is not sent along', async () => {
    const sandbox = await openSandbox();
    const { avatar, ...body } = sandbox.people().find((one) => one.avatar && one.type === 'person')!;

    await sandbox.call('PUT', `/people/${body.id}`, { body });

    expect(avatar).toBeDefined();
    expect(sandbox.person(body.emails[0]!)).not.toHaveProperty('avatar');
  });

  it('keeps their address when it is somebody else’s', async () => {
    const sandbox = await openSandbox();
    const ada = sandbox.person('ada@acme.test');

    const body = { ...ada, emails: ['grace@acme.test'] };

    expect((await sandbox.call('PUT', `/people/${ada.id}`, { body })).status).toBe(409);
  });

  it('is found under a changed address only', async () => {
    const sandbox = await openSandbox();
    const ada = sandbox.person('ada@acme.test');

    await sandbox.call('PUT', `/people/${ada.id}`, { body: { ...ada, emails: ['countess@acme.test'] } });

    expect((await list(sandbox, 'email=ada@acme.test')).items).toEqual([]);
    expect((await list(sandbox, 'email=countess@acme.test')).items).toHaveLength(1);
  });

  it('is gone after the deletion, and nobody is deleted twice', async () => {
    const sandbox = await openSandbox();
    const { id } = sandbox.person('grace@acme.test');

    const [deleted, again, read] = [
      await sandbox.call('DELETE', `/people/${id}`),
      await sandbox.call('DELETE', `/people/${id}`),
      await sandbox.call('GET', `/people/${id}`),
    ];

    expect([deleted.status, again.status, read.status]).toEqual([204, 404, 404]);
    expect(sandbox.ledger.find({ method: 'DELETE', personId: id, performed: 204 })).toHaveLength(1);
  });

  it('gets a new id when created again', async () => {
    const sandbox = await openSandbox();
    const grace = sandbox.person('grace@acme.test');
    await sandbox.call('DELETE', `/people/${grace.id}`);

    await sandbox.call('POST', '/people', { body: { emails: grace.emails, displayName: 'Grace' } });

    expect(sandbox.person('grace@acme.test').id).not.toBe(grace.id);
  });
});

it('lists roles and licences', async () => {
  const sandbox = await openSandbox();

  const { items: roles } = (await (await sandbox.call('GET', '/roles')).json()) as {
    items: { name: string }[];
  };
  const licenses = (await (await sandbox.call('GET', '/licenses')).json()) as {
    items: { consumedUnits: number }[];
  };

  expect(roles.map((role) => role.name)).toContain('Full Administrator');
  expect(licenses.items[0]).toMatchObject({ name: 'Messaging', consumedUnits: 38, consumedByUsers: 38 });
});
