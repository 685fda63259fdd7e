import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { RecipeParts } from '#domain/recipe';
import type { VendorClient } from '#engine/vendor-ports';
import { recipes } from '#presets';
import { apps, fields, mails, notifications, people, saasUsers } from '../../server/store/schema.ts';
import { addWorkflow, createWorldAt, type World } from '../support/engine-world.ts';
import { createTestClock } from '../support/test-clock.ts';
import { untilEnded } from '../support/until-run.ts';
import { gotoAccountKey, type Imitated, startImitated } from '../torture/world/imitated.ts';

// Weeks at six vendors, on a machine that does something else, too.
vi.setConfig({ testTimeout: 30_000 });

/** Recipes at the imitated vendors, with two people who have an account in each of them. */
async function openWorld(recipeId: string, ids: readonly string[], onLongWait?: (world: World) => void) {
  const clock = createTestClock();
  const { sleep } = clock;
  // Days of waiting are looked at every ten minutes: once a day is enough here.
  clock.sleep = async (ms, signal) => {
    if (ms >= 600_000) {
      // No time passes while a vendor is asked.
      while (asked.size > 0) await new Promise((resolve) => setImmediate(resolve));
      onLongWait?.(world);
      clock.set(clock.now() + 85_800_000);
    }
    await sleep(ms, signal);
  };
  const all = await startImitated(clock, 20);
  onTestFinished(async () => {
    await Promise.all(all.map(({ sandbox }) => sandbox.close()));
  });
  const places = all.filter(({ vendorId }) => ids.includes(vendorId));
  const calls: string[] = [];
  const asked = new Set<Promise<unknown>>();
  const world: World = createWorldAt(clock, {
    sendsMail: true,
    isImitated: () => true,
    client: watched(clientOf(places, calls, clock.now), asked),
    loads: {
      run: async () => ({ isComplete: true, tally: { read: 2, created: 0, updated: 2 } }) as never,
      last: async () => undefined,
    },
  });
  const recipe = recipes.find(({ id }) => id === recipeId);
  if (!recipe) throw new Error(`There is no recipe ${recipeId}.`);
  const parts = Object.fromEntries(
    places.map(({ vendorId }) => [
      vendorId,
      { credentialId: vendorId, integrationId: `int_${vendorId}`, appId: `app_${vendorId}` } as RecipeParts,
    ]),
  );
  const { graph, records } = recipe.build(parts);
  addFields(world, ['manager_email', 'goto_account_key', ...all.map(({ idField }) => idField)]);
  addWorkflow(world.database, graph, records);
  return { world, places, calls, clock };
}

/** A credential's id says at which vendor a call is made. */
function clientOf(places: readonly Imitated[], calls: string[], now: () => number): VendorClient {
  const tokens = new Map<string, { token: string; at: number }>();
  // Weeks pass between two calls: no token lasts as long.
  const tokenOf = ({ vendorId, sandbox }: Imitated): string => {
    const known = tokens.get(vendorId);
    if (known && now() - known.at < 600_000) return known.token;
    const { access_token: token } = sandbox.issueToken() as { access_token: string };
    tokens.set(vendorId, { token, at: now() });
    return token;
  };
  return {
    async send({ method, url, headers, body, credential }) {
      const id = (credential as { id: string }).id;
      const place = places.find(({ vendorId }) => vendorId === id);
      if (!place) throw new Error(`Nobody is imitated for the credential ${id}.`);
      if (method !== 'GET') calls.push(`${id} ${method} ${url.split('?')[0]}`);
      const token = tokenOf(place);
      const response = await fetch(place.baseUrl + url, {
        ...{ method, body },
        headers: { ...headers, authorization: `Bearer ${token}` },
      });
      const reply = {
        ...{ kind: 'answered' as const, status: response.status, isTooLarge: false },
        ...{ headers: Object.fromEntries(response.headers), body: await response.text() },
      };
      return { reply, request: { method, url, headers }, durationMs: 1, secrets: [] };
    },
  };
}

/** Says which calls are on their way. */
const watched = ({ send }: VendorClient, asked: Set<Promise<unknown>>): VendorClient => ({
  send(call, signal) {
    const answer = send(call, signal);
    asked.add(answer);
    return answer.finally(() => asked.delete(answer));
  },
});

function addFields({ database }: World, names: readonly string[]): void {
  for (const externalId of names) {
    const field = {
      recordType: 'person' as const,
      type: 'text' as const,
      isUnique: false,
      help: '',
      createdAt: 0,
    };
    database
      .insert(fields)
      .values({ ...field, id: `fld_${externalId}`, externalId, label: externalId })
      .run();
  }
}

type Who = { name: string; email?: string; fields?: Record<string, string> };

function addPerson({ database }: World, { name, email = `${name}@acme.test`, fields: own = {} }: Who): void {
  const row = { username: email, email, firstName: name, lastName: 'Test', role: 'Employee' };
  const times = { createdAt: 0, updatedAt: 0 };
  database
    .insert(people)
    .values({ ...row, ...times, id: `per_${name}`, status: 'active', fields: own })
    .run();
}

type Account = { id: string; email: string; type?: string };

function addAccount({ database }: World, place: Imitated, person: string, account: Account): void {
  const { vendorId } = place;
  const { id, email, type = 'person' } = account;
  const app = { id: `app_${vendorId}`, name: vendorId, vendorId, createdAt: 0 };
  database.insert(apps).values(app).onConflictDoNothing().run();
  database
    .insert(saasUsers)
    .values({
      ...{ id: `sus_${vendorId}_${id}`, appId: app.id, personId: `per_${person}`, identifier: id, email },
      ...{
        displayName: person,
        roles: [],
        licenses: [],
        status: 'active',
        type,
        lastActivity: null,
      },
      ...{ isDeactivated: false, deleteInSaas: false, fields: {}, raw: '{}', firstSeenAt: 0, lastSeenAt: 0 },
    })
    .run();
}

/** Everybody at a vendor as a record of ours. */
function addEverybody(world: World, place: Imitated) {
  const accounts = place.accounts();
  const boss = heirOf(place);
  for (const [i, { id, email }] of accounts.entries()) {
    addPerson(world, {
      name: `p${i}`,
      email,
      fields: { [place.idField]: id, goto_account_key: gotoAccountKey, manager_email: boss },
    });
    addAccount(world, place, `p${i}`, { id, email });
  }
  return accounts;
}

async function ran(world: World) {
  const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
  return untilEnded(world, id);
}

const dayMs = 86_400_000;

describe.each([
  ['webex', 'lastActivity', ['PUT', 'DELETE']],
  ['zoom', 'last_login_time', ['PUT', 'DELETE']],
] as const)('the ladder for inactive accounts of %s', (vendorId, seen, methods) => {
  test('disables whom nobody has seen, deletes them two weeks later, and touches nobody else', async () => {
    const { world, places, calls, clock } = await openWorld(`${vendorId}-inactive-user-ladder`, [vendorId]);
    const place = places[0]!;
    addEverybody(world, place);
    const raw = place.sandbox.people() as Record<string, unknown>[];
    const from = clock.now();
    const inactive = raw
      .filter((one) => from - Date.parse(String(one[seen])) >= 90 * dayMs)
      .map(({ id }) => String(id));

    const run = await ran(world);

    expect(run.error).toBeNull();
    const whose = (method: string) =>
      calls.filter((call) => call.startsWith(`${vendorId} ${method} `)).map((call) => call.split('/')[2]);
    expect(inactive.length).toBeGreaterThan(0);
    const done = run.counts.succeeded;
    // Whoever was disabled already is not disabled again.
    expect(whose(methods[1])).toEqual(expect.arrayContaining(whose(methods[0])));
    expect(whose(methods[0]).length).toBeGreaterThan(0);
    // Administrators are protected: they are left out, never others in their place.
    expect(whose(methods[1]).every((id) => inactive.includes(id ?? ''))).toBe(true);
    expect(whose(methods[1]).length).toBe(inactive.length - run.counts.skipped);
    expect(done + run.counts.skipped).toBe(raw.length);
    expect(clock.now() - from).toBeGreaterThanOrEqual(14 * dayMs);
    const deleted = new Set(whose(methods[1]));
    const left = raw.map(({ id }) => String(id)).filter((id) => !deleted.has(id));
    expect(place.accounts().map(({ id }) => id)).toEqual(left);
    // Whoever is left is as before: switched off were only those who are gone now.
    const now = place.sandbox.people() as Record<string, unknown>[];
    for (const one of now) expect(isOff(one)).toBe(isOff(raw.find(({ id }) => id === one.id)!));
  });
});

/** Whether an account at a vendor cannot be used any more. */
const isOff = (raw: Record<string, unknown>): boolean =>
  raw.loginEnabled === false || raw.status === 'inactive' || raw.inactive === true || isWithoutLicences(raw);

const isWithoutLicences = ({ user }: Record<string, unknown>): boolean =>
  user !== undefined && (user as { licenseKeys: unknown[] }).licenseKeys.length === 0;

test.each(['goto', 'ninjaone', 'planhat', 'webex', 'zoom'])(
  'the role sync of %s reads and changes nothing there',
  async (vendorId) => {
    const { world, places, calls } = await openWorld(`${vendorId}-role-sync`, [vendorId]);
    addEverybody(world, places[0]!);

    const run = await ran(world);

    expect(calls).toEqual([]);
    expect(run.status).toBe('succeeded');
    const roles = world.database.select().from(saasUsers).all();
    expect(roles.some((row) => row.roles.length > 0 || row.lastActivity !== null)).toBe(true);
  },
);

test('onboarding creates what is missing, keeps the ids, tells the manager, and is done when run again', async () => {
  const { world, places, calls } = await openWorld('onboarding', ['webex', 'zoom', 'planhat']);
  addPerson(world, { name: 'nia', fields: { manager_email: 'boss@acme.test' } });
  addPerson(world, { name: 'old', fields: { manager_email: 'boss@acme.test', zoom_id: 'has one' } });

  const run = await ran(world);

  expect(run.status).toBe('succeeded');
  const of = (name: string) => calls.filter((call) => call.startsWith(name)).length;
  expect([of('webex POST'), of('zoom POST'), of('planhat POST')]).toEqual([2, 1, 2]);
  const rows = world.database.select().from(people).all();
  const nia = rows.find(({ id }) => id === 'per_nia')?.fields as Record<string, string>;
  for (const place of places) {
    const made = place.accounts().find(({ email }) => email === 'nia@acme.test');
    expect(made?.id).toBe(nia[place.idField]);
  }
  const sent = world.database.select().from(mails).all();
  expect(sent.map(({ recipient, subject }) => `${recipient}: ${subject}`).sort()).toEqual([
    'boss@acme.test: Accounts of nia Test are ready',
    'boss@acme.test: Accounts of old Test are ready',
  ]);

  await ran(world);
  expect(calls.length).toBe(5);
});

/** Somebody to whom Zoom hands things over: active, and seen today. */
function heirOf({ sandbox }: Imitated, but = ''): string {
  const all = sandbox.people() as Record<string, unknown>[];
  const active = all.filter(({ status, email }) => status === 'active' && email !== but);
  const seen = ({ last_login_time: at }: Record<string, unknown>) => Date.parse(String(at ?? 0)) || 0;
  return String(active.sort((a, b) => seen(b) - seen(a))[0]?.email ?? '');
}

/** The address of somebody who uses all of these apps and administers none of them. */
function everywhere(places: readonly Imitated[]): string {
  const lists = places.map(({ accounts }) => new Set(accounts().map(({ email }) => email)));
  const zoom = places.find(({ vendorId }) => vendorId === 'zoom')?.sandbox.people() as Record<
    string,
    unknown
  >[];
  const members = zoom.filter(({ status, role_id }) => status === 'active' && String(role_id) === '2');
  const found = members
    .map(({ email }) => String(email))
    .find((email) => lists.every((list) => list.has(email)));
  if (!found) throw new Error('Nobody has an account everywhere.');
  return found;
}

describe('offboarding', () => {
  const ids = ['webex', 'zoom', 'planhat', 'goto', 'ninjaone'];
  const rawOf = ({ sandbox }: Imitated, id: string) =>
    (sandbox.people() as Record<string, unknown>[]).find(
      (raw) => String(raw.id ?? raw._id ?? (raw.user as { key?: unknown } | undefined)?.key) === id,
    );

  /** A leaver with an account in each app, and a second one in Zoom under another address. */
  async function openLeaver(onLongWait?: (world: World) => void) {
    const opened = await openWorld('offboarding', ids, onLongWait);
    const { world, places } = opened;
    const own: Record<string, string> = { goto_account_key: gotoAccountKey };
    const email = everywhere(places);
    for (const { idField, accounts } of places)
      own[idField] = accounts().find((account) => account.email === email)?.id ?? '';
    const zoom = places.find(({ vendorId }) => vendorId === 'zoom')!;
    const boss = heirOf(zoom, email);
    own.manager_email = boss;
    addPerson(world, { name: 'leaver', email, fields: own });
    for (const place of places) {
      const id = own[place.idField]!;
      const type = String(rawOf(place, id)?.userType ?? 'person');
      addAccount(world, place, 'leaver', { id, email, type });
    }
    const second = zoom.accounts().find((one) => one.email !== email && one.email !== boss)!;
    addAccount(world, zoom, 'leaver', second);
    return { ...opened, own, second, zoom };
  }

  test('switches every account off, waits for a month, and deletes them', async () => {
    const isOffThen: Record<string, boolean> = {};
    let opened: Awaited<ReturnType<typeof openLeaver>> | undefined;
    const look = () => {
      for (const place of opened?.places ?? []) {
        const raw = rawOf(place, opened?.own[place.idField] ?? '');
        if (raw) isOffThen[place.vendorId] = isOff(raw);
      }
    };
    opened = await openLeaver(look);
    const { world, calls, clock, places, own, second, zoom } = opened;
    const before = new Map(places.map((place) => [place.vendorId, place.accounts()]));
    const from = clock.now();

    const run = await ran(world);

    expect(run.error).toBeNull();
    const verbs = calls.map((call) => call.split(' ').slice(0, 2).join(' '));
    expect(verbs.slice(0, 4).sort()).toEqual(['goto PUT', 'planhat PUT', 'webex PUT', 'zoom PUT']);
    expect(verbs.slice(4).sort()).toEqual(ids.map((id) => `${id} DELETE`).sort());
    expect(clock.now() - from).toBeGreaterThanOrEqual(30 * dayMs);
    // Of NinjaOne, which switches nobody off, operators are told.
    expect(isOffThen).toEqual({ webex: true, zoom: true, planhat: true, goto: true, ninjaone: false });
    const told = world.database.select().from(notifications).all();
    expect(told.map(({ title }) => title)).toContain(`${everywhereEmail(world)} can still use NinjaOne MSP`);
    // At each vendor exactly the leaver's account is gone.
    for (const place of places) {
      const left = before.get(place.vendorId)?.filter(({ id }) => id !== own[place.idField]);
      expect(place.accounts()).toEqual(left);
    }
    expect(world.database.select().from(people).get()?.status).toBe('deactivated');
    // The second Zoom account is not the one that the person's Zoom ID names: it is left to people, as it was.
    const open = world.database
      .select()
      .from(saasUsers)
      .all()
      .filter((row) => !row.isDeactivated);
    expect(open.map(({ identifier }) => identifier)).toEqual([second.id]);
    expect(rawOf(zoom, second.id)).toBeDefined();
    expect(told.at(-1)?.message).toContain(
      '5 accounts deleted. Left to you, because no preset here knows them: 1.',
    );
  });

  test('deletes nothing of somebody who came back in the meantime', async () => {
    const { world, calls } = await openLeaver((late) => {
      late.database.update(people).set({ status: 'active' }).run();
    });

    await ran(world);

    expect(calls.length).toBe(4);
    expect(calls.some((call) => call.includes('DELETE'))).toBe(false);
  });

  test('leaves accounts of apps to people for which there is no credential', async () => {
    const { world, calls } = await openWorld('offboarding', ['planhat']);
    addPerson(world, { name: 'leaver', fields: { planhat_user_id: 'nobody', webex_user_id: 'w1' } });
    addAccount(world, { vendorId: 'webex' } as Imitated, 'leaver', { id: 'w1', email: 'leaver@acme.test' });

    const run = await ran(world);

    expect([run.status, calls]).toEqual(['succeeded', []]);
    const told = world.database.select().from(notifications).all();
    expect(told.at(-1)?.message).toContain('no preset here knows them: 1.');
  });
});

const everywhereEmail = ({ database }: World) => database.select().from(people).get()?.email;
