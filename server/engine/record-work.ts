import { toGlobalSpace } from '../domain/global-variable.ts';
import { undoesSpace } from '../domain/undo-plan.ts';
import type { ActiveRun, RunDeps } from './active-run.ts';
import type { RecordState, StepRow } from './journal-ports.ts';
import { type Carried, openCarried } from './kept-values.ts';
import type { PlanBlock } from './plan.ts';
import { createReadings, type Readings } from './readings.ts';
import { openRecordJournal, type RecordJournal } from './record-journal.ts';
import type { RecordRow } from './run-store-ports.ts';
import type { Subject } from './subject-ports.ts';
import { toVariables } from './variables.ts';

/** One record while this process leads it along its path. */
export interface RecordWork {
  readonly run: ActiveRun;
  readonly deps: RunDeps;
  /** `run` for record 0. */
  readonly level: 'run' | 'record';
  readonly isPlan: boolean;
  /** As it was taken up. */
  readonly row: RecordRow;
  readonly own: Subject;
  /** As its steps have changed it so far. */
  subject: Subject;
  readonly state: RecordState;
  readonly journal: RecordJournal;
  readonly readings: Readings;
  readonly carried: Carried;
  /** Why something must not be done to the record. */
  skipped: string | null;
  /** As templates see the record; undefined when something has changed since. */
  variables: Record<string, unknown> | undefined;
}

/** What is known of the step that is being taken. */
export type StepState = Pick<StepRow, 'startedAt' | 'attempts' | 'request' | 'answer' | 'effect' | 'before'>;

/** What a step means for the path: it goes on, or the record is left where it stands. */
export type Ended = 'done' | 'parked' | 'waiting' | 'halted';

export function openRecordWork(
  row: RecordRow,
  subject: Subject,
  level: 'run' | 'record',
  run: ActiveRun,
  deps: RunDeps,
): RecordWork {
  const state: RecordState = {
    ...row,
    pending: [...row.pending],
    variables: { ...row.variables },
    status: 'running',
  };
  return {
    run,
    deps,
    level,
    isPlan: run.row.mode === 'plan',
    row,
    own: subject,
    subject,
    state,
    journal: openRecordJournal(run, state, deps),
    readings: createReadings(),
    carried: openCarried(state),
    skipped: null,
    variables: undefined,
  };
}

/** Sums are there for the run alone: a record must not decide by how far the others have got. */
export function variablesOf(work: RecordWork): Record<string, unknown> {
  const { run, level, state, subject } = work;
  if (level === 'run') {
    const own = { ...state.variables, blocks: run.counts.toVariables() };
    return toVariables(subject, own, { ...run.about, ...run.sums }, toGlobalSpace(run.row.globals));
  }
  if (work.variables) return work.variables;
  const own = { ...state.variables, ...undoesOf(work) };
  work.variables = toVariables(subject, own, run.about, toGlobalSpace(run.row.globals));
  return work.variables;
}

/** Nothing is said of a record that nobody knows anything of: a rule about it cannot be decided. */
function undoesOf({ run, row }: RecordWork): Record<string, unknown> {
  const { undoes } = run.plan.choice;
  const done = undoes && run.undone.get(row.recordId);
  return done
    ? { [undoesSpace]: Object.fromEntries(undoes.blocks.map((id) => [id, done.includes(id)])) }
    : {};
}

/** The step as the journal keeps it, with what is known of it now. */
export function toStepRow(
  { state, deps }: RecordWork,
  block: PlanBlock,
  status: StepRow['status'],
  step: StepState,
): StepRow {
  return {
    n: state.steps + 1,
    block: block.id,
    status,
    exit: null,
    attempts: step.attempts,
    startedAt: step.startedAt,
    durationMs: deps.clock.now() - step.startedAt,
    note: null,
    error: null,
    request: step.request,
    answer: step.answer,
    changes: null,
    effect: step.effect,
    before: step.before,
  };
}
