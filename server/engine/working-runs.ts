import { createPlaces } from '../domain/places.ts';
import { isFinished } from '../domain/run.ts';
import type { Version } from '../domain/workflow.ts';
import type { ActiveRun } from './active-run.ts';
import type { CompiledVersions } from './compiled-versions.ts';
import { createCounts } from './counts.ts';
import { type ExecuteDeps, executeRun, type FirstChecks } from './execute-run.ts';
import { inLane, laneOf } from './in-lane.ts';
import type { Events } from './ports.ts';
import { createRecordRoom } from './record-room.ts';
import { createRunLine, type RunLine, type RunRoom } from './run-line.ts';
import type { RunRow } from './run-store-ports.ts';
import { createTakenBack } from './taken-back.ts';
import { createTimers } from './timers.ts';

export interface WorkingRunsDeps extends Omit<ExecuteDeps, 'checks' | 'recordRoom' | 'choosing'> {
  events: Events;
  /** Whether everything that a version harms is imitated by this server. */
  isImitated(version: Version): Promise<boolean>;
  /** Told of what nobody foresaw; the run goes on at the next attempt. */
  report(message: string, error: unknown): void;
  /** How many runs are worked on at once. */
  room?: RunRoom | undefined;
}

interface Hands {
  versions: CompiledVersions;
  checks: FirstChecks;
  /** Told of a run that has ended or waits, with the guard's generation when its work began. */
  rested(row: RunRow, generation: number): Promise<void>;
}

/** A run that this process works on. */
export interface Working {
  active: ActiveRun;
  /** Resolves when `active` is there, or when it will never be. */
  opened: PromiseWithResolvers<void>;
  seq: number;
  /** Of the guard when the work began. */
  generation: number;
  controller: AbortController;
  isBroken: boolean;
  isCancelling: boolean;
  /** Why it is cancelled, where nobody pressed Cancel. */
  reason: string | null;
  /** Records were queued while it was worked on. */
  isWoken: boolean;
  done: Promise<void>;
}

/** The runs that this process works on: each until it ends, waits or is broken off. */
export interface WorkingRuns {
  /** Undefined where this process does not work on it. */
  at(runId: string): Working | undefined;
  all(): Iterable<Working>;
  isStopping(): boolean;
  /** Whether a run of this workflow would begin at once. */
  hasRoom: RunLine['hasRoom'];
  isInLine: RunLine['has'];
  /**
   * Takes the run for this process and works on it until it ends or halts. Where there is no room, it waits for its
   * turn, and is read again then: by that time it must be in the store.
   */
  begin(row: RunRow, isFresh: boolean): void;
  /** As `begin`; one that is worked on already is begun once more when it comes to rest. */
  goOn(row: RunRow): void;
  /** What goes on beside the runs: what is left undone is done after the next start. */
  inBackground(what: string, work: Promise<unknown>): void;
  /** Sets the timers of waiting records anew. */
  lookForDue(): void;
  /** Lets calls in flight come back and writes their outcomes. */
  stop(): Promise<void>;
}

const retryBrokenMs = 5_000;
/** Choosing is reading and writing here: more at once are no faster. */
const mostChoosing = 8;

export function createWorkingRuns(deps: WorkingRunsDeps, hands: Hands): WorkingRuns {
  const { store, events, clock } = deps;
  const { versions, checks } = hands;
  const working = new Map<string, Working>();
  const stopping = new AbortController();
  const line = createRunLine(deps.room);
  const recordRoom = createRecordRoom();
  const choosing = createPlaces({ inAll: mostChoosing, ofOne: 1 });
  const background = new Set<Promise<unknown>>();
  const timers = createTimers({ ...deps, woken: (rows) => rows.forEach(goOn) });

  const isClosed = (): boolean => deps.guard.closedBy() !== null;

  function begin(row: RunRow, isFresh: boolean): void {
    if (working.has(row.id) || stopping.signal.aborted) return;
    // It stays as it is stored, and is taken up with all others.
    if (isClosed() && !row.isCancelling) return;
    // Whoever cancels does not wait for a place.
    if (row.isCancelling) line.goFirst(row);
    else if (!line.enter(row)) return;
    work(row, isFresh);
  }

  /** Works on a run that has a place. */
  function work(row: RunRow, isFresh: boolean): void {
    const controller = new AbortController();
    const opened = Promise.withResolvers<void>();
    const { isCancelling } = row;
    const entry = {
      seq: 0,
      generation: deps.guard.generation(),
      controller,
      opened,
      isBroken: false,
      isCancelling,
      reason: null,
      isWoken: false,
    } as Working;
    entry.done = lead(row, isFresh, entry).catch((error: unknown) => {
      entry.isBroken = true;
      deps.report(`The run ${row.id} halted.`, error);
    });
    working.set(row.id, entry);
    entry.done.then(() => afterwards(row, entry));
  }

  async function lead(fresh: RunRow, isFresh: boolean, entry: Working): Promise<void> {
    const row = isFresh ? fresh : await store.take(fresh.key);
    const before = isFresh ? {} : await store.blockCounts(row.key);
    const { version, plan, fields } = await versions.of(row.versionId);
    // Blocks that know how to look at their account find out by themselves what became of their calls.
    if (!isFresh) {
      const known = entry.isCancelling ? [] : plan.readable;
      await store.parkUnclear(row.key, row.fence, clock.now(), known);
    }
    entry.active = {
      row,
      plan,
      fields,
      counts: createCounts(plan.blocks.keys(), before),
      about: { id: row.id, workflow: row.workflowName, started_at: new Date(row.startedAt).toISOString() },
      names: new Map(),
      undone: new Map(),
      caps: new Map(),
      agreed: row.approvalId === null || row.planId === null ? null : new Set(await store.harmOf(row.planId)),
      isLookedAt: !plan.isHarmful || (await store.isLookedAt(row.versionId)),
      isImitated: () => deps.isImitated(version),
      holds: new Map(),
      sums: null,
      takenBack: createTakenBack(),
      lastWrite: Promise.resolve(),
      behind: 0,
      ended: null,
      signal: entry.controller.signal,
      wakesAt: timers.note,
      changed() {
        entry.seq += 1;
        events.runChanged(row.id);
      },
      broke(error) {
        entry.isBroken = true;
        entry.controller.abort();
        deps.report(`The journal of run ${row.id} could not be written.`, error);
      },
    };
    entry.opened.resolve();
    const client = inLane(deps.client, laneOf(row), row.workflowId);
    if (!entry.isCancelling) {
      await executeRun(entry.active, version.records, {
        ...deps,
        ...{ client, checks, recordRoom, choosing },
      });
    }
    if (entry.isCancelling && !entry.isBroken && !isFinished(row.status))
      await endCancelled(entry.active, entry.reason);
  }

  async function endCancelled(active: ActiveRun, reason: string | null): Promise<void> {
    const { row } = active;
    const at = clock.now();
    await store.cancelRecords(row.key, at);
    const blocks = active.counts.toBlockCounts();
    const end = await store.finish(row.key, { isCancelled: true, error: reason, at, blocks });
    Object.assign(row, { status: end.status, finishedAt: at, error: reason });
    active.ended = end.counts;
  }

  function afterwards(row: RunRow, entry: Working): void {
    entry.opened.resolve();
    working.delete(row.id);
    events.runChanged(row.id);
    events.listChanged('runs');
    line.leave(row);
    inBackground('call in the runs that wait for a place', callIn());
    if (entry.isBroken) void tryAgain(row);
    else if (entry.isWoken) void workAgain(row.id);
    else if (!stopping.signal.aborted)
      inBackground(
        `look at the run ${row.id} after its work`,
        hands.rested(entry.active?.row ?? row, entry.generation),
      );
  }

  function inBackground(what: string, work: Promise<unknown>): void {
    const done = work.catch((error: unknown) => deps.report(`Could not ${what}`, error));
    background.add(done);
    done.then(() => background.delete(done));
  }

  /** As it is by then: it may have been cancelled, and one whose start could not be written is not there at all. */
  async function tryAgain(row: RunRow): Promise<void> {
    await clock.sleep(retryBrokenMs, stopping.signal);
    const found = await store.find(row.id).catch(() => row);
    if (found) begin(found, false);
  }

  /** What was woken just when the run came to rest is not left lying. */
  async function workAgain(runId: string): Promise<void> {
    const row = await store.find(runId);
    if (row?.status === 'running') begin(row, false);
  }

  function goOn(row: RunRow): void {
    const entry = working.get(row.id);
    if (entry) entry.isWoken = true;
    else begin(row, false);
  }

  /** Begins the runs whose turn it is, as they are by now. */
  async function callIn(): Promise<void> {
    for (let called = line.next(); called && !stopping.signal.aborted; called = line.next()) {
      const row = await found(called.id);
      const isWanted = row && !isFinished(row.status) && !working.has(row.id);
      if (isWanted && !stopping.signal.aborted) work(row, false);
      else line.leave(called);
    }
  }

  /** A database that cannot be read now is asked again. */
  async function found(runId: string): Promise<RunRow | undefined> {
    while (!stopping.signal.aborted) {
      try {
        return await store.find(runId);
      } catch (error) {
        deps.report(`The run ${runId} could not be read.`, error);
        await clock.sleep(retryBrokenMs, stopping.signal);
      }
    }
    return undefined;
  }

  return {
    at: (runId) => working.get(runId),
    all: () => working.values(),
    hasRoom: line.hasRoom,
    isInLine: (run) => line.has(run) || (isClosed() && !working.has(run.id)),
    isStopping: () => stopping.signal.aborted,
    ...{ begin, goOn, inBackground },
    lookForDue: timers.look,

    async stop() {
      stopping.abort();
      line.clear();
      await timers.stop();
      for (const { controller } of working.values()) controller.abort();
      await Promise.all([...working.values()].map((entry) => entry.done));
      await Promise.all(background);
    },
  };
}
