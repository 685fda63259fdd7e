import { expect, test } from 'vitest';
import type { Figure, Tell } from './figure.ts';
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
import { protectedAccounts } from './modes/protected.ts';
import { refresh } from './modes/refresh.ts';
import { schedules } from './modes/schedules.ts';
import { slowLoris } from './modes/slow-loris.ts';
import { orderlyStops } from './modes/stops.ts';
import { unclear } from './modes/unclear.ts';
import { unknown } from './modes/unknown.ts';

/** A small portion of each mode that needs no process of its own; `npm run torture -- all` is the long form. */
const portions: [what: string, rounds: number, run: (rounds: number, tell?: Tell) => Promise<Figure>][] = [
  ['cut off at 100 points, a run loses nothing, does nothing twice and ends', 100, points],
  ['cut off in any block, a run starts nothing twice, tells nobody twice and ends', 40, blocks],
  ['a full disk damages nothing, and the run goes on when there is room again', 12, diskFull],
  ['a database that another program locks only delays a run', 14, lockedDatabase],
  ['a worker that slept through its replacement does nothing when it wakes', 40, freeze],
  ['a stop in good order leaves no call without an outcome', 40, orderlyStops],
  ['a clock that jumps by a day loses nothing and doubles nothing', 24, clockJump],
  ['nobody is deleted after the clock jumped until a person has looked at it', 24, clockGoesWrong],
  ['a call with an unclear outcome is parked or looked after, and never sent again unseen', 1, unclear],
  ['an answer that comes byte by byte holds nobody longer than allowed', 1, slowLoris],
  ['a spring of clock changes in every zone loses and doubles no start', 0.3, schedules],
  ['an account is looked at, and its state kept, within the minute before it is harmed', 25, before],
  ['a token that 50 callers need anew is asked for once', 5, refresh],
  ['dry runs of random workflows send reads only and write nothing', 40, dryRuns],
  ['a plan and its run name the same effects, accounts and requests', 40, planFidelity],
  ['50 runs at once never pass a limit, and use it up', 6, limits],
  ['a run whose plan is above a limit deletes nobody before somebody agrees', 10, aboveLimit],
  ['no random workflow harms a protected account', 40, protectedAccounts],
  ['nobody is deleted of whom it is not known when they were seen', 1_000, unknown],
  ['a screen whose connection was cut shows what the server says', 60, drops],
  ['nobody is deleted who is not surely the one that is meant', 1, identity],
];

test.each(portions)(
  '%s',
  async (_, rounds, run) => {
    const { complaints, sentence } = await run(rounds);

    expect(complaints, sentence).toEqual([]);
  },
  60_000,
);
