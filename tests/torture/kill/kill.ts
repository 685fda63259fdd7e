import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, type Tell, toFigure } from '../figure.ts';
import { killMoments } from './moments.ts';
import { prepare, runRound } from './round.ts';

/** R1 with real processes: kills the built server with SIGKILL at random moments of a run, and starts it again. */
export async function kill(rounds: number, tell: Tell, { people = 1000, seed = 1 } = {}): Promise<Figure> {
  const moments = killMoments(rounds, people, seed);
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-crash-'));
  const found: string[] = [];
  let parked = 0;
  try {
    const prepared = await prepare(folder, people);
    for (const [n, calls] of moments.entries()) {
      const result = await runRound(prepared, n, calls);
      parked += result.parked;
      found.push(...result.violations.map((each) => `killed after ${calls} calls: ${each}`));
      tell(
        `round ${n + 1}/${moments.length}: killed after ${calls} calls, ${result.run.status}, ${result.parked} parked`,
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const sentence = `${rounds} kills of a run over ${people} people: ${found.length} broken promises, ${parked} unclear calls parked`;
  return toFigure('R1', sentence, found);
}
