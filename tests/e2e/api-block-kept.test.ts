import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OwnPreset, Run, Workflow } from '#contract';
import { type ApiBlockStage, openApiBlockStage } from '../support/api-block-world.ts';
import { shootFailures, type Visit } from '../support/browser.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { finished } from '../support/story.ts';

let world: ApiBlockStage;
let seen: Visit;
let page: Page;
let workflow: Workflow;

beforeAll(async () => {
  world = await openApiBlockStage();
  await world.api.send('POST', '/fields', {
    ...{ recordType: 'person', label: 'API answer', externalId: 'api_response', type: 'text' },
  });
  const settings = {
    ...{ vendorId: 'webex', method: 'GET', url: '/people/nobody-{{webex_user_id}}' },
    authorization: { mode: 'static', credentialId: world.credentialId },
  };
  workflow = await world.draw('Look for nobody', { look: { name: 'Look', settings } });
  seen = await visitSignedIn(world.stage, { reducedMotion: 'reduce' });
  page = seen.page;
});

afterAll(() => world?.stage.close());

shootFailures(() => seen);

const dialog = () => page.getByRole('dialog');
const button = (name: string) => page.getByRole('button', { name, exact: true });
const tab = (name: RegExp) => page.getByRole('tab', { name });
const draft = async () => (await world.api.get<Workflow>(`/workflows/${workflow.id}`)).draft;
const settingsOf = async (block: string) =>
  (await draft()).blocks.find(({ id }) => id === block)?.settings as Record<string, unknown>;
const presets = async () => (await world.api.get<{ items: OwnPreset[] }>('/own-presets')).items;

async function openBlock(): Promise<void> {
  await page.goto(`${world.stage.server.url}/workflows/${workflow.id}`);
  await page.getByText('Look', { exact: true }).last().click();
}

/** Types a value of the answer and chooses the field that keeps it. */
async function keep(rows: Locator, value: string, field: RegExp): Promise<void> {
  await rows.getByRole('button', { name: 'Keep a value' }).click();
  await rows.getByLabel('Value 1 of the answer').fill(value);
  await page.keyboard.press('Escape');
  await rows.getByLabel('Value 1 is kept in').click();
  await page.getByRole('option', { name: field }).click();
}

it('what a refusal says is kept in a field, beside what a success would say', async () => {
  await openBlock();
  await tab(/^Response/).click();
  await keep(page.getByRole('region', { name: 'After failure' }), '{{response.message}}', /^Person: API/);
  await keep(page.getByRole('region', { name: 'After success' }), '{{response.displayName}}', /^Person: API/);
  await seen.shoot('api-block-after-failure');

  const target = { kind: 'person', name: 'api_response' };
  await expect
    .poll(async () => (await settingsOf('look')).response)
    .toEqual({
      success: [{ value: '{{response.displayName}}', target }],
      failure: [{ value: '{{response.message}}', target }],
    });
});

it('a run whose call fails writes it, and shows it beside the answer', async () => {
  const { api } = world;
  const { revision } = await api.get<Workflow>(`/workflows/${workflow.id}`);
  await api.send('PUT', `/workflows/${workflow.id}/activation`, { revision });
  const { id } = await api.send<Run>('POST', `/workflows/${workflow.id}/runs`, {});
  const run = await finished(api, id);

  await page.goto(`${world.stage.server.url}/runs/${id}?record=1&step=1`);
  const panel = page.getByRole('region', { name: 'What changed' });
  await panel.getByText('Expect a base64 person ID.').waitFor();
  await seen.shoot('step-after-failure');

  expect(run.counts.failed).toBe(run.counts.total);
  const { items } = await api.get<{ items: { fields: Record<string, unknown> }[] }>(
    '/people?search=ada&limit=1',
  );
  expect(items[0]?.fields.api_response).toBe('Expect a base64 person ID.');
});

it('a preset of one’s own is changed: blocks that were made of it keep their copy', async () => {
  await openBlock();
  await button('Save as a preset…').click();
  await dialog().getByLabel('Name').fill('Look somebody up');
  await button('Save preset').click();
  await button('Preset “Look somebody up”…').waitFor();
  const [before] = await presets();

  await tab(/^Information/).click();
  await page.getByLabel('URL').fill('/people/{{webex_user_id}}');
  await button('Preset “Look somebody up”…').click();
  await dialog().getByLabel('Name').fill('Look Webex up');
  await dialog().getByLabel('What it is for').fill('By the id that we know');
  await seen.shoot('own-preset-changed');
  await button('Change preset').last().click();
  await button('Preset “Look Webex up”…').waitFor();

  const [after, ...others] = await presets();
  expect(others).toEqual([]);
  expect(before).toMatchObject({ settings: { url: '/people/nobody-{{webex_user_id}}' } });
  expect(after).toMatchObject({
    ...{ id: before?.id, title: 'Look Webex up', summary: 'By the id that we know' },
    settings: { url: '/people/{{webex_user_id}}', authorization: { credentialId: '' } },
  });
});

it('under another name it is saved as a new one', async () => {
  await button('Preset “Look Webex up”…').click();
  await dialog().getByLabel('Name').fill('Look Webex up again');
  await button('Save as a new one').click();
  await button('Preset “Look Webex up again”…').waitFor();

  expect((await presets()).map(({ title }) => title).sort()).toEqual([
    'Look Webex up',
    'Look Webex up again',
  ]);
  await expect
    .poll(async () => (await settingsOf('look')).ownPresetId)
    .toBe((await presets()).find(({ title }) => title === 'Look Webex up again')?.id);
});
