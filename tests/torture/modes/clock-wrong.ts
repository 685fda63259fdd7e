import { type Figure, type Tell, toFigure } from '../figure.ts';
import type { Bench } from '../world/bench.ts';
import { isInactive, vendorAccounts } from '../world/clean-up.ts';
import { gateAt } from '../world/gates.ts';
import { allEnded, leave, openWorld, startRun, turns, until } from '../world/open.ts';
import { jump } from './clock-jump.ts';

/** Large enough that everybody looks inactive, or nobody does. */
const largeJump = 120 * 24 * 60 * 60_000;
const mostTurns = 5_000;

/**
 * D20: after a jump that makes everybody look inactive no destructive call leaves, not even before anybody has looked at
 * the clock, nor where it is put right at once. Who was decided about by the wrong time is decided about anew.
 */
export async function clockGoesWrong(wanted: number, tell: Tell = () => {}): Promise<Figure> {
  const found = await jump(wanted, [largeJump, -largeJump], tell, goWrongOnce);
  return toFigure('D20', `${wanted} jumps of 120 days: ${found.length} broken promises`, found);
}

/**
 * The clock jumps at point n, and is looked at only when all that can be done by it is done; `isShort` puts it right
 * before that. Then a person does what safe mode asks for: cancels the run, releases, and starts another one.
 */
async function goWrongOnce(
  bench: Bench,
  n: number,
  ms: number,
  isShort: boolean,
): Promise<{ passed: number; found: string[] }> {
  const round = bench.newRound();
  const gate = gateAt(n);
  const world = openWorld({ ...round, gate, watchesClock: true });
  const found: string[] = [];
  let sentBefore = Number.POSITIVE_INFINITY;
  const deletions = () => round.ledger.entries.filter(({ method }) => method === 'DELETE');
  const id = startRun(world, round).then(() => round.acknowledged[0] ?? '');
  const isResting = async () => (await world.runner.details(await id)).run.status !== 'running';
  await Promise.race([id.then(() => untilSo(isResting)), gate.reached]);
  if (gate.passed >= n) {
    sentBefore = deletions().length;
    round.clock.set(round.clock.now() + ms);
    gate.open();
    // Somebody decides by the wrong time before it is put right.
    if (isShort) {
      await turns(5);
      round.clock.set(round.clock.now() - ms);
    }
  }
  if (!(await untilSo(isResting))) found.push('the run neither ended nor waits.');
  const late = deletions().length - sentBefore;
  if (late > 0 && !isShort) found.push(`${late} deletions left after the jump.`);

  await world.clockWatch?.look();
  if (!isShort) round.clock.set(round.clock.now() - ms);
  await world.clockWatch?.look();
  const { content } = world.guard;
  if (gate.passed >= n && content().safeMode === null && !isShort) found.push('safe mode does not hold.');
  const { run } = await world.runner.details(await id);
  if (run.status === 'waiting') await world.runner.cancel(run.id);
  await untilSo(async () => allEnded(world)());
  world.guard.learn(await world.guardStore.change((before) => ({ ...before, safeMode: null })));
  if (run.status === 'waiting') await startRun(world, round);
  if (!(await until(allEnded(world)))) found.push('nothing went on after the release.');
  await world.runner.stop();
  leave(world);
  return { passed: gate.passed, found: [...found, ...wronged(deletions(), bench.people)] };
}

/** Whoever was deleted and is not inactive, or was not deleted and is. */
function wronged(deletions: readonly { url: string; isPerformed: boolean }[], count: number): string[] {
  const done = new Set(
    deletions.filter(({ isPerformed }) => isPerformed).map(({ url }) => url.split('/').at(-1)),
  );
  return vendorAccounts(count).flatMap(({ id }, n) => {
    if (done.has(id) === isInactive(n)) return [];
    return [isInactive(n) ? `${id} was not deleted.` : `${id} is active and was deleted.`];
  });
}

async function untilSo(isSo: () => Promise<boolean>): Promise<boolean> {
  for (let turn = 0; turn < mostTurns; turn += 1) {
    if (await isSo()) return true;
    await turns(1);
  }
  return false;
}
