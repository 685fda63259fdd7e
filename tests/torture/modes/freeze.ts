import { type Figure, spread, type Tell, toFigure } from '../figure.ts';
import { type Bench, createBench } from '../world/bench.ts';
import { complaints, type Verdict } from '../world/check.ts';
import { gateAt } from '../world/gates.ts';
import { allEnded, goOn, leave, openWorld, startRun, turns, until } from '../world/open.ts';

const people = 60;
/** Longer than any lease and any call may take. */
const absenceMs = 10 * 60_000;
const settleTurns = 400;

/**
 * R5: stops a worker at each of its points in turn, lets another process take its run, and wakes the first one: in
 * turn after the other has finished, and in the middle of its work.
 */
export async function freeze(wanted: number, tell: Tell = () => {}): Promise<Figure> {
  const bench = createBench(Math.min(people, Math.max(4, Math.ceil(wanted / 8))));
  const found: string[] = [];
  let parked = 0;
  try {
    const untouched = await freezeOnce(bench, Number.POSITIVE_INFINITY, undefined);
    const rounds = spread(untouched.passed, wanted);
    for (const [i, n] of rounds.entries()) {
      const wakesAt = i % 2 === 0 ? undefined : 1 + ((n * 7) % untouched.passed);
      const { verdict } = await freezeOnce(bench, n, wakesAt);
      parked += verdict.parked;
      found.push(
        ...complaints(verdict).map((each) => `frozen at ${n}, woken at ${wakesAt ?? 'end'}: ${each}`),
      );
      if ((i + 1) % 100 === 0) tell(`${i + 1} of ${rounds.length} trials`);
    }
    if (rounds.length < wanted)
      found.push(`A run has only ${rounds.length} points; ${wanted} were asked for.`);
    const sentence = `${rounds.length} frozen workers, woken after another had taken over: ${found.length} broken promises, ${parked} unclear calls parked`;
    return toFigure('R5', sentence, found);
  } finally {
    bench.close();
  }
}

async function freezeOnce(
  bench: Bench,
  n: number,
  wakesAt: number | undefined,
): Promise<{ passed: number; verdict: Verdict }> {
  const round = bench.newRound();
  const sleep = gateAt(n);
  const first = openWorld({ ...round, gate: sleep });
  const started = startRun(first, round);
  await Promise.race([started.then(() => until(allEnded(first))), sleep.reached]);
  if (sleep.passed < n) {
    leave(first);
    return { passed: sleep.passed, verdict: round.judge() };
  }

  round.clock.set(round.clock.now() + absenceMs);
  const meeting = gateAt(wakesAt ?? Number.POSITIVE_INFINITY);
  const second = openWorld({ ...round, gate: meeting });
  const done = goOn(second, round);
  await Promise.race([done, meeting.reached]);
  sleep.open();
  await turns(settleTurns);
  // The second one sleeps as long as the first did: shorter naps cannot lead here, because whoever sleeps keeps the
  // data folder's lock.
  round.clock.set(round.clock.now() + absenceMs);
  meeting.open();
  await done;
  await until(() => allEnded(first)());
  await turns(settleTurns);
  await Promise.all([first.runner.stop(), second.runner.stop()]);
  for (const world of [first, second]) leave(world);
  return { passed: sleep.passed, verdict: round.judge() };
}
