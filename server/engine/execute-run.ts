import { evaluateCondition } from '../domain/condition.ts';
import type { Undone } from '../domain/undo-plan.ts';
import type { WorkflowRecords } from '../domain/workflow.ts';
import type { ActiveRun, RunDeps } from './active-run.ts';
import type { RecordState } from './journal-ports.ts';
import type { PlanBlock } from './plan.ts';
import { leadingExits } from './reruns.ts';
import { runRecord } from './run-record.ts';
import type { RecordRow } from './run-store-ports.ts';
import type { RecordStore, Subject } from './subject-ports.ts';
import { createTakenBack } from './taken-back.ts';
import { readField, toVariables } from './variables.ts';

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
}

const noSubject: Subject = { person: null, saasUser: null };
const choosePage = 1_000;
const feedPage = 256;

/**
 * Takes a run from where it stands to its end, or until it halts, or until all that is left of it waits: blocks that
 * happen once, the choice of records, every record, blocks at the end. Each phase may be begun again after a crash.
 */
export async function executeRun(run: ActiveRun, choice: WorkflowRecords, deps: ExecuteDeps): Promise<void> {
  const { store } = deps;
  const { row, signal } = run;

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
  const record = isNew ? firstRecord(run) : await deps.store.record(row.key, 0);
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
  else if (row.error === null && !isOnlyEnding) chosen = await chooseRecords(run, choice, entries, deps);
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

/** Record 0 as the store made it with the run. */
function firstRecord({ row, plan }: ActiveRun): RecordRow {
  return {
    n: 0,
    recordType: 'run',
    recordId: row.id,
    label: row.workflowName,
    status: 'queued',
    pending: [plan.begin.id],
    steps: 0,
    variables: {},
    error: null,
    waits: null,
    finishedAt: null,
  };
}

/** A record with what belongs to it, ready to be led along its path. */
type Chosen = { row: RecordRow; subject: Subject }[];

/** Hands a write to the journal. Writes keep their order, so whoever waits for a later one has waited for this one. */
function later(run: ActiveRun, write: Promise<unknown>): void {
  run.lastWrite = write.then(() => undefined, run.broke);
}

async function chooseRecords(
  run: ActiveRun,
  choice: WorkflowRecords,
  entries: PlanBlock[],
  deps: ExecuteDeps,
): Promise<{ count: number; records: Chosen | undefined } | undefined> {
  const { row, plan, signal } = run;
  const pending = entries.map((block) => block.id);
  const recordType = choice.kind === 'people' ? 'person' : 'saas_user';
  const { rules } = plan.choice;
  const matches = ({ subject }: { subject?: Subject }): boolean => {
    if (!subject || rules.rules.length === 0) return true;
    const variables = toVariables(subject, {}, {});
    return evaluateCondition(rules, (field) => readField(variables, field), row.startedAt) === 'yes';
  };

  let last = 0;
  let kept: Chosen | undefined = [];
  for await (const page of chosenPages(run, choice, deps.records)) {
    if (signal.aborted) return undefined;
    const matching = page.filter(matches);
    const records = matching.map(({ recordId, label }) => ({ recordType, recordId, label }) as const);
    if (records.length === 0) continue;
    const adding = deps.store.addRecords(row.key, last, pending, records);
    // A few records that were read anyway need not be read again; more of them are not kept in memory.
    kept = kept && last + records.length <= feedPage ? keep(kept, matching, last) : undefined;
    last += records.length;
    if (kept) later(run, adding);
    else await adding;
    run.changed();
  }
  return { count: last, records: kept };

  function keep(before: Chosen, more: ChosenPage, after: number): Chosen | undefined {
    const rows: Chosen = [];
    for (const [i, { recordId, label, subject }] of more.entries()) {
      if (!subject) return undefined;
      const state = {
        n: after + i + 1,
        status: 'queued' as const,
        pending,
        steps: 0,
        variables: {},
        error: null,
        waits: null,
        finishedAt: null,
      };
      rows.push({ row: { ...state, recordType, recordId, label }, subject });
    }
    return [...before, ...rows];
  }
}

/** Records of the origin as they stood, at the blocks at which they failed. */
async function takeUpFailed(
  { row, plan, signal, changed }: ActiveRun,
  { store }: ExecuteDeps,
): Promise<{ count: number; records: undefined } | undefined> {
  const leading = leadingExits(plan);
  let count = 0;
  for (let after: number | null = 0; after !== null; ) {
    if (signal.aborted) return undefined;
    const taken = await store.takeUpFailed(row.key, leading, after, choosePage);
    count += taken.count;
    after = taken.last;
    changed();
  }
  return { count, records: undefined };
}

type ChosenPage = { recordId: string; label: string; subject?: Subject }[];

/** All records of the workflow in the wanted state, or of those that were named, a page at a time. */
async function* chosenPages(
  run: ActiveRun,
  choice: WorkflowRecords,
  records: RecordStore,
): AsyncGenerator<ChosenPage> {
  const { state, rules, undoes } = run.plan.choice;
  const { key, originId, rerun } = run.row;
  if (originId !== null && rerun !== null) {
    for (let after = 0; ; ) {
      const page = await records.again({ key, originId, records: rerun }, after, choosePage);
      const ids = page.map(({ recordId }) => recordId);
      if (ids.length > 0) yield await records.chooseNamed(choice, state, ids);
      if (page.length < choosePage) return;
      after = page.at(-1)!.n;
    }
  }
  const named = undoes ? await toUndo(undoes, run, records) : run.row.recordIds;
  if (named) {
    for (let i = 0; i < named.length; i += choosePage) {
      yield await records.chooseNamed(choice, state, named.slice(i, i + choosePage));
    }
    return;
  }
  const read = rules.rules.length === 0 ? records.chooseLabels : records.choose;
  let after: string | null = null;
  for (;;) {
    const page: { recordId: string; label: string }[] = await read(choice, state, after, choosePage);
    if (page.length > 0) yield page;
    if (page.length < choosePage) return;
    after = page.at(-1)!.recordId;
  }
}

/** The records for which something was done that this run takes back; fewer where some of them were named. */
async function toUndo(undoes: Undone, { row }: ActiveRun, records: RecordStore): Promise<string[]> {
  const done = await records.undone(undoes);
  return row.recordIds?.filter((id) => done.has(id)) ?? [...done.keys()];
}

async function runRecords(run: ActiveRun, deps: ExecuteDeps, chosen?: Chosen): Promise<void> {
  const next = chosen ? listOf(chosen) : feedOf(run, deps);
  const lead = async (): Promise<void> => {
    for (let record = await next(); record && !run.signal.aborted; record = await next()) {
      await runRecord(record.row, record.subject, 'record', run, deps);
    }
  };
  const atOnce = Math.min(deps.inFlight, chosen?.length ?? deps.inFlight);
  run.takenBack.lead((n) => leadAgain(n, run, deps), deps.inFlight);
  await Promise.all(Array.from({ length: atOnce }, lead));
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

/** Gives out one record after the other. */
type Next = () => Promise<Chosen[number] | undefined>;

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

  async function read(): Promise<void> {
    const rows = await store.nextRecords(run.row.key, after, feedPage);
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

  const next: Next = async () => {
    while (at >= page.length) {
      if (isLast) return undefined;
      reading ??= read().finally(() => {
        reading = undefined;
      });
      await reading;
    }
    const given = page[at++];
    if (!given || !run.takenBack.has(given.row.n)) return given;
    return next();
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
