import { takePermit } from '#domain/permit';
import type { RunStore } from '#engine/run-store-ports';
import type { VendorClient, VendorReply } from '#engine/vendor-ports';
import { openDatabase } from '../../../server/store/database.ts';
import { createWorldAt, type World } from '../../support/engine-world.ts';
import type { TestClock } from '../../support/test-clock.ts';
import type { Round } from './bench.ts';
import { type FaultPoints, noFaults } from './fault-points.ts';
import { gatedStore } from './gates.ts';
import type { Ledger } from './ledger.ts';
import { watchWrites } from './watch-writes.ts';

export interface OpenOptions {
  file: string;
  ledger: Ledger;
  clock: TestClock;
  faults?: FaultPoints;
  /** Points that may take their time, around each write as the engine sees it. */
  gate?: FaultPoints;
  /** Somebody compares the clock with time that cannot be set. */
  watchesClock?: boolean;
}

/** The engine on a database file, as one process has it: every write, call and wait of it passes the fault points. */
export function openWorld({ file, ledger, clock, faults, gate, watchesClock }: OpenOptions): World {
  const database = openDatabase(file);
  if (faults) watchWrites(database.$client, faults);
  const points = gate ?? faults ?? noFaults;
  const steady = watchesClock ? { steady: clock.steady } : {};
  const options = { client: ledgerClient(ledger, points), inFlight: 4, ...steady };
  const store = gate && ((plain: RunStore) => gatedStore(plain, gate));
  return createWorldAt(withFaults(clock, points), store ? { ...options, store } : options, database);
}

/** What the product's own client gives back for a call that may not leave any more. */
const cancelled: VendorReply = {
  kind: 'not_sent',
  reason: 'The call was cancelled.',
  isPermanent: false,
  isUnauthorized: false,
};

function ledgerClient(ledger: Ledger, faults: FaultPoints): VendorClient {
  return {
    async send(call) {
      await faults.reach('before a send');
      const refusal = takePermit(call);
      if (refusal !== null) throw new Error(`${call.method} ${call.url}: ${refusal}`);
      const mayLeave = call.permit?.mayLeave() ?? true;
      const reply = mayLeave ? ledger.perform(call) : cancelled;
      await faults.reach('after a send');
      const { method, url, headers, body } = call;
      const request = { method, url, headers, ...(body === null ? {} : { body }) };
      return { reply, request, durationMs: 1, secrets: [] };
    },
  };
}

function withFaults(clock: TestClock, faults: FaultPoints): TestClock {
  return {
    ...clock,
    async sleep(ms, signal) {
      await clock.sleep(ms, signal);
      await faults.reach('after a wait');
    },
  };
}

const mostTurns = 20_000;

/** Lets the loop turn until this is so. False when it does not become so: whatever was to happen is stuck. */
export async function until(isSo: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < mostTurns; turn += 1) {
    if (isSo()) return true;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return false;
}

/** Gives everybody who wants to do something the chance to do it. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Whether every run in the database has ended. */
export function allEnded({ database }: World): () => boolean {
  const open = database.$client.prepare('SELECT 1 FROM runs WHERE finished_at IS NULL LIMIT 1');
  return () => open.get() === undefined;
}

/** Is done with a world: its timers ring no more. One that was cut off has nobody who could answer. */
export function leave({ runner, database }: Pick<World, 'runner' | 'database'>): void {
  void runner.stop().catch(() => {});
  database.$client.close();
}

/** Starts the clean-up; whether the start was answered is noted in the round. */
export async function startRun(world: World, round: Round): Promise<void> {
  await world.runner.start('wf_1', { startedBy: 'Ada' }).then(
    ({ id }) => void round.acknowledged.push(id),
    () => {},
  );
}

/** A new process: it goes on with what is there, and whoever never got an answer starts the run again. */
export async function goOn(world: World, round: Round): Promise<void> {
  await world.runner.resume();
  await startIfMissing(world, round);
  await until(allEnded(world));
}

export async function startIfMissing(world: World, round: Round): Promise<void> {
  const isThere = world.database.$client.prepare('SELECT 1 FROM runs').get() !== undefined;
  if (!isThere) await startRun(world, round);
}
