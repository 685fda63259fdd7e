import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { GlobalVariableView, Run, Workflow } from '#contract';
import { type ApiBlockStage, openApiBlockStage } from '../support/api-block-world.ts';
import { shootFailures, type Visit } from '../support/browser.ts';
import { visitSignedIn } from '../support/signed-in.ts';

let world: ApiBlockStage;
let seen: Visit;
let page: Page;
let workflow: Workflow;

/** Reads the account of each record; its URL is typed in the story. */
const reading = (credentialId: string) => ({
  ...{ vendorId: 'webex', method: 'GET', url: '/people/{{webex_user_id}}' },
  authorization: { mode: 'static', credentialId },
});

beforeAll(async () => {
  world = await openApiBlockStage();
  workflow = await world.draw('Read everybody', {
    look: { name: 'Look', settings: reading(world.credentialId) },
  });
  seen = await visitSignedIn(world.stage, { reducedMotion: 'reduce' });
  page = seen.page;
});

afterAll(() => world?.stage.close());

shootFailures(() => seen);

const dialog = (name: string) => page.getByRole('dialog', { name, exact: true });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const row = (name: string) => page.getByRole('row').filter({ hasText: name });
const variables = async () =>
  (await world.api.get<{ items: GlobalVariableView[] }>('/global-variables')).items;

it('is added where nothing is yet; a name that promises a secret is refused where it stands', async () => {
  await page.goto(`${world.stage.server.url}/global-variables`);
  await page.getByText('No global variable yet').waitFor();
  await button('Add variable').click();
  const added = dialog('Add global variable');
  await added.getByRole('textbox', { name: 'Name' }).fill('Webex.Token');
  await added.getByRole('textbox', { name: 'Value' }).fill('eu');
  await added.getByRole('button', { name: 'Add variable' }).click();
  await added.getByText('Keep secrets in a credential').waitFor();
  await seen.shoot('global-variable-refused');

  await added.getByRole('textbox', { name: 'Name' }).fill('Webex.Region');
  await added.getByRole('textbox', { name: 'Note' }).fill('Where our accounts live');
  await added.getByRole('button', { name: 'Add variable' }).click();

  await page.getByText('Webex.Region can be used in templates now.').waitFor();
  await row('Webex.Region').getByText('eu').waitFor();
  expect(await variables()).toMatchObject([{ name: 'Webex.Region', value: 'eu', uses: [] }]);
});

it('a number and a yes or no are typed as such', async () => {
  await button('Add variable').click();
  const added = dialog('Add global variable');
  await added.getByRole('textbox', { name: 'Name' }).fill('Salesforce.Version');
  await added.getByRole('combobox', { name: 'Type' }).click();
  await page.getByRole('option', { name: 'Number' }).click();
  await added.getByRole('textbox', { name: 'Value' }).fill('sixty');
  await added.getByText('Enter a number').waitFor();
  await added.getByRole('textbox', { name: 'Value' }).fill('62');
  await added.getByRole('button', { name: 'Add variable' }).click();
  await added.waitFor({ state: 'hidden' });

  expect((await variables()).map(({ value }) => value)).toEqual([62, 'eu']);
});

it('is offered while a template is typed, and an unknown one is an issue of the block', async () => {
  await page.goto(`${world.stage.server.url}/workflows/${workflow.id}`);
  await page.getByText('Look', { exact: true }).click();
  const url = page.getByLabel('URL');
  await url.fill('/people/{{webex_user_id}}?region={{GlobalSetting.Webex.Nowhere}}');
  await page.getByText('There is no global variable “Webex.Nowhere”.').first().waitFor();

  await url.fill('/people/{{webex_user_id}}?region={{Region');
  await page.getByRole('option', { name: /GlobalSetting\.Webex\.Region/ }).click();

  expect(await url.inputValue()).toBe('/people/{{webex_user_id}}?region={{GlobalSetting.Webex.Region}}');
  await page.getByText('There is no global variable').first().waitFor({ state: 'hidden' });
  await expect
    .poll(async () => (await variables()).find(({ name }) => name === 'Webex.Region')?.uses)
    .toMatchObject([{ id: workflow.id, isActive: false }]);
});

it('the run says which value it went by', async () => {
  const { api } = world;
  const { revision } = await api.get<Workflow>(`/workflows/${workflow.id}`);
  await api.send('PUT', `/workflows/${workflow.id}/activation`, { revision });
  const { items } = await api.get<{ items: { id: string }[] }>('/people?limit=1');
  expect(items).toHaveLength(1);
  const run = await api.send<Run>('POST', `/workflows/${workflow.id}/runs`, {}, { prefer: 'wait=30' });

  await page.goto(`${world.stage.server.url}/runs/${run.id}`);

  await page.getByText('Webex.Region = eu').waitFor();
  await seen.shoot('run-with-global-variable');
});

it('one that is used is changed, and cannot be removed until it is taken out', async () => {
  await page.goto(`${world.stage.server.url}/global-variables`);
  await button('Change Webex.Region').click();
  await dialog('Change Webex.Region').getByRole('textbox', { name: 'Value' }).fill('us');
  await dialog('Change Webex.Region').getByRole('button', { name: 'Save variable' }).click();
  await row('Webex.Region').getByText('us', { exact: true }).waitFor();

  await button('Remove Webex.Region').click();
  await dialog('Webex.Region is used').getByRole('link', { name: 'Read everybody' }).waitFor();
  await dialog('Webex.Region is used').getByRole('button', { name: 'Keep variable' }).click();
  await button('Remove Salesforce.Version').click();
  await dialog('Remove Salesforce.Version?').getByRole('button', { name: 'Remove variable' }).click();
  await row('Salesforce.Version').waitFor({ state: 'hidden' });

  expect(await variables()).toMatchObject([{ name: 'Webex.Region', value: 'us' }]);
});

it('the value by which an active workflow takes something from people stands fast; its note does not', async () => {
  const { api } = world;
  const settings = {
    ...reading(world.credentialId),
    ...{ method: 'DELETE', url: '/people/{{webex_user_id}}?region={{GlobalSetting.Webex.Region}}' },
  };
  const { id, revision } = await world.draw('Clean up', { remove: { name: 'Remove', settings } });
  await api.send('PUT', `/workflows/${id}/activation`, { revision });

  await page.goto(`${world.stage.server.url}/global-variables`);
  await row('Webex.Region').getByText('Clean up').waitFor();
  await button('Change Webex.Region').click();
  const changed = dialog('Change Webex.Region');
  await changed.getByText('“Clean up” takes something from people').waitFor();
  expect(await changed.getByRole('textbox', { name: 'Value' }).isDisabled()).toBe(true);
  await seen.shoot('global-variable-agreed');
  await changed.getByRole('textbox', { name: 'Note' }).fill('Agreed to');
  await changed.getByRole('button', { name: 'Save variable' }).click();
  await changed.waitFor({ state: 'hidden' });

  expect(await variables()).toMatchObject([{ value: 'us', note: 'Agreed to' }]);
});
