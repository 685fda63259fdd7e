import { Pool } from 'undici';
import type { Run } from '#contract';
import { usageOf } from '../support/server-process.ts';
import { createInstance, firstLine, personId, spawnScript } from './instance.ts';

export interface EachResult {
  runs: number;
  atOnce: number;
  floorMs: number;
  engineMs: number;
  runsPerSecond: number;
  cpuMsPerRun: number;
  peakMb: number;
  ratio: number;
}

/** A thousand runs take half a second, which is too short for one look. */
const rounds = 3;

/** Every odd person of the bare vendor is inactive, so each run makes both calls. */
const nth = (i: number) => i * 2 + 1;

/** Runs of one person each through the REST API, and the floor: a bare handler that makes the same two calls. */
export async function benchEach(runs: number, atOnce: number): Promise<EachResult> {
  const instance = await createInstance(runs * 2, 128);
  const { server, token, workflowId, vendorOrigin } = instance;
  const floor = spawnScript('tests/bench/each-floor.ts', [vendorOrigin]);
  const floorOrigin = `http://127.0.0.1:${await firstLine(floor)}`;
  const askFloor = (n: number) => ({ path: `/?id=p-${n}`, headers: {}, body: '{}' });
  const askServer = (n: number) => ({
    path: `/api/v1/workflows/${workflowId}/runs`,
    headers: { authorization: `Bearer ${token}`, prefer: 'wait=30' },
    body: JSON.stringify({ recordIds: [personId(n)] }),
  });

  const isSuccess = (text: string): void => {
    const run = JSON.parse(text) as Run;
    if (run.status !== 'succeeded' || run.counts.succeeded !== 1)
      throw new Error(`A run ended as ${run.status}: ${text}`);
  };

  // Both sides run once unmeasured, so that neither is charged with warming up, and then in turn.
  await ask(floorOrigin, runs, atOnce, askFloor);
  await ask(server.url, runs, atOnce, askServer, isSuccess);
  const cpu = usageOf(server.pid).cpuMs;
  let floorMs = 0;
  let engineMs = 0;
  for (let round = 0; round < rounds; round += 1) {
    floorMs += (await ask(floorOrigin, runs, atOnce, askFloor)) / rounds;
    engineMs += (await ask(server.url, runs, atOnce, askServer, isSuccess)) / rounds;
  }
  const usage = usageOf(server.pid);
  floor.kill('SIGKILL');
  await instance.close();

  return {
    runs,
    atOnce,
    floorMs,
    engineMs,
    runsPerSecond: (runs / engineMs) * 1000,
    cpuMsPerRun: (usage.cpuMs - cpu) / (runs * rounds),
    peakMb: usage.peakMb,
    ratio: floorMs / engineMs,
  };
}

async function ask(
  origin: string,
  times: number,
  atOnce: number,
  toRequest: (n: number) => { path: string; headers: Record<string, string>; body: string },
  check: (text: string) => void = () => {},
): Promise<number> {
  const pool = new Pool(origin, { connections: atOnce, pipelining: 1 });
  let next = 0;
  async function lead(): Promise<void> {
    while (next < times) {
      const n = nth(next);
      next += 1;
      const { path, headers, body } = toRequest(n);
      const response = await pool.request({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      const text = await response.body.text();
      if (response.statusCode !== 200) throw new Error(`${path} answered ${response.statusCode}: ${text}`);
      check(text);
    }
  }
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: atOnce }, lead));
  const ms = performance.now() - startedAt;
  await pool.close();
  return ms;
}
