import type { Figure, Tell } from './figure.ts';
import { kill } from './kill/kill.ts';
import { before } from './modes/before.ts';
import { blocks } from './modes/blocks.ts';
import { clockJump } from './modes/clock-jump.ts';
import { clockGoesWrong } from './modes/clock-wrong.ts';
import { drops } from './modes/drops.ts';
import { freeze } from './modes/freeze.ts';
import { identity } from './modes/identity.ts';
import { aboveLimit, limits } from './modes/limits.ts';
import { diskFull, lockedDatabase } from './modes/no-writes.ts';
import { dryRuns, planFidelity } from './modes/plans.ts';
import { points } from './modes/points.ts';
import { press } from './modes/press.ts';
import { protectedAccounts } from './modes/protected.ts';
import { refresh } from './modes/refresh.ts';
import { schedules } from './modes/schedules.ts';
import { serverStops } from './modes/server-stops.ts';
import { slowLoris } from './modes/slow-loris.ts';
import { orderlyStops } from './modes/stops.ts';
import { unclear } from './modes/unclear.ts';
import { unknown } from './modes/unknown.ts';

export interface Mode {
  name: string;
  /** What it does, in the words of the usage. */
  does: string;
  /** How many rounds the long form has. */
  rounds: number;
  run(rounds: number, tell: Tell): Promise<Figure>;
}

/** Every way in which the server is broken on purpose. */
export const modes: readonly Mode[] = [
  { name: 'points', does: 'cuts a run off at each point', rounds: 1000, run: points },
  { name: 'blocks', does: 'cuts a run through every block off at each point', rounds: 500, run: blocks },
  { name: 'disk-full', does: 'fills the disk at each write', rounds: 300, run: diskFull },
  { name: 'locked', does: 'locks the database at each write', rounds: 100, run: lockedDatabase },
  { name: 'freeze', does: 'stops a worker and lets another take over', rounds: 500, run: freeze },
  { name: 'stop-points', does: 'stops in good order at each point', rounds: 500, run: orderlyStops },
  { name: 'stops', does: 'stops the built server under 200 active runs', rounds: 100, run: serverStops },
  { name: 'clock-jump', does: 'moves the wall clock by up to a day', rounds: 300, run: clockJump },
  { name: 'clock-wrong', does: 'moves the wall clock by 120 days', rounds: 300, run: clockGoesWrong },
  {
    name: 'schedules',
    does: 'walks over every change of clocks; rounds are years',
    rounds: 10,
    run: schedules,
  },
  { name: 'plans', does: 'tries random workflows in dry runs', rounds: 10_000, run: dryRuns },
  { name: 'plan-and-run', does: 'compares plans with what is done then', rounds: 1000, run: planFidelity },
  { name: 'limits', does: 'lets 50 runs at once want more than a limit allows', rounds: 1000, run: limits },
  { name: 'above-limit', does: 'starts runs whose plan is above a limit', rounds: 1000, run: aboveLimit },
  {
    name: 'protected',
    does: 'runs random workflows over protected accounts',
    rounds: 10_000,
    run: protectedAccounts,
  },
  {
    name: 'unknown',
    does: 'answers without what a deletion depends on; rounds are records',
    rounds: 100_000,
    run: unknown,
  },
  { name: 'identity', does: "answers with somebody else's account", rounds: 20, run: identity },
  { name: 'unclear', does: 'answers so that nobody can tell what happened', rounds: 10, run: unclear },
  { name: 'slow-loris', does: 'answers byte by byte for ever', rounds: 20, run: slowLoris },
  { name: 'refresh', does: 'lets 50 callers renew one token at once', rounds: 1000, run: refresh },
  { name: 'drops', does: 'cuts the connection of a screen in the middle of runs', rounds: 1000, run: drops },
  { name: 'press', does: 'presses Stop while the built server deletes', rounds: 100, run: press },
  { name: 'before', does: 'harms by random presets of every vendor', rounds: 500, run: before },
  { name: 'kill', does: 'kills the built server with SIGKILL', rounds: 100, run: kill },
];
