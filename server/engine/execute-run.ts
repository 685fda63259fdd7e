import { evaluateCondition } from '../domain/condition.ts';
import type { RunStatus } from '../domain/run.ts';
import type { WorkflowRecords } from '../domain/workflow.ts';
import type { PlanBlock } from './plan.ts';
import type { RecordRow, RecordStore, Subject } from './ports.ts';
import { type ActiveRun, type RunDeps, runRecord } from './run-record.ts';
import { readField, toVariables } from './variables.ts';

export interface ExecuteDeps extends RunDeps {
  records: RecordStore;
  /** How many records of a run are on their way at once. */
  inFlight: number;
}

const noSubject: Subject = { person: null, saasUser: null };
const choosePage = 1_000;
const feedPage = 256;

/**
 * Takes a run from where it stands to its end, or until it halts: blocks that happen once, the choice of records,
 * every record, blocks at the end. Each phase may be begun again after a crash.
 */
export async function executeRun(run: ActiveRun, choice: WorkflowRecords, deps: ExecuteDeps): Promise<void> {
  const { store } = deps;
  const { row, signal } = run;

  if (row.phase === 'begin') {
    await beginRun(run, choice, deps);
    if (signal.aborted) return;
  }
  if (row.phase === 'records') {
    await runRecords(run, deps);
    if (signal.aborted) return;
    await endRecords(run, deps);
  }
  if (run.plan.atEnd.length > 0) {
    const record = await store.record(row.key, 0);
    run.sums = await store.counts(row.key);
    const state = record && (await runRecord(record, noSubject, 'run', run, deps));
    await run.lastWrite;
    if (signal.aborted) return;
    row.error ??= state?.error ?? null;
  }
  await finishRun(run, deps);
}

/** The blocks that happen once, then the choice of records. */
async function beginRun(run: ActiveRun, choice: WorkflowRecords, deps: ExecuteDeps): Promise<void> {
  const { row, plan, signal } = run;
  const record = await deps.store.record(row.key, 0);
  if (!record) return;
  if (row.status === 'queued') await setPhase(run, deps, 'begin');
  const state = await runRecord(record, noSubject, 'run', run, deps);
  await run.lastWrite;
  if (signal.aborted) return;

  row.error = state.error;
  const entries = state.pending.map((id) => plan.blocks.get(id)).filter((block) => block !== undefined);
  // A path that only ends needs no records: a failed load that leads to a message, for one.
  const isOnlyEnding = entries.every((block) => block.isEnd || block.isAtEnd);
  if (row.error === null && !isOnlyEnding) await chooseRecords(run, choice, entries, deps);
  if (!signal.aborted) await setPhase(run, deps, 'records');
}

async function chooseRecords(
  run: ActiveRun,
  choice: WorkflowRecords,
  entries: PlanBlock[],
  deps: ExecuteDeps,
): Promise<void> {
  const { row, plan, signal } = run;
  const pending = entries.map((block) => block.id);
  const recordType = choice.kind === 'people' ? 'person' : 'saas_user';
  const { rules } = plan.choice;
  const matches = ({ subject }: { subject?: Subject }): boolean => {
    if (!subject || rules.rules.length === 0) return true;
    const variables = toVariables(subject, {}, {});
    return evaluateCondition(rules, (field) => readField(variables, field), row.startedAt) === 'yes';
  };

  await deps.store.clearRecords(row.key);
  let last = 0;
  for await (const page of chosenPages(run, choice, deps.records)) {
    if (signal.aborted) return;
    const chosen = page.filter(matches);
    const records = chosen.map(({ recordId, label }) => ({ recordType, recordId, label }) as const);
    if (records.length > 0) last = await deps.store.addRecords(row.key, last, pending, records);
    run.changed();
  }
}

/** All records of the workflow in the wanted state, or of those that were named, a page at a time. */
async function* chosenPages(
  run: ActiveRun,
  choice: WorkflowRecords,
  records: RecordStore,
): AsyncGenerator<{ recordId: string; label: string; subject?: Subject }[]> {
  const { state, rules } = run.plan.choice;
  const named = run.row.recordIds;
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

async function runRecords(run: ActiveRun, deps: ExecuteDeps): Promise<void> {
  const next = feedOf(run, deps);
  const lead = async (): Promise<void> => {
    for (let record = await next(); record && !run.signal.aborted; record = await next()) {
      await runRecord(record.row, record.subject, 'record', run, deps);
    }
  };
  await Promise.all(Array.from({ length: deps.inFlight }, lead));
  await run.lastWrite;
}

/** Gives out unfinished records one by one, reading them page by page so that memory does not grow with the run. */
function feedOf(
  run: ActiveRun,
  { store, records }: ExecuteDeps,
): () => Promise<{ row: RecordRow; subject: Subject } | undefined> {
  let page: { row: RecordRow; subject: Subject }[] = [];
  let at = 0;
  let after = 0;
  let isLast = false;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    const rows = await store.nextRecords(run.row.key, after, feedPage);
    isLast = rows.length < feedPage;
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

  return async () => {
    while (at >= page.length) {
      if (isLast) return undefined;
      reading ??= read().finally(() => {
        reading = undefined;
      });
      await reading;
    }
    return page[at++];
  };
}

/** All records are done: what waits for the end is next. */
async function endRecords(run: ActiveRun, deps: ExecuteDeps): Promise<void> {
  const { row, plan } = run;
  const record = await deps.store.record(row.key, 0);
  const pending = plan.atEnd.map((block) => block.id);
  if (!record || pending.length === 0) return;
  await deps.store.append({
    run: row.key,
    fence: row.fence,
    runId: row.id,
    at: deps.clock.now(),
    record: { ...record, pending, status: 'running', finishedAt: null },
    steps: [],
    changes: [],
    notifications: [],
  });
  await setPhase(run, deps, 'end');
}

async function setPhase(
  run: ActiveRun,
  deps: ExecuteDeps,
  phase: 'begin' | 'records' | 'end',
): Promise<void> {
  await deps.store.setPhase(run.row.key, phase, 'running');
  run.row.phase = phase;
  run.row.status = 'running';
  run.changed();
}

async function finishRun(run: ActiveRun, { store, clock }: ExecuteDeps): Promise<void> {
  const { row } = run;
  const counts = await store.counts(row.key);
  let status: RunStatus = 'succeeded';
  if (row.error !== null || counts.failed > 0) status = 'failed';
  if (counts.needs_attention > 0) status = 'needs_attention';
  const at = clock.now();
  await store.finish(row.key, { status, error: row.error, at, counts, blocks: run.counts.toBlockCounts() });
  row.status = status;
  row.finishedAt = at;
}
