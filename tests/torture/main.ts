import { parseArgs } from 'node:util';
import { type Mode, modes } from './modes.ts';

const usage = `npm run torture -- MODE [--rounds N], or "all" for every one in its long form.
${modes.map(({ name, does, rounds }) => `  ${name.padEnd(12)} ${does} (${rounds} rounds)`).join('\n')}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  // A point is a round of the mode "points".
  options: { rounds: { type: 'string' }, points: { type: 'string' } },
});

/** Prints what the mode found out. False when it broke a promise that is said to hold. */
async function torture({ name, rounds, run }: Mode): Promise<boolean> {
  const startedAt = performance.now();
  const wanted = Number(values.rounds ?? values.points ?? rounds);
  const { promise, isHeld, sentence, complaints } = await run(wanted, (line) => console.log(`  ${line}`));
  const word = isHeld ? 'held' : 'BROKEN';
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${promise} ${name}: ${word}. ${sentence} (${seconds} s)`);
  for (const complaint of complaints) console.log(`  ${complaint}`);
  return isHeld;
}

const [wanted] = positionals;
const chosen = wanted === 'all' ? modes : modes.filter(({ name }) => name === wanted);
if (chosen.length === 0) {
  console.error(usage);
  process.exit(2);
}
const results: boolean[] = [];
for (const mode of chosen) results.push(await torture(mode));
process.exitCode = results.every(Boolean) ? 0 : 1;
