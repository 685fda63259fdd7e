import { describe, expect, it } from 'vitest';
import { isFinished, type Run } from '#domain/run';
import { createOwnAccounts, type OwnAccounts } from '#engine/own-account';
import type { VendorReply } from '#engine/vendor-ports';
import { vendors } from '#presets';
import type { Database } from '../../server/store/database.ts';
import { guardState } from '../../server/store/schema.ts';
import { addAccounts, addWorkflow, aGraph, createWorld, type World } from '../support/engine-world.ts';
import { liftedGuard } from '../support/lift-limits.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';
import { createTestClock } from '../support/test-clock.ts';

const me = { id: 'wx-ada', emails: ['ada@acme.test'] };
const credentials = {
  crd_login: { vendorId: 'webex', kind: 'oauth2' },
  crd_service: { vendorId: 'zoom', kind: 'account-credentials' },
  crd_key: { vendorId: 'planhat', kind: 'bearer' },
} as const;

function open(...answers: VendorReply[]) {
  const client = createScriptedClient((_, n) => answers[n - 1] ?? answers.at(-1) ?? answer(500));
  const clock = createTestClock();
  const accounts = createOwnAccounts({
    client,
    clock,
    random: () => 0,
    vendors: { find: (id) => vendors.find((vendor) => vendor.id === id) },
    find: async (named) => credentials[('id' in named ? named.id : named.name) as keyof typeof credentials],
  });
  return { accounts, client, clock };
}

const login = { id: 'crd_login' };

describe("a credential's own account", () => {
  it('is asked for once, however many want to know', async () => {
    const { accounts, client } = open(answer(200, me));

    const found = await Promise.all([1, 2, 3].map(() => accounts.of(login)));

    expect(found[0]).toEqual({
      ...{ kind: 'known', id: 'wx-ada', email: 'ada@acme.test', isAdministrator: false },
    });
    expect(new Set(found).size).toBe(1);
    expect(client.calls.map(({ url }) => url)).toEqual(['/people/me']);
    expect(accounts.of(login)).toBe(found[0]);
  });

  it('is asked for again when a credential was changed, also while the question is under way', async () => {
    const { accounts, client } = open(answer(200, me), answer(200, { ...me, id: 'wx-grace' }));
    const early = accounts.of(login);
    accounts.forget();

    await early;
    const late = await accounts.of(login);

    expect(late).toMatchObject({ id: 'wx-grace' });
    expect(client.calls).toHaveLength(2);
  });

  it.each([['crd_service'], ['crd_key'], ['crd_gone']])(
    'is nobody where none belongs to it: %s',
    async (id) => {
      const { accounts, client } = open();

      expect(await accounts.of({ id })).toEqual({ kind: 'none' });
      expect(client.calls).toEqual([]);
    },
  );

  it('is asked for again when the vendor is busy', async () => {
    const { accounts } = open(answer(503), answer(429), answer(200, me));

    expect(await accounts.of(login)).toMatchObject({ kind: 'known' });
  });

  it.each([
    ['a refusal', answer(403)],
    ['an answer about nobody', answer(200, {})],
  ])('is unknown after %s, and asked for again a minute later', async (_, first) => {
    const { accounts, clock, client } = open(first, answer(200, me));

    expect(await accounts.of(login)).toMatchObject({ kind: 'unknown' });
    expect(await accounts.of(login)).toMatchObject({ kind: 'unknown' });
    expect(client.calls).toHaveLength(1);
    clock.set(clock.now() + 61_000);
    expect(await accounts.of(login)).toMatchObject({ kind: 'known' });
  });
});

const known = { kind: 'known', id: 'wx-ada', email: 'ada@acme.test', isAdministrator: false } as const;

const remove = {
  ...{ vendorId: 'webex', presetId: 'delete-user', authorization: { mode: 'static', credentialId: 'crd_1' } },
  ...{ method: 'DELETE', url: '/people/{{webex_user_id}}' },
  success: { statuses: [204], mediaType: 'none' },
};

type Own = Awaited<ReturnType<OwnAccounts['of']>>;

function removal(own: Own, more: object = {}, prepare?: (database: Database) => void) {
  const client = createScriptedClient(({ method, url }) => {
    const id = url.split('/').at(-1) ?? '';
    return method === 'DELETE'
      ? answer(204)
      : answer(200, { id, emails: [`${id.slice(3)}@acme.test`], ...more });
  });
  const ownAccounts = { of: () => own, recent: () => own, forget: () => {} };
  const world = createWorld({ client, ownAccounts, ...(prepare && { prepare }) });
  addAccounts(world.database, [{ name: 'ada' }, { name: 'grace' }]);
  addWorkflow(world.database, aGraph({ begin: ['begin'], remove: ['api', remove] }, ['begin.next > remove']));
  const deleted = () => client.calls.filter(({ method }) => method === 'DELETE').map(({ url }) => url);
  return { world, deleted };
}

async function finish({ runner }: World): Promise<Run> {
  const { id } = await runner.start('wf_1', { startedBy: 'Ada' });
  for (;;) {
    const { run } = await runner.details(id);
    if (isFinished(run.status)) return run;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('where two persons switched off that administrators are protected', () => {
  const unprotected = {
    ...liftedGuard,
    settings: { ...liftedGuard.settings, protectsAdministrators: false },
  };
  const removeAdministrators = (own: Own) =>
    removal(
      own,
      { roles: ['role-admin'] },
      (database) =>
        void database.insert(guardState).values({ id: 1, generation: 1, content: unprotected }).run(),
    );

  it('one goes while the account of the credential is another one', async () => {
    const { world, deleted } = removeAdministrators({ ...known, isAdministrator: true });

    await finish(world);

    expect(deleted()).toEqual(['/people/wx-grace']);
  });

  it.each<[string, Own]>([
    ['is none', known],
    ['does not tell', { ...known, isAdministrator: null }],
    ['is nobody', { kind: 'none' }],
  ])('the last one stays: the account of the credential %s', async (_, own) => {
    const { world, deleted } = removeAdministrators(own);

    const run = await finish(world);

    expect(deleted()).toEqual([]);
    const { record } = await world.runner.recordSteps(run.id, 2);
    expect(record.error).toMatch(/may be the last/);
  });
});

it("a credential's own account is asked about again when it has to be known what it may do now", async () => {
  const { accounts, clock, client } = open(
    answer(200, { ...me, roles: ['role-admin'] }),
    answer(200, { ...me, roles: [] }),
  );

  expect(await accounts.recent(login)).toMatchObject({ isAdministrator: true });
  expect(await accounts.recent(login)).toMatchObject({ isAdministrator: true });
  expect(client.calls).toHaveLength(1);
  clock.set(clock.now() + 61_000);
  expect(await accounts.recent(login)).toMatchObject({ isAdministrator: false });
});

describe('a deletion', () => {
  it.each([
    ['by its id', { ...known, email: '' }],
    ['by its address', { ...known, id: 'other', email: 'Ada@Acme.test' }],
  ] as const)('leaves the account that its credential belongs to alone, known %s', async (_, own) => {
    const { world, deleted } = removal(own);

    const run = await finish(world);

    expect(deleted()).toEqual(['/people/wx-grace']);
    expect(run.counts).toMatchObject({ skipped: 1, succeeded: 1 });
    const { record } = await world.runner.recordSteps(run.id, 1);
    expect(record.error).toMatch(/ada@acme\.test \(wx-ada\) is the account that the credential belongs to/);
  });

  it('is made of nobody where the vendor does not say whose account the credential is', async () => {
    const { world, deleted } = removal({ kind: 'unknown', why: 'Webex answered 403.' });

    const run = await finish(world);

    expect(deleted()).toEqual([]);
    expect(run.counts).toMatchObject({ skipped: 2 });
  });
});
