import { AppError } from '../domain/errors.ts';
import type { Field } from '../domain/field.ts';
import type { NewId } from '../domain/ids.ts';
import type { RerunKind } from '../domain/rerun.ts';
import {
  type BlockCounts,
  type Held,
  isFinished,
  noRecords,
  type RecordCounts,
  type Resolution,
  type Run,
  type RunRecord,
} from '../domain/run.ts';
import type { Version } from '../domain/workflow.ts';
import type { ActiveRun } from './active-run.ts';
import type { Approvals } from './approval-ports.ts';
import { createAsks } from './asks.ts';
import type { BlockDefinition } from './block.ts';
import type { ChildStart } from './child-ports.ts';
import { childCode, createChildRuns } from './child-runs.ts';
import { createCounts } from './counts.ts';
import type { EventStart } from './event-ports.ts';
import { type ExecuteDeps, executeRun } from './execute-run.ts';
import type { GuardStore } from './guard-ports.ts';
import { inLane, laneOf } from './in-lane.ts';
import { type Plan, toPlan } from './plan.ts';
import type { PlanService } from './plan-ports.ts';
import type { Events, NewRun, PaceReader, RunRow, StartCause, Vendors, WorkflowStore } from './ports.ts';
import { createRunChecks, planningHeld } from './run-checks.ts';
import type { RunReader } from './run-ports.ts';
import type { RunDetails, RunService, StartOptions } from './run-service.ts';
import type { NewSlot } from './schedule-ports.ts';
import { settleStep } from './settle.ts';
import { createTakenBack } from './taken-back.ts';
import { createTimers } from './timers.ts';
import type { WebhookCall } from './webhook-ports.ts';

export interface RunnerDeps extends Omit<ExecuteDeps, 'checks'> {
  reader: RunReader;
  workflows: WorkflowStore;
  types: ReadonlyMap<string, BlockDefinition>;
  vendors: Vendors;
  events: Events;
  newId: NewId;
  /** How often versions have harmed anybody. */
  uses: Pick<GuardStore, 'used'>;
  plans: PlanService;
  approvals: Pick<Approvals, 'on' | 'request' | 'find' | 'consume'>;
  /** Whether everything that a version harms is imitated by this server. */
  isImitated(version: Version): Promise<boolean>;
  /** Tells which credentials hold a workflow up. */
  pace?: Pick<PaceReader, 'holding'>;
  /** Told of what nobody foresaw; the run goes on at the next attempt. */
  report(message: string, error: unknown): void;
}

export interface Runner extends RunService {
  /** A workflow was launched, deactivated, renamed or removed: what is known of it is asked again. */
  workflowsChanged(): void;
  /** As `start` of the doors, for a time of a schedule, or one that was missed and that a person makes up for. */
  start(workflowId: string, options: StartFor): Promise<Run>;
  planOf(versionId: string): Promise<Plan>;
  /** Queues the records of a run that are held for this reason and goes on with it; returns how many. */
  release(runId: string, code: string): Promise<number>;
  /** The wall clock has jumped: timers are set anew. */
  clockJumped(): void;
  /** Goes on with every run that a stop or a crash has left behind. */
  resume(): Promise<void>;
  /** Lets calls in flight come back, writes their outcomes, and leaves the rest for the next start. */
  stop(): Promise<void>;
}

/** What a run may be started for besides somebody's wish: a time of a schedule, or a missed one that is made up for. */
export interface StartFor extends StartOptions {
  slot?: NewSlot;
  missed?: { id: string; by: string };
  event?: EventStart;
  /** The run and the block that start it. */
  parentStep?: string;
  /** The records for which they do. */
  child?: ChildStart;
  /** The call of another system. */
  hook?: WebhookCall;
  /** Records of an ended run, by the version that it used. */
  again?: { runId: string; records: RerunKind; version: { id: string; number: number } };
}

interface Working {
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

const retryBrokenMs = 5_000;
const keptVersions = 100;
const changesPerFence = 2 ** 30;
/** Records that are due start no more runs than this beside those that go on. */
const mostAtOnce = 2_000;

type Active = NonNullable<Awaited<ReturnType<RunReader['activeVersion']>>>;

interface Compiled {
  version: Version;
  plan: Plan;
  /** As they were when it was compiled: what a version names was there when it was launched. */
  fields: readonly Field[];
}

/** Starts runs, works on them and answers what is known of them. */
export function createRunner(deps: RunnerDeps): Runner {
  const { store, reader, events, clock } = deps;
  const working = new Map<string, Working>();
  const compiled = new Map<string, Compiled>();
  /** What may be started, until something about workflows changes. */
  let startable = new Map<string, Active>();
  const stopping = new AbortController();
  /** Records about which somebody decides right now. */
  const deciding = new Set<string>();
  /** Those who wait until fewer runs are worked on. */
  let roomSeekers: (() => void)[] = [];
  /** What goes on beside the runs. */
  const background = new Set<Promise<unknown>>();
  const timers = createTimers({ ...deps, woken });
  const checks = createRunChecks(deps, {
    versionOf: (row) => compiledOf(row.versionId),
    release,
    end: (runId, reason) => cancel(runId, reason),
    planFirst,
    lookedAt(versionId) {
      for (const { active } of working.values()) {
        if (active?.row.versionId !== versionId) continue;
        active.isLookedAt = true;
        active.caps.clear();
        active.holds.clear();
      }
    },
  });
  const asks = createAsks(deps, { versionOf: (row) => compiledOf(row.versionId), release });
  const children = createChildRuns(deps, {
    versionOf: (row) => compiledOf(row.versionId),
    start,
    release,
    goOn: goOnWith,
    cancel,
  });
  deps.guard.onLoosened(() => inBackground('look again at runs that are held', checks.loosened()));

  /** A version never changes, so what is made of it is kept. */
  async function compiledOf(versionId: string): Promise<Compiled> {
    const known = compiled.get(versionId);
    if (known) return known;
    const version = await deps.workflows.version(versionId);
    if (!version) throw new AppError('not_found', `There is no workflow version "${versionId}".`);
    const fields = await deps.records.fields();
    const plan = toPlan(version.graph, deps.types, {
      // A file that was changed since must not change what was launched.
      vendors: deps.vendors.asOf?.(Date.parse(version.createdAt)) ?? deps.vendors,
      fields,
      records: version.records,
    });
    if (compiled.size >= keptVersions) compiled.delete(compiled.keys().next().value!);
    compiled.set(versionId, { version, plan, fields });
    return { version, plan, fields };
  }

  /** Takes the run for this process and works on it until it ends or halts. */
  function work(row: RunRow, isFresh: boolean): void {
    if (working.has(row.id) || stopping.signal.aborted) return;
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
    let before: BlockCounts = {};
    if (!isFresh) {
      before = await store.blockCounts(row.key);
    }
    const { version, plan, fields } = await compiledOf(row.versionId);
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
        client,
        checks: {
          mustPlan,
          planFirst: planQueued,
          planThrough: ({ row: of }) => children.planThrough(of, plan),
        },
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
    for (const goOn of roomSeekers) goOn();
    roomSeekers = [];
    if (entry.isBroken) void tryAgain(row);
    else if (entry.isWoken) void workAgain(row.id);
    else if (!stopping.signal.aborted)
      inBackground(
        `look at the run ${row.id} after its work`,
        rested(entry.active?.row ?? row, entry.generation),
      );
  }

  /** What follows from a run that has ended or waits; `generation` is the guard's when its work began. */
  async function rested(row: RunRow, generation: number): Promise<void> {
    if (row.mode === 'run') {
      if (isFinished(row.status)) await children.ended(row);
      if (row.status !== 'waiting') return;
      await checks.resting(row, generation !== deps.guard.generation());
      await asks.resting(row);
      await children.resting(row);
      return;
    }
    const parent = isFinished(row.status) ? await store.plannedBy(row.id) : undefined;
    if (parent) await checks.planned(parent);
  }

  /** What is left undone is done after the next start. */
  function inBackground(what: string, work: Promise<unknown>): void {
    const done = work.catch((error: unknown) => deps.report(`Could not ${what}`, error));
    background.add(done);
    done.then(() => background.delete(done));
  }

  const mustPlan = (run: ActiveRun, records: number): Promise<boolean> => checks.mustPlan(run, records);
  const planQueued = (run: ActiveRun): Promise<void> => planFirst(run.row, 'queued', planningHeld);

  /** Holds the run, and makes a dry run of those of its records. */
  async function planFirst(row: RunRow, of: 'queued' | 'limit', held: Held): Promise<void> {
    const at = clock.now();
    const child: NewRun = {
      ...row,
      ...{ originId: null, rerun: null, parentStep: null },
      ...{ id: deps.newId('run'), mode: 'plan', status: 'running', phase: 'records', startedAt: at },
      recordIds: null,
    };
    const planRow = await store.planFirst({ parent: row.key, child, of, held, at });
    Object.assign(row, { status: 'waiting', phase: 'records', planId: planRow.id, approvalId: null });
    work(planRow, true);
    events.listChanged('runs');
  }

  async function release(runId: string, code: string, limit?: number): Promise<number> {
    const row = await rowOf(runId);
    const count = await store.release(row.key, code, limit);
    if (count > 0) goOnWith(row);
    return count;
  }

  async function cancel(runId: string, reason: string | null): Promise<void> {
    const row = await rowOf(runId);
    if (isFinished(row.status)) {
      throw new AppError('conflict', 'The run has ended, so there is nothing to cancel.');
    }
    await store.setCancelling(row.key);
    await children.cancelled(row);
    const entry = working.get(runId);
    if (entry) {
      Object.assign(entry, { isCancelling: true, reason });
      entry.controller.abort();
    } else if (row.status === 'waiting') {
      work({ ...row, isCancelling: true }, false);
      const begun = working.get(runId);
      if (begun) begun.reason = reason;
    }
    events.runChanged(runId);
    // Of what is not done any more nobody needs to know what it would be.
    const plan = row.mode === 'run' && row.planId !== null ? await store.find(row.planId) : undefined;
    if (plan && !isFinished(plan.status)) await cancel(plan.id, null);
  }

  /** As it is by then: it may have been cancelled, and one whose start could not be written is not there at all. */
  async function tryAgain(row: RunRow): Promise<void> {
    await clock.sleep(retryBrokenMs, stopping.signal);
    const found = await store.find(row.id).catch(() => row);
    if (found) work(found, false);
  }

  /** What was woken just when the run came to rest is not left lying. */
  async function workAgain(runId: string): Promise<void> {
    const row = await store.find(runId);
    if (row?.status === 'running') work(row, false);
  }

  function goOnWith(row: RunRow): void {
    const entry = working.get(row.id);
    if (entry) entry.isWoken = true;
    else work(row, false);
  }

  async function woken(rows: RunRow[]): Promise<void> {
    for (const row of rows) {
      while (working.size >= mostAtOnce) await new Promise<void>((resolve) => roomSeekers.push(resolve));
      goOnWith(row);
    }
  }

  async function rowOf(runId: string): Promise<RunRow> {
    const row = await store.find(runId);
    if (!row) throw new AppError('not_found', `There is no run "${runId}".`);
    return row;
  }

  async function runOf(runId: string): Promise<Run> {
    const run = await reader.run(runId);
    if (!run) throw new AppError('not_found', `There is no run "${runId}".`);
    return run;
  }

  /** Writes the decision and sends the record on its way, beside the others while the run still works on them. */
  async function settle(runId: string, n: number, choice: Resolution, by: string): Promise<void> {
    const entry = working.get(runId);
    await entry?.opened.promise;
    const row = entry?.active?.row ?? (await rowOf(runId));
    const record = await store.record(row.key, n);
    if (record?.status !== 'needs_attention') throw notParked(record);
    const { plan } = await compiledOf(row.versionId);
    const now = clock.now();
    if (entry?.active && !entry.isBroken && !entry.isCancelling) {
      const { active } = entry;
      const decided = Promise.withResolvers<void>();
      if (active.takenBack.add(n, decided.promise)) {
        const written = settleStep({ row, n, choice, by, plan, store, now });
        written.then(
          (step) => {
            active.counts.unpark(step.block);
            if (step.exit !== null) active.counts.exit(step.block, step.exit);
            active.changed();
            decided.resolve();
          },
          (error: unknown) => decided.reject(error),
        );
        await written;
        return;
      }
    }
    // Its records are done, or it halts: it is taken up once more.
    await entry?.done;
    const latest = await rowOf(runId);
    await settleStep({ row: latest, n, choice, by, plan, store, now });
    await store.reopen(latest.key);
    work(latest, false);
  }

  async function start(workflowId: string, options: StartFor): Promise<Run> {
    const { recordIds, startedBy, starterId = null, mode = 'run', lane = 'manual', again } = options;
    const known = startable;
    const workflow = known.get(workflowId) ?? (await reader.activeVersion(workflowId));
    if (!workflow) throw new AppError('not_found', `There is no workflow "${workflowId}".`);
    const version = again?.version ?? (mode === 'plan' ? options.version : undefined);
    const versionId = version?.id ?? workflow.versionId;
    if (versionId === null || (again && workflow.versionId === null)) {
      throw new AppError('conflict', `The workflow "${workflow.name}" is not active. Launch it first.`);
    }
    if (stopping.signal.aborted)
      throw new AppError('vendor_unavailable', 'The server is stopping. Start the run again in a moment.');
    // Into the map of before the question: a change meanwhile has thrown that map away.
    known.set(workflowId, workflow);
    const { plan } = await compiledOf(versionId);
    const at = clock.now();
    const id = deps.newId('run');
    const cause = causeOf(options, id, at);
    const { row, saved } = store.create(
      {
        id,
        workflowId,
        workflowName: workflow.name,
        versionId,
        versionNumber: version?.number ?? workflow.versionNumber,
        status: 'running',
        phase: 'begin',
        startedBy,
        starterId,
        startedAt: at,
        recordIds: recordIds ? [...recordIds] : null,
        mode,
        lane,
        originId: again?.runId ?? null,
        rerun: again?.records ?? null,
        depth: options.depth ?? 0,
        parentStep: options.parentStep ?? null,
      },
      plan.begin.id,
      cause,
    );
    // Somebody else may have been first: nothing is done before that is known.
    if (cause || again) await saved;
    work(row, true);
    await saved;
    events.listChanged('runs');
    return toRun(row, noRecords);
  }

  return {
    start,

    async waitFor(runId, ms) {
      const entry = working.get(runId);
      if (!entry) return runOf(runId);
      await clock.atMost(ms, entry.done);
      const { active } = entry;
      return active?.ended ? toRun(active.row, active.ended) : runOf(runId);
    },

    async details(runId): Promise<RunDetails> {
      const run = await runOf(runId);
      const { version } = await compiledOf(run.versionId);
      const entry = working.get(runId);
      const blocks = entry?.active?.counts.toBlockCounts() ?? (await reader.blocks(runId));
      const waitsFor = (entry && deps.pace?.holding(run.workflowId)) ?? [];
      const waits = run.counts.waiting > 0 || run.status === 'waiting' ? await reader.waits(runId) : [];
      // Every process and every stretch of work has a fence of its own, so that the number never goes back.
      const fence = entry?.active?.row.fence ?? (await rowOf(runId)).fence;
      const seq = fence * changesPerFence + (entry ? entry.seq : changesPerFence - 1);
      const reruns = await reader.reruns(runId);
      const family = await reader.family(runId);
      return { run, graph: version.graph, blocks, waitsFor, waits, reruns, family, seq };
    },

    list: (query) => reader.list(query),
    records: (runId, query) => reader.records(runId, query),
    allRecords: (runId, filter) => reader.allRecords(runId, filter),
    steps: (runId, query) => reader.steps(runId, query),

    async recordSteps(runId, n) {
      const found = await reader.record(runId, n);
      if (!found) throw new AppError('not_found', `The run "${runId}" has no record ${n}.`);
      return found;
    },

    async cancel(runId) {
      await cancel(runId, null);
      return runOf(runId);
    },

    async resolve(runId, n, choice: Resolution, by): Promise<RunRecord> {
      const place = `${runId}/${n}`;
      if (deciding.has(place)) {
        throw new AppError(
          'conflict',
          'Somebody else decides about this record right now. Look at it again.',
        );
      }
      deciding.add(place);
      try {
        await settle(runId, n, choice, by);
      } finally {
        deciding.delete(place);
      }
      events.listChanged('runs');
      const found = await reader.record(runId, n);
      return found!.record;
    },

    release,

    planOf: async (versionId) => (await compiledOf(versionId)).plan,

    clockJumped: timers.look,

    workflowsChanged() {
      startable = new Map();
    },

    async resume() {
      for (const row of await store.unfinished()) work(row, false);
      timers.look();
      await checks.resume();
      await asks.resume();
      await children.resume();
    },

    async stop() {
      stopping.abort();
      for (const goOn of roomSeekers) goOn();
      await timers.stop();
      for (const { controller } of working.values()) controller.abort();
      await Promise.all([...working.values()].map((entry) => entry.done));
      await Promise.all(background);
    },
  };
}

function causeOf(
  { slot, missed, event, child, hook }: StartFor,
  runId: string,
  at: number,
): StartCause | undefined {
  if (event) return { event };
  if (hook) return { hook };
  if (child) return { child: { ...child, held: child.held && { ...child.held, code: childCode(runId) } } };
  if (slot) return { slot: { ...slot, runId } };
  return missed && { missed: { ...missed, status: 'started', runId, at } };
}

/** A run that this process knows without asking the store. */
function toRun(row: RunRow, counts: RecordCounts): Run {
  return {
    id: row.id,
    mode: row.mode,
    workflowId: row.workflowId,
    workflowName: row.workflowName,
    versionId: row.versionId,
    versionNumber: row.versionNumber,
    status: row.status,
    startedBy: row.startedBy,
    startedAt: new Date(row.startedAt).toISOString(),
    finishedAt: row.finishedAt === null ? null : new Date(row.finishedAt).toISOString(),
    isCancelling: false,
    error: row.error,
    counts,
    planId: row.planId,
    approvalId: row.approvalId,
    origin: row.originId === null || row.rerun === null ? null : { runId: row.originId, records: row.rerun },
  };
}

const notParked = (record: unknown): AppError =>
  record
    ? new AppError('conflict', 'This record needs no decision: its last call has a known outcome.')
    : new AppError('not_found', 'The run has no such record.');
