import { type Figure, spread, type Tell, toFigure } from '../figure.ts';
import { createBench } from '../world/bench.ts';
import { complaints } from '../world/check.ts';
import { gateAt } from '../world/gates.ts';
import { allEnded, goOn, leave, openWorld, startRun, until } from '../world/open.ts';

/**
 * R11, in process: stops a run in good order at each of its points in turn. Nothing may be unclear afterwards, because
 * nothing was cut off.
 */
export async function orderlyStops(wanted: number, tell: Tell = () => {}): Promise<Figure> {
  const bench = createBench(Math.max(4, Math.ceil(wanted / 8)));
  const found: string[] = [];
  try {
    const counting = gateAt(Number.POSITIVE_INFINITY);
    const untouched = openWorld({ ...bench.newRound(), gate: counting });
    await untouched.runner.start('wf_1', { startedBy: 'Ada' });
    await until(allEnded(untouched));
    leave(untouched);

    const rounds = spread(counting.passed, wanted);
    for (const [i, n] of rounds.entries()) {
      const round = bench.newRound();
      const gate = gateAt(n);
      const first = openWorld({ ...round, gate });
      const started = startRun(first, round);
      await gate.reached;
      const stopped = first.runner.stop();
      gate.open();
      await Promise.all([stopped, started]);
      const sending = first.database.$client
        .prepare("SELECT count(*) FROM steps WHERE status IN ('sending', 'needs_attention')")
        .pluck()
        .get();
      if (sending !== 0) found.push(`stop ${n}: ${String(sending)} calls have no outcome.`);
      leave(first);

      const second = openWorld(round);
      await goOn(second, round);
      leave(second);
      const verdict = round.judge();
      if (verdict.parked > 0) found.push(`stop ${n}: ${verdict.parked} calls are unclear.`);
      found.push(...complaints(verdict).map((each) => `stop ${n}: ${each}`));
      if ((i + 1) % 100 === 0) tell(`${i + 1} of ${rounds.length} stops`);
    }
    const sentence = `${rounds.length} stops in good order at every point of a run: ${found.length} calls without an outcome or other broken promises`;
    return toFigure('R11', sentence, found);
  } finally {
    bench.close();
  }
}
