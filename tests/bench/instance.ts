import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type CredentialDetails, settingsFromPreset, type Workflow } from '#contract';
import { vendors } from '#presets';
import { openDatabase } from '../../server/store/database.ts';
import { people as peopleTable, uniqueValues } from '../../server/store/schema.ts';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { liftLimits } from '../support/lift-limits.ts';
import { agreeToActivation } from '../support/second-person.ts';
import { freePort, type ServerProcess, startServer } from '../support/server-process.ts';
import { setUpOwner } from '../support/story.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Instance {
  server: ServerProcess;
  token: string;
  workflowId: string;
  vendorOrigin: string;
  data: string;
  /** Milliseconds from the start of the process to its first answer. */
  startMs: number;
  /** Starts the server again on the same data and the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export function spawnScript(script: string, args: string[] = []): ChildProcess {
  return spawn(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
}

export async function firstLine(child: ChildProcess): Promise<string> {
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  return line;
}

/** A vendor's script and its arguments. */
export type VendorScript = [script: string, ...args: string[]];

export const bareVendor: VendorScript = ['tests/bench/vendor.ts'];

/**
 * A real instance on a file database with so many people, a credential for the bare vendor and the offboard workflow:
 * read the person, Inactive For on the answer, delete the inactive, record every step.
 */
export async function createInstance(
  people: number,
  inFlight: number,
  [script, ...args] = bareVendor,
  moreEnv: Record<string, string> = {},
): Promise<Instance> {
  const data = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const vendor = spawnScript(script, args);
  const vendorHost = `127.0.0.1:${await firstLine(vendor)}`;
  const port = await freePort();
  const env = {
    ROLLCALL_SANDBOX: 'off',
    ROLLCALL_ALLOW_HOSTS: vendorHost,
    ROLLCALL_CONCURRENCY: String(inFlight),
    ...moreEnv,
  };

  const first = await startServer({ data, port, env });
  const { workflowId, token } = await prepare(first, `http://${vendorHost}`, data);
  await first.stop();
  addPeople(data, people);

  const startedAt = performance.now();
  const server = await startServer({ data, port, env });
  const startMs = performance.now() - startedAt;
  const instance: Instance = {
    server,
    token,
    workflowId,
    vendorOrigin: `http://${vendorHost}`,
    data,
    startMs,
    async restart() {
      instance.server = await startServer({ data, port, env });
    },
    async close() {
      await instance.server.stop();
      vendor.kill('SIGKILL');
      await rm(data, { recursive: true, force: true });
    },
  };
  return instance;
}

/** A credential for the bare vendor at this origin, authenticated. */
export async function connectVendor(api: ApiClient, origin: string): Promise<string> {
  const { credential } = await api.send<CredentialDetails>('POST', '/credentials', {
    name: 'Bench',
    vendorId: 'webex',
    scopes: 'spark-admin:people_read',
    clientId: 'bench',
    clientSecret: 'bench-client-secret',
    baseUrl: `${origin}/v1`,
    authorizeUrl: `${origin}/v1/authorize`,
    tokenUrl: `${origin}/v1/access_token`,
  });
  const { authorizeUrl } = await api.send<{ authorizeUrl: string }>(
    'POST',
    `/credentials/${credential.id}/authorization`,
    {},
  );
  const state = new URL(authorizeUrl).searchParams.get('state') ?? '';
  await api.raw('GET', `/oauth/callback?code=bench&state=${encodeURIComponent(state)}`);
  return credential.id;
}

async function prepare(
  server: ServerProcess,
  origin: string,
  data: string,
): Promise<{ workflowId: string; token: string }> {
  const api = createApiClient(server.url);
  await setUpOwner(api, server.setupLink ?? '');
  const credentialId = await connectVendor(api, origin);
  await api.send('POST', '/fields', {
    recordType: 'person',
    label: 'Webex User ID',
    externalId: 'webex_user_id',
    type: 'text',
    isUnique: true,
  });

  const workflow = await api.send<Workflow>('POST', '/workflows', {
    name: 'Offboard',
    records: { kind: 'people' },
  });
  const drafted = await api.send<Workflow>('PUT', `/workflows/${workflow.id}/draft`, {
    revision: workflow.revision,
    graph: offboard(credentialId),
  });
  await api.send('PUT', `/workflows/${workflow.id}/activation`, { revision: drafted.revision });
  await agreeToActivation(api, data, workflow.id);
  const cli = spawn(
    process.execPath,
    ['dist/server/cli/main.js', 'token', 'create', '--name', 'bench', '--role', 'admin'],
    {
      cwd: root,
      env: { ...process.env, ROLLCALL_DATA: data },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  return { workflowId: workflow.id, token: (await firstLine(cli)).trim() };
}

function offboard(credentialId: string) {
  const webex = vendors.find((vendor) => vendor.id === 'webex');
  const preset = (id: string) => {
    const found = webex?.presets.find((each) => each.id === id);
    if (!webex || !found) throw new Error(`Webex has no preset "${id}".`);
    return settingsFromPreset(webex, found, credentialId);
  };
  const read = {
    ...preset('get-user-details'),
    response: {
      success: [{ value: '{{response.lastActivity}}', target: { kind: 'variable', name: 'seen' } }],
      failure: [],
    },
  };
  const block = (id: string, type: string, settings: object, x: number) => ({
    id,
    type,
    name: id,
    position: { x: x * 300, y: 0 },
    settings,
  });
  const edge = (from: string, exit: string, to: string) => ({ id: `${from}.${exit}`, from, exit, to });
  return {
    blocks: [
      block('begin', 'begin', {}, 0),
      block('read', 'api', read, 1),
      block('inactive', 'inactive-for', { lastActivity: '{{seen}}', days: 90 }, 2),
      block('remove', 'api', preset('delete-user'), 3),
      block('end', 'end', {}, 4),
    ],
    edges: [
      edge('begin', 'next', 'read'),
      edge('read', 'success', 'inactive'),
      edge('inactive', 'inactive', 'remove'),
      edge('inactive', 'active', 'end'),
      edge('inactive', 'unknown', 'end'),
      edge('remove', 'success', 'end'),
    ],
  };
}

/** Written straight into the tables: how people come in is not what is measured. */
function addPeople(data: string, people: number): void {
  const database = openDatabase(join(data, 'rollcall.db'));
  liftLimits(database);
  database.transaction((tx) => {
    for (let n = 0; n < people; n += 1) {
      const username = `person${n}@acme.test`;
      const id = personId(n);
      tx.insert(peopleTable)
        .values({
          id,
          username,
          email: username,
          firstName: 'Person',
          lastName: String(n),
          role: 'Employee',
          status: 'active',
          fields: { webex_user_id: `p-${n}` },
          createdAt: 0,
          updatedAt: 0,
        })
        .run();
      tx.insert(uniqueValues)
        .values({ externalId: 'webex_user_id', value: `p-${n}`, personId: id })
        .run();
    }
  });
  database.$client.close();
}

export const personId = (n: number): string => `per_${String(n).padStart(8, '0')}`;
