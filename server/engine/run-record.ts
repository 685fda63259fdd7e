import { AppError } from '../domain/errors.ts';
import type { Hold } from '../domain/guard.ts';
import { type Cap, capWords } from '../domain/limits.ts';
import type { Permit } from '../domain/permit.ts';
import type { StepChange } from '../domain/run.ts';
import type { ActiveRun, RunDeps } from './active-run.ts';
import { readRest } from './answer-pages.ts';
import { askCode } from './asks.ts';
import { assignValues } from './assign.ts';
import type { Ask, Call, Decision, Done, LoopOver, Loops, StartLoad, StepContext, Wait } from './block.ts';
import type { Target } from './call-target.ts';
import { isUnreadable, type PlannedStep, passWait, planCall, planLoad, planRead } from './dry-run.ts';
import { type Effect, toEffectText, toOwnEffectText } from './effect.ts';
import { toAnswerText, toIntentText, toRequestText } from './evidence.ts';
import { takeTurn } from './for-each.ts';
import { type CallContext, guardCall, readTarget, type Verdict } from './guard-call.ts';
import type { Reservation } from './guard-ports.ts';
import {
  accountOfTurn,
  awaitPaths,
  beginTurn,
  blockOf,
  failTurn,
  goOn,
  skippedInLoops,
  skipTurn,
} from './loops.ts';
import { type Outcome, toOutcome } from './outcome.ts';
import { grantPermit } from './permit.ts';
import type { PlanBlock } from './plan.ts';
import type { Notice, RecordRow, RecordState, StepRow, Subject } from './ports.ts';
import { createReadings } from './readings.ts';
import { openRecordJournal, RecordFailed } from './record-journal.ts';
import { renderFailure } from './request.ts';
import { backoffMs, nextAttemptMs } from './retry.ts';
import { toVariables } from './variables.ts';

type StepState = Pick<StepRow, 'startedAt' | 'attempts' | 'request' | 'answer' | 'effect' | 'before'>;
type Ended = 'done' | 'parked' | 'waiting' | 'halted';

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
  const { plan, counts, signal } = run;
  const { clock } = deps;
  const state: RecordState = {
    ...row,
    pending: [...row.pending],
    variables: { ...row.variables },
    status: 'running',
  };
  const journal = openRecordJournal(run, state, deps);
  const readings = createReadings();
  const isPlan = run.row.mode === 'plan';
  /** Why something must not be done to the record. */
  let skipped: string | null = null;
  let record = subject;
  /** As templates see the record; made again when something has changed. */
  let variables: Record<string, unknown> | undefined;

  /** At once where nothing is waited for. */
  function runStep(block: PlanBlock): Ended | Promise<Ended> {
    const now = clock.now();
    if (plan.isHarmful) deps.guard.noteTime(now);
    const waitingSince = state.waits?.since ?? null;
    const evidence = { request: null, answer: null, effect: null, before: null };
    const step: StepState = { startedAt: now, attempts: 1, ...evidence };
    const decision = decide(block, contextAt(now, waitingSince));

    if (decision.kind === 'done') {
      step.startedAt = waitingSince ?? now;
      return finishStep(block, decision, step);
    }
    if (decision.kind === 'loop') return loop(block, decision.over, step);
    if (decision.kind === 'ask') return ask(block, decision, step);
    if (isPlan) return dryRun(block, decision, step);
    if (decision.kind === 'wait') return wait(block, decision, step);
    return decision.kind === 'load' ? load(block, decision, step) : call(block, decision, step);
  }

  const contextAt = (now: number, waitingSince: number | null): StepContext => ({
    now,
    waitingSince,
    subject: record,
    names: run.names,
    variables: variablesNow(),
  });

  /** A dry run reads, and writes down what it does not do. */
  async function dryRun(
    block: PlanBlock,
    decision: Exclude<Decision, Done | Loops | Ask>,
    step: StepState,
  ): Promise<Ended> {
    if (decision.kind === 'wait') {
      const decideAt = (now: number) => decide(block, contextAt(now, step.startedAt));
      return finishStep(block, passWait(block, decision, decideAt), step);
    }
    const isRead = decision.kind === 'call' && decision.call.class === 'read';
    if (isRead && !isUnreadable(decision)) return call(block, decision, step);
    const planned = await planOf(block, decision);
    if (signal.aborted) return 'halted';
    const { done, status, reason, ...evidence } = planned;
    Object.assign(step, evidence);
    return done ? finishStep(block, done, step, status) : skip(block, reason ?? '', step);
  }

  function planOf(block: PlanBlock, decision: Call | StartLoad): PlannedStep | Promise<PlannedStep> {
    if (decision.kind === 'load') return planLoad(decision, deps);
    if (decision.call.class === 'read') return planRead(block, decision);
    return planCall(block, decision, { run, subject: record, readings }, deps);
  }

  async function load(block: PlanBlock, { integrationId, conclude }: StartLoad, step: StepState) {
    if (journal.hasOutcome) await journal.handOver();
    const loaded = await deps.loads.run(integrationId, run.row.startedBy, signal);
    return signal.aborted ? 'halted' : finishStep(block, conclude(loaded), step);
  }

  /** A loop begins, takes its next turn, or ends. */
  async function loop(block: PlanBlock, over: LoopOver, step: StepState): Promise<Ended> {
    try {
      const subjects = { current: record, own: subject };
      const turned = await takeTurn(block.id, over, state, subjects, deps.accounts);
      record = turned.subject;
      variables = undefined;
      return finishStep(block, turned.done, step);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return finishStep(block, { kind: 'done', exit: 'error', error: error.message }, step);
    }
  }

  /** Waits for an answer, or goes on with it. A dry run goes on as after a yes. */
  async function ask(
    block: PlanBlock,
    { question, isShared, conclude }: Ask,
    step: StepState,
  ): Promise<Ended> {
    if (isPlan) {
      const yes = conclude({ status: 'approved', by: null, reason: '' });
      return finishStep(block, { ...yes, note: `A run asks here: ${question}` }, step);
    }
    const code = askCode(block.id, isShared ? null : { n: state.n, step: state.steps + 1 });
    const since = state.waits?.since;
    const answer = since === undefined ? undefined : await deps.asks.answer(run.row.id, code, since);
    if (answer) return finishStep(block, conclude(answer), { ...step, startedAt: since ?? step.startedAt });
    return wait(block, { until: null, held: { code, sentence: question } }, step);
  }

  /** Sums are there for the run alone: a record must not decide by how far the others have got. */
  function variablesNow(): Record<string, unknown> {
    if (level === 'run') {
      const own = { ...state.variables, blocks: counts.toVariables() };
      return toVariables(record, own, { ...run.about, ...run.sums });
    }
    variables ??= toVariables(record, state.variables, run.about);
    return variables;
  }

  async function call(block: PlanBlock, decided: Call, step: StepState): Promise<Ended> {
    const { call, vendor, rule, attempts, conclude } = decided;
    const isRead = call.class === 'read';
    /** What was granted to this step, by whichever attempt. */
    let granted: Reservation | null = null;
    const left = isRead ? undefined : await leftBehind(block);
    if (left) {
      // What was about to be sent, to whom and in which state that account was, stays on record whatever is found now.
      const { startedAt, attempts: made, request, effect, before } = left;
      Object.assign(step, {
        startedAt,
        attempts: made,
        request,
        effect,
        before,
      } satisfies Partial<StepState>);
      const ended = await lookAfter(block, decided, step, noAnswer);
      if (ended !== 'repeat') return ended;
      step.attempts += 1;
    }
    for (let isRepeat = left !== undefined; ; isRepeat = true, step.attempts += 1) {
      if (isRead) {
        if (journal.hasOutcome) await journal.handOver();
      } else {
        const intent = await intend(block, decided, step, isRepeat);
        if (typeof intent === 'string') return intent;
        granted ??= intent.reservation;
        call.permit = intent.permit;
      }

      const sent = await deps.client.send(call, signal);
      const now = clock.now();
      const first = toOutcome(sent.reply, rule, call.class, vendor, now);
      const { paging } = decided;
      const outcome = paging ? await readRest(first, { ...decided, paging }, deps, signal) : first;
      if (paging && signal.aborted) return 'halted';
      if (plan.isHarmful) deps.guard.note(run.row.workflowId, outcome.kind);
      step.request = toRequestText(sent);
      step.answer = toAnswerText(sent, first);
      journal.hasOutcome = !isRead;
      if (isRead && plan.isHarmful)
        readings.add(call, { at: now, outcome, step: state.steps + 1, text: null });
      if (outcome.kind === 'unknown') {
        const ended = await lookAfter(block, decided, step, outcome);
        if (ended !== 'repeat') return ended;
        continue;
      }

      const waitMs = nextAttemptMs(call.class, outcome, step.attempts, attempts, deps.random());
      if (waitMs === null) {
        if (granted && hadNoEffect(outcome, rule)) journal.release = granted;
        return finishStep(block, conclude(outcome), step);
      }
      // What a dry run has in mind is written all at once, at its end.
      if (!isPlan) {
        journal.steps.push({ ...toRow(block, 'waiting', step), error: outcome.message });
        await journal.handOver();
      }
      await clock.sleep(waitMs, signal);
      if (signal.aborted) return 'halted';
    }
  }

  /** The intent of this very step that an earlier process has left behind without an outcome. */
  async function leftBehind(block: PlanBlock): Promise<StepRow | undefined> {
    if (run.row.fence === 1 || state.steps !== row.steps || !plan.readable.includes(block.id))
      return undefined;
    const last = await deps.store.lastStep(run.row.key, state.n);
    return last?.status === 'sending' && last.n === state.steps + 1 ? last : undefined;
  }

  /**
   * Judges a call that is not a read, and commits its intent. Gives back how the step ended where the call must not be
   * made now.
   */
  async function intend(
    block: PlanBlock,
    decided: Call,
    step: StepState,
    isRepeat: boolean,
  ): Promise<{ reservation: Reservation | null; permit: Permit } | Ended> {
    const { call, effect } = decided;
    for (;;) {
      let reservation: Reservation | null = null;
      let readAt: number | undefined;
      if (effect && effect.limitKind !== null) {
        const context = { run, subject: record, readings, n: state.n, block: block.id, isRepeat };
        const verdict = await judge(decided, effect, context, deps);
        if (signal.aborted) return 'halted';
        if (verdict.kind === 'settled') return finishStep(block, decided.conclude(verdict.outcome), step);
        if (verdict.kind === 'hold') return hold(block, verdict.hold, step);
        if (verdict.kind === 'protected' || verdict.kind === 'unapproved')
          return skip(block, verdict.sentence, step);
        if (verdict.kind !== 'go') return refuse(block, verdict.sentence, step);
        reservation = verdict.reservation;
        readAt = verdict.target?.readAt;
        step.effect = toEffectText(effect, call.credential, verdict.target);
        step.before = verdict.before;
      } else if (effect) step.effect = toEffectText(effect, call.credential, null);

      // Its age counts from the look at its account, or from here: a process that slept during the commit has been
      // replaced meanwhile, and who waits in the line of a slow vendor looks again.
      const judgedAt = readAt ?? clock.now();
      step.request = toIntentText(call);
      journal.steps.push(toRow(block, 'sending', step));
      journal.reserve = reservation;
      const refusal = await journal.write();
      if (refusal?.kind === 'changed') {
        await deps.guard.refresh();
        continue;
      }
      if (refusal) return hold(block, noteFull(refusal.cap, effect), step);
      if (signal.aborted) return withdraw(block, step);
      const isCurrent = (): boolean => reservation === null || deps.guard.isCurrent(reservation.generation);
      const mayLeave = (): boolean =>
        !signal.aborted && isCurrent() && clock.now() - judgedAt < longestIntentMs;
      return { reservation, permit: grantPermit(call, effect, reservation, mayLeave) };
    }
  }

  /**
   * Nobody knows what became of a call: looks at the account. Done is done; one that surely changed nothing may be made
   * again where that adds nothing; everything else is for a person to decide.
   */
  async function lookAfter(
    block: PlanBlock,
    { vendor, attempts, effect, conclude }: Call,
    step: StepState,
    outcome: Outcome,
  ): Promise<Ended | 'repeat'> {
    const target = block.effect?.hasTarget ? targetOf(effect) : undefined;
    if (!target || signal.aborted) return park(block, step, outcome.message);
    // Still an intent without an outcome, should the server stop meanwhile.
    journal.steps.push({ ...toRow(block, 'sending', step), error: outcome.message });
    await journal.handOver();
    const { outcome: seen } = await readTarget(target, { vendor, attempts }, run, deps);
    const isSettled = target.isSettled(seen);
    if (isSettled) {
      const message = `${outcome.message} Afterwards ${vendor} showed that it was done.`;
      return finishStep(block, conclude({ ...seen, kind: 'ok', message }), step);
    }
    const isSame = seen.kind === 'ok' && target.mismatch(seen.body) === null;
    if (isSettled === null || !isSame || !plan.readable.includes(block.id)) {
      return park(block, step, `${outcome.message} Looking at the account did not tell either.`);
    }
    if (step.attempts >= attempts) {
      const message = `${outcome.message} ${vendor} still shows the account as it was.`;
      return finishStep(block, conclude({ ...outcome, kind: 'unavailable', message }), step);
    }
    const waitMs = backoffMs(step.attempts, deps.random());
    await clock.sleep(waitMs, signal);
    return signal.aborted ? 'halted' : 'repeat';
  }

  /** What is full for one is full for all others of the run. */
  function noteFull(cap: Cap, effect: Effect | undefined): Hold {
    const held = holdOf(cap);
    const key = held.code === 'canary' ? 'version' : `${cap.kind} ${effect?.vendorId}`;
    run.holds.set(key, { generation: deps.guard.generation(), hold: held });
    return held;
  }

  /** The call waits for a person or for a time; nothing was sent. */
  function hold(block: PlanBlock, { code, sentence, until }: Hold, step: StepState): Ended {
    return wait(block, { until, held: { code, sentence } }, step);
  }

  /** Something must not be done to this record: its path ends here, and that is not its failure. */
  function skip(block: PlanBlock, reason: string, step: StepState): Ended {
    journal.steps.push({ ...toRow(block, 'skipped', step), note: reason });
    state.steps += 1;
    state.waits = null;
    skipped = `${block.name}: ${reason}`;
    skipTurn(state, skipped);
    return 'done';
  }

  /** The call must not be made. */
  function refuse(block: PlanBlock, sentence: string, step: StepState): Ended {
    const exit = block.exits.has('failure') ? 'failure' : 'error';
    return finishStep(block, { kind: 'done', exit, error: sentence }, step);
  }

  /** The run halted between the intent and the call: nothing was sent, and the journal says so. */
  function withdraw(block: PlanBlock, step: StepState): Ended {
    journal.steps.push({ ...toRow(block, 'waiting', step), note: 'Not sent: the run stopped first.' });
    journal.hasOutcome = true;
    return 'halted';
  }

  /** Nobody works on the record until its time comes or it is released; then this block decides anew. */
  function wait(block: PlanBlock, { until, held, note }: Omit<Wait, 'kind'>, step: StepState): Ended {
    const since = state.waits?.since ?? step.startedAt;
    const row = toRow(block, 'waiting', { ...step, startedAt: since });
    journal.steps.push({ ...row, note: note ?? held?.sentence ?? null });
    state.status = 'waiting';
    state.waits = { since, wakeAt: until, held };
    counts.wait(block.id);
    return 'waiting';
  }

  function park(block: PlanBlock, step: StepState, reason: string): Ended {
    journal.steps.push({ ...toRow(block, 'needs_attention', step), error: reason });
    state.status = 'needs_attention';
    state.error = `${block.name}: ${reason}`;
    counts.park(block.id);
    return 'parked';
  }

  function finishStep(
    block: PlanBlock,
    decided: Done,
    step: StepState,
    planned: StepRow['status'] = 'planned',
  ): Ended {
    let done = decided;
    if (done.notification?.mail && !deps.mail) {
      const { notification: _untold, ...rest } = done;
      done = { ...rest, exit: 'failure', error: noMailServer };
    }
    const made: StepChange[] = [];
    for (const [field, after] of Object.entries(done.variables ?? {})) {
      made.push({ record: 'variable', field, before: state.variables[field] ?? null, after });
    }
    const assigned = assignValues(done.assign ?? [], record, run.fields);
    if (assigned.ok) {
      record = assigned.subject;
      for (const change of assigned.changes) {
        const { record: of, field, before, after } = change;
        if (!isPlan) journal.changes.push(change);
        made.push({ record: of, field, before, after });
      }
    } else {
      done = {
        ...done,
        exit: block.exits.has('failure') ? 'failure' : done.exit,
        error: done.error ?? assigned.reason,
      };
    }
    Object.assign(state.variables, done.variables);
    if (made.length > 0 || block.keepsResponse) variables = undefined;
    if (block.keepsResponse) {
      const kept = state.variables.steps as Record<string, unknown> | undefined;
      state.variables.steps = { ...kept, [block.id]: { response: done.response ?? null } };
    }
    if (isPlan) planOwn(done, assigned.ok && assigned.changes.length > 0, step);
    else if (done.notification) {
      const link = done.notification.link ?? `/runs/${run.row.id}`;
      journal.notifications.push(withLink({ ...done.notification, link }, deps.mail?.publicUrl));
    }

    const good = isPlan && step.effect !== null ? planned : 'succeeded';
    const row = toRow(block, done.error === undefined ? good : 'failed', step);
    row.exit = done.exit;
    row.note = done.note ?? (isPlan && done.notification ? toNotice(done.notification) : null);
    row.error = done.error ?? null;
    row.changes = made.length === 0 ? null : JSON.stringify(made);
    journal.steps.push(row);
    state.steps += 1;
    state.waits = null;
    journal.taken.push({ block: block.id, exit: done.exit });

    const next = block.next.get(done.exit) ?? [];
    const following = next.map((target) => target.id);
    if (done.exit === 'each' && block.isLoop) beginTurn(state.pending, block.id, following);
    else goOn(state.pending, following);
    // A failure that leads somewhere is dealt with there; one that leads nowhere is the record's own.
    if (done.error !== undefined && next.length === 0) {
      state.error ??= `${block.name}: ${done.error}`;
      failTurn(state);
    }
    return 'done';
  }

  /** What a step would do by itself, without a call. */
  function planOwn(done: Done, setsFields: boolean, step: StepState): void {
    if (step.effect !== null || done.error !== undefined) return;
    if (done.notification) step.effect = toOwnEffectText('notify');
    else if (setsFields) step.effect = toOwnEffectText('set-fields');
  }

  function toRow(block: PlanBlock, status: StepRow['status'], step: StepState): StepRow {
    return {
      n: state.steps + 1,
      block: block.id,
      status,
      exit: null,
      attempts: step.attempts,
      startedAt: step.startedAt,
      durationMs: clock.now() - step.startedAt,
      note: null,
      error: null,
      request: step.request,
      answer: step.answer,
      changes: null,
      effect: step.effect,
      before: step.before,
    };
  }

  try {
    const ended = await follow();
    if (ended === 'done' && state.pending.length === 0) {
      state.status = state.error === null ? 'succeeded' : 'failed';
      skipped ??= skippedInLoops(state);
      if (skipped !== null && state.error === null)
        Object.assign(state, { status: 'skipped', error: skipped });
      state.finishedAt = clock.now();
    }
    // Nothing depends on the commit of the last steps: the next record may begin meanwhile.
    if (ended !== 'halted' || journal.steps.length > 0) await journal.handOver();
    const wakeAt = ended === 'waiting' ? state.waits?.wakeAt : null;
    if (wakeAt != null) void run.lastWrite.then(() => run.wakesAt(wakeAt));
  } catch (error) {
    if (!(error instanceof RecordFailed)) throw error;
  }
  return state;

  async function follow(): Promise<Ended> {
    const account = accountOfTurn(state);
    if (account !== undefined) {
      record = { ...record, saasUser: (await deps.accounts.find(account))?.account ?? null };
    }
    while (state.pending.length > 0) {
      const block = plan.blocks.get(blockOf(state.pending[0]!));
      if (!block) throw new AppError('internal', `The version has no block "${state.pending[0]}".`);
      if (level === 'run' && block.level === 'record' && run.row.phase === 'begin') return 'done';
      if (level === 'record' && block.isAtEnd) {
        state.pending.shift();
        continue;
      }
      if (block.waitsFor && awaitPaths(state.pending, block.id, block.waitsFor)) continue;
      if (signal.aborted) return 'halted';
      counts.enter(block.id);
      try {
        const step = runStep(block);
        const ended = step instanceof Promise ? await step : step;
        if (ended !== 'done') return ended;
      } finally {
        counts.leave(block.id);
      }
    }
    return 'done';
  }
}

const toNotice = ({ title, message }: Notice): string => `Would tell: ${title}. ${message}`;

/** Whoever reads it in an e-mail needs the whole address of the page. */
function withLink(notice: Notice, publicUrl: string | undefined): Notice {
  const { mail, link } = notice;
  if (!mail || publicUrl === undefined) return notice;
  return { ...notice, mail: { ...mail, text: `${mail.text}\n\n${publicUrl}${link}\n` } };
}

const noMailServer =
  'This server sends no e-mails. Set ROLLCALL_SMTP_URL and ROLLCALL_MAIL_FROM, or tell people in the app.';

/** How long an intent may wait for its turn before it is judged again. */
const longestIntentMs = 60_000;

/** What is known of a call that an earlier process has left behind. */
const noAnswer: Outcome = {
  kind: 'unknown',
  status: null,
  headers: {},
  body: null,
  message: 'The server stopped before the answer came.',
  retryAfterMs: null,
  isPermanent: false,
};

/** The vendor refused it, or it never left: nothing was done. */
function hadNoEffect({ status }: Outcome, { statuses }: Call['rule']): boolean {
  return status === null || !statuses.includes(status);
}

function holdOf(cap: Cap): Hold {
  if (cap.scope.startsWith('version:')) {
    const sentence = 'Not sent: the first call of this version was made. Look at what came of it first.';
    return { code: 'canary', sentence, until: null };
  }
  const sentence = `Not sent: ${capWords(cap)} is reached. Raise it under Safety, or wait.`;
  return { code: 'limit', sentence, until: null };
}

/** Undefined where nothing says whom the call acts on. */
function targetOf(effect: Effect | undefined): Target | undefined {
  try {
    return effect?.target?.();
  } catch {
    return undefined;
  }
}

/** A template of the target that cannot be rendered is a refusal like any other. */
async function judge(decided: Call, effect: Effect, context: CallContext, deps: RunDeps): Promise<Verdict> {
  try {
    return await guardCall({ ...decided, effect }, context, deps);
  } catch (error) {
    return { kind: 'refused', sentence: renderFailure(error) };
  }
}

/** A block that throws is a mistake of ours: the record takes the blame in words and the run goes on. */
function decide(block: PlanBlock, context: Parameters<PlanBlock['decide']>[0]): Decision {
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
