import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxInfo } from '#contract';
import { masked } from '#domain/mask';
import type { LedgerEntry } from '../../server/sandbox/ledger.ts';
import { sortByActivity, type WebexPerson } from '../../server/sandbox/webex/person.ts';
import { toNumberText } from '../../web/ui/words.ts';
import { openStage, type Stage, shootFailures, type Visit, visit } from '../support/browser.ts';
import { owner } from '../support/story.ts';

const days = 90;

let stage: Stage;
let seen: Visit;
let page: Page;
let sandbox: string;
let expected: ReturnType<typeof sortByActivity>;

beforeAll(async () => {
  stage = await openStage();
  seen = await visit(stage.browser);
  page = seen.page;
});

afterAll(() => stage?.close());

shootFailures(() => seen);

const button = (name: string) => page.getByRole('button', { name, exact: true });
const link = (name: string) => page.getByRole('link', { name, exact: true });
const heading = (name: string | RegExp) => page.getByRole('heading', { name });
const goTo = (place: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place, exact: true }).click();

// One story, told in order: every chapter stands on what the one before has done in the same window.
describe('a newcomer with the sandbox', () => {
  it('creates the owner by the one-time link', async () => {
    await page.goto(stage.server.setupLink ?? '');
    await page.getByLabel('Name').fill(owner.name);
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await button('Create owner account').click();

    await heading('Hello, Ada').waitFor();
    await heading('Getting started').waitFor();
  });

  it('connects the sandbox organisation through its consent page', async () => {
    await goTo('Credentials');
    await link('New credential').click();
    await button('Choose Webex').click();
    await button('Use the sandbox organisation').click();
    await button('Save credential').click();
    await button('Authenticate').click();
    await heading(/Allow Rollcall to use/).waitFor();
    await button('Allow').click();

    await page.getByText('Webex accepted the sign-in').waitFor();
    await page.getByText('Authenticated', { exact: true }).first().waitFor();
  });

  it('sets up the load with Smart Mapping and reads everybody', async () => {
    sandbox = await sandboxUrl();
    expected = sortByActivity(await peopleOf(sandbox), { now: Date.now(), days });

    await goTo('Integrations');
    await button('New integration').click();
    await button('Add Webex').click();
    await button('Use Webex sandbox').click();
    await button('Edit details').click();
    await page.getByRole('radio', { name: 'User plus SaaS user' }).check();
    await button('Save details').click();
    await button('Map fields').click();
    await button('Smart Mapping').click();
    await button('Accept all').click();
    await page.getByRole('region', { name: 'Smart Mapping' }).waitFor({ state: 'detached' });
    await button('Save mapping').click();
    await button('Launch integration').click();
    await button('Load users now').click();

    const loads = page.getByRole('table', { name: 'Loads' });
    await loads.getByText('Succeeded').waitFor();
    const all = expected.active.length + expected.inactive.length + expected.unknown.length;
    await loads.getByText(toNumberText(all), { exact: true }).first().waitFor();
  });

  it('makes the clean-up from its recipe and launches it', async () => {
    await goTo('Workflows');
    await button('New workflow').click();
    await page.getByRole('dialog').getByText('Webex inactive-user cleanup', { exact: true }).click();
    await button('Create workflow').click();
    for (const name of ['Begin', 'Load Webex users', 'Look up in Webex', 'Delete user', 'Left alone']) {
      await page.locator('.react-flow__node', { hasText: name }).waitFor();
    }
    await button('Launch version 1').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Launch version 1' }).click();

    await button('Version 1 launched').waitFor();
  });

  it('runs it, sees the counts, and opens the evidence of a deletion', async () => {
    const [gone] = expected.inactive;
    const person = (await peopleOf(sandbox)).find(({ id }) => id === gone);
    await button('Run…').click();
    await page
      .getByRole('dialog')
      .getByText(/Deleted accounts cannot be brought back/)
      .waitFor();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Run over/ })
      .click();
    await page.getByRole('progressbar', { name: 'Records done' }).waitFor();
    // So many deletions are above the limits of a fresh install, and the first of a version is looked at.
    await agree(/more than the limit of 5 deletions/);
    await agree(/first call/);
    await page
      .getByRole('main')
      .getByRole('banner')
      .or(page.locator('main header'))
      .getByText('Succeeded', { exact: true })
      .waitFor();

    await page.getByRole('textbox', { name: 'Find a record' }).fill(person?.emails[0] ?? '');
    await page
      .getByRole('complementary', { name: 'Records of this run' })
      .getByRole('button', { name: person?.emails[0] ?? '' })
      .click();
    await page
      .getByRole('complementary', { name: 'Record' })
      .getByRole('button', { name: /Delete user/ })
      .click();

    const request = await page.getByRole('region', { name: 'Request' }).textContent();
    expect(request).toContain(`DELETE ${sandbox}/v1/people/${gone}`);
    expect(request).toContain(`Bearer ${masked}`);
    await page.getByRole('region', { name: 'Response' }).getByText('204').waitFor();
  });

  it('has deleted every inactive person once and nobody else', async () => {
    const deletions = (await callsOf(sandbox, 'DELETE')).filter((call) => call.performed === 204);
    const left = new Set((await peopleOf(sandbox)).map(({ id }) => id));

    expect(deletions.map((call) => call.personId).sort()).toEqual([...expected.inactive].sort());
    expect(expected.inactive.filter((id) => left.has(id))).toEqual([]);
    expect([...expected.active, ...expected.unknown].filter((id) => !left.has(id))).toEqual([]);
    expect(expected.unknown).not.toEqual([]);
  });

  it('is asked to sign in once when nobody is signed in, and told where it wanted to go', async () => {
    const stranger = await visit(stage.browser);
    await stranger.page.goto(`${stage.server.url}/people?search=ada`);
    await stranger.page.getByRole('button', { name: 'Sign in' }).waitFor();

    expect(new URL(stranger.page.url()).searchParams.get('to')).toBe('/people?search=ada');
    expect(stranger.complaints).toEqual([]);
  });

  it('leaves no complaint in the console', () => {
    expect(seen.complaints).toEqual([]);
  });
});

/** The run waits: reads why, opens the request, agrees to it and comes back to the run. */
async function agree(why: RegExp): Promise<void> {
  await page.getByRole('main').getByText(why).first().waitFor();
  await page.getByRole('link', { name: 'Look at the request' }).click();
  await button('Approve').click();
  await page.getByText('Approved and done').waitFor();
  await page.getByRole('link', { name: 'Open the run', exact: true }).click();
}

async function sandboxUrl(): Promise<string> {
  const response = await page.request.get(`${stage.server.url}/api/v1/sandbox`);
  const { vendors } = (await response.json()) as SandboxInfo;
  return vendors[0]?.url ?? '';
}

async function peopleOf(url: string): Promise<WebexPerson[]> {
  const { people } = (await (await fetch(`${url}/_sandbox/people`)).json()) as { people: WebexPerson[] };
  return people;
}

async function callsOf(url: string, method: string): Promise<LedgerEntry[]> {
  const response = await fetch(`${url}/_sandbox/ledger?method=${method}`);
  return ((await response.json()) as { calls: LedgerEntry[] }).calls;
}
