import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../support/api-client.ts';

/** Has a server note how late its event loop is. */
export const watchLoop = (file: string) => ({
  BENCH_LOOP_DELAY: file,
  NODE_OPTIONS: `--import ${new URL('loop-delay.mjs', import.meta.url).href}`,
});

/** The delays of the event loop since it was last asked. */
export async function loopDelay(pid: number, file: string): Promise<{ p99Ms: number; maxMs: number }> {
  process.kill(pid, 'SIGUSR2');
  while (!existsSync(file)) await sleep(5);
  const delay = JSON.parse(await readFile(file, 'utf8')) as { p99Ms: number; maxMs: number };
  await rm(file);
  return delay;
}

/** How long those waited who asked for a page of people, and those who changed something. */
export interface Waits {
  readP95Ms: number;
  readP99Ms: number;
  longestReadMs: number;
  writeP95Ms: number;
  longestWriteMs: number;
}

/** Reads and changes something small all the time and notes how long each answer took. */
export function watchWaits(
  api: ApiClient,
  change: (n: number) => Promise<unknown>,
): { end(): Promise<Waits> } {
  const reads: number[] = [];
  const writes: number[] = [];
  let isOver = false;
  const measure = async (waits: number[], ask: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await ask();
    waits.push(performance.now() - startedAt);
    await sleep(20);
  };
  const work = (async () => {
    for (let n = 0; !isOver; n += 1) {
      await measure(reads, () => api.get('/people?limit=5'));
      await measure(reads, () => api.get('/people?limit=5'));
      await measure(writes, () => change(n));
    }
  })();
  return {
    async end() {
      isOver = true;
      await work;
      return {
        readP95Ms: share(reads, 0.95),
        readP99Ms: share(reads, 0.99),
        longestReadMs: share(reads, 1),
        writeP95Ms: share(writes, 0.95),
        longestWriteMs: share(writes, 1),
      };
    },
  };
}

/** The wait that this share of all waits does not exceed. */
function share(waits: readonly number[], part: number): number {
  const sorted = waits.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
