import type { Page } from 'playwright-core';
import type { Workflow } from '#contract';
import type { LedgerEntry } from '../../server/sandbox/ledger.ts';
import { sortByActivity, type WebexPerson } from '../../server/sandbox/webex/person.ts';
import type { ApiClient } from './api-client.ts';
import { openStage, type Stage, type Visit } from './browser.ts';
import { visitSignedIn } from './signed-in.ts';
import { finishedWithYes, loadWebex, ownerOf } from './story.ts';

export interface CanvasWorld {
  stage: Stage;
  api: ApiClient;
  seen: Visit;
  page: Page;
  appId: string;
  /** Whom a cleanup after 90 days may delete, and whom not, as the sandbox says before it. */
  people: ReturnType<typeof sortByActivity>;
  sandbox: string;
}

/** A server whose Webex accounts are loaded, and a window in which somebody is about to draw. */
export async function openCanvasWorld(): Promise<CanvasWorld> {
  const stage = await openStage();
  const api = await ownerOf(stage);
  const { sandbox } = await loadWebex(api);
  const { items } = await api.get<{ items: { id: string }[] }>('/apps');
  const seen = await visitSignedIn(stage);
  const people = sortByActivity(await peopleOf(sandbox), { now: Date.now(), days: 90 });
  return { stage, api, seen, page: seen.page, appId: items[0]?.id ?? '', people, sandbox };
}

/** A workflow over the Webex accounts that has Begin and End and nothing else. */
export const emptyWorkflow = ({ api, appId }: CanvasWorld, name: string): Promise<Workflow> =>
  api.send<Workflow>('POST', '/workflows', { name, records: { kind: 'saas_users', appId } });

/** Waits for the run that the window shows, agreeing to all that it asks, and tells who was deleted. */
export async function deletedBy({ api, sandbox }: CanvasWorld, page: Page) {
  await page.waitForURL(/\/runs\/run_/);
  const run = await finishedWithYes(api, /run_\w+/.exec(page.url())?.[0] ?? '');
  const response = await fetch(`${sandbox}/_sandbox/ledger?method=DELETE`);
  const { calls } = (await response.json()) as { calls: LedgerEntry[] };
  const ids = calls.filter((call) => call.performed === 204).map((call) => call.personId);
  return { status: run.status, ids: ids.sort() };
}

/** The ways of the saved draft, as `from.exit>to`. */
export async function waysOf({ api }: CanvasWorld, workflowId: string): Promise<string[]> {
  const { draft } = await api.get<Workflow>(`/workflows/${workflowId}`);
  return draft.edges.map((edge) => `${edge.from}.${edge.exit}>${edge.to}`).sort();
}

async function peopleOf(url: string): Promise<WebexPerson[]> {
  const { people } = (await (await fetch(`${url}/_sandbox/people`)).json()) as { people: WebexPerson[] };
  return people;
}
