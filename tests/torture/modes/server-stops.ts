import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Run } from '#contract';
import { createInstance, type Instance, personId } from '../../bench/instance.ts';
import type { LedgerCall } from '../../bench/ledger-calls.ts';
import { createApiClient } from '../../support/api-client.ts';
import { type Figure, type Tell, toFigure } from '../figure.ts';

const runsAtOnce = 200;
const longestStopMs = 30_000;
/** Slow enough that all runs are under way when the signal comes. */
const latencyMs = 300;

/**
 * R11: sends SIGTERM to the built server while 200 runs are active, as often as asked. It must end by itself in time,
 * with the outcome of every call in the journal, and go on where it stopped at its next start.
 */
export async function serverStops(rounds: number, tell: Tell = () => {}): Promise<Figure> {
  const people = rounds * runsAtOnce;
  const vendor: [string, string] = ['tests/bench/ledger-vendor.ts', JSON.stringify({ latencyMs })];
  const instance = await createInstance(people, 128, vendor);
  const found: string[] = [];
  const durations: number[] = [];
  const active: number[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      await startRuns(instance, round * runsAtOnce);
      active.push(count(instance, 'SELECT count(*) FROM runs WHERE finished_at IS NULL'));
      const startedAt = performance.now();
      const code = await instance.server.stop();
      durations.push(performance.now() - startedAt);
      if (code !== 0) found.push(`stop ${round + 1}: the server ended with code ${String(code)}.`);
      if (durations.at(-1)! > longestStopMs) found.push(`stop ${round + 1}: it took over 30 s.`);
      found.push(...(await withoutOutcome(instance)).map((each) => `stop ${round + 1}: ${each}`));
      await instance.restart();
      if ((round + 1) % 10 === 0) tell(`${round + 1} of ${rounds} stops`);
    }
    while (count(instance, 'SELECT count(*) FROM runs WHERE finished_at IS NULL') > 0)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const succeeded = count(instance, "SELECT count(*) FROM runs WHERE status = 'succeeded'");
    if (succeeded !== people) found.push(`${people - succeeded} of ${people} runs did not succeed.`);
  } finally {
    await instance.close();
  }
  const longest = (Math.max(...durations) / 1000).toFixed(1);
  const least = Math.min(...active);
  const sentence = `${rounds} stops under ${least} to ${Math.max(...active)} active runs: the longest took ${longest} s; ${found.length} calls without an outcome or other broken promises`;
  return toFigure('R11', sentence, found);
}

async function startRuns({ server, token, workflowId }: Instance, first: number): Promise<void> {
  const api = createApiClient(server.url, token);
  const ids = Array.from({ length: runsAtOnce }, (_, i) => personId(first + i));
  const start = (id: string) => api.send<Run>('POST', `/workflows/${workflowId}/runs`, { recordIds: [id] });
  await Promise.all(ids.map(start));
}

function count({ data }: Instance, sql: string): number {
  const database = new Sqlite(join(data, 'rollcall.db'), { readonly: true });
  const found = database.prepare(sql).pluck().get() as number;
  database.close();
  return found;
}

/** Intents that stand open, and deletions of the ledger that the journal does not have. */
async function withoutOutcome(instance: Instance): Promise<string[]> {
  const open = count(instance, "SELECT count(*) FROM steps WHERE status IN ('sending', 'needs_attention')");
  const { calls } = (await (await fetch(`${instance.vendorOrigin}/_ledger`)).json()) as {
    calls: LedgerCall[];
  };
  const done = calls.filter(({ isPerformed }) => isPerformed).length;
  const recorded = count(
    instance,
    "SELECT count(*) FROM steps WHERE block = 'remove' AND status = 'succeeded'",
  );
  return [
    ...(open > 0 ? [`${open} calls have no outcome.`] : []),
    ...(done === recorded ? [] : [`The vendor deleted ${done}, and ${recorded} are on record.`]),
  ];
}
