import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApprovalView, Plan, Run, SaasUser } from '#contract';
import type { LedgerEntry } from '../../server/sandbox/ledger.ts';
import { sortByActivity, type WebexPerson } from '../../server/sandbox/webex/person.ts';
import type { ApiClient } from '../support/api-client.ts';
import { openStage, type Stage, shootFailures, type Visit, visit } from '../support/browser.ts';
import { obstacles } from '../support/obstacles.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { finished, launchRecipe, loadWebex, ownerOf } from '../support/story.ts';

let stage: Stage;
let api: ApiClient;
let seen: Visit;
let page: Page;
let sandbox: string;
let workflowId: string;
let appId: string;
/** Identifiers of those whom the recipe deletes, as the vendor knows them. */
let inactive: string[];
/** Whose deletion is unclear in the first run. */
let first: SaasUser;

beforeAll(async () => {
  stage = await openStage();
  api = await ownerOf(stage);
  ({ sandbox } = await loadWebex(api));
  workflowId = await launchRecipe(api);
  appId = (await api.get<{ items: { id: string }[] }>('/apps')).items[0]?.id ?? '';
  const { people } = (await (await fetch(`${sandbox}/_sandbox/people`)).json()) as { people: WebexPerson[] };
  ({ inactive } = sortByActivity(people, { now: Date.now(), days: 90 }));
  const email = people.find(({ id }) => id === inactive[0])?.emails[0] ?? '';
  const found = await api.get<{ items: SaasUser[] }>(
    `/apps/${appId}/users?search=${encodeURIComponent(email)}`,
  );
  first = found.items[0]!;
  seen = await visitSignedIn(stage);
  page = seen.page;
});

afterAll(() => stage?.close());

shootFailures(() => seen);

const button = (name: string | RegExp, on = page) => on.getByRole('button', { name, exact: true });
const open = (path: string, on = page) => on.goto(`${stage.server.url}${path}`);

async function deletions(): Promise<string[]> {
  const response = await fetch(`${sandbox}/_sandbox/ledger?method=DELETE`);
  const { calls } = (await response.json()) as { calls: LedgerEntry[] };
  return calls.filter(({ performed }) => performed === 204).map(({ personId }) => personId ?? '');
}

/** Asks the server until it says so. */
async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
  }
}

async function expectNoObstacle(on: Page): Promise<void> {
  await on.waitForLoadState('networkidle');
  expect(await obstacles(on)).toEqual([]);
}

// One story: what a chapter does stands for the next ones.
describe('an operator who is careful', () => {
  it('stops everything from any page by the keyboard, and releases it', async () => {
    await open('/people');
    await page.getByRole('heading', { name: 'People' }).waitFor();
    await page.keyboard.press('Control+.');
    const dialog = page.getByRole('dialog', { name: 'Stop destructive calls' });
    await dialog.getByLabel('Why').fill('Wrong people are being deleted');
    await page.keyboard.press('Enter');
    const band = page.getByRole('region', { name: 'Destructive calls are held' });
    await band.getByText('Everything destructive is stopped.').waitFor();
    await band.getByText(/Ada Lovelace, .*“Wrong people are being deleted”/).waitFor();
    await expectNoObstacle(page);
    await open(`/workflows/${workflowId}`);
    await band.getByRole('button', { name: 'Release' }).click();
    await button('Release stop').click();
    await band.waitFor({ state: 'detached' });

    expect((await api.get<{ stops: unknown[] }>('/safety')).stops).toEqual([]);
  });

  it('tries the draft, sees whom it would delete, and nothing is deleted', async () => {
    await open(`/workflows/${workflowId}`);
    await button('Dry run').click();
    await page.getByText('Plan: nothing was changed.').waitFor();
    const plan = page.getByRole('complementary', { name: 'Plan' });
    // Only a plan that is complete says who is left alone.
    await plan.getByRole('heading', { name: 'What would happen', exact: true }).waitFor();
    await plan.getByText(/left as they are\./).waitFor();
    await plan.getByRole('button', { name: `${inactive.length} deleted` }).click();
    await plan.locator('summary', { hasText: `${first.email}deleted` }).click();
    await plan.getByText(first.identifier).first().waitFor();
    await expectNoObstacle(page);

    expect(await deletions()).toEqual([]);
  });

  it('settles a call on the desk whose answer was lost', async () => {
    await fetch(`${sandbox}/_sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([
        { match: { method: 'DELETE' }, dropConnection: 'after', times: 1 },
        {
          match: { method: 'GET', pathPrefix: `/v1/people/${first.identifier}` },
          status: 403,
          skip: 1,
          times: 50,
        },
      ]),
    });
    const run = await api.send<Run>('POST', `/workflows/${workflowId}/runs`, { recordIds: [first.id] });
    expect((await finished(api, run.id)).status).toBe('needs_attention');
    await fetch(`${sandbox}/_sandbox/faults`, { method: 'DELETE' });

    await open('/unclear-calls');
    await page.getByRole('list', { name: 'Unclear calls' }).getByText(first.email).waitFor();
    await expectNoObstacle(page);
    await page.getByLabel(`Choose ${first.email}`).check();
    await button('It happened').click();
    await page.getByRole('dialog').getByRole('button', { name: 'It happened', exact: true }).click();
    await page.getByRole('heading', { name: 'Every call has a known outcome' }).waitFor();

    expect(await deletions()).toEqual([first.identifier]);
  });

  it('reads on the page of the account why it was deleted', async () => {
    await open(`/apps/${appId}/users/${first.id}`);
    const story = page.getByRole('list', { name: 'What happened' });
    await story.locator('summary', { hasText: 'Deletes in Webex' }).first().click();
    await story
      .getByText(/Last active \d+ days ago/)
      .first()
      .waitFor();
    await story.getByText(/Ada Lovelace decided: it happened/).waitFor();
    await expectNoObstacle(page);
    const file = await page.request.get(
      `${stage.server.url}/api/v1/apps/${appId}/users/${first.id}/explanation.html`,
    );

    expect(await file.text()).toContain(`DELETE`);
    expect(await file.text()).toContain(first.identifier);
  });

  it('runs above the limit only when somebody else agrees, and does what the plan says', async () => {
    const { link } = await api.send<{ link: string }>('POST', '/operators', {
      name: 'Ben Bright',
      email: 'ben@acme.test',
      role: 'admin',
    });
    const ben = await visit(stage.browser);
    await ben.page.goto(link);
    await ben.page.getByLabel('Password for ben@acme.test').fill('a password of his own');
    await button('Take the invitation', ben.page).click();
    await ben.page.getByRole('heading', { name: 'Hello, Ben' }).waitFor();
    // The page of the link asks once more for an invitation that is taken by then.
    ben.complaints.length = 0;

    await open(`/workflows/${workflowId}`);
    await button('Run…').click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Run over/ })
      .click();
    await page
      .getByText(/It waits until somebody agrees/)
      .first()
      .waitFor();
    const runId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const records = page.getByRole('complementary', { name: 'Records of this run' });
    await records
      .getByText(/more than the limit of/)
      .first()
      .waitFor();
    expect(await records.getByText(/A dry run finds out first/).count()).toBe(0);
    const before = await deletions();
    const plan = await api.get<Plan>(`/runs/${runId}/plan`);
    await page.getByRole('link', { name: 'Approvals, 1 waiting' }).waitFor();

    await open('/approvals', ben.page);
    await ben.page.getByRole('link', { name: /^Let a run of/ }).click();
    await ben.page.getByRole('table', { name: 'What the run would do' }).waitFor();
    await ben.page.getByRole('button', { name: /deleted$/, pressed: true }).waitFor();
    await expectNoObstacle(ben.page);
    await ben.page.getByLabel('Reason').fill('They have all left');
    await button('Approve', ben.page).click();
    await ben.page.getByText('Approved', { exact: false }).first().waitFor();
    await until(
      async () => {
        await agreeToLooks();
        return api.get<{ run: Run }>(`/runs/${runId}`);
      },
      ({ run }) => run.finishedAt !== null,
    );

    expect(before).toEqual([first.identifier]);
    expect(plan.counts.delete).toBe(inactive.length - 1);
    expect((await deletions()).sort()).toEqual([...inactive].sort());
    expect(ben.complaints).toEqual([]);
  });

  it.each(['light', 'dark'] as const)(
    'meets no obstacle on the pages of safety in %s',
    async (colorScheme) => {
      const window = await visitSignedIn(stage, { colorScheme, reducedMotion: 'reduce' });
      for (const path of ['/safety', '/approvals?show=all', '/unclear-calls']) {
        await open(path, window.page);
        await window.page.getByRole('heading', { level: 1 }).waitFor();
        await expectNoObstacle(window.page);
      }
      await open('/safety', window.page);
      await button('Change limits for All workflows', window.page).click();
      await window.page.getByLabel('Deletions in 24 hours, number').fill('400');
      await window.page.getByText(/nothing changes before/).waitFor();
      await expectNoObstacle(window.page);
      expect(window.complaints).toEqual([]);
    },
  );

  it('leaves no complaint in the console', () => {
    expect(seen.complaints).toEqual([]);
  });
});

/** Somebody looks at the first call of the version, should that be asked for. */
async function agreeToLooks(): Promise<void> {
  const { items } = await api.get<{ items: ApprovalView[] }>('/approvals?status=waiting');
  for (const { id, kind } of items) {
    if (kind === 'canary') await api.send('PUT', `/approvals/${id}/decision`, { decision: 'approve' });
  }
}
