import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntegrationDetails, MappingProposal } from '#contract';
import type { ApiClient } from '../support/api-client.ts';
import { openStage, type Stage, shootFailures, type Visit } from '../support/browser.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { ownerOf } from '../support/story.ts';

let stage: Stage;
let api: ApiClient;
let seen: Visit;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  api = await ownerOf(stage);
  seen = await visitSignedIn(stage);
  page = seen.page;
});

afterAll(() => stage?.close());

shootFailures(() => seen);

const button = (name: string) => page.getByRole('button', { name, exact: true });
const idOnPage = () => new URL(page.url()).pathname.split('/').at(-1) ?? '';

// One integration from the sidebar to its schedule, each chapter on what the one before has done.
describe('an integration is set up on one page', () => {
  it('is found in the sidebar and begins as a draft that says what it lacks', async () => {
    await page.goto(`${stage.server.url}/integrations`);
    await button('New integration').first().click();
    await page.getByLabel('Search apps').fill('goto');
    await button('Add GoTo Admin').click();

    await page.getByRole('heading', { name: 'Before you can launch' }).waitFor();
    await button('Enter the account key.').waitFor();
    await button('Choose a credential.').waitFor();
  });

  it('gets a credential made without leaving the page', async () => {
    await button('New GoTo Admin credential').click();
    await button('Use the sandbox organisation').click();
    await button('Save credential').click();
    await button('Authenticate').click();
    await button('Allow').click();

    await page.getByText('The credential is authenticated.').waitFor();
  });

  it('finds the account key at the vendor, with every digit', async () => {
    await button('Enter the account key.').click();
    await button('Find in GoTo Admin').click();
    await page.getByRole('combobox', { name: 'Account key' }).click();
    const [, key = ''] = /\((\d+)\)/.exec((await page.getByRole('option').first().textContent()) ?? '') ?? [];
    await page.getByRole('option').first().click();
    await button('Save details').click();

    await page.getByText('Name, mode and preference are set.').waitFor();
    const { integration } = await api.get<IntegrationDetails>(`/integrations/${idOnPage()}`);
    expect(key).toMatch(/^\d{16,}$/);
    expect(integration.inputs).toEqual({ account_key: key });
  });

  it('shows the next five times while its schedule is chosen', async () => {
    await button('Edit schedule').click();
    await page.getByRole('combobox', { name: 'Loads start' }).click();
    await page.getByRole('option', { name: 'By cron text' }).click();
    await page.getByLabel('Cron text').fill('0 0 31 2 *');
    await page.getByText('names a day that never comes').waitFor();
    expect(await button('Save schedule').isDisabled()).toBe(true);

    await page.getByLabel('Cron text').fill('30 4 * * 1-5');
    expect(await page.getByLabel('Preview of the schedule').getByRole('listitem').count()).toBe(5);
    await button('Save schedule').click();
    await page.getByText('Next loads, once launched').waitFor();
  });

  it('is launched, counts to its next load, and can be paused', async () => {
    await mapByApi(idOnPage());
    await page.reload();
    await button('Launch integration').click();
    await button('Load users now').waitFor();

    await page.goto(`${stage.server.url}/integrations`);
    const card = page.getByRole('listitem').filter({ hasText: 'GoTo Admin users' });
    await card.getByText('Active').waitFor();
    expect(await card.getByText(/^in \d+ (minute|hour|day)s?$/).count()).toBe(1);

    await card.getByRole('link').click();
    await button('More actions').click();
    await page.getByRole('menuitem', { name: 'Pause schedule' }).click();
    await page.getByText('Paused').first().waitFor();
    expect(seen.complaints).toEqual([]);
  });
});

/** Maps what Smart Mapping proposes: the mapping page has tests of its own. */
async function mapByApi(id: string): Promise<void> {
  const { rows } = await api.send<MappingProposal>('POST', `/integrations/${id}/mapping-proposal`, {});
  for (const { row, newField } of rows) {
    if (newField) await api.send('POST', '/fields', { ...newField, ...row.target });
  }
  await api.send('PATCH', `/integrations/${id}`, { mapping: { rows: rows.map(({ row }) => row) } });
}
