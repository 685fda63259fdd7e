import { AppError } from '../domain/errors.ts';
import type { ActiveRun, RunDeps } from './active-run.ts';
import { askCode } from './asks.ts';
import type {
  Ask,
  Call,
  Decision,
  Done,
  LoopOver,
  Loops,
  StartLoad,
  StartRun,
  StepContext,
} from './block.ts';
import { createBreath } from './breath.ts';
import { isUnreadable, type PlannedStep, passWait, planCall, planLoad, planRead } from './dry-run.ts';
import { takeTurn } from './for-each.ts';
import type { RecordState } from './journal-ports.ts';
import { accountOfTurn, awaitPaths, blockOf, skippedInLoops } from './loops.ts';
import type { PlanBlock } from './plan.ts';
import { RecordFailed } from './record-journal.ts';
import { type Ended, openRecordWork, type RecordWork, type StepState, variablesOf } from './record-work.ts';
import type { RecordRow } from './run-store-ports.ts';
import { startChild } from './start-child.ts';
import { makeCall } from './step-call.ts';
import { finishStep, skipStep, waitAtStep } from './step-end.ts';
import type { Subject } from './subject-ports.ts';

/**
 * Leads one record along its path until it ends, waits, is parked, or the run halts: take the step, decide, effect, record,
 * follow the exit. `level` is `run` for record 0, which stops where the blocks for each record begin.
 *
 * What is read needs no commit of its own: steps gather and are written together. Before any call that is not a read
 * its intent is committed, and its outcome is handed to the journal before the next thing is waited for.
 */
export async function runRecord(
  row: RecordRow,
  subject: Subject,
  level: 'run' | 'record',
  run: ActiveRun,
  deps: RunDeps,
): Promise<RecordState> {
  const work = openRecordWork(row, subject, level, run, deps);
  const { state, journal } = work;
  try {
    const ended = await follow(work);
    if (ended === 'done' && state.pending.length === 0) endRecord(work);
    // Nothing depends on the commit of the last steps: the next record may begin meanwhile.
    if (ended !== 'halted' || journal.steps.length > 0) await journal.handOver();
    const wakeAt = ended === 'waiting' ? state.waits?.wakeAt : null;
    if (wakeAt != null) void run.lastWrite.then(() => run.wakesAt(wakeAt));
  } catch (error) {
    if (!(error instanceof RecordFailed)) throw error;
  }
  return state;
}

function endRecord(work: RecordWork): void {
  const { state, deps } = work;
  const skipped = work.skipped ?? skippedInLoops(state);
  state.status = state.error === null ? 'succeeded' : 'failed';
  if (skipped !== null && state.error === null) Object.assign(state, { status: 'skipped', error: skipped });
  state.finishedAt = deps.clock.now();
}

/** Paths of one record that are open at the same time. Blocks that fork again and again would multiply them for ever. */
const mostPaths = 1_000;
/** So many steps are taken before it is asked whether others wait. */
const stepsPerLook = 16;
const breathe = createBreath();

function giveUp({ state, run }: RecordWork): Ended {
  state.error = `The record has more than ${mostPaths} open paths at “${run.plan.blocks.get(blockOf(state.pending[0]!))?.name}”: blocks that fork lead to blocks that fork again. Let their paths meet in a Collect, or draw fewer edges.`;
  state.pending = [];
  return 'done';
}

/** Takes one step after the other. */
async function follow(work: RecordWork): Promise<Ended> {
  const { run, deps, level, state } = work;
  const { plan, counts } = run;
  const account = accountOfTurn(state);
  if (account !== undefined) {
    const saasUser = (await deps.accounts.find(account))?.account ?? null;
    work.subject = { ...work.subject, saasUser };
  }
  for (let taken = 1; state.pending.length > 0; taken += 1) {
    if (state.pending.length > mostPaths) return giveUp(work);
    if (taken % stepsPerLook === 0) await breathe();
    const block = plan.blocks.get(blockOf(state.pending[0]!));
    if (!block) throw new AppError('internal', `The version has no block "${state.pending[0]}".`);
    if (level === 'run' && block.level === 'record' && run.row.phase === 'begin') return 'done';
    if (level === 'record' && block.isAtEnd) {
      state.pending.shift();
      continue;
    }
    if (block.waitsFor && awaitPaths(state.pending, block.id, block.waitsFor)) continue;
    if (run.signal.aborted) return 'halted';
    counts.enter(block.id);
    try {
      const step = runStep(work, block);
      const ended = step instanceof Promise ? await step : step;
      if (ended !== 'done') return ended;
    } finally {
      counts.leave(block.id);
    }
  }
  return 'done';
}

/** At once where nothing is waited for. */
function runStep(work: RecordWork, block: PlanBlock): Ended | Promise<Ended> {
  const { run, deps, state } = work;
  const now = deps.clock.now();
  if (run.plan.isHarmful) deps.guard.noteTime(now);
  const waitingSince = state.waits?.since ?? null;
  const evidence = { request: null, answer: null, effect: null, before: null };
  const step: StepState = { startedAt: now, attempts: 1, ...evidence };
  const decision = decide(block, contextAt(work, now, waitingSince));

  if (decision.kind === 'done') {
    step.startedAt = waitingSince ?? now;
    return finishStep(work, block, decision, step);
  }
  if (decision.kind === 'loop') return loop(work, block, decision.over, step);
  if (decision.kind === 'ask') return ask(work, block, decision, step);
  if (decision.kind === 'start') return startChild(work, block, decision, step);
  if (work.isPlan) return dryRun(work, block, decision, step);
  if (decision.kind === 'wait') return waitAtStep(work, block, decision, step);
  return decision.kind === 'load' ? load(work, block, decision, step) : makeCall(work, block, decision, step);
}

const contextAt = (work: RecordWork, now: number, waitingSince: number | null): StepContext => ({
  now,
  waitingSince,
  subject: work.subject,
  names: work.run.names,
  variables: variablesOf(work),
});

/** A dry run reads, and writes down what it does not do. */
async function dryRun(
  work: RecordWork,
  block: PlanBlock,
  decision: Exclude<Decision, Done | Loops | Ask | StartRun>,
  step: StepState,
): Promise<Ended> {
  if (decision.kind === 'wait') {
    const decideAt = (now: number) => decide(block, contextAt(work, now, step.startedAt));
    return finishStep(work, block, passWait(block, decision, decideAt), step);
  }
  const isRead = decision.kind === 'call' && decision.call.class === 'read';
  if (isRead && !isUnreadable(decision)) return makeCall(work, block, decision, step);
  const planned = await planOf(work, block, decision);
  if (work.run.signal.aborted) return 'halted';
  const { done, status, reason, ...evidence } = planned;
  Object.assign(step, evidence);
  return done ? finishStep(work, block, done, step, status) : skipStep(work, block, reason ?? '', step);
}

function planOf(
  { run, deps, subject, readings }: RecordWork,
  block: PlanBlock,
  decision: Call | StartLoad,
): PlannedStep | Promise<PlannedStep> {
  if (decision.kind === 'load') return planLoad(decision, deps);
  if (decision.call.class === 'read') return planRead(block, decision);
  return planCall(block, decision, { run, subject, readings }, deps);
}

async function load(
  work: RecordWork,
  block: PlanBlock,
  { integrationId, conclude }: StartLoad,
  step: StepState,
): Promise<Ended> {
  const { run, deps, journal } = work;
  if (journal.hasOutcome) await journal.handOver();
  const loaded = await deps.loads.run(integrationId, run.row.startedBy, run.signal);
  return run.signal.aborted ? 'halted' : finishStep(work, block, conclude(loaded), step);
}

/** A loop begins, takes its next turn, or ends. */
async function loop(work: RecordWork, block: PlanBlock, over: LoopOver, step: StepState): Promise<Ended> {
  try {
    const subjects = { current: work.subject, own: work.own };
    const turned = await takeTurn(block.id, over, work.state, subjects, work.deps.accounts);
    work.subject = turned.subject;
    work.variables = undefined;
    return finishStep(work, block, turned.done, step);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return finishStep(work, block, { kind: 'done', exit: 'error', error: error.message }, step);
  }
}

/** Waits for an answer, or goes on with it. A dry run goes on as after a yes. */
async function ask(
  work: RecordWork,
  block: PlanBlock,
  { question, isShared, conclude }: Ask,
  step: StepState,
): Promise<Ended> {
  const { run, deps, state } = work;
  if (work.isPlan) {
    const yes = conclude({ status: 'approved', by: null, reason: '' });
    return finishStep(work, block, { ...yes, note: `A run asks here: ${question}` }, step);
  }
  const code = askCode(block.id, isShared ? null : { n: state.n, step: state.steps + 1 });
  const since = state.waits?.since;
  const answer = since === undefined ? undefined : await deps.asks.answer(run.row.id, code, since);
  if (!answer) return waitAtStep(work, block, { until: null, held: { code, sentence: question } }, step);
  return finishStep(work, block, conclude(answer), { ...step, startedAt: since ?? step.startedAt });
}

/** A block that throws is a mistake of ours: the record takes the blame in words and the run goes on. */
function decide(block: PlanBlock, context: StepContext): Decision {
  try {
    return block.decide(context);
  } catch (error) {
    const reason =
      error instanceof AppError
        ? error.message
        : `The block failed in a way nobody foresaw: ${String(error)}`;
    return { kind: 'done', exit: block.exits.has('failure') ? 'failure' : 'error', error: reason };
  }
}
