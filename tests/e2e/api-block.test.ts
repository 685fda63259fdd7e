import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Run, Workflow } from '#contract';
import { openApiBlockStage } from '../support/api-block-world.ts';
import type { ApiClient } from '../support/api-client.ts';
import type { Stage, Visit } from '../support/browser.ts';
import { shootFailures } from '../support/browser.ts';
import { obstacles } from '../support/obstacles.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { finished } from '../support/story.ts';

let stage: Stage;
let api: ApiClient;
let seen: Visit;
let page: Page;
let workflow: Workflow;

beforeAll(async () => {
  const world = await openApiBlockStage();
  ({ stage, api } = world);
  workflow = await world.draw('Read people', { read: { name: 'Ask Webex', settings: {} } });
  seen = await visitSignedIn(stage, { reducedMotion: 'reduce' });
  page = seen.page;
});

afterAll(() => stage?.close());

shootFailures(() => seen);

const button = (name: string | RegExp) =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
const dialog = () => page.getByRole('dialog');

it('a preset is found by its vendor and configured in Advanced Mode', async () => {
  await page.goto(`${stage.server.url}/workflows/${workflow.id}`);
  await page.getByText('Ask Webex', { exact: true }).first().click();
  await page.getByRole('textbox', { name: 'Select preset' }).fill('webex get user');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: /^Credential/ }).click();
  await page.getByRole('option', { name: /Webex admin/ }).click();
  await page.getByRole('switch', { name: 'Advanced Mode' }).click();
  await page.getByRole('tab', { name: /^Params/ }).click();
  await button('Add param').click();
  await page.getByLabel('Name 1').fill('callingData');
  await page.getByLabel('Value 1').fill('{{is_dea');
  await page.getByRole('option', { name: /^is_deactivated/ }).click();
  expect(await page.getByLabel('Value 1').inputValue()).toBe('{{is_deactivated}}');
  await seen.shoot('api-block-params');

  await page.getByRole('tab', { name: /^Validation/ }).click();
  await button('Add a condition').click();
  await page.getByLabel('Path of condition 1').fill('id');
  await page.getByLabel('Value of condition 1').fill('{{identifier}}');
  await page.getByRole('tab', { name: /^Limits/ }).click();
  await page.getByLabel('Timeout').fill('20');
  await seen.shoot('api-block-limits');
});

it('what cannot be right is marked while it is typed', async () => {
  await page.getByRole('tab', { name: /^Information/ }).click();
  const url = page.getByLabel('URL');
  const before = await url.inputValue();
  await url.fill('/people/{{nobody_knows}}/{{webex_user_id');

  const kinds = await page.locator('[aria-hidden] > [data-kind="unknown"]').allTextContents();
  expect(kinds).toContain('nobody_knows');
  expect(await page.locator('[aria-hidden] > [data-kind="broken"]').allTextContents()).toEqual([
    '{{webex_user_id',
  ]);
  await seen.shoot('api-block-marks');
  await url.fill(before);
});

it('the request is tried for a record, and a value of the answer is kept by a click', async () => {
  await button('Test request').click();
  await dialog().getByLabel('SaaS user').fill('ada');
  await page.getByRole('option', { name: /^Ada Lovelace/ }).click();
  await dialog().getByText('/people/').waitFor();
  await seen.shoot('test-request-shown');
  await button('Send the request').click();
  await dialog().getByText('Leaves by success').waitFor();
  expect(await obstacles(page)).toEqual([]);
  await seen.shoot('test-request-answered');

  await button(/^Keep displayName/).click();
  await dialog().getByLabel('Keep it in').click();
  await page.getByRole('option', { name: 'Add new field…' }).click();
  await page
    .getByRole('dialog', { name: /field/i })
    .getByRole('button', { name: /^Add field/ })
    .click();
  await button('Keep this value').click();
  await button('Back to the block').click();
  await page.getByRole('tab', { name: /^Response/ }).click();
  await seen.shoot('api-block-response');
  const kept = page.getByRole('region', { name: 'After success' });
  expect(await kept.getByLabel('Value 2 of the answer').inputValue()).toBe('{{response.displayName}}');
});

it('the request is saved as a preset of one’s own, and found again', async () => {
  await button('Save as a preset…').click();
  await dialog().getByLabel('Name').fill('Ask Webex who it is');
  await seen.shoot('own-preset');
  await button('Save preset').click();
  await button('Preset “Ask Webex who it is”…').waitFor();
  await button('Change preset').click();
  await page.getByRole('textbox', { name: 'Select preset' }).fill('who it is');
  await seen.shoot('own-preset-found');
  await expect
    .poll(async () => JSON.stringify(await api.get(`/workflows/${workflow.id}`)))
    .toMatch(/"ownPresetId":"\w/);
  await button('Delete the preset Ask Webex who it is').click();
  await dialog().getByRole('button', { name: 'Delete preset' }).click();
  expect(await dialog().getByRole('alert').textContent()).toContain('The workflow "Read people" uses');
  await seen.shoot('own-preset-kept');
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('textbox', { name: 'Select preset' }).press('Enter');
  expect(await page.getByRole('combobox', { name: /^Credential/ }).inputValue()).toMatch(/Webex admin/);
});

it('the run keeps what was clicked', async () => {
  await page
    .getByText(/^Saved/)
    .first()
    .waitFor();
  await button('Launch version 1').click();
  await dialog().getByRole('button', { name: 'Launch version 1' }).click();
  await button('Run…').click();
  await dialog()
    .getByRole('button', { name: /^Run over/ })
    .click();
  await page.waitForURL(/\/runs\//);
  const run: Run = await finished(api, page.url().split('/').at(-1) ?? '');

  expect(run.status).toBe('succeeded');
  const { items } = await api.get<{ items: { fields: Record<string, unknown> }[] }>('/people?search=ada');
  expect(Object.values(items[0]?.fields ?? {})).toContainEqual(expect.stringMatching(/^Ada/));
});
