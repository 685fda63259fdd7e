import type {
  CredentialDetails,
  Graph,
  IntegrationDetails,
  Load,
  MappingProposal,
  Run,
  SandboxInfo,
  Workflow,
} from '#contract';
import { sandboxClient } from '../../server/sandbox/webex.ts';
import { type ApiClient, createApiClient } from './api-client.ts';
import type { Stage } from './browser.ts';

export const owner = { name: 'Ada Lovelace', email: 'ada@acme.test', password: 'correct horse battery' };

/** Uses the one-time link, as a newcomer's browser does. */
export async function setUpOwner(api: ApiClient, setupLink: string): Promise<void> {
  const code = new URL(setupLink).searchParams.get('code');
  await api.send('POST', '/setup', { code, ...owner });
}

/** Sets up the owner of a new server, and goes on in her name. */
export async function ownerOf({ server }: Pick<Stage, 'server'>): Promise<ApiClient> {
  const api = createApiClient(server.url);
  await setUpOwner(api, server.setupLink ?? '');
  return api;
}

/** Connects the imitated Webex and loads its people. */
export async function loadWebex(api: ApiClient) {
  const { vendors } = await api.get<SandboxInfo>('/sandbox');
  const sandbox = vendors.find(({ vendorId }) => vendorId === 'webex')?.url ?? '';
  const credentialId = await connect(api, sandbox);
  return { sandbox, credentialId, integrationId: await loadUsers(api, credentialId) };
}

/** The draft as it is saved by now, which is a moment after the last change: whoever expects one looks again. */
export const draftOf = async (api: ApiClient, id: string): Promise<Graph> =>
  (await api.get<Workflow>(`/workflows/${id}`)).draft;

/** Makes a credential for a vendor at this base URL and goes through its login by hand. */
export async function connect(api: ApiClient, base: string): Promise<string> {
  const { credential } = await api.send<CredentialDetails>('POST', '/credentials', {
    name: 'Webex admin',
    vendorId: 'webex',
    scopes:
      'spark-admin:people_read spark-admin:people_write spark-admin:roles_read spark-admin:licenses_read',
    clientId: sandboxClient.id,
    clientSecret: sandboxClient.secret,
    baseUrl: `${base}/v1`,
    authorizeUrl: `${base}/v1/authorize`,
    tokenUrl: `${base}/v1/access_token`,
  });
  const { authorizeUrl } = await api.send<{ authorizeUrl: string }>(
    'POST',
    `/credentials/${credential.id}/authorization`,
    {},
  );
  const back = await allow(authorizeUrl);
  const response = await api.raw('GET', `${back.pathname}${back.search}`);
  const location = response.headers.get('location') ?? '';
  if (!location.includes('authenticated=1')) throw new Error(`The login came back to ${location}.`);
  return credential.id;
}

/** Presses "Allow" on the sandbox's consent page. */
export async function allow(authorizeUrl: string): Promise<URL> {
  const page = await (await fetch(authorizeUrl)).text();
  const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const hidden = [...page.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, decoded(value)],
  );
  const answer = await fetch(new URL(action, authorizeUrl), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams([...hidden, ['decision', 'allow']]),
  });
  return new URL(answer.headers.get('location') ?? '');
}

const decoded = (text: string) =>
  text
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');

/** Adds the Webex integration with what Smart Mapping proposes and launches it. */
export async function launchIntegration(api: ApiClient, credentialId: string): Promise<string> {
  const { integration } = await api.send<IntegrationDetails>('POST', '/integrations', {
    vendorId: 'webex',
    name: 'Webex',
  });
  const path = `/integrations/${integration.id}`;
  await api.send('PATCH', path, { credentialId, mode: 'user_and_saas_user' });
  const proposal = await api.send<MappingProposal>('POST', `${path}/mapping-proposal`, {});
  for (const { row, newField } of proposal.rows) {
    if (newField)
      await api.send('POST', '/fields', {
        ...newField,
        recordType: row.target.recordType,
        externalId: row.target.externalId,
      });
  }
  await api.send('PATCH', path, { mapping: { rows: proposal.rows.map(({ row }) => row) } });
  await api.send('PUT', `${path}/activation`, {});
  return integration.id;
}

/** Adds and launches the Webex integration as `launchIntegration` does, and loads once. */
export async function loadUsers(api: ApiClient, credentialId: string): Promise<string> {
  const id = await launchIntegration(api, credentialId);
  let load = await api.send<Load>('POST', `/integrations/${id}/loads`, {});
  while (load.finishedAt === null) load = await api.get<Load>(`/loads/${load.id}`);
  if (load.status !== 'succeeded') throw new Error(`The load ended as ${load.status}: ${String(load.error)}`);
  return id;
}

/** Makes a workflow from the shipped recipe and launches it. */
export async function launchRecipe(api: ApiClient): Promise<string> {
  const { items } = await api.get<{ items: { id: string }[] }>('/apps');
  const workflow = await api.send<Workflow>('POST', '/workflows', {
    name: 'Webex inactive-user cleanup',
    records: { kind: 'saas_users', appId: items[0]?.id },
    recipeId: 'webex-inactive-user-cleanup',
  });
  await api.send('PUT', `/workflows/${workflow.id}/activation`, { revision: workflow.revision, note: '' });
  return workflow.id;
}

export async function finished(api: ApiClient, runId: string): Promise<Run> {
  for (;;) {
    const { run } = await api.get<{ run: Run }>(`/runs/${runId}`);
    if (run.finishedAt !== null) return run;
  }
}

/** As `finished`, with a yes to all that the run asks for: its plan, and the look at its first deletion. */
export async function finishedWithYes(api: ApiClient, runId: string): Promise<Run> {
  for (;;) {
    const { run } = await api.get<{ run: Run }>(`/runs/${runId}`);
    if (run.finishedAt !== null) return run;
    if (run.status !== 'waiting') continue;
    const { items } = await api.get<{ items: { id: string }[] }>(`/approvals?status=waiting&runId=${runId}`);
    for (const { id } of items) await api.send('PUT', `/approvals/${id}/decision`, { decision: 'approve' });
  }
}

export type { SandboxInfo };
