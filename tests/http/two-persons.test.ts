import { expect, test } from 'vitest';
import type { CredentialDetails, OperatorInvitation, SafetyState, Version, Workflow } from '#contract';
import { loosens } from '#domain/loosens';
import type { Role } from '#domain/rights';
import { ada, type TestApp } from '../support/build-app.ts';
import { addOperator, type Signed } from '../support/operators.ts';
import {
  approve,
  buildTwoPersonsWorld,
  findWorkflow,
  graphWith,
  launch,
  type TwoPersonsWorld,
} from '../support/two-persons-world.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const kinds = ['activation', 'guard', 'unprotect', 'hosts'] as const;
type Kind = (typeof kinds)[number];

interface World extends TwoPersonsWorld {
  /** Ids of what Ada asked for: one of each kind, which wait. */
  asked: Record<Kind, string>;
  before: SafetyState;
  protectionId: string;
}

const newHost = { ...{ name: 'Planhat', vendorId: 'planhat', kind: 'bearer' }, token: 'a token of Planhat' };
const toHost = (host: string) => ({ ...newHost, baseUrl: `https://${host}` });

const stateOf = async (app: TestApp, { cookie }: Signed): Promise<SafetyState> =>
  (await app.send('GET', '/safety', { cookie })).json();
const putSettings = (app: TestApp, by: object, { settings, base }: SafetyState, part: object, more = {}) =>
  app.send('PUT', '/safety/settings', { ...by, body: { base, settings: { ...settings, ...part }, ...more } });
const pointAt = ({ app, credentialId }: World, by: object, host: string) =>
  app.send('PATCH', `/credentials/${credentialId}`, { ...by, body: toHost(host) });
const decide = (app: TestApp, id: string, by: object, body: object) =>
  app.send('PUT', `/approvals/${id}/decision`, { ...by, body });

/** Ada has asked for everything that needs a second person. */
async function buildWorld(isAlone = false): Promise<World> {
  const world = await buildTwoPersonsWorld();
  const { app, one, grace, workflow } = world;
  const { cookie } = one;
  if (isAlone) await app.send('DELETE', `/operators/${grace.id}`, { cookie });
  const body = { kind: 'address', value: 'cto@acme.test' };
  const { id: protectionId } = (await app.send('POST', '/safety/protections', { cookie, body })).json();
  const before = await stateOf(app, one);
  const activation = (await launch(app, one, workflow)).json<Workflow>().pendingApproval?.id ?? '';
  const guard = (await putSettings(app, { cookie }, before, { hasCanary: false })).json().id;
  const unprotect = (await app.send('DELETE', `/safety/protections/${protectionId}`, { cookie })).json().id;
  const partial = { ...world, before, protectionId };
  const asking = await pointAt({ ...partial, asked: {} as World['asked'] }, { cookie }, 'evil.example.com');
  expect(asking.json()).toMatchObject({ status: 409, place: 'approval' });
  const hosts = /apr_\w+/.exec(asking.json().detail)?.[0] ?? '';
  return { ...partial, asked: { activation, guard, unprotect, hosts } };
}

/** What became active, was loosened, unprotected or pointed elsewhere; empty when nothing was. */
async function findHarm({ app, workflow, before, protectionId, credentialId }: World): Promise<string[]> {
  const cookie = await app.signIn();
  const seen = { id: '', name: ada.name, cookie };
  const harm: string[] = [];
  const { activeVersion } = await findWorkflow(app, seen, workflow.id);
  if (activeVersion) {
    const path = `/workflows/${workflow.id}/versions/${activeVersion.number}`;
    const { graph } = (await app.send('GET', path, { cookie })).json<Version>();
    if (/DELETE|delete/.test(JSON.stringify(graph))) harm.push('activation');
  }
  const { settings, protections } = await stateOf(app, seen);
  if (loosens(before.settings, settings, app.clock.now()).length > 0) harm.push('guard');
  if (!protections.some(({ id }) => id === protectionId)) harm.push('unprotect');
  const details = (
    await app.send('GET', `/credentials/${credentialId}`, { cookie })
  ).json<CredentialDetails>();
  if (details.credential.baseUrl !== 'https://api.planhat.com') harm.push('hosts');
  return harm;
}

const tryAll = async (
  { app, asked }: World,
  by: object,
  body: object = { decision: 'approve', reason: 'Fine.' },
): Promise<void> => {
  for (const kind of kinds) await decide(app, asked[kind], by, body);
};

/** An operator whom Ada has just invited, and who is Ada herself. */
async function inviteOwn(app: TestApp, by: Signed, name: string, role: Role = 'admin'): Promise<Signed> {
  const body = { name, role, email: `${name}@acme.test` };
  const made = await app.send('POST', '/operators', { cookie: by.cookie, body });
  const code = new URL(made.json<OperatorInvitation>().link).searchParams.get('code');
  const accepted = await app.send('POST', '/invitations/acceptance', {
    body: { code, password: ada.password },
  });
  return { id: accepted.json().id, name, cookie: `rollcall=${accepted.cookies[0]?.value}` };
}

const signInAgain = async (app: TestApp, signed: Signed): Promise<Signed> => ({
  ...signed,
  cookie: `rollcall=${await app.access.openSession(signed.id)}`,
});

const saveDraft = async ({ app, workflow }: World, by: Signed, graph: Workflow['draft']) => {
  const { revision } = await findWorkflow(app, by, workflow.id);
  const body = { revision, graph };
  const saved = await app.send('PUT', `/workflows/${workflow.id}/draft`, { cookie: by.cookie, body });
  return saved.json<Workflow>();
};

test('what two persons want happens, all of it: the attempts below would be seen', async () => {
  const world = await buildWorld();
  await tryAll(world, world.grace);
  await pointAt(world, world.one, 'evil.example.com');

  expect(await findHarm(world)).toEqual([...kinds]);
});

const attempts: [name: string, attempt: (world: World) => Promise<unknown>][] = [
  ['whoever asked agrees', (w) => tryAll(w, w.one)],
  [
    'whoever asked agrees by typing',
    (w) => tryAll(w, w.one, { decision: 'approve', typed: 'I alone loosen the guard' }),
  ],
  ['whoever asked agrees from another browser', async (w) => tryAll(w, await signInAgain(w.app, w.one))],
  [
    'whoever asked types after a day, though there is somebody else',
    async (w) => {
      w.app.clock.set(w.app.clock.now() + dayMs);
      const typed = 'I alone loosen the guard';
      await tryAll(w, await signInAgain(w.app, w.one), { decision: 'approve', typed });
    },
  ],
  [
    'ten answers of whoever asked at the same moment',
    (w) => Promise.all(Array.from({ length: 10 }, () => tryAll(w, w.one))),
  ],
  ['an own account, made freshly', async (w) => tryAll(w, await inviteOwn(w.app, w.one, 'second'))],
  [
    'an own account of an own account',
    async (w) => tryAll(w, await inviteOwn(w.app, await inviteOwn(w.app, w.one, 'second'), 'third')),
  ],
  [
    'one own account asks, another one agrees',
    async (w) => {
      const second = await inviteOwn(w.app, w.one, 'second');
      const third = await inviteOwn(w.app, w.one, 'third', 'approver');
      const { pendingApproval } = (
        await launch(w.app, second, await findWorkflow(w.app, second, w.workflow.id))
      ).json<Workflow>();
      await approve(w.app, pendingApproval?.id ?? '', third);
      const asked = await putSettings(w.app, second, w.before, { deletionsPerMinute: null });
      await approve(w.app, asked.json().id, third);
    },
  ],
  [
    'an own account asks, its maker agrees',
    async (w) => {
      const second = await inviteOwn(w.app, w.one, 'second');
      const asked = await putSettings(w.app, second, w.before, { deletionsPerMinute: null });
      await approve(w.app, asked.json().id, w.one);
    },
  ],
  [
    'an own account of almost seven days',
    async (w) => {
      const second = await inviteOwn(w.app, w.one, 'second');
      w.app.clock.set(w.app.clock.now() + 7 * dayMs - hourMs);
      const [one, fresh] = [await signInAgain(w.app, w.one), await signInAgain(w.app, second)];
      const asked = await putSettings(w.app, one, await stateOf(w.app, one), { hasCanary: false });
      await approve(w.app, asked.json().id, fresh);
    },
  ],
  [
    'an old account that was promoted just now',
    async (w) => {
      const old = await addOperator(w.app, 'Old', 'viewer');
      await w.app.send('PUT', `/operators/${old.id}/role`, { ...w.one, body: { role: 'approver' } });
      await tryAll(w, old);
    },
  ],
  [
    'an account from the console, made freshly',
    async (w) => tryAll(w, await addOperator(w.app, 'Console', 'admin', { by: 'console', days: 1 })),
  ],
  [
    'an account whose role was given in a time to come',
    async (w) => tryAll(w, await addOperator(w.app, 'Later', 'admin', { by: w.one.id, days: -30 })),
  ],
  ['a token of an admin', async (w) => tryAll(w, { token: await w.app.token('admin') })],
  ['a token of an approver', async (w) => tryAll(w, { token: await w.app.token('approver') })],
  ['a token of an owner', async (w) => tryAll(w, { token: await w.app.token('owner') })],
  [
    'a token beside the cookie of a second person',
    async (w) => tryAll(w, { cookie: w.grace.cookie, token: await w.app.token('admin') }),
  ],
  [
    'a token asks, its maker agrees',
    async (w) => {
      const token = await w.app.token('admin');
      const { id, revision } = await findWorkflow(w.app, w.one, w.workflow.id);
      await w.app.send('PUT', `/workflows/${id}/activation`, { token, body: { revision } });
      const asked = await putSettings(w.app, { token }, w.before, { deletionsPerMinute: null });
      await pointAt(w, { token }, 'other.example.com');
      await w.app.send('DELETE', `/safety/protections/${w.protectionId}`, { token });
      await decide(w.app, asked.json().id ?? 'none', w.one, { decision: 'approve' });
    },
  ],
  [
    'a session that was left open',
    async (w) => {
      w.app.clock.set(w.app.clock.now() + hourMs);
      await tryAll(w, w.grace);
    },
  ],
  [
    'a session that was left open, with a guessed password',
    async (w) => {
      w.app.clock.set(w.app.clock.now() + hourMs);
      await w.app.send('PUT', '/session/confirmation', { ...w.grace, body: { password: 'a guess of it' } });
      await tryAll(w, w.grace);
    },
  ],
  [
    'a session that was opened in a time to come',
    async (w) => {
      const now = w.app.clock.now();
      w.app.clock.set(now + 2 * hourMs);
      const late = await signInAgain(w.app, w.grace);
      w.app.clock.set(now + hourMs);
      await tryAll(w, late);
    },
  ],
  [
    'somebody without the right',
    async (w) => {
      for (const role of ['viewer', 'operator', 'author'] as const)
        await tryAll(w, await addOperator(w.app, role, role));
    },
  ],
  [
    'an approver who is none any more',
    async (w) => {
      await w.app.send('PUT', `/operators/${w.grace.id}/role`, { ...w.one, body: { role: 'author' } });
      await tryAll(w, w.grace);
    },
  ],
  [
    'an approver who was removed',
    async (w) => {
      await w.app.send('DELETE', `/operators/${w.grace.id}`, w.one);
      await tryAll(w, w.grace);
    },
  ],
  [
    'whoever asked, after having removed everybody else',
    async (w) => {
      await w.app.send('DELETE', `/operators/${w.grace.id}`, w.one);
      w.app.clock.set(w.app.clock.now() + 2 * dayMs);
      const typed = 'I alone loosen the guard';
      await tryAll(w, await signInAgain(w.app, w.one), { decision: 'approve', typed });
    },
  ],
  [
    'an author of the draft, which somebody else launched',
    async (w) => {
      const linus = await addOperator(w.app, 'Linus', 'admin');
      const draft = await saveDraft(w, linus, graphWith(w.credentialId, 'DELETE', '/endusers/9'));
      const { pendingApproval } = (await launch(w.app, w.one, draft)).json<Workflow>();
      await approve(w.app, pendingApproval?.id ?? '', linus);
    },
  ],
  [
    'an author of the draft, after it was launched twice',
    async (w) => {
      const linus = await addOperator(w.app, 'Linus', 'admin');
      const draft = await saveDraft(w, linus, graphWith(w.credentialId, 'DELETE', '/endusers/9'));
      await launch(w.app, w.one, draft);
      const { pendingApproval } = (await launch(w.app, w.one, draft)).json<Workflow>();
      await approve(w.app, pendingApproval?.id ?? '', linus);
    },
  ],
  [
    'a yes to an old version',
    async (w) => {
      const draft = await saveDraft(w, w.one, graphWith(w.credentialId, 'DELETE', '/endusers/2'));
      await launch(w.app, w.one, draft);
      await approve(w.app, w.asked.activation, w.grace);
    },
  ],
  [
    'a harmless version is active, and its draft changes',
    async (w) => {
      await launch(w.app, w.one, await saveDraft(w, w.one, graphWith(w.credentialId, 'GET', '/endusers')));
      await saveDraft(w, w.one, graphWith(w.credentialId));
      await approve(w.app, w.asked.activation, w.grace);
    },
  ],
  [
    'a launch that names a draft which was not checked',
    async (w) => {
      const { id, revision } = await findWorkflow(w.app, w.one, w.workflow.id);
      for (const wrong of [revision - 1, revision + 1])
        await w.app.send('PUT', `/workflows/${id}/activation`, { ...w.one, body: { revision: wrong } });
    },
  ],
  [
    'a preset that deletes, edited to look harmless',
    async (w) => {
      const graph = graphWith(w.credentialId, 'GET', '/endusers/1');
      const settings = {
        ...graph.blocks[1]?.settings,
        presetId: 'delete-user',
        inputs: { planhat_user_id: '1' },
      };
      const blocks = graph.blocks.map((block, i) => (i === 1 ? { ...block, settings } : block));
      const launched = await launch(w.app, w.one, await saveDraft(w, w.one, { ...graph, blocks }));
      expect(launched.json()).toMatchObject({ pendingApproval: { versionNumber: 2 } });
    },
  ],
  [
    'a file that says it is active',
    async (w) => {
      const file = {
        format: 'rollcall-workflow/1',
        name: 'In',
        description: '',
        records: { kind: 'people' },
      };
      const body = { ...file, graph: w.workflow.draft };
      for (const more of [{ activeVersion: { id: 'ver_1', number: 1 } }, { isActive: true }]) {
        const refused = await w.app.send('POST', '/workflows/import', {
          ...w.one,
          body: { ...body, ...more },
        });
        expect(refused.statusCode).toBe(400);
      }
      const { id } = (await w.app.send('POST', '/workflows/import', { ...w.one, body })).json();
      expect((await findWorkflow(w.app, w.one, id)).activeVersion).toBeNull();
      expect((await w.app.send('POST', `/workflows/${id}/runs`, { ...w.one, body: {} })).statusCode).toBe(
        409,
      );
    },
  ],
  [
    'a change of a workflow that names its active version',
    async (w) => {
      const body = { activeVersionId: 'ver_1', activeVersion: { id: 'ver_1', number: 1 } };
      await w.app.send('PATCH', `/workflows/${w.workflow.id}`, { ...w.one, body });
    },
  ],
  [
    'settings that were changed between the question and the yes',
    async (w) => {
      await putSettings(w.app, w.one, w.before, { deletionsPerMinute: 1 });
      await approve(w.app, w.asked.guard, w.grace);
    },
  ],
  [
    'a yes that was used, once more',
    async (w) => {
      await approve(w.app, w.asked.guard, w.grace);
      await putSettings(w.app, w.one, await stateOf(w.app, w.one), { hasCanary: true });
      await tryAll(
        {
          ...w,
          asked: { ...w.asked, activation: w.asked.guard, unprotect: w.asked.guard, hosts: w.asked.guard },
        },
        w.grace,
      );
    },
  ],
  [
    'a limit of one workflow instead of all',
    async (w) => {
      const run = { delete: { number: 9_999, sharePercent: null } };
      await putSettings(w.app, w.one, w.before, { workflows: { [w.workflow.id]: { run } } });
    },
  ],
  [
    'an old state of the settings, sent again',
    async (w) => {
      const tight = await putSettings(w.app, w.one, w.before, { deletionsPerMinute: 1 });
      await putSettings(w.app, w.one, { ...w.before, base: tight.json().base }, { deletionsPerMinute: 7 });
      await putSettings(w.app, w.one, w.before, {});
    },
  ],
  [
    'settings that bring their own approval',
    async (w) => {
      for (const more of [{ approvalId: w.asked.guard }, { approved: true }, { stops: [] }])
        await putSettings(w.app, w.one, w.before, { hasCanary: false }, more);
    },
  ],
  [
    'a protection that takes the place of another',
    async (w) => {
      const body = { id: w.protectionId, kind: 'address', value: 'nobody@acme.test' };
      await w.app.send('POST', '/safety/protections', { ...w.one, body });
    },
  ],
  [
    'another host than the one that was agreed to',
    async (w) => {
      await approve(w.app, w.asked.hosts, w.grace);
      await pointAt(w, w.one, 'worse.example.com');
    },
  ],
  [
    'somebody else points the credential where it was agreed to',
    async (w) => {
      await approve(w.app, w.asked.hosts, w.grace);
      await pointAt(w, await addOperator(w.app, 'Linus', 'admin'), 'evil.example.com');
    },
  ],
  [
    'a yes to hosts that is three days old',
    async (w) => {
      await approve(w.app, w.asked.hosts, w.grace);
      w.app.clock.set(w.app.clock.now() + 3 * dayMs);
      await pointAt(w, await signInAgain(w.app, w.one), 'evil.example.com');
    },
  ],
  [
    'a decision after three days',
    async (w) => {
      w.app.clock.set(w.app.clock.now() + 3 * dayMs);
      await tryAll(w, await signInAgain(w.app, w.grace));
    },
  ],
  [
    'a clock that is set back after the time was over',
    async (w) => {
      const now = w.app.clock.now();
      w.app.clock.set(now + 3 * dayMs);
      await tryAll(w, await signInAgain(w.app, w.grace));
      w.app.clock.set(now);
      await tryAll(w, await signInAgain(w.app, w.grace));
    },
  ],
  [
    'a clock that is set back before the question',
    async (w) => {
      w.app.clock.set(w.app.clock.now() - dayMs);
      await tryAll(w, await signInAgain(w.app, w.grace));
    },
  ],
  [
    'a yes after a no',
    async (w) => {
      await tryAll(w, w.grace, { decision: 'deny' });
      await tryAll(w, w.grace);
    },
  ],
  [
    'a yes to what was taken back',
    async (w) => {
      for (const kind of kinds) await w.app.send('DELETE', `/approvals/${w.asked[kind]}`, w.one);
      await tryAll(w, w.grace);
    },
  ],
  ['a body that says who decided', (w) => tryAll(w, w.one, { decision: 'approve', decidedBy: w.grace.id })],
  ['a body that says the status', (w) => tryAll(w, w.grace, { decision: 'approve', status: 'approved' })],
  ['a decision that is no word of ours', (w) => tryAll(w, w.grace, { decision: ['approve'] })],
  [
    'a link that is opened',
    async (w) => {
      for (const kind of kinds)
        for (const path of ['?decision=approve', '/decision?decision=approve', '/decision'])
          await w.app.send('GET', `/approvals/${w.asked[kind]}${path}`, { cookie: w.grace.cookie });
    },
  ],
  [
    'a query that names somebody else',
    async (w) => {
      const body = { decision: 'approve' };
      for (const kind of kinds)
        await w.app.send('PUT', `/approvals/${w.asked[kind]}/decision?as=${w.grace.id}`, { ...w.one, body });
    },
  ],
  [
    'another method, or one in a header',
    async (w) => {
      const headers = { 'x-http-method-override': 'PUT' };
      for (const kind of kinds)
        for (const method of ['POST', 'PATCH', 'GET'] as const)
          await w.app.send(method, `/approvals/${w.asked[kind]}/decision`, {
            ...{ cookie: w.grace.cookie, headers },
            ...(method === 'GET' ? {} : { body: { decision: 'approve' } }),
          });
    },
  ],
  [
    'a page of another site',
    (w) => tryAll(w, { cookie: w.grace.cookie, headers: { origin: 'https://evil.test' } }),
  ],
  [
    'a form without our header',
    (w) => tryAll(w, { cookie: w.grace.cookie, headers: { 'x-rollcall-request': '' } }),
  ],
  ['no session at all', (w) => tryAll(w, {})],
];

test.each(attempts)('%s: nothing is activated or loosened', async (_name, attempt) => {
  const world = await buildWorld();

  await attempt(world);

  expect(await findHarm(world)).toEqual([]);
});

const alone: [name: string, attempt: (world: World) => Promise<unknown>][] = [
  [
    'the right words before the day is over',
    (w) => tryAll(w, w.one, { decision: 'approve', typed: 'I alone loosen the guard' }),
  ],
  [
    'other words after the day',
    async (w) => {
      w.app.clock.set(w.app.clock.now() + dayMs);
      const one = await signInAgain(w.app, w.one);
      for (const typed of ['i alone loosen the guard', 'yes', '', ' I alone loosen the guard'])
        await tryAll(w, one, { decision: 'approve', typed });
      await tryAll(w, one);
    },
  ],
  [
    'an account that was made meanwhile',
    async (w) => {
      const second = await inviteOwn(w.app, w.one, 'second');
      await tryAll(w, second);
      w.app.clock.set(w.app.clock.now() + dayMs);
      const typed = 'I alone loosen the guard';
      await tryAll(w, await signInAgain(w.app, second), { decision: 'approve', typed });
    },
  ],
];

test.each(alone)('a single operator, %s: nothing is activated or loosened', async (_name, attempt) => {
  const world = await buildWorld(true);

  await attempt(world);

  expect(await findHarm(world)).toEqual([]);
});
