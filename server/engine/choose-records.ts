import { type ConditionGroup, evaluateCondition } from '../domain/condition.ts';
import type { Undone } from '../domain/undo-plan.ts';
import type { WorkflowRecords } from '../domain/workflow.ts';
import { type ActiveRun, later } from './active-run.ts';
import type { Plan, PlanBlock } from './plan.ts';
import type { Clock } from './ports.ts';
import { leadingExits } from './reruns.ts';
import type { RecordRow, RunStore } from './run-store-ports.ts';
import type { RecordStore, Subject } from './subject-ports.ts';
import { readField, toVariables } from './variables.ts';

interface ChooseDeps {
  store: RunStore;
  records: RecordStore;
}

const choosePage = 1_000;
/** So many records are kept in memory from their choice to their first step. */
const few = 32;
const sampleSize = 5;

/** A record with what belongs to it, ready to be led along its path. */
export type Chosen = { row: RecordRow; subject: Subject }[];

/** Adds the records that the run is for, and gives them where they are few. Undefined when the run is halted meanwhile. */
export async function chooseRecords(
  run: ActiveRun,
  choice: WorkflowRecords,
  entries: PlanBlock[],
  deps: ChooseDeps,
): Promise<{ count: number; records: Chosen | undefined } | undefined> {
  const { row, plan, signal } = run;
  const pending = entries.map((block) => block.id);
  const recordType = choice.kind === 'people' ? 'person' : 'saas_user';
  const { rules } = plan.choice;
  const matches = ({ subject }: { subject?: Subject }): boolean =>
    !subject || rules.rules.length === 0 || isChosen(rules, subject, row.startedAt);

  let last = 0;
  let kept: Chosen | undefined = [];
  for await (const page of chosenPages(run, choice, deps.records)) {
    if (signal.aborted) return undefined;
    const matching = page.filter(matches);
    const records = matching.map(({ recordId, label }) => ({ recordType, recordId, label }) as const);
    if (records.length === 0) continue;
    const adding = deps.store.addRecords(row.key, last, pending, records);
    // A few records that were read anyway need not be read again; more of them are not kept in memory.
    kept = kept && last + records.length <= few ? keep(kept, matching, last) : undefined;
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
      rows.push({ row: toQueued(after + i + 1, { recordType, recordId, label }, pending), subject });
    }
    return [...before, ...rows];
  }
}

/** Adds records of the origin as they stood, at the blocks at which they failed. */
export async function takeUpFailed(
  { row, plan, signal, changed }: ActiveRun,
  { store }: Pick<ChooseDeps, 'store'>,
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

/** How many records Begin's rules choose now, and some of them. */
export async function findMatches(
  of: WorkflowRecords,
  state: Plan['choice']['state'],
  { rules, undoes }: Pick<Plan['choice'], 'rules' | 'undoes'>,
  { records, clock }: { records: RecordStore; clock: Pick<Clock, 'now'> },
): Promise<{ total: number; sample: { recordId: string; label: string }[] }> {
  const only = undoes && (await records.undone(undoes));
  let total = 0;
  let after: string | null = null;
  const sample: { recordId: string; label: string }[] = [];
  for (;;) {
    const page = await records.choose(of, state, after, choosePage);
    for (const { recordId, label, subject } of page) {
      if (only && !only.has(recordId)) continue;
      if (!isChosen(rules, subject, clock.now())) continue;
      total += 1;
      if (sample.length < sampleSize) sample.push({ recordId, label });
    }
    if (page.length < choosePage) return { total, sample };
    after = page.at(-1)!.recordId;
  }
}

function isChosen(rules: ConditionGroup, subject: Subject, now: number): boolean {
  const variables = toVariables(subject, {}, {});
  return evaluateCondition(rules, (field) => readField(variables, field), now) === 'yes';
}

/** A record as the store makes it: at the beginning of its path. */
export const toQueued = (
  n: number,
  of: Pick<RecordRow, 'recordType' | 'recordId' | 'label'>,
  pending: string[],
): RecordRow => ({
  ...{ n, ...of, pending, status: 'queued', steps: 0, variables: {} },
  ...{ error: null, waits: null, finishedAt: null },
});
