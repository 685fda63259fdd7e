import type { World } from '../../support/engine-world.ts';
import { type Figure, spread, type Tell, toFigure } from '../figure.ts';
import { type Bench, createBench, type Round } from '../world/bench.ts';
import { committedSteps, complaints, type Verdict } from '../world/check.ts';
import { type Crash, crashAt, type FaultPoints, type Point } from '../world/fault-points.ts';
import { allEnded, goOn, leave, openWorld, startRun, until } from '../world/open.ts';

/** How many points one run over so many people has, before the restart. */
const peopleFor = (points: number): number => Math.max(4, Math.ceil(points / 20));

interface CrashResult {
  /** Undefined when the run ended before its Nth point. */
  place: Point | undefined;
  passed: number;
  verdict: Verdict;
}

/**
 * R1: cuts a run off at each of its points in turn, opens the same file again and lets it run to its end. Every third
 * time the restart is cut off as well.
 */
export async function points(wanted: number, tell: Tell = () => {}): Promise<Figure> {
  const bench = createBench(peopleFor(wanted));
  const found: string[] = [];
  const places = new Map<string, number>();
  let parked = 0;
  try {
    const untouched = await crashOnce(bench, Number.POSITIVE_INFINITY);
    found.push(...complaints(untouched.verdict).map((each) => `untouched: ${each}`));
    const rounds = spread(untouched.passed, wanted);
    for (const [i, n] of rounds.entries()) {
      const { place, verdict } = await crashOnce(bench, n, i % 3 === 2 ? 1 + (n % 60) : undefined);
      if (place === undefined) found.push(`point ${n}: the run ended before it, so it was no crash.`);
      places.set(place ?? 'none', (places.get(place ?? 'none') ?? 0) + 1);
      parked += verdict.parked;
      found.push(...complaints(verdict).map((each) => `point ${n}, ${String(place)}: ${each}`));
      if ((i + 1) % 100 === 0) tell(`${i + 1} of ${rounds.length} points`);
    }
    if (rounds.length < wanted)
      found.push(`A run has only ${rounds.length} points; ${wanted} were asked for.`);
    const where = [...places].map(([place, count]) => `${count} ${place}`).join(', ');
    const sentence = `${rounds.length} crash points (${where}): ${found.length} broken promises, ${parked} unclear calls parked`;
    return toFigure('R1', sentence, found);
  } finally {
    bench.close();
  }
}

async function crashOnce(bench: Bench, n: number, again?: number): Promise<CrashResult> {
  const round = bench.newRound();
  const crash = crashAt(n);
  const worlds: World[] = [];
  const open = (faults?: FaultPoints): World => {
    const world = openWorld({ ...round, ...(faults ? { faults } : {}) });
    worlds.push(world);
    return world;
  };

  try {
    const first = tryTo(() => open(crash));
    if (first) await begin(first, round, crash);
    const { place } = crash;
    const committed = committedSteps(round.file);
    if (place !== undefined && again !== undefined) {
      const second = crashAt(again);
      const world = tryTo(() => open(second));
      if (world) {
        void world.runner.resume().catch(() => {});
        await Promise.race([until(allEnded(world)), second.happened]);
      }
    }
    if (place !== undefined) await goOn(open(), round);
    return { place, passed: crash.passed, verdict: round.judge({ committed }) };
  } finally {
    for (const world of worlds) leave(world);
  }
}

/** Starts the run and waits for its end or the crash, whichever comes first. */
async function begin(world: World, round: Round, crash: Crash): Promise<void> {
  await Promise.race([startRun(world, round), crash.happened]);
  await Promise.race([until(allEnded(world)), crash.happened]);
}

/** A process that crashes while it opens its database leaves nobody behind. */
function tryTo(open: () => World): World | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}
