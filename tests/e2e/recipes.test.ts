import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Workflow } from '#contract';
import { recipes } from '#presets';
import type { ApiClient } from '../support/api-client.ts';
import { openStage, type Stage, shootFailures, type Visit } from '../support/browser.ts';
import { connectEverySandbox } from '../support/every-sandbox.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { ownerOf } from '../support/story.ts';

let stage: Stage;
let api: ApiClient;
let seen: Visit;

beforeAll(async () => {
  stage = await openStage();
  api = await ownerOf(stage);
  seen = await visitSignedIn(stage, { reducedMotion: 'reduce' });
});

afterAll(() => stage?.close());

shootFailures(() => seen);

const dialog = () => seen.page.getByRole('dialog', { name: 'New workflow' });

/** The dialog, in light and dark and on a narrow screen, for whoever looks at it. */
async function shootDialog(name: string): Promise<void> {
  const { page } = seen;
  await dialog().waitFor();
  await seen.shoot(`${name}-light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await seen.shoot(`${name}-dark`);
  await page.setViewportSize({ width: 390, height: 844 });
  await seen.shoot(`${name}-narrow`);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}

it('says of every recipe what it lacks, as long as there is nothing', async () => {
  await seen.page.goto(`${stage.server.url}/workflows?new=1`);

  for (const { title } of recipes) {
    const entry = dialog().getByRole('listitem').filter({ hasText: title });
    await entry
      .getByText(/credential/)
      .first()
      .waitFor();
  }
  expect(await dialog().getByRole('radio').count()).toBe(1);
  await shootDialog('recipes-lacking');
});

it('draws every recipe, and nothing is wrong with it, once every app is loaded', async () => {
  await connectEverySandbox(api);
  const manager = { recordType: 'person', externalId: 'manager_email', label: 'Manager e-mail' };
  await api.send('POST', '/fields', { ...manager, type: 'email', isUnique: false });
  const { page } = seen;
  await page.goto(`${stage.server.url}/workflows?new=1`);
  await shootDialog('recipes-ready');

  for (const { id, title } of recipes) {
    await page.goto(`${stage.server.url}/workflows?new=1`);
    await dialog().getByText(title, { exact: true }).click();
    await dialog().getByRole('button', { name: 'Create workflow' }).click();
    await page.waitForURL(/\/workflows\/wf_/);
    await page.locator('.react-flow__node[data-id="begin"]').waitFor();
    await page.getByText('No issues').waitFor();
    await seen.shoot(`recipe-${id}-light`);
    await page.emulateMedia({ colorScheme: 'dark' });
    await seen.shoot(`recipe-${id}-dark`);
    await page.emulateMedia({ colorScheme: 'light' });
  }

  const { items } = await api.get<{ items: Workflow[] }>('/workflows');
  expect(items.map(({ name }) => name).sort()).toEqual(recipes.map(({ title }) => title).sort());
  expect(seen.complaints).toEqual([]);
});
