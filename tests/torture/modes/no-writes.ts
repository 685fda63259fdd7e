import Sqlite from 'better-sqlite3';
import { type Figure, spread, type Tell, toFigure } from '../figure.ts';
import { type Bench, createBench, type Round } from '../world/bench.ts';
import { complaints } from '../world/check.ts';
import type { FaultPoints, Point } from '../world/fault-points.ts';
import { allEnded, openWorld, startIfMissing, startRun, turns, until } from '../world/open.ts';

/** Longer than the engine waits before it tries again, so that it fails more than once. */
const outageMs = 12_000;
const people = 10;
/** Enough for whoever still tries to be seen. */
const restTurns = 50;

/** Something that keeps one connection from writing, from its Nth chance on and for a while. */
interface Outage extends FaultPoints {
  passed: number;
  hasBegun: boolean;
  isOver(): boolean;
  close(): void;
}

type Client = Sqlite.Database;
type OutageKind = {
  chances: ReadonlySet<Point>;
  begin(client: Client, file: string): { fail(): void; end(): void };
};

const writes: ReadonlySet<Point> = new Set(['before a write', 'before a commit']);

/** Every write fails, as on a disk without a single free block. */
const full: OutageKind = {
  chances: writes,
  begin: () => ({
    fail() {
      throw new Sqlite.SqliteError('database or disk is full', 'SQLITE_FULL');
    },
    end() {},
  }),
};

/** SQLite itself refuses to let the file grow: what fits into its pages is still written. */
const capped: OutageKind = {
  chances: writes,
  begin(client) {
    const pages = client.pragma('page_count', { simple: true });
    client.pragma(`max_page_count = ${String(pages)}`);
    return { fail() {}, end: () => void client.pragma('max_page_count = 1073741823') };
  },
};

/** Another program has the right to write and does not give it back. */
const locked: OutageKind = {
  chances: new Set(['before a transaction']),
  begin(_client, file) {
    const other = new Sqlite(file);
    other.exec('BEGIN IMMEDIATE');
    return { fail() {}, end: () => void other.close() };
  },
};

function outageAt(n: number, kind: OutageKind, round: Round): Outage & { connect(client: Client): void } {
  let client: Client | undefined;
  let running: ReturnType<OutageKind['begin']> | undefined;
  let endsAt = Number.POSITIVE_INFINITY;
  const outage = {
    passed: 0,
    hasBegun: false,
    isOver: () => round.clock.now() >= endsAt,
    connect(to: Client) {
      client = to;
    },
    close() {
      running?.end();
      running = undefined;
    },
    pass(point: Point) {
      if (!kind.chances.has(point) || client === undefined) return;
      outage.passed += 1;
      if (outage.passed === n) {
        outage.hasBegun = true;
        running = kind.begin(client, round.file);
        endsAt = round.clock.now() + outageMs;
      }
      if (running && outage.isOver()) outage.close();
      running?.fail();
    },
    reach: () => Promise.resolve(),
  };
  return outage;
}

/**
 * Takes the right to write away at each write point of a run in turn, asks for the run meanwhile, gives it back and
 * lets the same process go on.
 */
async function withOutages(
  promise: string,
  kinds: Record<string, OutageKind>,
  wanted: number,
  tell: Tell,
): Promise<Figure> {
  const bench = createBench(people);
  const found: string[] = [];
  const parts: string[] = [];
  try {
    for (const [name, kind] of Object.entries(kinds)) {
      const untouched = await outageOnce(bench, Number.POSITIVE_INFINITY, kind);
      const rounds = spread(untouched.passed, wanted);
      let parked = 0;
      for (const n of rounds) {
        const result = await outageOnce(bench, n, kind);
        parked += result.parked;
        found.push(...result.found.map((each) => `${name}, write ${n}: ${each}`));
      }
      parts.push(`${rounds.length} outages "${name}", ${parked} unclear calls parked`);
      tell(parts.at(-1) ?? '');
    }
    return toFigure(promise, `${parts.join('; ')}: ${found.length} broken promises`, found);
  } finally {
    bench.close();
  }
}

async function outageOnce(bench: Bench, n: number, kind: OutageKind) {
  const round = bench.newRound();
  const outage = outageAt(n, kind, round);
  const world = openWorld({ ...round, faults: outage });
  const { $client } = world.database;
  // Waiting for a lock holds up the thread that would have to give it back here.
  $client.pragma('busy_timeout = 0');
  outage.connect($client);
  const found: string[] = [];
  try {
    await startRun(world, round);
    await until(() => outage.hasBegun || allEnded(world)());
    if (outage.hasBegun && !outage.isOver()) {
      const list = await world.runner.list({ limit: 10 }).catch((error: unknown) => String(error));
      if (typeof list === 'string') found.push(`The list of runs cannot be read: ${list}`);
    }
    if (round.acknowledged.length === 0) {
      // Whoever was refused comes back when it is over.
      round.clock.set(round.clock.now() + outageMs);
      await startIfMissing(world, round);
    }
    await until(allEnded(world));
    outage.close();
    const reports = world.reports.length;
    await turns(restTurns);
    if (world.reports.length > reports)
      found.push(`It goes on trying something for ever: ${String(world.reports.at(-1))}`);
    const verdict = round.judge();
    return { passed: outage.passed, parked: verdict.parked, found: [...found, ...complaints(verdict)] };
  } finally {
    outage.close();
    await world.runner.stop();
    $client.close();
  }
}

/** R4: the disk is full, as far as our own hand can make it so and as SQLite says it. */
export const diskFull = (wanted: number, tell: Tell = () => {}): Promise<Figure> =>
  withOutages('R4', { 'disk full': full, 'file cannot grow': capped }, wanted, tell);

/** Another program holds the database's lock. */
export const lockedDatabase = (wanted: number, tell: Tell = () => {}): Promise<Figure> =>
  withOutages('locked', { 'lock held by another': locked }, wanted, tell);
