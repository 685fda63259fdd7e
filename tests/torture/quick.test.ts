import { expect, test } from 'vitest';
import type { Figure, Tell } from './figure.ts';
import { before } from './modes/before.ts';
import { clockJump } from './modes/clock-jump.ts';
import { freeze } from './modes/freeze.ts';
import { diskFull, lockedDatabase } from './modes/no-writes.ts';
import { points } from './modes/points.ts';
import { refresh } from './modes/refresh.ts';
import { schedules } from './modes/schedules.ts';
import { slowLoris } from './modes/slow-loris.ts';
import { orderlyStops } from './modes/stops.ts';
import { unclear } from './modes/unclear.ts';

/** A small portion of each mode that needs no process of its own; `npm run torture -- all` is the long form. */
const portions: [what: string, rounds: number, run: (rounds: number, tell?: Tell) => Promise<Figure>][] = [
  ['cut off at 100 points, a run loses nothing, does nothing twice and ends', 100, points],
  ['a full disk damages nothing, and the run goes on when there is room again', 12, diskFull],
  ['a database that another program locks only delays a run', 14, lockedDatabase],
  ['a worker that slept through its replacement does nothing when it wakes', 40, freeze],
  ['a stop in good order leaves no call without an outcome', 40, orderlyStops],
  ['a clock that jumps by a day loses nothing and doubles nothing', 24, clockJump],
  ['a call with an unclear outcome is parked or looked after, and never sent again unseen', 1, unclear],
  ['an answer that comes byte by byte holds nobody longer than allowed', 1, slowLoris],
  ['a spring of clock changes in every zone loses and doubles no start', 0.3, schedules],
  ['an account is looked at, and its state kept, within the minute before it is harmed', 25, before],
  ['a token that 50 callers need anew is asked for once', 5, refresh],
];

test.each(portions)(
  '%s',
  async (_, rounds, run) => {
    const { complaints, sentence } = await run(rounds);

    expect(complaints, sentence).toEqual([]);
  },
  60_000,
);
