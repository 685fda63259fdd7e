import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { openStage, type Stage, type Visit, visit } from '../support/browser.ts';
import { obstacles } from '../support/obstacles.ts';
import { fillPages, type PagesWorld } from '../support/pages-world.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { setUpOwner } from '../support/story.ts';

let stage: Stage;
let api: ApiClient;
/** A window before the door, and one behind it. */
let outside: Visit;
let inside: Visit;
let world: PagesWorld;

beforeAll(async () => {
  stage = await openStage();
  api = createApiClient(stage.server.url);
  outside = await visit(stage.browser, { reducedMotion: 'reduce' });
});

afterAll(() => stage?.close());

const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };

/** Every page behind the door, by its address in the router and by what stands there. */
const pages: Record<string, Record<string, (world: PagesWorld) => string>> = {
  '/': { Home: () => '/' },
  '/people': { People: () => '/people' },
  '/people/$id': { 'a person': ({ person }) => `/people/${person}` },
  '/apps': { Apps: () => '/apps' },
  '/apps/$id': { 'an app': ({ app }) => `/apps/${app}` },
  '/apps/$id/users/$userId': { 'a SaaS user': ({ app, account }) => `/apps/${app}/users/${account}` },
  '/workflows': { Workflows: () => '/workflows', 'a new workflow': () => '/workflows?new=1' },
  '/workflows/$id': { 'the editor': ({ workflow }) => `/workflows/${workflow}` },
  '/workflows/$id/versions': { versions: ({ workflow }) => `/workflows/${workflow}/versions` },
  '/workflows/$id/compare': {
    'a comparison': ({ workflow }) => `/workflows/${workflow}/compare?from=1&to=draft`,
  },
  '/runs': { Runs: () => '/runs' },
  '/runs/$id': {
    'a run': ({ run }) => `/runs/${run}`,
    'a record of a run': ({ run }) => `/runs/${run}?record=1`,
    'a step of a run': ({ run }) => `/runs/${run}?record=1&step=4`,
    'a run that waits': ({ waiting }) => `/runs/${waiting}`,
  },
  '/global-variables': { 'Global variables': () => '/global-variables' },
  '/unclear-calls': { 'Unclear calls': () => '/unclear-calls' },
  '/approvals': { Approvals: () => '/approvals' },
  '/approvals/$id': { 'an approval': ({ approval }) => `/approvals/${approval}` },
  '/safety': { Safety: () => '/safety' },
  '/integrations': { Integrations: () => '/integrations' },
  '/integrations/$id': { 'an integration': ({ integration }) => `/integrations/${integration}` },
  '/loads/$id': { 'a load': ({ load }) => `/loads/${load}` },
  '/credentials': { Credentials: () => '/credentials' },
  '/credentials/new': {
    'a choice of vendors': () => '/credentials/new',
    'a new credential': () => '/credentials/new?vendor=webex',
  },
  '/credentials/$id': { 'a credential': ({ credential }) => `/credentials/${credential}` },
  '/agents': { Agents: () => '/agents' },
  '/fields': { Fields: () => '/fields' },
  '/roles': { Roles: () => '/roles' },
  '/operators': { Operators: () => '/operators' },
  '/vendors': { Vendors: () => '/vendors' },
  '/$': {
    'no page': () => '/nowhere',
    'no person': () => '/people/per_none',
    'no workflow': () => '/workflows/wf_none',
    'no run': () => '/runs/run_none',
  },
};
const beforeTheDoor = ['/setup', '/sign-in', '/invitation', '/answer'];
const named = Object.values(pages).flatMap((states) => Object.entries(states));
const addressOf = (name: string) => named.find(([one]) => one === name)![1](world);

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
  ['Agents', ['Actions for Branch office'], 'menu'],
  ['Agents', ['Actions for Branch office', 'New registration token', 'Make new token'], 'dialog'],
  ['Fields', ['Add field'], 'dialog'],
  ['Roles', ['Add role'], 'dialog'],
  ['People', ['Columns'], 'dialog'],
  ['Home', ['Search'], 'dialog', 'Search'],
  ['Home', [/notification/i], 'dialog', 'Notifications'],
  ['Home', ['Signed in as Ada Lovelace'], 'menu'],
];

/** Opens an address and waits until all of it is there. */
async function open({ page }: Visit, address: string): Promise<void> {
  await page.setViewportSize(wide);
  await page.goto(`${stage.server.url}${address}`);
  await page.getByRole('main').waitFor();
  await page.waitForLoadState('networkidle');
}

/** Rules that another colour scheme may break; all others were asked in light. */
const ofColour = ['color-contrast', 'link-in-text-block'];

/** The entries of the search are chosen by arrow keys from its field, which scroll the list along. */
async function asked({ page }: Visit, scheme: 'light' | 'dark') {
  if (scheme === 'dark') return { only: ofColour };
  const isSearch = await page.getByRole('dialog', { name: 'Search' }).isVisible();
  return { but: isSearch ? ['scrollable-region-focusable'] : [] };
}

/** How far the page can be scrolled to the side. */
const sideways = ({ page }: Visit) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Changes to a colour scheme and a size without reloading, and waits until everything has followed. */
async function turnTo({ page }: Visit, scheme: 'light' | 'dark', size: typeof wide): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize(size);
  await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor();
  await page.evaluate(async () => {
    const isEnding = ({ playState, effect }: Animation) =>
      playState === 'running' && effect?.getTiming().iterations !== Infinity;
    for (let still = 0; still < 3; ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      still = document.getAnimations().some(isEnding) ? 0 : still + 1;
    }
  });
}

/**
 * Looks at what is open in light and in dark, and keeps a picture of each and of a phone, where it consists of the same
 * parts and must fit.
 */
async function look(seen: Visit, name: string): Promise<void> {
  const told: string[] = [];
  const picture = `page-${name.replaceAll(/\W+/g, '-').toLowerCase()}`;
  for (const [scheme, size, word] of [
    ['light', wide, 'light'],
    ['dark', wide, 'dark'],
    ['light', narrow, 'narrow'],
  ] as const) {
    await turnTo(seen, scheme, size);
    if (size === wide)
      told.push(...(await obstacles(seen.page, await asked(seen, scheme))).map((one) => `${word}: ${one}`));
    await seen.shoot(`${picture}-${word}`);
  }
  const extra = await sideways(seen);
  if (extra > 0) told.push(`narrow: it is ${extra} pixels too wide`);
  expect(told).toEqual([]);
}

/** A page that is not there says so, and the browser then writes it down. */
const isOfMissing = (complaint: string) => complaint.includes('status of 404');

// One story: a server is set up, still empty, and then at work.
describe('before the door', () => {
  it('the set-up has no serious obstacle', async () => {
    await open(outside, new URL(stage.server.setupLink ?? '').href.slice(stage.server.url.length));
    await look(outside, 'setup');
  });

  it('signing in has none', async () => {
    await setUpOwner(api, stage.server.setupLink ?? '');
    await open(outside, '/sign-in');
    await look(outside, 'sign-in');
    inside = await visitSignedIn(stage, { reducedMotion: 'reduce' });
  });
});

describe('a server that is still empty', () => {
  const lists = ['/', '/people', '/apps', '/workflows', '/runs', '/integrations', '/credentials'];
  it.each([...lists, '/approvals', '/unclear-calls', '/agents'])('%s has no serious obstacle', async (at) => {
    await open(inside, at);
    await look(inside, `empty ${at}`);
  });
});

describe('a server at work', () => {
  beforeAll(async () => {
    world = await fillPages(api);
  });

  it('has no page that is not looked at here', async () => {
    await open(inside, '/');
    const routes = await inside.page.evaluate(() => Object.keys(window.__TSR_ROUTER__?.routesByPath ?? {}));

    expect(routes.toSorted()).toEqual([...Object.keys(pages), ...beforeTheDoor].toSorted());
  });

  it('shows an invitation without a serious obstacle', async () => {
    await open(outside, `/invitation?code=${world.code}`);
    await look(outside, 'invitation');
  });

  it.each(named)('%s has no serious obstacle', async (name, address) => {
    await open(inside, address(world));
    await look(inside, name);
  });

  it.each(openings)('%s has none with %j open', async (place, presses, role, name) => {
    const { page } = inside;
    await page.emulateMedia({ colorScheme: 'light' });
    await open(inside, addressOf(place));
    for (const press of presses) {
      const pressed = page.getByRole('button', { name: press, exact: true });
      await pressed
        .or(page.getByRole('menuitem', { name: press, exact: true }))
        .first()
        .click();
    }
    const opened = page.getByRole(role, name === undefined ? {} : { name });
    await opened.first().waitFor();
    await page.waitForLoadState('networkidle');
    await look(inside, `${place} ${presses.join(' ')}`);
  });

  it('has nothing to complain of', () => {
    const complaints = [...outside.complaints, ...inside.complaints];
    expect(complaints.filter((one) => !isOfMissing(one))).toEqual([]);
  });
});
