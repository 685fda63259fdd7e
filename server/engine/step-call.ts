import type { Hold } from '../domain/guard.ts';
import { type Cap, capWords } from '../domain/limits.ts';
import type { Permit } from '../domain/permit.ts';
import type { RunDeps } from './active-run.ts';
import { readRest } from './answer-pages.ts';
import type { Call } from './block.ts';
import type { Target } from './call-target.ts';
import { type Effect, toEffectText } from './effect.ts';
import { toAnswerText, toIntentText, toRequestText } from './evidence.ts';
import { guardCall } from './guard-call.ts';
import type { Reservation } from './guard-ports.ts';
import type { StepRow } from './journal-ports.ts';
import { type CallContext, readTarget, refuseWriteBack, type Verdict } from './judge-target.ts';
import { type Outcome, toOutcome } from './outcome.ts';
import { grantPermit } from './permit.ts';
import type { PlanBlock } from './plan.ts';
import { longestReading } from './readings.ts';
import { type Ended, type RecordWork, type StepState, toStepRow } from './record-work.ts';
import { renderFailure } from './request.ts';
import { backoffMs, nextAttemptMs } from './retry.ts';
import { refuseForAnother } from './right-account.ts';
import { finishStep, holdStep, parkStep, refuseStep, skipStep } from './step-end.ts';

/** How long an intent may wait for its turn before it is judged again. */
const longestIntentMs = 60_000;

/**
 * Makes the call of a step, again where that is safe. Before any call that is not a read its intent is committed; one
 * whose outcome nobody knows is looked after.
 */
export async function makeCall(
  work: RecordWork,
  block: PlanBlock,
  decided: Call,
  step: StepState,
): Promise<Ended> {
  const { run, deps, state, journal, readings } = work;
  const { plan, signal } = run;
  const { call, vendor, rule, attempts, conclude, paging } = decided;
  const isRead = call.class === 'read';
  /** What was granted to this step, by whichever attempt. */
  let granted: Reservation | null = null;
  const left = isRead ? undefined : await leftBehind(work, block);
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
    const ended = await lookAfter(work, block, decided, step, noAnswer);
    if (ended !== 'repeat') return ended;
    step.attempts += 1;
  }
  for (let isRepeat = left !== undefined; ; isRepeat = true, step.attempts += 1) {
    if (isRead) {
      if (journal.hasOutcome) await journal.handOver();
    } else {
      const intent = await intend(work, block, decided, step, isRepeat);
      if (typeof intent === 'string') return intent;
      granted ??= intent.reservation;
      call.permit = intent.permit;
    }

    const sent = await deps.client.send(call, signal);
    const now = deps.clock.now();
    const first = toOutcome(sent.reply, rule, call.class, vendor, now);
    const outcome = paging ? await readRest(first, { ...decided, paging }, deps, signal) : first;
    if (paging && signal.aborted) return 'halted';
    if (plan.isHarmful) deps.guard.note(run.row.workflowId, outcome.kind);
    step.request = toRequestText(sent);
    step.answer = toAnswerText(sent, first);
    journal.hasOutcome = !isRead;
    const isLookedAt = plan.isHarmful || plan.readable.length > 0;
    const isShort = sent.reply.kind === 'answered' && sent.reply.body.length <= longestReading;
    if (isRead && isLookedAt && isShort)
      readings.add(call, { at: now, outcome, step: state.steps + 1, text: null });
    if (outcome.kind === 'unknown') {
      const ended = await lookAfter(work, block, decided, step, outcome);
      if (ended !== 'repeat') return ended;
      continue;
    }

    const waitMs = nextAttemptMs(call.class, outcome, step.attempts, attempts, deps.random());
    if (waitMs === null) {
      if (granted && hadNoEffect(outcome, rule)) journal.release = granted;
      return finishStep(work, block, conclude(outcome), step);
    }
    // What a dry run has in mind is written all at once, at its end.
    if (!work.isPlan) {
      journal.steps.push({ ...toStepRow(work, block, 'waiting', step), error: outcome.message });
      await journal.handOver();
    }
    await deps.clock.sleep(waitMs, signal);
    if (signal.aborted) return 'halted';
  }
}

/** The intent of this very step that an earlier process has left behind without an outcome. */
async function leftBehind(
  { run, deps, row, state }: RecordWork,
  block: PlanBlock,
): Promise<StepRow | undefined> {
  if (run.row.fence === 1 || state.steps !== row.steps || !run.plan.readable.includes(block.id))
    return undefined;
  const last = await deps.store.lastStep(run.row.key, state.n);
  return last?.status === 'sending' && last.n === state.steps + 1 ? last : undefined;
}

/**
 * Judges a call that is not a read, and commits its intent. Gives back how the step ended where the call must not be
 * made now.
 */
async function intend(
  work: RecordWork,
  block: PlanBlock,
  decided: Call,
  step: StepState,
  isRepeat: boolean,
): Promise<{ reservation: Reservation | null; permit: Permit } | Ended> {
  const { run, deps, subject, state, journal, readings } = work;
  const { guard, clock } = deps;
  const { signal } = run;
  const { call, effect } = decided;
  for (;;) {
    let reservation: Reservation | null = null;
    let readAt: number | undefined;
    if (effect && effect.limitKind !== null) {
      const context = { run, subject, readings, n: state.n, block: block.id, isRepeat };
      const verdict = await judge(decided, effect, context, deps);
      if (signal.aborted) return 'halted';
      switch (verdict.kind) {
        case 'settled':
          return finishStep(work, block, decided.conclude(verdict.outcome), step);
        case 'hold':
          return holdStep(work, block, verdict.hold, step);
        case 'protected':
        case 'unapproved':
          return skipStep(work, block, verdict.sentence, step);
        case 'refused':
          return refuseStep(work, block, verdict.sentence, step);
      }
      reservation = verdict.reservation;
      readAt = verdict.target?.readAt;
      step.effect = toEffectText(effect, call.credential, verdict.target);
      step.before = verdict.before;
    } else if (effect) {
      const refused = await harmlessRefusal(decided, work);
      if (signal.aborted) return 'halted';
      if (refused !== null) return refuseStep(work, block, refused, step);
      step.effect = toEffectText(effect, call.credential, null);
    }

    // Its age counts from the look at its account, or from here: a process that slept during the commit has been
    // replaced meanwhile, and who waits in the line of a slow vendor looks again.
    const judgedAt = readAt ?? clock.now();
    step.request = toIntentText(call);
    journal.steps.push(toStepRow(work, block, 'sending', step));
    journal.reserve = reservation;
    const refusal = await journal.write();
    if (refusal?.kind === 'changed') {
      await guard.refresh();
      continue;
    }
    if (refusal) return holdStep(work, block, noteFull(work, refusal.cap, effect), step);
    if (signal.aborted) return withdraw(work, block, step);
    const isCurrent = (): boolean => reservation === null || guard.isCurrent(reservation.generation);
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
  work: RecordWork,
  block: PlanBlock,
  { vendor, attempts, effect, conclude }: Call,
  step: StepState,
  outcome: Outcome,
): Promise<Ended | 'repeat'> {
  const { run, deps, journal } = work;
  const { signal } = run;
  const target = block.effect?.hasTarget ? targetOf(effect) : undefined;
  if (!target || signal.aborted) return parkStep(work, block, step, outcome.message);
  // Still an intent without an outcome, should the server stop meanwhile.
  journal.steps.push({ ...toStepRow(work, block, 'sending', step), error: outcome.message });
  await journal.handOver();
  const { outcome: seen } = await readTarget(target, { vendor, attempts }, run, deps);
  const isSettled = target.isSettled(seen);
  if (isSettled) {
    const message = `${outcome.message} Afterwards ${vendor} showed that it was done.`;
    return finishStep(work, block, conclude({ ...seen, kind: 'ok', message }), step);
  }
  const isSame = seen.kind === 'ok' && target.mismatch(seen.body) === null;
  if (isSettled === null || !isSame || !run.plan.readable.includes(block.id)) {
    return parkStep(work, block, step, `${outcome.message} Looking at the account did not tell either.`);
  }
  if (step.attempts >= attempts) {
    const message = `${outcome.message} ${vendor} still shows the account as it was.`;
    return finishStep(work, block, conclude({ ...outcome, kind: 'unavailable', message }), step);
  }
  const waitMs = backoffMs(step.attempts, deps.random());
  await deps.clock.sleep(waitMs, signal);
  return signal.aborted ? 'halted' : 'repeat';
}

/** What is full for one is full for all others of the run. */
function noteFull({ run, deps }: RecordWork, cap: Cap, effect: Effect | undefined): Hold {
  const held = holdOf(cap);
  const key = held.code === 'canary' ? 'version' : `${cap.kind} ${effect?.vendorId}`;
  run.holds.set(key, { generation: deps.guard.generation(), hold: held });
  return held;
}

/** The run halted between the intent and the call: nothing was sent, and the journal says so. */
function withdraw(work: RecordWork, block: PlanBlock, step: StepState): Ended {
  const { journal } = work;
  journal.steps.push({
    ...toStepRow(work, block, 'waiting', step),
    note: 'Not sent: the run stopped first.',
  });
  journal.hasOutcome = true;
  return 'halted';
}

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
    return effect?.target?.() ?? undefined;
  } catch {
    return undefined;
  }
}

/** The same of a call that takes nothing: it may be about another account, or write a whole record back. */
async function harmlessRefusal(
  decided: Call,
  { run, deps, readings, subject }: RecordWork,
): Promise<string | null> {
  const { effect, vendor } = decided;
  try {
    const another = await refuseForAnother(effect, subject, vendor, deps.accounts);
    return another ?? (await refuseWriteBack(decided, readings, run, deps));
  } catch (error) {
    return renderFailure(error);
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
