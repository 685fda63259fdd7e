import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntegrationDetails, SandboxInfo } from '#contract';
import type { ApiClient } from '../support/api-client.ts';
import { openStage, type Stage, shootFailures, type Visit } from '../support/browser.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { ownerOf } from '../support/story.ts';

let stage: Stage;
let api: ApiClient;
let seen: Visit;
let page: Page;
let sandbox: SandboxInfo['vendors'];

beforeAll(async () => {
  stage = await openStage();
  api = await ownerOf(stage);
  sandbox = (await api.get<SandboxInfo>('/sandbox')).vendors;
  seen = await visitSignedIn(stage);
  page = seen.page;
});

afterAll(() => stage?.close());

shootFailures(() => seen);

const button = (name: string) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');
const entryOf = (vendorId: string) => sandbox.find((one) => one.vendorId === vendorId)!.credential;

async function menu(item: string): Promise<void> {
  await button('More actions').click();
  await page.getByRole('menuitem', { name: item }).click();
}

// Two credentials of different kinds, each chapter on what the one before has done.
describe('credentials', () => {
  it('one with a token is made with another URL, and its test says what the vendor said', async () => {
    const { baseUrl = '', token = '' } = entryOf('planhat');
    await page.goto(`${stage.server.url}/credentials/new`);
    await button('Choose Planhat').click();
    await page.getByRole('textbox', { name: /^Name/ }).fill('Planhat key');
    await page.getByLabel(/^Access token/).fill('not-the-right-token');
    await button('Advanced: other URLs than those of Planhat').click();
    await page.getByLabel('Base URL').fill('not a url');
    await button('Save credential').click();
    await page.getByText('Enter a whole URL, starting with https://.').waitFor();
    await page.getByLabel('Base URL').fill(baseUrl);
    await button('Save credential').click();

    await page.getByText('The credential is saved, but it does not work').waitFor();
    await page.getByText('The last test failed').waitFor();
    await page
      .getByText(/^Planhat answered 403\. The credential is wrong, or it lacks a right/)
      .first()
      .waitFor();
    await page.getByText('Needs attention', { exact: true }).first().waitFor();
    await page.getByText(new URL(baseUrl).host).first().waitFor();

    await menu('Edit credential');
    await page.getByLabel(/^Access token/).fill(token);
    await button('Save changes').click();
    await page.getByText('Ready', { exact: true }).first().waitFor();
    await button('Test credential').click();
    await page.getByText('Planhat answered: the credential works.', { exact: true }).first().waitFor();
  });

  it('one with a login is made, authenticated and tested', async () => {
    await page.goto(`${stage.server.url}/credentials/new?vendor=webex`);
    await button('Use the sandbox organisation').click();
    await page.getByRole('textbox', { name: /^Name/ }).fill('Webex admin');
    await button('Save and authenticate').click();
    await button('Allow').click();
    await page.getByText('Webex accepted the sign-in').waitFor();
    await page.getByText('Authenticated', { exact: true }).first().waitFor();
    await button('Test credential').click();
    await page.getByText('Webex answered: the credential works.').waitFor();
  });

  it('both are listed with what they are for and how they stand', async () => {
    await page.goto(`${stage.server.url}/credentials`);

    const rows = page.getByRole('table').getByRole('row');
    await rows.filter({ hasText: 'Planhat key' }).getByText('Ready').waitFor();
    await rows.filter({ hasText: 'Webex admin' }).getByText('Authenticated').waitFor();
  });

  it('one that is in use says where, and is deleted only when it is not any more', async () => {
    const body = { vendorId: 'planhat', name: 'Planhat users' };
    const { integration } = await api.send<IntegrationDetails>('POST', '/integrations', body);
    const { items } = await api.get<{ items: { id: string; name: string }[] }>('/credentials');
    const credentialId = items.find(({ name }) => name === 'Planhat key')?.id;
    await api.send('PATCH', `/integrations/${integration.id}`, { credentialId });

    await page.goto(`${stage.server.url}/credentials/${credentialId}`);
    await page.getByRole('main').getByRole('link', { name: 'Planhat users' }).waitFor();
    await menu('Delete credential');
    await dialog().getByRole('button', { name: 'Delete credential' }).click();
    expect(await dialog().getByRole('alert').textContent()).toContain('Planhat users');
    await dialog().getByRole('button', { name: 'Cancel' }).click();

    await api.send('DELETE', `/integrations/${integration.id}`);
    await page.reload();
    await menu('Delete credential');
    await dialog().getByRole('button', { name: 'Delete credential' }).click();
    await page.getByText('The credential is deleted.').waitFor();
    await page.getByRole('table').getByText('Webex admin').waitFor();
    expect(await page.getByRole('table').getByText('Planhat key').count()).toBe(0);
    // All that the browser has to complain of is the refused deletion, and the page asking once more for what is gone:
    // the news of the deletion may come before its answer.
    const isExpected = (text: string) =>
      text.includes('409') || text.includes(`/credentials/${credentialId}`);
    expect(seen.complaints.filter((text) => !isExpected(text))).toEqual([]);
  });
});
