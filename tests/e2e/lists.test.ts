import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { openStage, type Stage, shootFailures, type Visit } from '../support/browser.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { loadWebex, ownerOf } from '../support/story.ts';

let stage: Stage;
let api: ApiClient;
let seen: Visit;
let page: Page;
let appPath: string;

beforeAll(async () => {
  stage = await openStage();
  api = await ownerOf(stage);
  await loadWebex(api);
  const [app] = (await api.get<{ items: { id: string }[] }>('/apps')).items;
  appPath = `/apps/${app?.id}`;
  seen = await visitSignedIn(stage, { reducedMotion: 'reduce' });
  page = seen.page;
});

afterAll(() => stage?.close());

shootFailures(() => seen);

const open = (path: string) => page.goto(stage.server.url + path);
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const head = (name: string) => page.getByRole('columnheader', { name, exact: true });
const drawer = () => page.getByRole('dialog', { name: 'Filter the list' });
const saysCount = (text: string) => page.getByRole('status').getByText(text, { exact: true }).waitFor();
/** What stands in the first column, from the top. */
const names = () => page.locator('[data-row-link]').allTextContents();
const firstIs = (name: string | undefined) => expect.poll(async () => (await names())[0]).toBe(name);

interface Row {
  email: string;
  displayName?: string;
  firstName?: string;
  lastName?: string;
}
const rowsBy = async (path: string) => (await api.get<{ items: Row[] }>(`${path}limit=5`)).items;

/** Fills the nth rule of the drawer in. */
async function fillRule(n: number, field: string, operator: string, value: string): Promise<void> {
  await drawer().getByRole('combobox', { name: 'Field', exact: true }).nth(n).click();
  await page.getByRole('option', { name: field, exact: true }).click();
  await drawer().getByRole('combobox', { name: 'Operator', exact: true }).nth(n).click();
  await page.getByRole('option', { name: operator, exact: true }).click();
  await drawer().getByRole('textbox', { name: 'Value' }).nth(n).fill(value);
}

/** Downloads the list as it is shown: the columns of its first line, and how many records follow. */
async function download(): Promise<{ columns: string[]; count: number; text: string }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ]);
  const text = await readFile(await file.path(), 'utf8');
  const [first = '', ...rows] = text.replace('\uFEFF', '').trim().split(/\r?\n/);
  return { columns: first.split(',').map((each) => each.replaceAll('"', '')), count: rows.length, text };
}

describe('the list of people', () => {
  it('shows by an arrow that it is sorted by email', async () => {
    await open('/people');

    await head('Email').waitFor();
    expect(await head('Email').getAttribute('aria-sort')).toBe('ascending');
  });

  it('asks before rules are lost that were not applied', async () => {
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    await open('/people');
    await button('Filter').click();
    await button('Add rule').click();

    await drawer().getByRole('button', { name: 'Close' }).click();
    await question.waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'hidden' });
    await drawer().waitFor();

    await drawer().getByRole('button', { name: 'Close' }).click();
    await button('Leave without saving').click();
    await drawer().waitFor({ state: 'hidden' });
  });

  it('finds somebody by a part of the address', async () => {
    await open('/people');
    await saysCount('1\u202f000 people');
    await page.getByRole('searchbox', { name: 'Search people' }).fill('grace@acme');

    await saysCount('1 person');
    expect(await names()).toEqual(['Grace Hopper']);
  });

  it('says that nobody matches, and leads back to everybody', async () => {
    const search = page.getByRole('searchbox', { name: 'Search people' });
    await search.fill('nobody is called so');
    await page.getByRole('heading', { name: 'Nobody matches' }).waitFor();
    await button('Show everybody').click();

    await saysCount('1\u202f000 people');
    expect(await search.inputValue()).toBe('');
  });

  it('is filtered by rules of which any, or all, must hold', async () => {
    await button('Filter').click();
    await drawer().getByRole('button', { name: 'Add rule' }).click();
    await fillRule(0, 'Last name', 'Equals', 'Hopper');
    await drawer().getByRole('button', { name: 'Add rule' }).click();
    await fillRule(1, 'Username', 'Equals', 'ada@acme.test');
    await drawer().getByText('Any', { exact: true }).click();
    await button('Show matching').click();
    await page.getByText('Last name is Hopper or Username is ada@acme.test').waitFor();
    const either = await names();

    await button('Filter (2)').click();
    await drawer().getByText('All', { exact: true }).click();
    await button('Show matching').click();

    expect(either).toContain('Ada Lovelace');
    expect(either).toContain('Grace Hopper');
    await page.getByRole('heading', { name: 'Nobody matches' }).waitFor();
    await page.getByText('Last name is Hopper and Username is ada@acme.test').waitFor();
    await button('Remove the filter').click();
    await saysCount('1\u202f000 people');
  });

  it('is put into another order by a press on a head, and turned round by another', async () => {
    const [first] = await rowsBy('/people?sort=email&');
    const [last] = await rowsBy('/people?sort=-email&');
    await head('Name').getByRole('button').click();
    await expect.poll(() => head('Name').getAttribute('aria-sort')).toBe('ascending');
    await head('Email').getByRole('button').click();
    await firstIs(`${first?.firstName} ${first?.lastName}`);
    expect(await head('Email').getAttribute('aria-sort')).toBe('ascending');
    await head('Email').getByRole('button').click();

    await firstIs(`${last?.firstName} ${last?.lastName}`);
    expect(await head('Email').getAttribute('aria-sort')).toBe('descending');
  });

  it('shows the columns that were chosen, after a reload too', async () => {
    await button('Columns').click();
    await page.getByRole('checkbox', { name: 'Username' }).click();
    await page.getByRole('checkbox', { name: 'Role' }).click();
    await page.keyboard.press('Escape');
    await page.reload();

    await head('Username').waitFor();
    expect(await head('Role').count()).toBe(0);
  });

  it('is downloaded with its columns and its search', async () => {
    await page.getByRole('searchbox', { name: 'Search people' }).fill('grace@acme');
    await saysCount('1 person');

    const { columns, count, text } = await download();

    expect(columns).toContain('Username');
    expect(columns).not.toContain('Role');
    expect(count).toBe(1);
    expect(text).toContain('grace@acme.test');
  });

  it('is gone through by keyboard, and opens a person', async () => {
    await open('/people');
    await page.locator('[data-row-link]').first().focus();
    await page.keyboard.press('ArrowDown');
    const second = (await names())[1] ?? '';
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { name: second, level: 1 }).waitFor();
  });
});

describe("the list of an app's users", () => {
  it('finds an account, and says when none matches', async () => {
    await open(appPath);
    await saysCount('1\u202f000 accounts');
    const search = page.getByRole('searchbox', { name: 'Search accounts' });
    await search.fill('ada@acme.test');
    await saysCount('1 account');
    expect(await names()).toEqual(['Ada Lovelace']);
    await search.fill('nobody is called so');
    await page.getByRole('heading', { name: 'No account matches' }).waitFor();

    await button('Show every account').click();

    await saysCount('1\u202f000 accounts');
  });

  it('is filtered by its own fields and put into order', async () => {
    await button('Filter').click();
    await drawer().getByRole('button', { name: 'Add rule' }).click();
    await fillRule(0, 'Status', 'Equals', 'pending');
    await button('Show matching').click();
    await page.getByText('Status is pending', { exact: true }).waitFor();
    const rules = { match: 'all', rules: [{ field: 'status', operator: 'equals', value: 'pending' }] };
    const query = `/users?filter=${encodeURIComponent(JSON.stringify(rules))}&`;
    const [last] = await rowsBy(`${appPath}${query}sort=-display_name&`);

    await head('Display name').getByRole('button').click();
    await head('Display name').getByRole('button').click();

    await firstIs(last?.displayName);
  });

  it('is downloaded as it is filtered', async () => {
    const shown = await page
      .getByRole('status')
      .getByText(/ accounts?$/)
      .textContent();
    const { columns, count } = await download();

    expect(columns).toContain('Status');
    expect(`${count} accounts`).toBe(shown);
  });

  it('leaves no complaint in the console', () => {
    expect(seen.complaints).toEqual([]);
  });
});
