import type { OperatorInvitation, Run, SaasUser, SandboxInfo, Workflow } from '#contract';
import { sortByActivity, type WebexPerson } from '../../server/sandbox/webex/person.ts';
import type { ApiClient } from './api-client.ts';
import { connect, finishedWithYes, launchRecipe, loadUsers } from './story.ts';

/** What the addresses of the pages name. */
export interface PagesWorld {
  person: string;
  app: string;
  account: string;
  credential: string;
  integration: string;
  load: string;
  workflow: string;
  /** A run of three: one account deleted, one deletion refused, one unclear. */
  run: string;
  /** The run over everybody, which waits for a yes to its plan. */
  waiting: string;
  approval: string;
  /** The code of an invitation that nobody has taken. */
  code: string;
}

interface Listed<T = { id: string }> {
  items: T[];
}

/** A server in the middle of its work, with something in every list and every state that asks for somebody. */
export async function fillPages(api: ApiClient): Promise<PagesWorld> {
  const { vendors } = await api.get<SandboxInfo>('/sandbox');
  const sandbox = vendors.find(({ vendorId }) => vendorId === 'webex')?.url ?? '';
  const credential = await connect(api, sandbox);
  const integration = await loadUsers(api, credential);
  const app = await firstOf(api, '/apps');
  const workflow = await launchRecipe(api);
  const chosen = await inactiveAccounts(api, sandbox, app);
  const run = await runInParts(api, sandbox, workflow, chosen);
  const asked = await runThatAsks(api, workflow);
  await changeDraft(api, workflow);
  await api.send('POST', '/agents', { name: 'Branch office' });
  const note = 'Where our accounts live';
  await api.send('POST', '/global-variables', { name: 'Webex.Region', value: 'eu', note });
  await api.send('POST', '/global-variables', { name: 'Salesforce.Version', value: 62 });
  const invited = { name: 'Grace Hopper', email: 'grace@acme.test', role: 'approver' };
  const { link } = await api.send<OperatorInvitation>('POST', '/operators', invited);
  return {
    ...{ app, credential, integration, workflow, run, ...asked },
    account: chosen[0]!.id,
    person: await firstOf(api, '/people?limit=1'),
    load: await firstOf(api, `/integrations/${integration}/loads`),
    code: new URL(link).searchParams.get('code') ?? '',
  };
}

async function firstOf(api: ApiClient, path: string): Promise<string> {
  const [first] = (await api.get<Listed>(path)).items;
  if (!first) throw new Error(`${path} is empty.`);
  return first.id;
}

/** Three accounts that the recipe deletes. */
async function inactiveAccounts(api: ApiClient, sandbox: string, app: string): Promise<SaasUser[]> {
  const { people } = (await (await fetch(`${sandbox}/_sandbox/people`)).json()) as { people: WebexPerson[] };
  const { inactive } = sortByActivity(people, { now: Date.now(), days: 90 });
  return Promise.all(
    inactive.slice(0, 3).map(async (id) => {
      const email = people.find((person) => person.id === id)?.emails[0] ?? '';
      const path = `/apps/${app}/users?search=${encodeURIComponent(email)}`;
      return (await api.get<Listed<SaasUser>>(path)).items[0]!;
    }),
  );
}

async function runInParts(
  api: ApiClient,
  sandbox: string,
  workflow: string,
  chosen: readonly SaasUser[],
): Promise<string> {
  const [refused, lost] = chosen.map(({ identifier }) => `/v1/people/${identifier}`);
  const faults = [
    { match: { method: 'DELETE', pathPrefix: refused }, status: 403, times: 50 },
    { match: { method: 'DELETE', pathPrefix: lost }, dropConnection: 'after', times: 1 },
    { match: { method: 'GET', pathPrefix: lost }, status: 403, skip: 3, times: 50 },
  ];
  await fetch(`${sandbox}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(faults),
  });
  const body = { recordIds: chosen.map(({ id }) => id) };
  const { id } = await api.send<Run>('POST', `/workflows/${workflow}/runs`, body);
  const { status, counts } = await finishedWithYes(api, id);
  if (status !== 'needs_attention') throw new Error(`The run ended as ${status}: ${JSON.stringify(counts)}`);
  await fetch(`${sandbox}/_sandbox/faults`, { method: 'DELETE' });
  return id;
}

/** A run over everybody, and the request for its plan. */
async function runThatAsks(api: ApiClient, workflow: string): Promise<{ waiting: string; approval: string }> {
  const { id } = await api.send<Run>('POST', `/workflows/${workflow}/runs`, {});
  for (;;) {
    const [asked] = (await api.get<Listed>(`/approvals?status=waiting&runId=${id}`)).items;
    if (asked) return { waiting: id, approval: asked.id };
    const { run } = await api.get<{ run: Run }>(`/runs/${id}`);
    if (run.finishedAt !== null) throw new Error(`The run ended as ${run.status} and asked nobody.`);
  }
}

/** The draft moves on: another number of days, a block more. */
async function changeDraft(api: ApiClient, id: string): Promise<void> {
  const workflow = await api.get<Workflow>(`/workflows/${id}`);
  const graph = structuredClone(workflow.draft);
  const idle = graph.blocks.find(({ type }) => type === 'inactive-for');
  Object.assign(idle!.settings, { days: 30 });
  graph.blocks.push({
    ...{ id: 'pause', type: 'wait', name: 'Wait a week', position: { x: 336, y: 640 } },
    settings: { mode: 'duration', amount: 1, unit: 'weeks' },
  });
  await api.send('PUT', `/workflows/${id}/draft`, { revision: workflow.revision, graph });
}
