import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage, visit } from '../support/browser.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { ownerOf } from '../support/story.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  await ownerOf(stage);
}, 60_000);

afterAll(() => stage?.close());

test('somebody is invited by a link, chooses a password, and is an operator until removed', {
  timeout: 60_000,
}, async () => {
  const { page, shoot, complaints } = await visitSignedIn(stage);
  await page.goto(`${stage.server.url}/operators`);
  await page.getByRole('button', { name: 'Invite operator' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite operator' });
  await dialog.getByLabel('Name').fill('Grace Hopper');
  await dialog.getByLabel('E-mail').fill('grace@acme.test');
  await dialog.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: 'Approver' }).click();
  await shoot('operators-invite');
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
  const shown = page.getByRole('dialog', { name: 'Grace Hopper is invited' });
  const link = await shown.locator('code').innerText();
  await shoot('operators-link');
  await shown.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('heading', { name: 'Invited' }).waitFor();

  const grace = await visit(stage.browser);
  await grace.page.goto(link);
  await grace.page.getByRole('heading', { name: 'Welcome, Grace Hopper' }).waitFor();
  await grace.page.getByLabel('Password for grace@acme.test').fill('a password of her own');
  await grace.shoot('operators-welcome');
  await grace.page.getByRole('button', { name: 'Take the invitation' }).click();
  await grace.page.getByRole('heading', { name: 'Hello, Grace' }).waitFor();
  await grace.page.goto(link);
  await grace.page.getByRole('heading', { name: 'This invitation is not valid' }).waitFor();

  await page
    .getByRole('row', { name: /grace@acme\.test/ })
    .getByText('Approver')
    .waitFor();
  await shoot('operators');
  await page.getByRole('button', { name: 'Actions for Grace Hopper' }).click();
  await page.getByRole('menuitem', { name: 'Remove operator' }).click();
  await page.getByRole('button', { name: 'Remove operator' }).click();
  await page.getByText('Grace Hopper may not sign in any more.').waitFor();
  await grace.page.goto(`${stage.server.url}/people`);
  await grace.page.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(complaints).toEqual([]);
});
