import { afterAll, beforeAll, expect, it } from 'vitest';
import { settingsFromPreset, type Workflow } from '#contract';
import { vendors } from '#presets';
import { openApiBlockStage } from '../support/api-block-world.ts';
import type { Stage } from '../support/browser.ts';
import { keysOn } from '../support/canvas-hands.ts';
import { obstacles } from '../support/obstacles.ts';
import { visitSignedIn } from '../support/signed-in.ts';

let stage: Stage;
let workflow: Workflow;
let empty: Workflow;

const tabs = [
  ...['Information', 'Authorization', 'Params', 'Headers'],
  ...['Body', 'Validation', 'Response', 'Limits'],
];

beforeAll(async () => {
  const world = await openApiBlockStage();
  const webex = vendors.find(({ id }) => id === 'webex')!;
  const from = (presetId: string) =>
    settingsFromPreset(webex, webex.presets.find(({ id }) => id === presetId)!, world.credentialId);
  stage = world.stage;
  empty = await world.draw('Keys', { ask: { name: 'Ask', settings: {} } });
  workflow = await world.draw('Looks', {
    read: {
      name: 'Read somebody',
      settings: {
        ...from('get-user-details'),
        params: [{ key: 'callingData', value: '{{is_deactivated}}' }],
        headers: [{ key: 'X-Request-Reason', value: 'cleanup of {{email}}' }],
        conditions: [{ path: 'id', test: 'is', value: '{{identifier}}' }],
        response: {
          success: [{ value: '{{response.displayName}}', target: { kind: 'variable', name: 'shown_name' } }],
          failure: [{ value: '{{response_status}}', target: { kind: 'variable', name: 'why' } }],
        },
      },
    },
    make: { name: 'Make somebody', settings: from('create-user') },
  });
});

afterAll(() => stage?.close());

it.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 390],
  ['dark', 390],
] as const)('every tab and the test request can be read, %s at %i pixels', async (colorScheme, width) => {
  const viewport = { width, height: 900 };
  const { page, shoot } = await visitSignedIn(stage, { reducedMotion: 'reduce', colorScheme, viewport });
  const shot = (what: string) => shoot(`api-${what.toLowerCase()}-${colorScheme}-${width}`);
  await page.goto(`${stage.server.url}/workflows/${workflow.id}`);
  await page.getByText('Read somebody', { exact: true }).first().click();
  await shot('configure');
  await page.getByRole('switch', { name: 'Advanced Mode' }).click();
  const found: string[] = [];
  for (const tab of tabs) {
    await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
    await shot(tab);
    // Colours do not depend on the width.
    if (width > 390 || tab === 'Response') found.push(...(await obstacles(page)));
  }
  await page.getByRole('tab', { name: /^Information/ }).click();
  await page.getByRole('button', { name: 'Insert a variable' }).click();
  await page.getByRole('option').first().waitFor();
  await shot('picker');
  found.push(...(await obstacles(page)));
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Test request' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('SaaS user').fill('ada');
  await page.getByRole('option', { name: /^Ada Lovelace/ }).click();
  await dialog.getByRole('button', { name: 'Send the request' }).click();
  await dialog.getByText('Leaves by success').waitFor();
  await shot('test');
  found.push(...(await obstacles(page)));
  await dialog.getByRole('button', { name: /^Keep displayName/ }).click();
  await shot('keep');
  found.push(...(await obstacles(page)));

  expect(found).toEqual([]);
  await page.context().close();
});

it('a preset is chosen, configured and changed in every part with the keyboard only', async () => {
  const { page, shoot } = await visitSignedIn(stage, { reducedMotion: 'reduce' });
  const { keyboard } = page;
  const keys = keysOn(page);
  const tab = async (name: string) => {
    await keys.tabTo(/^(Information|Authorization|Params|Headers|Body|Validation|Response|Limits)\d*$/);
    for (let presses = 0; presses < tabs.length; presses += 1) {
      if (await page.getByRole('tab', { name: new RegExp(`^${name}`), selected: true }).isVisible()) return;
      await keyboard.press('ArrowRight');
    }
  };
  await page.goto(`${stage.server.url}/workflows/${empty.id}`);
  await page.locator('.react-flow__node[data-id="ask"]').waitFor();
  await keys.open('Ask');
  await keys.enter();
  await keys.tabTo(/^Select preset/);
  await keyboard.type('webex get user');
  await keyboard.press('Enter');
  await keys.until(/^Change preset$/);
  await keys.tabTo(/^Advanced Mode/);
  await keyboard.press('Space');

  await tab('Params');
  await keys.tabTo(/^Add param/);
  await keyboard.press('Enter');
  await keys.until(/^Name 1$/);
  await keyboard.type('callingData');
  await keyboard.press('Tab');
  await keyboard.type('{{is_dea');
  await page.getByRole('option', { name: /^is_deactivated/ }).waitFor();
  await keyboard.press('Enter');
  await keys.tabTo(/^Add param/);
  await keyboard.press('Enter');
  await keys.until(/^Name 2$/);
  await keys.tabTo(/^Remove row 2/);
  await keyboard.press('Enter');
  await keys.until(/^Remove row 1$/);
  await shoot('api-keys');

  expect(await page.getByLabel('Value 1').inputValue()).toBe('{{is_deactivated}}');
  await page
    .getByText(/^Saved/)
    .first()
    .waitFor();
  await page.context().close();
});
