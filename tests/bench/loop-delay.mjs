// Loaded into a server before everything else: notes how late its event loop was. A signal writes that down to the
// file named in the environment and begins anew.
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const file = process.env.BENCH_LOOP_DELAY;

if (isMainThread && file) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  process.on('SIGUSR2', () => {
    const toMs = (ns) => ns / 1e6;
    const told = { p99Ms: toMs(delay.percentile(99)), maxMs: toMs(delay.max) };
    // In two moves, so that nobody reads half of it.
    writeFileSync(`${file}.new`, JSON.stringify(told));
    renameSync(`${file}.new`, file);
    delay.reset();
  });
}
