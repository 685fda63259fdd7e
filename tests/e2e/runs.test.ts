import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run, SaasUser, SandboxInfo } from '#contract';
import { sortByActivity, type WebexPerson } from '../../server/sandbox/webex/person.ts';
import type { ApiClient } from '../support/api-client.ts';
import { openStage, type Stage, shootFailures, type Visit } from '../support/browser.ts';
import { obstacles } from '../support/obstacles.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { connect, finished, finishedWithYes, launchRecipe, loadUsers, ownerOf } from '../support/story.ts';

let stage: Stage;
let api: ApiClient;
let seen: Visit;
let page: Page;
let workflowId: string;
/** Three accounts that the recipe deletes; the vendor refuses it for the first two of them. */
let chosen: SaasUser[];
let origin: Run;
let sandbox: string;

beforeAll(async () => {
  stage = await openStage();
  api = await ownerOf(stage);
  sandbox = (await api.get<SandboxInfo>('/sandbox')).vendors[0]?.url ?? '';
  await loadUsers(api, await connect(api, sandbox));
  workflowId = await launchRecipe(api);
  const appId = (await api.get<{ items: { id: string }[] }>('/apps')).items[0]?.id ?? '';
  const { people } = (await (await fetch(`${sandbox}/_sandbox/people`)).json()) as { people: WebexPerson[] };
  const { inactive } = sortByActivity(people, { now: Date.now(), days: 90 });
  const found = inactive.slice(0, 3).map(async (id) => {
    const email = people.find((person) => person.id === id)?.emails[0] ?? '';
    const path = `/apps/${appId}/users?search=${encodeURIComponent(email)}`;
    return (await api.get<{ items: SaasUser[] }>(path)).items[0]!;
  });
  chosen = await Promise.all(found);
  seen = await visitSignedIn(stage);
  page = seen.page;
});

afterAll(() => stage?.close());

shootFailures(() => seen);

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

async function refuse(accounts: readonly SaasUser[]): Promise<void> {
  const rules = accounts.map(({ identifier }) => ({
    match: { method: 'DELETE', pathPrefix: `/v1/people/${identifier}` },
    ...{ status: 403, times: 50 },
  }));
  const headers = { 'content-type': 'application/json' };
  await fetch(`${sandbox}/_sandbox/faults`, { method: 'DELETE' });
  if (rules.length > 0)
    await fetch(`${sandbox}/_sandbox/faults`, { method: 'POST', headers, body: JSON.stringify(rules) });
}

/** Light, dark and narrow; the part has no obstacle for anybody. */
async function look(name: string, part = 'body'): Promise<void> {
  for (const [scheme, width] of [
    ['light', 1440],
    ['dark', 1440],
    ['dark', 390],
    ['light', 390],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 900 });
    await page.waitForLoadState('networkidle');
    await seen.shoot(`${name}-${scheme}-${width}`);
    expect(await obstacles(page, { part })).toEqual([]);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}

// One story: what a chapter does stands for the next ones.
describe('a run that failed in parts', () => {
  it('shows what was sent, on what it was decided, and what came back', async () => {
    await refuse(chosen.slice(0, 2));
    const started = await api.send<Run>('POST', `/workflows/${workflowId}/runs`, {
      recordIds: chosen.map(({ id }) => id),
    });
    origin = await finished(api, started.id);
    expect(origin.counts).toMatchObject({ total: 3, failed: 2 });

    await page.goto(`${stage.server.url}/runs/${origin.id}`);
    await page.getByRole('button', { name: new RegExp(chosen[0]!.email) }).click();
    const record = page.getByRole('complementary', { name: 'Record' });
    await record.getByRole('button', { name: /Delete/ }).click();
    const panel = page.getByRole('region', { name: /^Step Delete/ });
    await panel.getByRole('region', { name: 'Response' }).getByText('403', { exact: true }).waitFor();
    await panel.getByText('It cannot be taken back.').waitFor();
    await panel.getByText(/^The account before, read/).waitFor();
    await panel.getByRole('button', { name: /^Choose emails\.0/ }).click();
    await panel.getByText('account.emails.[0]', { exact: true }).waitFor();
    await look('step');
  });

  it('gives its failed records as a file', async () => {
    await page.goto(`${stage.server.url}/runs/${origin.id}`);
    const statuses = page.getByRole('group', { name: 'Status' });
    await statuses.getByRole('button', { name: /^Failed/ }).click();
    await page.waitForURL(/[?&]status=failed/);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download 2 records as CSV' }).click();
    const stream = await (await download).createReadStream();
    let text = '';
    for await (const chunk of stream) text += String(chunk);

    expect(text.trimEnd().split('\r\n')).toHaveLength(3);
    expect(text).toContain(chosen[0]!.email);
  });

  it('goes on from the failed step, with a connection that is lost again and again', async () => {
    await refuse([]);
    const cuts: (() => Promise<void>)[] = [];
    await page.routeWebSocket(/\/api\/v1\/live$/, (socket) => {
      socket.connectToServer();
      cuts.push(() => socket.close());
    });
    await page.goto(`${stage.server.url}/runs/${origin.id}`);
    await button('Run again…').click();
    const dialog = page.getByRole('dialog', { name: /^Run “.*” again$/ });
    await dialog.getByLabel('The failed records, from the failed step').waitFor();
    expect(await dialog.getByLabel('The failed records, from the failed step').isChecked()).toBe(true);
    await dialog.getByText(/2 records: 2 at “Delete/).waitFor();
    await look('rerun', '[role=dialog]');
    await dialog.getByRole('button', { name: 'Run 2 records again' }).click();
    await page.getByText('Goes on from the failed step of the failed records of').waitFor();
    for (let i = 0; i < 5; i += 1) {
      await expect.poll(() => cuts.length, { timeout: 30_000 }).toBeGreaterThan(i);
      await cuts[i]?.();
    }
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const run = await finishedWithYes(api, id);
    await page.getByText('2 of 2 done').waitFor();

    expect(run).toMatchObject({ status: 'succeeded', origin: { runId: origin.id, records: 'failed_step' } });
    await look('rerun-done');
  });

  it('leads from the run to its re-run and back', async () => {
    await page.getByRole('link', { name: 'an earlier run' }).click();
    await page.getByText('Run again:').waitFor();
    await button('Run again…').click();
    await page
      .getByRole('dialog')
      .getByText('None; left out: 2 records that another re-run has taken up.')
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
  });

  it('is cancelled, and says that nothing was done', async () => {
    const { id } = await api.send<Run>('POST', `/workflows/${workflowId}/runs`, {});
    // In a window of its own: the wires of the other one are cut.
    const own = await visitSignedIn(stage);
    const { page } = own;
    await page.goto(`${stage.server.url}/runs/${id}`);
    await page.getByRole('button', { name: 'Cancel run', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel this run' });
    await dialog.getByRole('button', { name: 'Cancel run' }).click();
    await page
      .getByText(/^0 of \d+ done · \d+ cancelled|^Cancelled before any record was chosen/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Run again…', exact: true }).waitFor();

    const run = await finished(api, id);
    expect(run).toMatchObject({ status: 'cancelled', counts: { succeeded: 0, failed: 0, running: 0 } });
    expect(own.complaints).toEqual([]);
  });
});
