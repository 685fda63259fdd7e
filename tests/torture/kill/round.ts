import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Run, RunRecord } from '#contract';
import { openDatabase } from '../../../server/store/database.ts';
import { type ApiClient, createApiClient } from '../../support/api-client.ts';
import { liftLimits } from '../../support/lift-limits.ts';
import { agreeToActivation } from '../../support/second-person.ts';
import { freePort, startServer } from '../../support/server-process.ts';
import { connect, launchRecipe, loadUsers, setUpOwner } from '../../support/story.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface LedgerEntry {
  sequence: number;
  method: string;
  personId: string | null;
  /** The status that the work came to; 204 is a person deleted. */
  performed: number | null;
}

/** An instance with loaded users and a launched clean-up, kept as folders that every round copies. */
export interface Prepared {
  folder: string;
  people: number;
  sandboxPort: number;
  serverPort: number;
  workflowId: string;
  token: string;
}

export interface RoundResult {
  killedAfterCalls: number;
  run: Run;
  /** Broken promises in words; empty when all held. */
  violations: string[];
  parked: number;
}

/** The imitated vendor in a process of its own, so that it outlives the server. */
async function startSandbox(folder: string, port: number, people: number): Promise<ChildProcess> {
  const args = [
    'server/sandbox/main.ts',
    '--vendor',
    'webex',
    '--port',
    String(port),
    '--state',
    folder,
    '--people',
    String(people),
    '--rate',
    '100000',
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(createInterface({ input: child.stdout! }), 'line');
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const serverEnv = (port: number) => ({
  ROLLCALL_SANDBOX: 'off',
  ROLLCALL_ALLOW_HOSTS: `127.0.0.1:${port}`,
  ROLLCALL_CONCURRENCY: '16',
});

/** Goes through the story once, up to the launched workflow. */
export async function prepare(folder: string, people: number): Promise<Prepared> {
  const first = join(folder, 'prepared');
  await mkdir(first, { recursive: true });
  const [sandboxPort, serverPort] = [await freePort(), await freePort()];
  const sandbox = await startSandbox(first, sandboxPort, people);
  const server = await startServer({
    data: join(first, 'data'),
    port: serverPort,
    env: serverEnv(sandboxPort),
  });
  const api = createApiClient(server.url);
  await setUpOwner(api, server.setupLink ?? '');
  await loadUsers(api, await connect(api, `http://127.0.0.1:${sandboxPort}`));
  const workflowId = await launchRecipe(api);
  await agreeToActivation(api, join(first, 'data'), workflowId);
  const token = await makeToken(join(first, 'data'));
  await server.stop();
  await end(sandbox);
  await makeCopyable(join(first, 'data'));
  return { folder, people, sandboxPort, serverPort, workflowId, token };
}

/** Lifts the limits, and forgets the place: a copy would find that it is one, and delete nobody. */
async function makeCopyable(data: string): Promise<void> {
  const database = openDatabase(join(data, 'rollcall.db'));
  liftLimits(database);
  database.$client.exec("DELETE FROM settings WHERE key = 'instance_mark'");
  database.$client.close();
  await rm(join(data, 'instance.json'), { force: true });
}

async function makeToken(data: string): Promise<string> {
  const child = spawn(
    process.execPath,
    ['dist/server/cli/main.js', 'token', 'create', '--name', 'crash', '--role', 'admin'],
    {
      cwd: root,
      env: { ...process.env, ROLLCALL_DATA: data },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  await once(child, 'exit');
  return line.trim();
}

async function ledgerOf(port: number, after = 0): Promise<LedgerEntry[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/_sandbox/ledger?after=${after}`);
  return ((await answer.json()) as { calls: LedgerEntry[] }).calls;
}

/** Resolves once the vendor has received so many calls, or the run has ended before. */
async function afterCalls(
  port: number,
  from: number,
  calls: number,
  api: ApiClient,
  runId: string,
): Promise<void> {
  while ((await ledgerOf(port, from)).length < calls) {
    const { run } = await api.get<{ run: Run }>(`/runs/${runId}`);
    if (run.finishedAt !== null) return;
  }
}

/**
 * One round: start the run, kill the server with SIGKILL after so many calls have reached the vendor, start it again,
 * wait for the end, and compare the journal with the vendor's ledger person by person.
 */
export async function runRound(prepared: Prepared, n: number, killAfterCalls: number): Promise<RoundResult> {
  const { sandboxPort, serverPort, workflowId, token, people } = prepared;
  const folder = join(prepared.folder, `round-${n}`);
  await cp(join(prepared.folder, 'prepared'), folder, { recursive: true });
  const sandbox = await startSandbox(folder, sandboxPort, people);
  const start = () =>
    startServer({ data: join(folder, 'data'), port: serverPort, env: serverEnv(sandboxPort) });
  const before = (await ledgerOf(sandboxPort)).length;

  let server = await start();
  const api = createApiClient(server.url, token);
  const { id } = await api.send<Run>('POST', `/workflows/${workflowId}/runs`, {});
  await afterCalls(sandboxPort, before, killAfterCalls, api, id);
  await server.kill();

  server = await start();
  const deadline = Date.now() + 30_000;
  let run = (await api.get<{ run: Run }>(`/runs/${id}`)).run;
  while (run.finishedAt === null && Date.now() < deadline)
    run = (await api.get<{ run: Run }>(`/runs/${id}`)).run;

  const calls = await ledgerOf(sandboxPort, before);
  const violations =
    run.finishedAt === null
      ? [`The run was still ${run.status} 30 s after the restart.`]
      : await compare(api, run, calls);
  await server.stop();
  await end(sandbox);
  await rm(folder, { recursive: true });
  return { killedAfterCalls: killAfterCalls, run, violations, parked: run.counts.needs_attention };
}

async function compare(api: ApiClient, run: Run, calls: LedgerEntry[]): Promise<string[]> {
  const violations: string[] = [];
  const deletes = new Map<string, number>();
  for (const call of calls) {
    if (call.method === 'DELETE' && call.performed === 204 && call.personId)
      deletes.set(call.personId, (deletes.get(call.personId) ?? 0) + 1);
  }
  for (const [person, count] of deletes)
    if (count > 1) violations.push(`${person} was deleted ${count} times.`);

  const records = await allRecords(api, run.id);
  if (records.length !== run.counts.total)
    violations.push(`${run.counts.total} records were chosen, ${records.length} are there.`);
  for (const record of records) {
    if (!['succeeded', 'failed', 'needs_attention'].includes(record.status))
      violations.push(`${record.label} ended as ${record.status}.`);
    if (record.status === 'failed') violations.push(`${record.label} failed: ${String(record.error)}`);
  }

  const identifiers = await identifiersOf(api, records);
  for (const record of records) {
    const sent = deletes.get(identifiers.get(record.recordId) ?? '') ?? 0;
    const isOnRecord = record.path.some((step) => step.block === 'delete_user' && step.exit === 'success');
    if (isOnRecord && sent !== 1)
      violations.push(`${record.label} is on record as deleted, the vendor counts ${sent}.`);
    if (!isOnRecord && sent > 0 && record.status !== 'needs_attention')
      violations.push(`${record.label} was deleted, and the record says ${record.status}.`);
  }
  return violations;
}

async function allRecords(api: ApiClient, runId: string): Promise<RunRecord[]> {
  const all: RunRecord[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { items: RunRecord[]; nextCursor: string | null } = await api.get(
      `/runs/${runId}/records?limit=200${cursor ? `&cursor=${cursor}` : ''}`,
    );
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  return all;
}

async function identifiersOf(api: ApiClient, records: RunRecord[]): Promise<Map<string, string>> {
  const { items } = await api.get<{ items: { id: string }[] }>('/apps');
  const found = new Map<string, string>();
  let cursor: string | null = '';
  while (cursor !== null && found.size < records.length * 2) {
    const page: { items: { id: string; identifier: string }[]; nextCursor: string | null } = await api.get(
      `/apps/${items[0]?.id}/users?limit=200${cursor ? `&cursor=${cursor}` : ''}`,
    );
    for (const user of page.items) found.set(user.id, user.identifier);
    cursor = page.nextCursor;
  }
  return found;
}
