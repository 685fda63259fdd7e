import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Agent, AgentInvitation, IntegrationDetails, Load, MappingProposal } from '#contract';
import { accessOf, openData } from '../../server/assembly/access.ts';
import { systemClock } from '../../server/clock.ts';
import { changes, people, saasUsers } from '../../server/store/schema.ts';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { startProgram } from '../support/program.ts';
import { freePort } from '../support/server-process.ts';
import { sendJson, startVendorServer } from '../support/vendor-server.ts';

const secret = 'planted-agent-secret-2f8c11';
const employees = 2_500;

const aPerson = (n: number) => ({
  _id: `ph-${String(n).padStart(5, '0')}`,
  email: `person${n}@acme.test`,
  firstName: 'Person',
  lastName: String(n),
});

/** Planhat with 2,500 people; the third page waits until it is let through. */
async function startPlanhat() {
  let asked: () => void = () => undefined;
  let letThrough: () => void = () => undefined;
  const vendor = await startVendorServer(async ({ url, headers }, response) => {
    if (headers.authorization !== `Bearer ${secret}`) return sendJson(response, 401, {});
    const query = new URL(url, 'http://vendor').searchParams;
    const [from, size] = [Number(query.get('offset') ?? 0), Number(query.get('limit') ?? 100)];
    if (from === 2_000) {
      const opened = new Promise<void>((resolve) => {
        letThrough = resolve;
      });
      asked();
      await opened;
    }
    const count = Math.max(0, Math.min(size, employees - from));
    sendJson(
      response,
      200,
      Array.from({ length: count }, (_, i) => aPerson(from + i + 1)),
    );
  });
  return {
    ...vendor,
    /** Resolves when the third page is asked for the next time. */
    thirdPage: () =>
      new Promise<void>((resolve) => {
        asked = resolve;
      }),
    letThrough: () => letThrough(),
  };
}

function makeFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `rollcall-${name}-`));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Asks again and again until the answer is right. */
async function until<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined && isRight(answer)) return answer;
  }
}

/** An active local integration with what Smart Mapping proposes. */
async function addLocal(api: ApiClient, agentId: string): Promise<string> {
  const draft = { vendorId: 'planhat', name: 'Planhat users' };
  const { integration } = await api.send<IntegrationDetails>('POST', '/integrations', draft);
  const path = `/integrations/${integration.id}`;
  await api.send('PATCH', path, { installation: 'local', agentId, agentCredential: 'Planhat' });
  const { rows } = await api.send<MappingProposal>('POST', `${path}/mapping-proposal`, {});
  for (const { row, newField } of rows) {
    if (newField)
      await api.send('POST', '/fields', { ...newField, recordType: row.target.recordType, help: '' });
  }
  await api.send('PATCH', path, { mapping: { rows: rows.map(({ row }) => row) } });
  await api.send('PUT', `${path}/activation`);
  return integration.id;
}

const filesOf = (folder: string) =>
  readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));

test('an agent and a server that are killed in the middle of a load go on, write everybody once, and the secret stays with the agent', {
  timeout: 120_000,
}, async () => {
  const [data, far] = [makeFolder('server'), makeFolder('agent')];
  const [vendor, port] = [await startPlanhat(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const env = { ROLLCALL_DATA: data, ROLLCALL_PORT: String(port), ROLLCALL_ALLOW_HOSTS: vendor.host };
  const startServer = async () => {
    const server = startProgram(['server/main.ts', '--no-open', '--no-sandbox'], { env });
    await server.prints('is ready at');
    return server;
  };
  const rollcall = (args: string[], input = '') =>
    startProgram(['server/cli/main.ts', 'agent', ...args, '--data', far], { env, input });
  const told = async (program: ReturnType<typeof rollcall>) => {
    expect([await program.ended, program.output()]).toEqual([0, expect.anything()]);
    return program.output();
  };
  let server = await startServer();
  const database = openData(data);
  onTestFinished(() => void database.$client.close());
  const token = await accessOf(database, systemClock).createToken({
    name: 'Test',
    role: 'admin',
    expiresAt: null,
  });
  const api = createApiClient(url, token);

  const invitation = await api.send<AgentInvitation>('POST', '/agents', { name: 'Branch office' });
  await told(rollcall(['register', '--server', url, '--token', invitation.token]));
  const naming = ['--name', 'Planhat', '--vendor', 'planhat', '--base-url', vendor.url];
  await told(rollcall(['credential', 'add', ...naming], `${secret}\n`));
  expect(await told(rollcall(['credential', 'list']))).toBe('Planhat\tplanhat\tauthenticated\n');
  let agent = rollcall(['start']);
  await until(
    () => api.get<{ items: Agent[] }>('/agents'),
    ({ items }) => items[0]?.credentials.length === 1,
  );
  const integrationId = await addLocal(api, invitation.agent.id);

  const first = vendor.thirdPage();
  const { id } = await api.send<Load>('POST', `/integrations/${integrationId}/loads`);
  await first;
  const second = vendor.thirdPage();
  await agent.kill();
  vendor.letThrough();
  agent = rollcall(['start']);
  await second;
  const third = vendor.thirdPage();
  await server.kill();
  vendor.letThrough();
  server = await startServer();
  await third;
  vendor.letThrough();

  const load = await until(
    () => api.get<Load>(`/loads/${id}`),
    ({ finishedAt }) => finishedAt !== null,
  );
  expect(load).toMatchObject({
    status: 'succeeded',
    isComplete: true,
    tally: { read: employees, failed: 0 },
  });
  expect(load.restarts).toBeGreaterThanOrEqual(2);
  const history = database.select().from(changes).all();
  expect(history.filter(({ field }) => field === 'identifier')).toHaveLength(employees);
  expect(database.select().from(people).all()).toHaveLength(employees);
  expect(database.select().from(saasUsers).all()).toHaveLength(employees);

  await agent.prints('Loaded "Planhat users": 2500 records.');
  const answers = [await api.get('/agents'), await api.get(`/integrations/${integrationId}`), load];
  const everywhere = [
    ...filesOf(data),
    ...filesOf(far),
    JSON.stringify(answers),
    server.output(),
    agent.output(),
  ];
  expect(everywhere.filter((text) => text.includes(secret))).toEqual([]);
});
