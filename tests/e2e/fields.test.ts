import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Field } from '#contract';
import type { ApiClient } from '../support/api-client.ts';
import { openStage, type Stage, shootFailures, type Visit } from '../support/browser.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { loadWebex, ownerOf } from '../support/story.ts';

let stage: Stage;
let api: ApiClient;
let seen: Visit;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  api = await ownerOf(stage);
  await loadWebex(api);
  seen = await visitSignedIn(stage, { reducedMotion: 'reduce' });
  page = seen.page;
});

afterAll(() => stage?.close());

shootFailures(() => seen);

const open = (path: string) => page.goto(stage.server.url + path);
const button = (name: string) => page.getByRole('button', { name, exact: true });
const link = (name: string) => page.getByRole('link', { name, exact: true });
const dialog = (name: string) => page.getByRole('dialog', { name, exact: true });
const fields = async () => (await api.get<{ items: Field[] }>('/fields')).items;
const roles = async () => (await api.get<{ items: { name: string }[] }>('/roles')).items;

describe('the page of fields', () => {
  it('refuses a name that templates know, and says so where it stands', async () => {
    await open('/fields');
    await button('Add field').click();
    const added = dialog('Add field');
    await added.getByRole('textbox', { name: 'Label' }).fill('Run');
    await added.getByRole('button', { name: 'Add field' }).click();

    await added.getByText('Templates use the name "run" already').waitFor();
  });

  it('cannot make a field of SaaS users unique', async () => {
    const added = dialog('Add field');
    const unique = added.getByRole('switch', { name: 'Unique' });
    await unique.press('Space');
    expect(await unique.isChecked()).toBe(true);
    await added.getByRole('combobox', { name: 'Belongs to' }).click();
    await page.getByRole('option', { name: 'SaaS users' }).click();

    expect(await unique.isDisabled()).toBe(true);
    expect(await unique.isChecked()).toBe(false);
  });

  it('adds one, and it is in the list', async () => {
    const added = dialog('Add field');
    await added.getByRole('textbox', { name: 'Label' }).fill('Cost centre');
    await added.getByRole('button', { name: 'Add field' }).click();
    await page.getByText('Cost centre can be mapped and used in templates now.').waitFor();

    await link('Cost centre').waitFor();
    expect((await fields()).find(({ label }) => label === 'Cost centre')).toMatchObject({
      externalId: 'cost_centre',
      recordType: 'saas_user',
      isUnique: false,
    });
  });

  it('asks before changes are lost, by closing and by going back', async () => {
    await link('Cost centre').click();
    const label = dialog('Cost centre').getByRole('textbox', { name: 'Label' });
    await label.fill('Cost center');
    await dialog('Cost centre').getByRole('button', { name: 'Close' }).click();
    await button('Keep editing').click();
    expect(await label.inputValue()).toBe('Cost center');
    await page.goBack();
    await dialog('Leave without saving?').waitFor();
    await button('Leave without saving').click();

    await dialog('Cost centre').waitFor({ state: 'hidden' });
    expect((await fields()).some((field) => field.label === 'Cost center')).toBe(false);
  });

  it('changes its label and help', async () => {
    await link('Cost centre').click();
    const opened = dialog('Cost centre');
    await opened.getByRole('textbox', { name: 'Label' }).fill('Cost unit');
    await opened.getByRole('textbox', { name: 'Help' }).fill('Four digits');
    await opened.getByRole('button', { name: 'Save field' }).click();
    await page.getByText('Cost unit is saved.').waitFor();
    await dialog('Cost unit').getByRole('button', { name: 'Close' }).click();

    await link('Cost unit').waitFor();
    expect((await fields()).find(({ externalId }) => externalId === 'cost_centre')).toMatchObject({
      label: 'Cost unit',
      help: 'Four digits',
    });
  });

  it('removes one that nothing uses', async () => {
    await link('Cost unit').click();
    await dialog('Cost unit').getByRole('button', { name: 'Remove field' }).click();
    await dialog('Remove Cost unit?').getByRole('button', { name: 'Remove field' }).click();

    await page.getByText('Cost unit is removed.').waitFor();
    await link('Cost unit').waitFor({ state: 'hidden' });
  });

  it('keeps one that a mapping fills, and says which', async () => {
    await open('/fields?of=person');
    await link('Webex User ID').click();
    const opened = dialog('Webex User ID');
    await opened.getByText('Mapping, sync key').waitFor();

    expect(await opened.getByRole('button', { name: 'Remove field' }).isDisabled()).toBe(true);
    await opened.getByText('Take it out of the mappings and workflows above').waitFor();
  });
});

describe('the page of roles', () => {
  it('adds one', async () => {
    await open('/roles');
    await button('Add role').click();
    await dialog('Add role').getByRole('textbox', { name: 'Name' }).fill('Contractor');
    await dialog('Add role').getByRole('button', { name: 'Add role' }).click();

    await page.getByRole('cell', { name: 'Contractor', exact: true }).waitFor();
  });

  it('refuses a name that there is already', async () => {
    await button('Add role').click();
    await dialog('Add role').getByRole('textbox', { name: 'Name' }).fill('Contractor');
    await dialog('Add role').getByRole('button', { name: 'Add role' }).click();

    await dialog('Add role')
      .getByText(/there is a role/i)
      .waitFor();
    await dialog('Add role').getByRole('button', { name: 'Cancel' }).click();
  });

  it('gives one another name', async () => {
    await button('Rename Contractor').click();
    await dialog('Rename Contractor').getByRole('textbox', { name: 'Name' }).fill('External');
    await button('Rename role').click();

    await page.getByRole('cell', { name: 'External', exact: true }).waitFor();
    expect((await roles()).map(({ name }) => name)).not.toContain('Contractor');
  });

  it('removes one that somebody has only with another in its place', async () => {
    const [ada] = (await api.get<{ items: { id: string }[] }>('/people?search=ada@acme.test')).items;
    await api.send('PATCH', `/people/${ada?.id}`, { values: { role: 'External' } });
    await page.reload();
    await button('Remove External').click();
    await dialog('Remove External?').getByText('1 person will have this role instead').waitFor();
    await button('Remove role and change 1 person').click();

    await page.getByText('External is removed.').waitFor();
    const { person } = await api.get<{ person: { role: string } }>(`/people/${ada?.id}`);
    expect(person.role).toBe('Employee');
  });

  it('never removes the one that is built in', async () => {
    await page.getByRole('cell', { name: 'Employee', exact: true }).waitFor();

    expect(await button('Remove Employee').count()).toBe(0);
    expect((await api.raw('DELETE', '/roles/Employee')).ok).toBe(false);
  });
});
