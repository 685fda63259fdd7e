import type {
  AgentInvitation,
  AgentQuestion,
  AgentWork,
  IntegrationDetails,
  Load,
  MappingProposal,
} from '#contract';
import type { Credential } from '#domain/credential';
import type { VendorCall, VendorReply } from '#engine/vendor-ports';
import { vendors as vendorList } from '#presets';
import { answerQuestion } from '../../server/agent/answer-question.ts';
import { doLoad } from '../../server/agent/do-load.ts';
import { createPost, type Post } from '../../server/agent/server-client.ts';
import { version } from '../../server/installation.ts';
import { buildTestApp } from '../support/build-app.ts';
import { base } from '../support/load-world.ts';
import { createScriptedClient } from '../support/scripted-client.ts';

/** What the agent signs its calls with. */
export const plantedSecret = 'planted-agent-secret-77aa';

const credential = {
  id: 'crd_far',
  name: 'Webex far away',
  baseUrl: base,
  vendorId: 'webex',
  status: 'authenticated',
} as Credential;

/** A whole server, and an agent of it that reads from a scripted vendor. */
export async function createAgentWorld(
  script: (call: VendorCall, n: number) => VendorReply | Promise<VendorReply>,
) {
  const app = await buildTestApp();
  const url = await app.http.listen({ host: '127.0.0.1', port: 0 });
  const token = await app.token('admin');
  const send = async <T>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH',
    path: string,
    body?: unknown,
  ): Promise<T> => {
    const response = await app.send(method, path, { token, body });
    if (response.statusCode >= 400) throw new Error(`${method} ${path}: ${response.body}`);
    return response.json<T>();
  };
  const invitation = await send<AgentInvitation>('POST', '/agents', { name: 'Branch office' });
  const registration = { token: invitation.token, version };
  const { key } = (await createPost(url, null)('/registration', registration)) as { key: string };
  const post = createPost(url, key);
  const { name, vendorId, status } = credential;
  const contact = async (fence: string | null = null, as = version) =>
    (await post('/contact', { version: as, credentials: [{ name, vendorId, status }], fence })) as {
      goesOn: boolean;
      version: string;
      work: AgentWork | null;
      questions: AgentQuestion[];
    };
  await contact();

  const lines: string[] = [];
  const client = createScriptedClient(script, [plantedSecret]);
  const deps = {
    client,
    clock: app.clock,
    credentials: { findByName: async () => ({ credential }) as never },
    vendors: {
      find: (id: string) => vendorList.find((one) => one.id === id),
      list: () => vendorList,
    },
    say: (line: string) => void lines.push(line),
  };
  return {
    app,
    agentId: invitation.agent.id,
    send,
    post,
    contact,
    lines,
    client,
    find: (id: string) => send<Load>('GET', `/loads/${id}`),
    /** Does given work as an agent does. */
    work: (work: AgentWork, by: Post = post, signal = new AbortController().signal) =>
      doLoad({ ...deps, post: by }, work, signal),
    /** Answers a given question as an agent does. */
    answer: (question: AgentQuestion) =>
      answerQuestion(
        { ...deps, post, tests: { test: async () => ({ isOk: true, message: 'It works.' }) } },
        question,
        new AbortController().signal,
      ),
    integrationId: await addLocal(send, invitation.agent.id),
  };
}

/** An active integration whose loads the agent does, with what Smart Mapping proposes. */
async function addLocal(
  send: <T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: unknown) => Promise<T>,
  agentId: string,
): Promise<string> {
  const draft = { vendorId: 'webex', name: 'Webex users' };
  const { integration } = await send<IntegrationDetails>('POST', '/integrations', draft);
  const path = `/integrations/${integration.id}`;
  await send('PATCH', path, { installation: 'local', agentId, agentCredential: credential.name });
  const { rows } = await send<MappingProposal>('POST', `${path}/mapping-proposal`, {});
  for (const { row, newField } of rows) {
    if (newField) await send('POST', '/fields', { ...newField, recordType: row.target.recordType, help: '' });
  }
  await send('PATCH', path, { mapping: { rows: rows.map(({ row }) => row) } });
  await send('PUT', `${path}/activation`);
  return integration.id;
}
