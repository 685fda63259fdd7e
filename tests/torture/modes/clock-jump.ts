import { type Figure, spread, type Tell, toFigure } from '../figure.ts';
import { type Bench, createBench } from '../world/bench.ts';
import { complaints } from '../world/check.ts';
import { gateAt } from '../world/gates.ts';
import { allEnded, leave, openWorld, startRun, until } from '../world/open.ts';

const hourMs = 60 * 60_000;
/** Small enough that nobody becomes inactive by them. */
const smallJumps = [-24 * hourMs, -hourMs, -10 * 60_000, 10 * 60_000, hourMs, 24 * hourMs];
const people = 20;

/** The wall clock jumps in the middle of a run: nothing may be lost or happen twice by that. */
export async function clockJump(wanted: number, tell: Tell = () => {}): Promise<Figure> {
  const found = await jump(wanted, smallJumps, tell, jumpOnce);
  const sentence = `${wanted} jumps of up to a day: ${found.length} broken promises`;
  return toFigure('clock-jump', sentence, found);
}

type Round = (
  bench: Bench,
  n: number,
  ms: number,
  isShort: boolean,
) => Promise<{ passed: number; found: string[] }>;

/** Rounds at points spread over the whole of a run. */
export async function jump(
  wanted: number,
  jumps: readonly number[],
  tell: Tell,
  once: Round,
): Promise<string[]> {
  const bench = createBench(people);
  const found: string[] = [];
  try {
    const { passed } = await jumpOnce(bench, Number.POSITIVE_INFINITY, 0);
    for (const [i, n] of spread(passed, wanted).entries()) {
      const ms = jumps[i % jumps.length] ?? 0;
      const result = await once(bench, n, ms, i % 3 === 2);
      found.push(...result.found.map((each) => `${ms / hourMs} h at point ${n}: ${each}`));
      if ((i + 1) % 100 === 0) tell(`${i + 1} of ${wanted} jumps`);
    }
    return found;
  } finally {
    bench.close();
  }
}

async function jumpOnce(bench: Bench, n: number, ms: number): Promise<{ passed: number; found: string[] }> {
  const round = bench.newRound();
  const gate = gateAt(n);
  const world = openWorld({ ...round, gate });
  const started = startRun(world, round).then(() => until(allEnded(world)));
  await Promise.race([started, gate.reached]);
  round.clock.set(round.clock.now() + ms);
  gate.open();
  await started;
  await world.runner.stop();
  leave(world);
  const verdict = round.judge();
  const unclear = verdict.parked > 0 ? [`${verdict.parked} calls are unclear.`] : [];
  return { passed: gate.passed, found: [...complaints(verdict), ...unclear] };
}
