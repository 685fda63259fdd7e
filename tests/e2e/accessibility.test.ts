import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run, SandboxInfo } from '#contract';
import { createApiClient } from '../support/api-client.ts';
import { openStage, type Stage, type Visit } from '../support/browser.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { connect, finishedWithYes, launchRecipe, loadUsers, setUpOwner } from '../support/story.ts';

let stage: Stage;
const windows: Partial<Record<'light' | 'dark', Visit>> = {};
const places: Record<string, string> = {};

beforeAll(async () => {
  stage = await openStage();
  const api = createApiClient(stage.server.url);
  await setUpOwner(api, stage.server.setupLink ?? '');
  const { vendors } = await api.get<SandboxInfo>('/sandbox');
  const credentialId = await connect(api, vendors[0]?.url ?? '');
  const integrationId = await loadUsers(api, credentialId);
  const workflowId = await launchRecipe(api);
  const { id: runId } = await api.send<Run>('POST', `/workflows/${workflowId}/runs`, {});
  const run = await finishedWithYes(api, runId);
  await api.send('POST', '/agents', { name: 'Branch office' });
  const [person] = (await api.get<{ items: { id: string }[] }>('/people?limit=1')).items;
  const [app] = (await api.get<{ items: { id: string }[] }>('/apps')).items;
  Object.assign(places, {
    Home: '/',
    People: '/people',
    'a person': `/people/${person?.id}`,
    'App users': `/apps/${app?.id}`,
    Credentials: '/credentials',
    'a credential': `/credentials/${credentialId}`,
    'a new credential': '/credentials/new?vendor=webex',
    Integrations: '/integrations',
    'an integration': `/integrations/${integrationId}`,
    Agents: '/agents',
    'an agent': '/agents',
    Fields: '/fields',
    Operators: '/operators',
    Roles: '/roles',
    Vendors: '/vendors',
    Workflows: '/workflows',
    'a new workflow': '/workflows?new=1',
    'the editor': `/workflows/${workflowId}`,
    'versions of a workflow': `/workflows/${workflowId}/versions`,
    'a comparison': `/workflows/${workflowId}/compare?from=1&to=draft`,
    Runs: '/runs',
    'a run': `/runs/${run.id}`,
    'a record of a run': `/runs/${run.id}?record=1`,
  });
});

afterAll(() => stage?.close());

/** A signed-in window in this colour scheme. */
async function windowIn(scheme: 'light' | 'dark'): Promise<Visit> {
  windows[scheme] ??= await visitSignedIn(stage, { colorScheme: scheme, reducedMotion: 'reduce' });
  return windows[scheme];
}

/** Fails with what keeps somebody from using this page as it stands. */
async function expectNoObstacle({ page, complaints }: Visit): Promise<void> {
  // Its entries are chosen by arrow keys from the search field, which scroll the list along.
  const isSearch = await page.getByRole('dialog', { name: 'Search' }).isVisible();
  const axe = new AxeBuilder({ page }).disableRules(isSearch ? ['scrollable-region-focusable'] : []);
  const { violations } = await axe.analyze();

  const isGrave = ({ id, impact }: { id: string; impact?: string | null }) =>
    impact === 'serious' || impact === 'critical' || id.startsWith('landmark-');
  const told = violations
    .filter(isGrave)
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help} ${target.join(' ')} ${failureSummary ?? ''}`),
    );
  expect(told).toEqual([]);
  expect(complaints).toEqual([]);
}

/** Everything that opens over a page: where, how, and what it is then. */
const openings: [
  place: string,
  press: (string | RegExp)[],
  role: 'dialog' | 'menu' | 'listbox',
  name?: string,
][] = [
  ['Integrations', ['New integration'], 'dialog', 'New integration'],
  ['an integration', ['More actions'], 'menu'],
  ['an integration', ['More actions', 'Delete integration'], 'dialog', 'Delete “Webex”'],
  ['an integration', ['Edit credential', 'Edit credential'], 'dialog', 'Edit Webex admin'],
  ['a credential', ['More actions', 'Delete credential'], 'dialog', 'Delete “Webex admin”'],
  ['Agents', ['Add agent'], 'dialog', 'Add agent'],
  ['an agent', ['Actions for Branch office'], 'menu'],
  ['an agent', ['Actions for Branch office', 'New registration token', 'Make new token'], 'dialog'],
  ['Fields', ['Add field'], 'dialog'],
  ['Roles', ['Add role'], 'dialog'],
  ['People', ['Columns'], 'dialog'],
  ['Home', ['Search'], 'dialog', 'Search'],
  ['Home', [/notification/i], 'dialog', 'Notifications'],
  ['Home', ['Signed in as Ada Lovelace'], 'menu'],
];

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  it.each([
    'Home',
    'People',
    'a person',
    'App users',
    'Credentials',
    'a credential',
    'a new credential',
    'Integrations',
    'an integration',
    'Agents',
    'Fields',
    'Roles',
    'Workflows',
    'a new workflow',
    'the editor',
    'versions of a workflow',
    'a comparison',
    'Runs',
    'a run',
    'a record of a run',
  ])('%s has no serious obstacle', async (name) => {
    const seen = await windowIn(scheme);
    await seen.page.goto(`${stage.server.url}${places[name]}`);
    await seen.page.getByRole('main').waitFor();
    await seen.page.waitForLoadState('networkidle');

    await expectNoObstacle(seen);
  });

  it.each(openings)('%s has none with %j open', async (place, presses, role, name) => {
    const seen = await windowIn(scheme);
    const { page } = seen;
    await page.goto(`${stage.server.url}${places[place]}`);
    for (const press of presses) {
      const pressed = page.getByRole('button', { name: press, exact: true });
      await pressed
        .or(page.getByRole('menuitem', { name: press, exact: true }))
        .first()
        .click();
    }
    await page
      .getByRole(role, name === undefined ? {} : { name })
      .first()
      .waitFor();
    await page.waitForLoadState('networkidle');

    await expectNoObstacle(seen);
  });
});
