import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Workflow } from '#contract';
import type { ApiClient } from '../support/api-client.ts';
import { openStage, type Stage, shootFailures, type Visit } from '../support/browser.ts';
import { obstacles } from '../support/obstacles.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { launchRecipe, loadWebex, ownerOf } from '../support/story.ts';

let stage: Stage;
let api: ApiClient;
let seen: Visit;
let workflowId: string;

beforeAll(async () => {
  stage = await openStage();
  api = await ownerOf(stage);
  await loadWebex(api);
  workflowId = await launchRecipe(api);
  seen = await visitSignedIn(stage);
});

afterAll(() => stage?.close());

shootFailures(() => seen);

/** The draft removes whom a field's credential reaches, after another number of days: that needs a second person. */
async function launchWithoutSandbox(): Promise<Workflow> {
  const { revision, draft } = await api.get<Workflow>(`/workflows/${workflowId}`);
  const graph = structuredClone(draft);
  for (const { type, settings } of graph.blocks) {
    if (type === 'inactive-for') Object.assign(settings, { days: 30 });
    if (type === 'api' && (settings as { method?: string }).method === 'DELETE')
      Object.assign(settings, { authorization: { mode: 'dynamic', field: 'username' } });
  }
  const saved = await api.send<Workflow>('PUT', `/workflows/${workflowId}/draft`, { revision, graph });
  // A token cannot ask a second person.
  await seen.page.evaluate(
    async ([path, body]) => {
      const headers = { 'content-type': 'application/json', 'x-rollcall-request': '1' };
      const answer = await fetch(path as string, { method: 'PUT', headers, body: body as string });
      if (!answer.ok) throw new Error(await answer.text());
    },
    [
      `/api/v1/workflows/${workflowId}/activation`,
      JSON.stringify({ revision: saved.revision, note: 'Sooner' }),
    ],
  );
  return api.get<Workflow>(`/workflows/${workflowId}`);
}

it('shows whoever is asked all that a version does, and what is different from the active one', async () => {
  const { page } = seen;
  const { pendingApproval } = await launchWithoutSandbox();

  await page.goto(`${stage.server.url}/approvals/${pendingApproval?.id}`);

  const harm = page.getByRole('table', { name: 'Harmful blocks' });
  await harm.getByText('deletes').waitFor();
  const news = page.getByRole('listitem').filter({ hasText: 'was “90” and is “30”' });
  await news.waitFor();
  const all = page.getByRole('table', { name: 'Blocks', exact: true });
  const rows = await all.getByRole('row').allInnerTexts();
  expect(rows[1]).toMatch(/^Begin/);
  expect(rows.findIndex((row) => /deletes/.test(row))).toBeGreaterThan(
    rows.findIndex((row) => /Inactive For/.test(row)),
  );
  const side = page.getByRole('link', { name: 'Show both side by side' });
  expect(await side.getAttribute('href')).toContain(`/workflows/${workflowId}/compare?from=1&to=2`);

  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await obstacles(page)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }
  expect(seen.complaints).toEqual([]);
});
