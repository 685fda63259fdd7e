import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killMoments } from './kill/moments.ts';
import { prepare, runRound } from './kill/round.ts';

/** `npm run torture -- --rounds 100 --people 1000`: the long form of the crash test. Prints a line per round. */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    people: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
});
const people = Number(values.people);
const moments = killMoments(Number(values.rounds), people, Number(values.seed));
const folder = await mkdtemp(join(tmpdir(), 'rollcall-crash-'));
const prepared = await prepare(folder, people);
let broken = 0;
let parked = 0;
for (const [n, calls] of moments.entries()) {
  const result = await runRound(prepared, n, calls);
  parked += result.parked;
  if (result.violations.length > 0) broken += 1;
  const outcome =
    result.violations.length === 0 ? 'held' : `BROKEN: ${result.violations.slice(0, 3).join(' ')}`;
  console.log(
    `round ${n + 1}/${moments.length}: killed after ${calls} calls, ${result.run.status}, ${result.parked} parked, ${outcome}`,
  );
}
await rm(folder, { recursive: true, force: true });
console.log(`\n${moments.length} kills: ${broken} with a broken promise, ${parked} unclear calls parked`);
process.exitCode = broken === 0 ? 0 : 1;
