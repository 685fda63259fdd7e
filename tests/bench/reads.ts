import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connectDatabase } from '../../server/store/database.ts';
import { createApiClient } from '../support/api-client.ts';
import { bareVendor, createInstance, type Instance } from './instance.ts';
import { expectAll, runOf } from './offboard.ts';
import { loopDelay, watchLoop, watchWaits } from './watch.ts';

/** What others feel while somebody reads a long run. */
export interface ReadResult {
  read: string;
  ms: number;
  loopDelayP99Ms: number;
  longestLoopDelayMs: number;
  readP95Ms: number;
  longestReadMs: number;
}

/** Everything that goes over all records of a run, each beside others who read and change something small. */
export async function benchReads(people: number, inFlight: number): Promise<ReadResult[]> {
  const delays = join(await mkdtemp(join(tmpdir(), 'rollcall-reads-')), 'loop-delay.json');
  const instance = await createInstance(people, inFlight, bareVendor, watchLoop(delays));
  const { token, workflowId } = instance;
  const run = await runOf(createApiClient(instance.server.url, token), workflowId, {});
  expectAll(run, people);
  await instance.server.stop();
  refuseSome(instance.data, run.id);
  await instance.restart();

  const results: ReadResult[] = [];
  for (const [read, path] of Object.entries(reads)) {
    results.push(await measure(instance, delays, read, `/runs/${run.id}${path}`));
  }
  await instance.close();
  await rm(dirname(delays), { recursive: true });
  return results;
}

const reads = {
  'warming up': '',
  'the run': '',
  'its first records': '/records?limit=50',
  'failed records': '/records?limit=50&status=failed',
  'records that are searched for': '/records?limit=50&search=nobody',
  'records that went through a block': '/records?limit=50&block=remove',
  'records that left it by an exit': '/records?limit=50&block=remove&exit=failure',
  steps: '/steps?limit=50',
  'what can be taken back': '/undo',
  'what can be run again': '/reruns',
  'a file of the failed records': '/records.csv?status=failed',
  'a file of all records': '/records.csv',
};

async function measure(
  { server, token, workflowId }: Instance,
  delays: string,
  read: string,
  path: string,
): Promise<ReadResult> {
  const api = createApiClient(server.url, token);
  await loopDelay(server.pid, delays);
  const watch = watchWaits(api, (n) =>
    api.send('PATCH', `/workflows/${workflowId}`, { description: `${n}` }),
  );
  const startedAt = performance.now();
  const reply = await fetch(`${server.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
  if (!reply.ok) throw new Error(`${path} was answered ${reply.status}.`);
  for await (const _ of reply.body ?? []);
  const ms = performance.now() - startedAt;
  const { readP95Ms, longestReadMs } = await watch.end();
  const { p99Ms, maxMs } = await loopDelay(server.pid, delays);
  return { read, ms, loopDelayP99Ms: p99Ms, longestLoopDelayMs: maxMs, readP95Ms, longestReadMs };
}

/** Half of the deletions failed, written straight into the tables: how a vendor refuses is not what is measured. */
function refuseSome(data: string, runId: string): void {
  const { $client } = connectDatabase(join(data, 'rollcall.db'));
  const { key } = $client.prepare('SELECT key FROM runs WHERE id = ?').get(runId) as { key: number };
  const isRefused = `run = ${key} AND block = 'remove' AND record_n % 4 = 0`;
  $client.exec(`
    UPDATE steps SET status = 'failed', exit = 'failure' WHERE ${isRefused};
    UPDATE run_records SET status = 'failed', error = 'Webex answered 400.'
      WHERE run = ${key} AND n IN (SELECT record_n FROM steps WHERE ${isRefused});
    UPDATE runs SET status = 'failed', counts = (
      SELECT json_set(counts, '$.failed', f, '$.succeeded', json_extract(counts, '$.total') - f)
      FROM (SELECT count(*) AS f FROM run_records WHERE run = ${key} AND status = 'failed')) WHERE key = ${key}`);
  $client.close();
}
