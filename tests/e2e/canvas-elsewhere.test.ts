import { afterAll, expect, it } from 'vitest';
import type { Credential, Integration } from '#contract';
import type { visit } from '../support/browser.ts';
import { mouseOn, settled } from '../support/canvas-hands.ts';
import { type CanvasWorld, emptyWorkflow, openCanvasWorld } from '../support/canvas-world.ts';
import { drawing, openDrawn, showDrawn } from '../support/drawn.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { draftOf } from '../support/story.ts';

const worlds: CanvasWorld[] = [];
afterAll(async () => {
  for (const world of worlds) await world.stage.close();
});

/** A server of its own with Webex's accounts, a credential and an integration of the same names everywhere. */
async function openWorld() {
  const world = await openCanvasWorld();
  worlds.push(world);
  const { api, appId } = world;
  const firstOf = async <T extends { id: string }>(path: string) =>
    (await api.get<{ items: T[] }>(path)).items[0]?.id ?? '';
  return {
    ...world,
    appId,
    credentialId: await firstOf<Credential>('/credentials'),
    integrationId: await firstOf<Integration>('/integrations'),
  };
}

it('pastes blocks at another server, which uses what has the same names there', async () => {
  const [here, there] = [await openWorld(), await openWorld()];
  const seen = await visitSignedIn(here.stage, { permissions: ['clipboard-read', 'clipboard-write'] });
  const { page } = seen;
  const each = (appId: string) => ({ over: 'accounts', appId, accounts: 'active', most: 5 });
  const rule = (appId: string) => ({
    match: 'all',
    rules: [{ field: 'app.id', operator: 'equals', value: appId }],
  });
  await openDrawn(
    { ...here, page },
    {
      blocks: [
        drawing.begin,
        { ...drawing.step('each', 1, 0), type: 'for-each', settings: each(here.appId) },
        { ...drawing.step('which', 2, 0), settings: { condition: rule(here.appId) } },
        { ...drawing.step('load', 3, 0), type: 'user-load', settings: { integrationId: here.integrationId } },
        {
          ...drawing.step('role', 4, 0),
          type: 'saas-user-role',
          settings: { credentialId: here.credentialId },
        },
      ],
      edges: [drawing.edge('begin', 'next', 'each'), drawing.edge('each', 'each', 'which')],
    },
  );
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+c');
  const made = await emptyWorkflow(there, 'Pasted');
  await page.goto(`${there.stage.server.url}/sign-in`);
  await signInAgain(page, there);
  await showDrawn({ stage: there.stage, page }, made.id);
  await mouseOn(page).node('begin').click();
  await page.keyboard.press('ControlOrMeta+v');
  await page.waitForFunction(() => document.querySelectorAll('.react-flow__node').length > 5);
  await expect.poll(async () => (await draftOf(there.api, made.id)).blocks.length).toBe(6);
  const settings = (await draftOf(there.api, made.id)).blocks.map((block) => block.settings);

  expect(here.appId).not.toBe(there.appId);
  expect(settings).toContainEqual(each(there.appId));
  expect(settings).toContainEqual({ condition: rule(there.appId) });
  expect(settings).toContainEqual({ integrationId: there.integrationId });
  expect(settings).toContainEqual({ credentialId: there.credentialId });
  await seen.shoot('canvas-pasted-elsewhere');
});

async function signInAgain(
  page: Awaited<ReturnType<typeof visit>>['page'],
  world: CanvasWorld,
): Promise<void> {
  const own = await visitSignedIn(world.stage);
  await page.context().addCookies(await own.page.context().cookies());
  await own.page.context().close();
}

it('shows in a second tab what the first has saved, and asks where both have changed', async () => {
  const world = worlds[0] ?? (await openWorld());
  const seen = await visitSignedIn(world.stage);
  const first = seen.page;
  const second = await first.context().newPage();
  const made = await openDrawn({ ...world, page: first }, drawing.chain);
  await showDrawn({ stage: world.stage, page: second }, made.id);
  const addNote = async (page: typeof first, text: string): Promise<void> => {
    await page.locator('.react-flow__pane').click({ position: { x: 200, y: 60 } });
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Text of the note' }).fill(text);
    await page.keyboard.press('Escape');
  };

  await addNote(first, 'From the first');
  await expect.poll(async () => (await draftOf(world.api, made.id)).notes?.length).toBe(1);
  // What a browser says when somebody changes to another tab.
  await second.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
  await second.getByText('From the first').waitFor();
  await second.getByText('This draft was changed elsewhere').first().waitFor();
  await settled(second);
  await second.route('**/draft', (route) => route.abort());
  await addNote(second, 'Only in the second');
  await second.getByText(/^Not saved/).waitFor();
  await addNote(first, 'Again from the first');
  await expect.poll(async () => (await draftOf(world.api, made.id)).notes?.length).toBe(2);
  await second.unroute('**/draft');
  await second.keyboard.press('ControlOrMeta+s');
  await second.getByRole('alert').getByText('Somebody else saved first').waitFor();
  expect(await second.getByText('Again from the first').count()).toBe(0);
  await second.getByRole('button', { name: 'Reload their draft' }).click();

  await second.getByText('Again from the first').waitFor();
  expect(await second.getByText('Only in the second').count()).toBe(0);
});
