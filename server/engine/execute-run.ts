import { inTurn, type Places } from '../domain/places.ts';
import type { WorkflowRecords } from '../domain/workflow.ts';
import type { ActiveRun, RunDeps } from './active-run.ts';
import { later } from './active-run.ts';
import { type Chosen, chooseRecords, takeUpFailed, toQueued } from './choose-records.ts';
import type { RecordState } from './journal-ports.ts';
import type { RecordRoom } from './record-room.ts';
import { runRecord } from './run-record.ts';
import type { RecordRow } from './run-store-ports.ts';
import type { RecordStore, Subject } from './subject-ports.ts';
import { createTakenBack } from './taken-back.ts';

/** Stands between the choice of records and their first step. */
export interface FirstChecks {
  /** Whether a run with so many records has to say first what it would do. */
  mustPlan(run: ActiveRun, records: number): Promise<boolean>;
  /** Holds all of its records, and finds that out. */
  planFirst(run: ActiveRun): Promise<void>;
  /** Begins the dry runs of what a dry run has found that would be started. */
  planThrough(run: ActiveRun): Promise<void>;
}

export interface ExecuteDeps extends RunDeps {
  checks: FirstChecks;
  records: RecordStore;
  /** How many records of a run are on their way at once. */
  inFlight: number;
  /** What all runs share. */
  recordRoom: RecordRoom;
  /** For runs that choose their records: each has a page of them in memory. */
  choosing: Places;
}

const noSubject: Subject = { person: null, saasUser: null };
/** Records that are read for their turn: twice as many as are led, within these bounds. */
const feedPage = 256;
const shortestFeed = 16;

/**
 * Takes a run from where it stands to its end, or until it halts, or until all that is left of it waits: blocks that
 * happen once, the choice of records, every record, blocks at the end. Each phase may be begun again after a crash.
 */
export async function executeRun(run: ActiveRun, choice: WorkflowRecords, deps: ExecuteDeps): Promise<void> {
  const { store } = deps;
  const { row, signal } = run;
  if (row.phase !== 'begin') row.recordIds = null;

  let chosen: Chosen | undefined;
  if (row.phase === 'begin') {
    chosen = await beginRun(run, choice, deps);
    if (signal.aborted || row.status === 'waiting') return;
  }
  if (row.phase === 'records') {
    if (run.plan.readsNames) run.names = await deps.records.names();
    if (run.plan.choice.undoes) run.undone = await deps.records.undone(run.plan.choice.undoes);
    for (let isOver = false; !isOver; chosen = undefined) {
      await runRecords(run, deps, chosen);
      if (run.plan.atEnd.length > 0 || !chosen) await run.lastWrite;
      if (signal.aborted) return;
      isOver = await areOver(run, deps);
      if (row.status === 'waiting') return;
      if (!isOver) run.takenBack = createTakenBack();
    }
    await endRecords(run, deps);
  }
  if (run.plan.atEnd.length > 0) {
    const record = await store.record(row.key, 0);
    run.sums = await store.counts(row.key);
    // A call of the end that nobody knows the outcome of waits for a person: it is not made again.
    const isOpen = record && ['queued', 'running', 'waiting'].includes(record.status);
    const state = isOpen ? await runItself(run, record, deps) : record;
    await run.lastWrite;
    if (signal.aborted || (record && !state)) return;
    row.error ??= state?.error ?? null;
  }
  if (row.mode === 'plan') {
    await run.lastWrite;
    await deps.checks.planThrough(run);
  }
  await finishRun(run, deps);
}

/** The blocks that happen once, then the choice of records. */
async function beginRun(
  run: ActiveRun,
  choice: WorkflowRecords,
  deps: ExecuteDeps,
): Promise<Chosen | undefined> {
  const { row, plan, signal } = run;
  // What goes on from a failed step finds the run itself at its end, as its origin left it.
  const isNew = row.fence === 1 && row.rerun !== 'failed_step';
  const own = { recordType: 'run', recordId: row.id, label: row.workflowName } as const;
  const record = isNew ? toQueued(0, own, [plan.begin.id]) : await deps.store.record(row.key, 0);
  if (!record) return undefined;
  // What an earlier start of this run may have chosen is chosen again.
  if (!isNew) later(run, deps.store.clearRecords(row.key));
  const state = await runItself(run, record, deps);
  if (signal.aborted || !state) return undefined;

  row.error = state.error;
  const entries = state.pending.map((id) => plan.blocks.get(id)).filter((block) => block !== undefined);
  // A path that only ends needs no records: a failed load that leads to a message, for one.
  const isOnlyEnding = entries.every((block) => block.isEnd || block.isAtEnd);
  let chosen: { count: number; records: Chosen | undefined } | undefined = { count: 0, records: [] };
  if (row.rerun === 'failed_step') chosen = await takeUpFailed(run, deps);
  else if (row.error === null && !isOnlyEnding)
    chosen = await inTurn(deps.choosing, row.id, () => chooseRecords(run, choice, entries, deps));
  if (signal.aborted) return chosen?.records;
  const { checks } = deps;
  if (chosen && (await checks.mustPlan(run, chosen.count))) await checks.planFirst(run);
  else setPhase(run, deps, 'records');
  // Thousands of ids need not stay in memory as long as the run is worked on. They must until they are written.
  void run.lastWrite.then(() => {
    row.recordIds = null;
  });
  return chosen?.records;
}

async function runRecords(run: ActiveRun, deps: ExecuteDeps, chosen?: Chosen): Promise<void> {
  const next = chosen ? listOf(chosen) : feedOf(run, deps);
  const leadOne = async (leads: number): Promise<boolean> => {
    const record = await next(leads);
    if (!record || run.signal.aborted) return false;
    await runRecord(record.row, record.subject, 'record', run, deps);
    return true;
  };
  const atOnce = Math.min(deps.inFlight, chosen?.length ?? deps.inFlight);
  run.takenBack.lead((n) => leadAgain(n, run, deps), deps.inFlight);
  await deps.recordRoom.lead(atOnce, leadOne);
  await run.takenBack.close();
}

/** A record that a person has settled goes on from where it stands. */
async function leadAgain(n: number, run: ActiveRun, { records, ...deps }: ExecuteDeps): Promise<void> {
  const record = await deps.store.record(run.row.key, n);
  if (record?.status !== 'queued' || run.signal.aborted) return;
  const subjects =
    record.recordType === 'run' ? undefined : await records.subjects(record.recordType, [record.recordId]);
  await runRecord(record, subjects?.get(record.recordId) ?? noSubject, 'record', run, deps);
}

/** Gives out one record after the other to so many that lead them. */
type Next = (leads: number) => Promise<Chosen[number] | undefined>;

function listOf(chosen: Chosen): Next {
  let at = 0;
  return async () => chosen[at++];
}

/** Gives out unfinished records one by one, reading them page by page so that memory does not grow with the run. */
function feedOf(run: ActiveRun, { store, records }: ExecuteDeps): Next {
  let page: Chosen = [];
  let at = 0;
  let after = 0;
  let isLast = false;
  let reading: Promise<void> | undefined;

  async function read(leads: number): Promise<void> {
    const most = Math.min(feedPage, Math.max(shortestFeed, 2 * leads));
    const rows = await store.nextRecords(run.row.key, after, most);
    isLast = rows.length === 0;
    const subjects = new Map<string, Subject>();
    for (const type of ['person', 'saas_user'] as const) {
      const ids = rows.filter((row) => row.recordType === type).map((row) => row.recordId);
      if (ids.length > 0)
        for (const [id, subject] of await records.subjects(type, ids)) subjects.set(id, subject);
    }
    page = rows.map((row) => ({ row, subject: subjects.get(row.recordId) ?? noSubject }));
    at = 0;
    after = rows.at(-1)?.n ?? after;
  }

  const next: Next = async (leads) => {
    while (at >= page.length) {
      if (isLast) return undefined;
      reading ??= read(leads).finally(() => {
        reading = undefined;
      });
      await reading;
    }
    const given = page[at++];
    if (!given || !run.takenBack.has(given.row.n)) return given;
    return next(leads);
  };
  return next;
}

/** Whether every record has ended. Otherwise some were woken while others were worked on, or the run waits from now on. */
async function areOver({ row, counts }: ActiveRun, { store }: ExecuteDeps): Promise<boolean> {
  if (!counts.someWait()) return true;
  const { open, waiting } = await store.rest(row.key, 'records');
  if (open > 0) counts.setWaiting(await store.waitingAt(row.key));
  else if (waiting > 0) row.status = 'waiting';
  return open === 0 && waiting === 0;
}

/** Leads the run's own record on; undefined when the run waits from now on. */
async function runItself(
  run: ActiveRun,
  record: RecordRow,
  deps: ExecuteDeps,
): Promise<RecordState | undefined> {
  const { key } = run.row;
  for (let own: RecordRow | undefined = record; own; own = await deps.store.record(key, 0)) {
    const state = await runRecord(own, noSubject, 'run', run, deps);
    if (state.status !== 'waiting' || run.signal.aborted) return state;
    const { open } = await deps.store.rest(key, 'run');
    if (open === 0) break;
  }
  run.row.status = 'waiting';
  return undefined;
}

/** All records are done: what waits for the end is next. */
async function endRecords(run: ActiveRun, deps: ExecuteDeps): Promise<void> {
  const { row, plan } = run;
  const pending = plan.atEnd.map((block) => block.id);
  if (pending.length === 0) return;
  const record = await deps.store.record(row.key, 0);
  if (!record) return;
  const transition = {
    run: row.key,
    fence: row.fence,
    runId: row.id,
    at: deps.clock.now(),
    record: { ...record, pending, status: 'running' as const, finishedAt: null },
    steps: [],
    changes: [],
    notifications: [],
    reserve: null,
    release: null,
  };
  later(run, deps.store.append(transition));
  setPhase(run, deps, 'end');
  await run.lastWrite;
}

function setPhase(run: ActiveRun, deps: ExecuteDeps, phase: 'records' | 'end'): void {
  later(run, deps.store.setPhase(run.row.key, phase, 'running'));
  run.row.phase = phase;
  run.row.status = 'running';
  run.changed();
}

async function finishRun(run: ActiveRun, { store, clock }: ExecuteDeps): Promise<void> {
  const { row } = run;
  const at = clock.now();
  // A short run does not wait for its last commits: its counts are summed up when somebody looks at them.
  const blocks = run.behind > 0 ? null : run.counts.toBlockCounts();
  const end = await store.finish(row.key, { isCancelled: false, error: row.error, at, blocks });
  row.status = end.status;
  row.finishedAt = at;
  run.ended = end.counts;
}
