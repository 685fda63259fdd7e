import { AppError } from '../domain/errors.ts';
import type { NewId } from '../domain/ids.ts';
import { type Held, isFinished, type Resolution, type Run, type RunRecord } from '../domain/run.ts';
import type { Approvals } from './approval-ports.ts';
import { createAsks } from './asks.ts';
import type { BlockDefinition } from './block.ts';
import { createChildRuns } from './child-runs.ts';
import { createCompiledVersions } from './compiled-versions.ts';
import { createDecide } from './decide-record.ts';
import type { GlobalVariableStore } from './global-variable-ports.ts';
import type { GuardStore } from './guard-ports.ts';
import type { Plan } from './plan.ts';
import type { PlanService } from './plan-ports.ts';
import { createRunChecks, planningHeld } from './run-checks.ts';
import type { RunReader } from './run-ports.ts';
import type { RunDetails, RunService } from './run-service.ts';
import { createRunStarts, type StartFor, toRun } from './run-starts.ts';
import type { NewRun, RunRow, WorkflowStore } from './run-store-ports.ts';
import type { PaceReader, Vendors } from './vendor-ports.ts';
import { createWorkingRuns, type WorkingRunsDeps } from './working-runs.ts';

export interface RunnerDeps extends WorkingRunsDeps {
  reader: RunReader;
  workflows: WorkflowStore;
  globals: Pick<GlobalVariableStore, 'list'>;
  types: ReadonlyMap<string, BlockDefinition>;
  vendors: Vendors;
  newId: NewId;
  /** How often versions have harmed anybody. */
  uses: Pick<GuardStore, 'used'>;
  plans: PlanService;
  approvals: Pick<Approvals, 'on' | 'request' | 'find' | 'consume'>;
  /** Tells which credentials hold a workflow up. */
  pace?: Pick<PaceReader, 'holding'>;
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

const changesPerFence = 2 ** 30;

/** Starts runs, works on them and answers what is known of them. */
export function createRunner(deps: RunnerDeps): Runner {
  const { store, reader, events, clock } = deps;
  const versions = createCompiledVersions(deps);
  const versionOf = (row: RunRow) => versions.of(row.versionId);
  const runs = createWorkingRuns(deps, {
    versions,
    rested,
    checks: {
      mustPlan: (run, records) => checks.mustPlan(run, records),
      planFirst: (run) => planFirst(run.row, 'queued', planningHeld),
      planThrough: async ({ row, plan }) => children.planThrough(row, plan),
    },
  });
  const { start, forget } = createRunStarts({ ...deps, versions, runs });
  const decide = createDecide({ ...deps, versions, runs, rowOf });
  const checks = createRunChecks(deps, {
    versionOf,
    release,
    end: (runId, reason) => cancel(runId, reason),
    planFirst,
    lookedAt(versionId) {
      for (const { active } of runs.all()) {
        if (active?.row.versionId !== versionId) continue;
        active.isLookedAt = true;
        active.caps.clear();
        active.holds.clear();
      }
    },
  });
  const asks = createAsks(deps, { versionOf, release });
  const children = createChildRuns(deps, { versionOf, start, release, goOn: runs.goOn, cancel });
  deps.guard.onLoosened(() => runs.inBackground('look again at runs that are held', checks.loosened()));

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
    runs.begin(planRow, true);
    events.listChanged('runs');
  }

  async function release(runId: string, code: string, limit?: number): Promise<number> {
    const row = await rowOf(runId);
    const count = await store.release(row.key, code, limit);
    if (count > 0) runs.goOn(row);
    return count;
  }

  async function cancel(runId: string, reason: string | null): Promise<void> {
    const row = await rowOf(runId);
    if (isFinished(row.status)) {
      throw new AppError('conflict', 'The run has ended, so there is nothing to cancel.');
    }
    await store.setCancelling(row.key);
    await children.cancelled(row);
    const entry = runs.at(runId);
    if (entry) {
      Object.assign(entry, { isCancelling: true, reason });
      entry.controller.abort();
    } else if (row.status === 'waiting' || runs.isInLine(row)) {
      runs.begin({ ...row, isCancelling: true }, false);
      const begun = runs.at(runId);
      if (begun) begun.reason = reason;
    }
    events.runChanged(runId);
    // Of what is not done any more nobody needs to know what it would be.
    const plan = row.mode === 'run' && row.planId !== null ? await store.find(row.planId) : undefined;
    if (plan && !isFinished(plan.status)) await cancel(plan.id, null);
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

  return {
    start,

    async waitFor(runId, ms) {
      const entry = runs.at(runId);
      if (!entry) return runOf(runId);
      await clock.atMost(ms, entry.done);
      const { active } = entry;
      return active?.ended ? toRun(active.row, active.ended) : runOf(runId);
    },

    async details(runId): Promise<RunDetails> {
      const run = await runOf(runId);
      const { version } = await versions.of(run.versionId);
      const entry = runs.at(runId);
      const blocks = entry?.active?.counts.toBlockCounts() ?? (await reader.blocks(runId));
      const waitsFor = (entry && deps.pace?.holding(run.workflowId)) ?? [];
      const waits = run.counts.waiting > 0 || run.status === 'waiting' ? await reader.waits(runId) : [];
      // Every process and every stretch of work has a fence of its own, so that the number never goes back.
      const row = entry?.active?.row ?? (await rowOf(runId));
      const seq = row.fence * changesPerFence + (entry ? entry.seq : changesPerFence - 1);
      const reruns = await reader.reruns(runId);
      const family = await reader.family(runId);
      const isInLine = !isFinished(row.status) && runs.isInLine(row);
      const { globals } = row;
      return { run, graph: version.graph, blocks, isInLine, waitsFor, waits, reruns, family, globals, seq };
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

    async resolve(runId, n, choice: Resolution, by, step): Promise<RunRecord> {
      await decide(runId, { n, choice, by, step });
      events.listChanged('runs');
      const found = await reader.record(runId, n);
      return found!.record;
    },

    release,
    planOf: async (versionId) => (await versions.of(versionId)).plan,
    clockJumped: runs.lookForDue,
    workflowsChanged: forget,

    async resume() {
      for (const row of await store.unfinished()) runs.begin(row, false);
      runs.lookForDue();
      await checks.resume();
      await asks.resume();
      await children.resume();
    },

    stop: () => runs.stop(),
  };
}
