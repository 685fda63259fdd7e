import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { openStage, type Stage } from '../support/browser.ts';
import { fillPages, type PagesWorld } from '../support/pages-world.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { setUpOwner } from '../support/story.ts';

let stage: Stage;
let api: ApiClient;
let world: PagesWorld;
let page: Page;

/** Nowhere to break a line, and as wide as letters get. */
const unbroken = (length: number) => 'W'.repeat(length);

beforeAll(async () => {
  stage = await openStage();
  api = createApiClient(stage.server.url);
  await setUpOwner(api, stage.server.setupLink ?? '');
  world = await fillPages(api);
  await api.send('PATCH', `/workflows/${world.workflow}`, { name: unbroken(120) });
  await api.send('PATCH', `/integrations/${world.integration}`, { name: unbroken(120) });
  await api.send('PATCH', `/people/${world.person}`, {
    values: { first_name: unbroken(120), last_name: unbroken(120) },
  });
  const field = { recordType: 'person', externalId: unbroken(40).toLowerCase(), type: 'text' };
  await api.send('POST', '/fields', { ...field, label: unbroken(60) });
  await api.send('POST', '/roles', { name: unbroken(60) });
  await api.send('POST', '/operators', {
    name: unbroken(80),
    email: `${unbroken(60)}@acme.test`,
    role: 'viewer',
  });
  await api.send('POST', '/global-variables', { name: `Webex.${unbroken(40)}`, value: unbroken(500) });
  page = (await visitSignedIn(stage, { reducedMotion: 'reduce' })).page;
});

afterAll(() => stage?.close());

const places: Record<string, (world: PagesWorld) => string> = {
  Home: () => '/',
  People: () => '/people',
  'a person': ({ person }) => `/people/${person}`,
  Workflows: () => '/workflows',
  'the editor': ({ workflow }) => `/workflows/${workflow}`,
  Versions: ({ workflow }) => `/workflows/${workflow}/versions`,
  Integrations: () => '/integrations',
  'an integration': ({ integration }) => `/integrations/${integration}`,
  'its mapping': ({ integration }) => `/integrations/${integration}?edit=mapping`,
  Fields: () => '/fields',
  Roles: () => '/roles',
  Operators: () => '/operators',
  'Global variables': () => '/global-variables',
};

describe('names without a place to break stay within their page', () => {
  it.each(Object.entries(places))('%s', async (_, address) => {
    const wide: string[] = [];
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${stage.server.url}${address(world)}`);
      await page.getByRole('main').waitFor();
      await page.waitForLoadState('networkidle');
      wide.push(...(await page.evaluate(tooWide)).map((one) => `${width}: ${one}`));
    }

    expect(wide).toEqual([]);
  });
});

/** The page itself where it scrolls to the side, and texts that are drawn over what stands beside them. */
function tooWide(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const page = scrollWidth > clientWidth ? [`the page, by ${scrollWidth - clientWidth}`] : [];
  const texts = [...document.querySelectorAll<HTMLElement>('main *')].filter((element) => {
    const { display, overflowX } = getComputedStyle(element);
    const isLeaf = element.children.length === 0 && element.clientWidth > 0;
    return isLeaf && !element.closest('.react-flow') && display !== 'inline' && overflowX === 'visible';
  });
  const spilled = texts.filter((element) => element.scrollWidth > element.clientWidth + 2);
  return [...page, ...spilled.map(({ tagName, className }) => `${tagName} ${className}`)];
}
