import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorInvitation, Workflow } from '#contract';
import type { ApiClient } from '../support/api-client.ts';
import { openStage, type Stage, shootFailures, type Visit, visit } from '../support/browser.ts';
import { obstacles } from '../support/obstacles.ts';
import { fillPages, type PagesWorld } from '../support/pages-world.ts';
import { ownerOf } from '../support/story.ts';

let stage: Stage;
let api: ApiClient;
let world: PagesWorld;
let seen: Visit;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  api = await ownerOf(stage);
  world = await fillPages(api);
  const ben = { name: 'Ben Bright', email: 'ben@acme.test', role: 'approver' };
  const { link } = await api.send<OperatorInvitation>('POST', '/operators', ben);
  seen = await visit(stage.browser, { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  page = seen.page;
  await page.goto(link);
  await page.getByLabel('Password for ben@acme.test').fill('a password of his own');
  await page.getByRole('button', { name: 'Take the invitation' }).click();
  await page.getByRole('heading', { name: 'Hello, Ben' }).waitFor();
});

afterAll(() => stage?.close());

shootFailures(() => seen);

const open = (path: string) => page.goto(`${stage.server.url}${path}`);
const button = (name: string | RegExp) => page.getByRole('button', { name });

describe('an approver on a phone, who looks and agrees and does nothing else', () => {
  it('finds on Home what waits for a yes, with the number of accounts in sight', async () => {
    const requests = page.getByRole('table', { name: 'Waiting for your yes' });
    const request = requests.getByRole('link', { name: /^Let a run of .* delete \d+ accounts at Webex$/ });
    await request.waitFor();
    await page.getByText('1 request and 1 run need you.').waitFor();
    const isCut = await request.evaluate(({ parentElement: cell }) => cell!.scrollWidth > cell!.clientWidth);

    expect(isCut).toBe(false);
    await request.click();
    await button('Approve').waitFor();
  });

  it('is shown unclear calls, and who settles them, but no way to do it', async () => {
    await open('/unclear-calls');
    await page.getByRole('list', { name: 'Unclear calls' }).getByRole('listitem').first().waitFor();
    await page.getByText(/Admins and owners look the account up/).waitFor();

    expect(await page.getByRole('checkbox').count()).toBe(0);
  });

  it('looks at a workflow and every tab of its request, and changes nothing', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    const before = await api.get<Workflow>(`/workflows/${world.workflow}`);
    await open(`/workflows/${world.workflow}`);
    await page.getByText('You can look at it, not change it').waitFor();
    const block = page.locator('.react-flow__node', { hasText: 'Delete user' });
    await block.click();
    const settings = page.getByRole('complementary', { name: 'Settings of Delete user' });
    await settings.getByRole('switch', { name: 'Advanced Mode' }).check({ force: true });
    await settings.getByRole('tab', { name: 'Limits' }).click();

    expect(await settings.getByRole('textbox').evaluateAll(anyAlive)).toBe(false);
    for (const name of [/^Launch/, /^Run/, 'Dry run', 'Test request', 'Delete this block']) {
      expect(await button(name).count(), String(name)).toBe(0);
    }
    await block.click();
    await page.keyboard.press('Delete');
    await page.keyboard.press('ArrowRight');
    await block.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy' }).waitFor({ state: 'detached' });
    expect(await obstacles(page)).toEqual([]);
    await page.getByRole('link', { name: 'Home' }).first().click();
    await page.getByRole('heading', { name: 'Hello, Ben' }).waitFor();

    expect((await api.get<Workflow>(`/workflows/${world.workflow}`)).revision).toBe(before.revision);
  });

  it('leaves no complaint in the console', () => {
    // The page of the link asks once more for an invitation that is taken by then.
    expect(seen.complaints.filter((one) => !one.includes('invitation'))).toEqual([]);
  });
});

/** Whether something can be typed into one of them; a name that is read only cannot. */
const anyAlive = (inputs: Element[]) =>
  inputs.some((one) => one.matches(':enabled') && !(one as HTMLInputElement).readOnly);
