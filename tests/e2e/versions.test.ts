import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workflow } from '#contract';
import type { ApiClient } from '../support/api-client.ts';
import { openStage, type Stage, shootFailures, type Visit, visit } from '../support/browser.ts';
import { goodFile, scripts } from '../support/hostile-workflow-files.ts';
import { obstacles } from '../support/obstacles.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { launchRecipe, loadWebex, ownerOf } from '../support/story.ts';

let stage: Stage;
let api: ApiClient;
let seen: Visit;
let page: Page;
let workflowId: string;
let exported: string;

beforeAll(async () => {
  stage = await openStage();
  api = await ownerOf(stage);
  await loadWebex(api);
  workflowId = await launchRecipe(api);
  // The draft moves on: another number of days, a block less, a block more.
  const workflow = await api.get<Workflow>(`/workflows/${workflowId}`);
  const graph = structuredClone(workflow.draft);
  const idle = graph.blocks.find(({ type }) => type === 'inactive-for');
  Object.assign(idle!.settings, { days: 30 });
  graph.blocks = graph.blocks.filter(({ id }) => id !== 'get_details');
  graph.edges = graph.edges.filter(({ from, to }) => from !== 'get_details' && to !== 'get_details');
  graph.blocks.push({
    ...{ id: 'pause', type: 'wait', name: 'Wait a week', position: { x: 336, y: 206 } },
    settings: { mode: 'duration', amount: 1, unit: 'weeks' },
  });
  graph.edges.push(
    { id: 'p1', from: idle!.id, exit: 'inactive', to: 'pause' },
    { id: 'p2', from: 'pause', exit: 'next', to: 'delete_user' },
  );
  await api.send('PUT', `/workflows/${workflowId}/draft`, { revision: workflow.revision, graph });
  seen = await visitSignedIn(stage);
  page = seen.page;
});

afterAll(() => stage?.close());

shootFailures(() => seen);

const button = (name: string | RegExp, on = page) => on.getByRole('button', { name, exact: true });
const item = (name: string) => page.getByRole('menuitem', { name, exact: true });
const open = (path: string, on = page) => on.goto(`${stage.server.url}${path}`);
const workflowsNow = async () => (await api.get<{ items: Workflow[] }>('/workflows')).items;

async function expectNoObstacle(on: Page): Promise<void> {
  await on.waitForLoadState('networkidle');
  expect(await obstacles(on)).toEqual([]);
}

// One story: what a chapter does stands for the next ones.
describe('versions of a workflow', () => {
  it('are listed, and compared with the draft block by block', async () => {
    await open(`/workflows/${workflowId}`);
    await button('More about this workflow').click();
    await item('Versions').click();
    await page.getByRole('row', { name: /Version 1.*Active/ }).waitFor();
    await expectNoObstacle(page);
    await seen.shoot('versions-list');
    await page.getByRole('link', { name: 'Version 1', exact: true }).click();

    const list = page.getByRole('region', { name: 'Differences' });
    await list.getByText('Inactive for (days)').waitFor();
    await list.getByRole('button', { name: 'Wait a week Wait Added' }).waitFor();
    await list.getByRole('button', { name: 'Get user details API Removed' }).waitFor();
    const after = page.getByRole('region', { name: 'After: Draft' });
    await after.getByText('Wait a week').waitFor();
    expect(await after.getByText('Get user details', { exact: true }).count()).toBe(0);
    await page
      .getByRole('region', { name: 'Before: Version 1' })
      .getByText('Get user details', { exact: true })
      .waitFor();
    await expectNoObstacle(page);
    await seen.shoot('compare-light');
  });

  it('move both canvases in step to a block that the keyboard chooses', async () => {
    const place = (side: string) =>
      page
        .getByRole('region', { name: side })
        .locator('.react-flow__viewport')
        .evaluate((element) => (element as HTMLElement).style.transform);
    const before = await place('After: Draft');
    const row = page
      .getByRole('region', { name: 'Differences' })
      .getByRole('button', { name: 'Wait a week Wait Added' });
    await row.focus();
    await page.keyboard.press('Enter');

    await expect.poll(() => place('After: Draft')).not.toBe(before);
    expect(await row.getAttribute('aria-pressed')).toBe('true');
    await expect
      .poll(async () => (await place('Before: Version 1')) === (await place('After: Draft')))
      .toBe(true);
    await seen.shoot('compare-chosen');
  });

  it('are a list on a narrow screen, and as readable in the dark', async () => {
    const narrow = await visitSignedIn(stage, { viewport: { width: 390, height: 844 } });
    await open(`/workflows/${workflowId}/compare?from=1&to=draft`, narrow.page);
    await narrow.page.getByRole('region', { name: 'Differences' }).getByText('Inactive for (days)').waitFor();
    expect(await narrow.page.locator('.react-flow').first().isVisible()).toBe(false);
    await expectNoObstacle(narrow.page);
    await narrow.shoot('compare-narrow');
    await open(`/workflows/${workflowId}/versions`, narrow.page);
    await narrow.page.getByRole('link', { name: 'Version 1', exact: true }).waitFor();
    await narrow.shoot('versions-narrow');
    const dark = await visitSignedIn(stage, { colorScheme: 'dark' });
    await open(`/workflows/${workflowId}/compare?from=1&to=draft`, dark.page);
    await dark.page.getByRole('region', { name: 'After: Draft' }).getByText('Wait a week').waitFor();
    await expectNoObstacle(dark.page);
    await dark.shoot('compare-dark');
    expect([...narrow.complaints, ...dark.complaints]).toEqual([]);
    await narrow.page.context().close();
    await dark.page.context().close();
  });

  it('are restored as the draft, and nothing is launched', async () => {
    await open(`/workflows/${workflowId}/versions`);
    await button('More actions for version 1').click();
    await item('Restore as draft…').click();
    const dialog = page.getByRole('dialog', { name: 'Restore version 1 as the draft' });
    await dialog.getByText(/It loses \d+ changes/).waitFor();
    await dialog.getByRole('button', { name: 'Restore version 1' }).click();
    await page.getByText('Get user details', { exact: true }).first().waitFor();

    const after = await api.get<Workflow>(`/workflows/${workflowId}`);
    const version = await api.get<{ graph: Workflow['draft'] }>(`/workflows/${workflowId}/versions/1`);
    expect(after.draft).toEqual(version.graph);
    expect(after.activeVersion?.number).toBe(1);
  });

  it('are copied into a workflow of their own', async () => {
    await button('More about this workflow').click();
    await item('Make a copy…').click();
    await page.getByLabel('Name of the copy').fill('A copy to play with');
    await button('Make the copy').click();
    await page.getByRole('heading', { name: 'A copy to play with' }).waitFor({ state: 'attached' });

    const copy = (await workflowsNow()).find(({ name }) => name === 'A copy to play with');
    expect(copy).toMatchObject({ activeVersion: null });
    expect(copy?.id).not.toBe(workflowId);
  });

  it('leave as a file, and come back as a draft after a look at what it would be', async () => {
    await open(`/workflows/${workflowId}`);
    await button('More about this workflow').click();
    const [download] = await Promise.all([page.waitForEvent('download'), item('Export as JSON').click()]);
    expect(download.suggestedFilename()).toMatch(/^[a-z-]+\.json$/);
    exported = readFileSync(await download.path(), 'utf8');
    const before = (await workflowsNow()).length;

    await open('/workflows');
    await button('Import…').click();
    const dialog = page.getByRole('dialog', { name: 'Import a workflow' });
    const choose = (text: string) =>
      dialog
        .locator('input[type=file]')
        .setInputFiles({ name: 'w.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await choose(exported.replace('"to": "', '"to": "ghost'));
    await dialog.getByText(/graph\.edges\[0\]\.to: There is no block "ghost/).waitFor();
    await seen.shoot('import-refused');
    await choose(exported.replaceAll('"Webex admin"', '"Somebody else"'));
    await dialog.getByText('Takes something from people').waitFor();
    const credential = dialog.getByRole('combobox', { name: /“Somebody else” of the file/ });
    await expectNoObstacle(page);
    await seen.shoot('import-open');
    expect((await workflowsNow()).length).toBe(before);
    await credential.click();
    await page.getByRole('option', { name: 'Webex admin' }).click();
    await dialog.getByText('Everything that it needs is here').waitFor();
    await seen.shoot('import-ready');
    await dialog.getByRole('button', { name: 'Import as a draft' }).click();
    await page.waitForURL(/\/workflows\/wf_/);

    const made = await api.get<Workflow>(`/workflows/${page.url().split('/').at(-1)}`);
    expect(made.activeVersion).toBeNull();
    const again = await api.raw('GET', `/workflows/${made.id}/export`);
    expect(await again.text()).toBe(exported);
  });

  it('show script text as text, wherever a file puts it', async () => {
    const other = await visit(stage.browser);
    await other.page.context().addCookies(await page.context().cookies());
    for (const text of scripts) {
      const file = structuredClone(goodFile) as unknown as {
        name: string;
        description: string;
        graph: { blocks: { name: string; type: string; settings: object }[]; notes?: object[] };
      };
      file.name = text;
      file.description = text;
      const last = file.graph.blocks[1]!;
      last.name = text;
      last.type = 'notify';
      last.settings = { title: text.replaceAll('{{', '{'), message: 'x', when: 'each', level: 'info' };
      file.graph.notes = [{ id: 'note:1', text, position: { x: 0, y: 240 }, width: 240, height: 96 }];
      const made = await api.send<Workflow>('POST', '/workflows/import', file);
      await api.send('PUT', `/workflows/${made.id}/activation`, { revision: made.revision, note: text });
      for (const rest of ['', '/versions', '/compare?from=1&to=draft']) {
        await open(`/workflows/${made.id}${rest}`, other.page);
        await other.page.getByText(text).first().waitFor({ state: 'attached' });
      }
    }
    await open('/workflows', other.page);
    await other.page
      .getByText(scripts[0] ?? '')
      .first()
      .waitFor();

    expect(await other.page.evaluate(() => 'escaped' in window)).toBe(false);
    expect(other.complaints).toEqual([]);
    expect(seen.complaints).toEqual([]);
  });
});
