import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntegrationDetails, SandboxInfo } from '#contract';
import type { ApiClient } from '../support/api-client.ts';
import { openStage, type Stage, shootFailures, type Visit, visit } from '../support/browser.ts';
import { obstacles } from '../support/obstacles.ts';
import { connect, owner, ownerOf } from '../support/story.ts';

let stage: Stage;
let api: ApiClient;
let seen: Visit;
let page: Page;
let path: string;

beforeAll(async () => {
  stage = await openStage();
  api = await ownerOf(stage);
  const { vendors } = await api.get<SandboxInfo>('/sandbox');
  const webex = vendors.find(({ vendorId }) => vendorId === 'webex');
  const credentialId = await connect(api, webex?.url ?? '');
  const body = { vendorId: 'webex', name: 'Webex' };
  const { integration } = await api.send<IntegrationDetails>('POST', '/integrations', body);
  path = `/integrations/${integration.id}`;
  await api.send('PATCH', path, { credentialId, mode: 'user_and_saas_user' });
  await api.send('POST', '/roles', { name: 'Lead' });

  seen = await visit(stage.browser, { reducedMotion: 'reduce' });
  page = seen.page;
  await page.goto(`${stage.server.url}/sign-in`);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
});

afterAll(() => stage?.close());

shootFailures(() => seen);

const button = (name: string | RegExp, on: Page = page) =>
  on.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
/** Whether all of it is within the window. */
const isInSight = (shown: Locator) =>
  shown.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  });
const box = (name: string) => page.getByRole('combobox', { name, exact: true });
const mapping = async () => (await api.get<IntegrationDetails>(path)).integration.mapping;

describe('the mapping page', () => {
  it('fills what it knows by Smart Mapping', async () => {
    await page.goto(stage.server.url + path);
    await button('Map fields').click();
    await button('Smart Mapping').click();
    await button('Accept all').click();

    await page.getByText(/14 rows mapped, 1 new field created/).waitFor();
    await page.getByText('Of the first page, 100 would be created.').waitFor();
  });

  it('gives roles by a value map that is tried on the first records', async () => {
    await box('Role for everybody').click();
    await page.getByRole('option', { name: 'Title', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Title on its way to Role' });
    await dialog.getByRole('combobox', { name: 'Value 1 becomes', exact: true }).click();
    await page.getByRole('option', { name: 'Lead', exact: true }).click();

    await dialog.getByRole('cell', { name: 'Lead', exact: true }).first().waitFor();
    await button('Use converters').click();
    await button(/^Converters of Role: \d+ values? mapped$/).waitFor();
  });

  it('makes a new field where a vendor field is dropped by keyboard', async () => {
    await button(/Webex fields fill nothing/).click();
    await button('Drag Department onto a field').focus();
    await page.keyboard.press('Space');
    const said = () => page.locator('[id^=DndLiveRegion]').textContent();
    await expect.poll(said).toContain('Department');
    for (let step = 0; step < 50 && (await said()) !== 'Department is over a new field.'; step += 1) {
      const before = await said();
      await page.keyboard.press('ArrowDown');
      await expect.poll(said).not.toBe(before);
    }
    await page.keyboard.press('Space');
    await button('Create and map field').click();

    await expect.poll(() => box('Department fills').inputValue()).toBe('Person: Department');
  });

  it('says which records a filter keeps out, and why', async () => {
    await button('Filter').click();
    const create = page.getByRole('region', { name: 'Create records' });
    await create.getByText('Only if…').click();
    await create.getByRole('button', { name: 'Add rule' }).click();
    await create.getByRole('combobox', { name: 'Field' }).click();
    await page.getByRole('option', { name: 'Email', exact: true }).first().click();
    await create.getByRole('textbox', { name: 'Value' }).fill('ada@acme.test');
    await button('Preview first records').click();

    const counts = page.getByText('Of the first page, 1 would be created, 99 would be skipped.');
    await counts.waitFor();
    // It stands below all rows of the mapping; nobody should have to look for it.
    await expect.poll(() => isInSight(counts)).toBe(true);
    await page.getByRole('tab', { name: /grace@acme.test/ }).click();
    await page.getByText('The filter lets it be created only if Email is ada@acme.test.').waitFor();
  });

  it('has no serious obstacle', async () => {
    expect(await obstacles(page)).toEqual([]);
  });

  it('keeps what was saved as a version', async () => {
    await button('Save mapping').click();
    await button('Version 1').waitFor();

    const { rows, filter } = await mapping();
    expect(filter?.create?.rules).toHaveLength(1);
    expect(rows.find(({ target }) => target.externalId === 'role')?.source).toEqual({
      kind: 'field',
      key: 'title',
    });
    expect(seen.complaints).toEqual([]);
  });

  it('asks before changes are lost, by a link and by closing the window', async () => {
    await button('Edit mapping').click();
    await button('Stop filling Last name').click();
    await page.getByRole('link', { name: 'People', exact: true }).click();
    await page.getByText('Your changes to the mapping of Webex are not saved yet.').waitFor();
    await button('Keep editing').click();
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const warning = await asked;
    expect(warning.type()).toBe('beforeunload');
    await warning.dismiss();
    await page.getByRole('link', { name: 'People', exact: true }).click();
    await button('Leave without saving').click();

    await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
    const { rows } = await mapping();
    expect(rows.some(({ target }) => target.externalId === 'last_name')).toBe(true);
    await page.goto(stage.server.url + path);
  });

  it('tells the second of two who edit it, and keeps the changes', async () => {
    await button('Edit mapping').click();
    await api.send('PATCH', path, { mapping: { rows: (await mapping()).rows.slice(1) } });
    await button('Stop filling Last name').click();
    await button('Save mapping').click();

    await page.getByText(`${owner.name} saved version 2 of this mapping`).waitFor();
    await button('Save mine as version 3').click();
    await button('Version 3').waitFor();
  });

  it('goes back to an earlier version', async () => {
    await button('Version 3').click();
    const dialog = page.getByRole('dialog', { name: 'Versions of the mapping' });
    await dialog.getByRole('button', { name: /^Version 1/ }).click();
    await dialog.getByRole('button', { name: 'Restore version 1' }).click();

    await button('Version 4').waitFor();
    expect((await mapping()).rows.some(({ target }) => target.externalId === 'last_name')).toBe(true);
  });
});
