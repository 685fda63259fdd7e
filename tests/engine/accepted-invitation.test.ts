import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openDatabase } from '../../server/store/database.ts';
import { changes, people, saasUsers } from '../../server/store/schema.ts';
import { createLoadWorld, launch, run } from '../support/load-world.ts';
import { answer } from '../support/scripted-client.ts';

type ZoomRow = Record<string, unknown> & { status: string };

const ada = { first_name: 'Ada', last_name: 'Lovelace', type: 1, role_id: '2' };
const invited = (email = 'ada@acme.test'): ZoomRow => ({ email, type: 1, role_id: '2', status: 'pending' });
const accepted = (id: string, email = 'ada@acme.test'): ZoomRow => ({ ...ada, id, email, status: 'active' });

/** A Zoom account whose users are `rows` at the moment of the call. */
async function openZoom() {
  const zoom = { rows: [] as ZoomRow[] };
  const world = await createLoadWorld(
    ({ url }) => {
      const { pathname, searchParams } = new URL(url);
      if (pathname.endsWith('/roles')) return answer(200, { roles: [{ id: '2', name: 'Member' }] });
      const users = zoom.rows.filter(({ status }) => status === searchParams.get('status'));
      return answer(200, { users, next_page_token: '' });
    },
    openDatabase(':memory:'),
    { vendorId: 'zoom', baseUrl: 'https://api.zoom.us/v2' },
  );
  const id = await launch(world);
  const load = async (rows: ZoomRow[]) => {
    zoom.rows = rows;
    await world.clock.sleep(60_000);
    return await run(world, id);
  };
  const accounts = () => world.database.select().from(saasUsers).all();
  return { world, load, accounts };
}

test('an accepted invitation is the same account with an id, and its history says so', async () => {
  const { world, load, accounts } = await openZoom();
  await load([invited()]);
  const [before] = accounts();

  const second = await load([accepted('zm-1')]);

  expect(second.tally).toMatchObject({ read: 1, updated: 1, created: 0, failed: 0, skipped: 0 });
  expect(accounts()).toMatchObject([
    { id: before?.id, personId: before?.personId, identifier: 'zm-1', status: 'active' },
  ]);
  expect(world.database.select().from(people).all()).toMatchObject([
    { firstName: 'Ada', fields: { zoom_id: 'zm-1' } },
  ]);
  const history = world.database
    .select()
    .from(changes)
    .where(eq(changes.recordId, before?.id ?? ''))
    .all();
  expect(history).toContainEqual(
    expect.objectContaining({
      field: 'identifier',
      before: 'ada@acme.test',
      after: 'zm-1',
      causeId: second.id,
    }),
  );
  expect(await load([accepted('zm-1')])).toMatchObject({ tally: { unchanged: 1 } });
});

test('the address may be written otherwise', async () => {
  const { load, accounts } = await openZoom();
  await load([invited('Ada@Acme.test')]);

  await load([accepted('zm-1')]);

  expect(accounts().map(({ identifier }) => identifier)).toEqual(['zm-1']);
});

test('an account with an id of its own is never taken over', async () => {
  const { load, accounts } = await openZoom();
  await load([accepted('zm-1')]);

  await load([accepted('zm-2')]);

  expect(accounts().map(({ identifier }) => identifier)).toContain('zm-1');
});

test('of two invitations to one address nobody knows which was accepted: nothing is merged, and it is said', async () => {
  const { world, load, accounts } = await openZoom();
  await load([invited()]);
  const [first] = accounts();
  world.database
    .insert(saasUsers)
    .values({ ...first!, id: 'sau_other', identifier: 'ADA@acme.test', email: 'ADA@acme.test' })
    .run();

  const second = await load([accepted('zm-1')]);

  expect(second.tally).toMatchObject({ failed: 1, created: 0, updated: 0 });
  const { items } = await world.loads.issues(second.id, { limit: 9 });
  expect(items[0]?.reason).toMatch(/2 accounts .* without an id/);
  expect(accounts()).toHaveLength(2);
});

test('an invitation that is still listed beside the account is left as it is, and reported', async () => {
  const { world, load, accounts } = await openZoom();
  await load([invited()]);

  const second = await load([accepted('zm-1'), invited()]);
  const third = await load([accepted('zm-1'), invited()]);

  expect(accounts().map(({ identifier }) => identifier)).toEqual(['zm-1']);
  expect([second.tally.skipped, third.tally.skipped]).toEqual([1, 1]);
  expect((await world.loads.issues(second.id, { limit: 9 })).items[0]?.reason).toMatch(/same key/);
});
