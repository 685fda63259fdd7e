import { answersNeededBy, PlannedAnswer, readable } from '../domain/planned-answer.ts';
import type { ActiveRun, RunDeps } from './active-run.ts';
import type { Call, Decision, Done, StartLoad, Wait } from './block.ts';
import type { Target } from './call-target.ts';
import { type Effect, toEffectText, toOwnEffectText } from './effect.ts';
import { toIntentText } from './evidence.ts';
import { judgeTarget, readTarget } from './judge-target.ts';
import type { Outcome } from './outcome.ts';
import type { PlanBlock } from './plan.ts';
import type { Readings } from './readings.ts';
import { renderFailure } from './request.ts';
import { refuseForAnother } from './right-account.ts';
import type { Subject } from './subject-ports.ts';

/** What a dry run makes of a step that a run would do something in. */
export interface PlannedStep {
  /** How it goes on; null where the path of the record ends. */
  done: Done | null;
  status: 'planned' | 'skipped' | 'succeeded' | 'failed';
  /** Why it is left out, where the record's path ends. */
  reason?: string;
  request: string | null;
  effect: string | null;
  before: string | null;
}

export interface DryRunContext {
  run: ActiveRun;
  subject: Subject;
  readings: Readings;
}

/**
 * What a call would do: the target is read, recognised and found unprotected as before the real call, and the call
 * itself is written down and not made. The path goes on as after a success, with an answer that says where it would
 * come from.
 */
export async function planCall(
  block: PlanBlock,
  decided: Call,
  context: DryRunContext,
  deps: RunDeps,
): Promise<PlannedStep> {
  const { call, effect, conclude } = decided;
  const request = readable(toIntentText(call));
  const needs = answersNeededBy(call.url, call.body, ...Object.values(call.headers));
  const evidence = { request, effect: null, before: null };
  if (!effect) return { done: answered(block, conclude), status: 'planned', ...evidence };

  const write = (planned: Parameters<typeof toEffectText>[3], target = null as Seen) =>
    toEffectText(effect, call.credential, target, planned);
  const whole = needs.length === 0 ? {} : { needs };
  const refused = (sentence: string): PlannedStep => {
    const exit = block.exits.has('failure') ? 'failure' : 'error';
    const done: Done = { kind: 'done', exit, error: sentence };
    return { done, status: 'failed', ...evidence, effect: write({ skip: 'refused' }) };
  };
  if (effect.limitKind === null || needs.length > 0) {
    const another = needs.length === 0 ? await refuseHarmless(decided, context, deps) : null;
    if (another !== null) return refused(another);
    const before = needs.length === 0 ? await readBefore(decided, context, deps) : null;
    return { done: answered(block, conclude), status: 'planned', request, effect: write(whole), before };
  }
  const verdict = await judge(decided, effect, context, deps);
  switch (verdict.kind) {
    case 'go': {
      const { target, before } = verdict;
      const text = write(whole, target);
      return { done: answered(block, conclude), status: 'planned', request, effect: text, before };
    }
    case 'settled':
      return {
        done: conclude(verdict.outcome),
        status: 'succeeded',
        ...evidence,
        effect: write({ skip: 'settled' }),
      };
    case 'protected': {
      const text = write({ skip: 'protected' });
      return { done: null, reason: verdict.sentence, status: 'skipped', ...evidence, effect: text };
    }
    case 'hold':
      throw new Error('Nothing holds a dry run.');
    default:
      return refused(verdict.sentence);
  }
}

type Seen = Parameters<typeof toEffectText>[2];

/** The account as it is, so that people see what would become of it. Nothing depends on it. */
async function readBefore(decided: Call, { run, readings }: DryRunContext, deps: RunDeps) {
  if (!decided.effect?.hasTarget) return null;
  let target: Target | null | undefined;
  try {
    target = decided.effect.target?.();
  } catch {
    return null;
  }
  if (!target) return null;
  const known = readings.fresh(target.read, deps.clock.now());
  const { outcome, text } = known ?? (await readTarget(target, decided, run, deps));
  return outcome.kind === 'ok' && target.mismatch(outcome.body) === null ? text : null;
}

/** Whether a read cannot be made, because its request holds what is not known yet. */
export function isUnreadable({ call }: Call): boolean {
  return answersNeededBy(call.url, call.body, ...Object.values(call.headers)).length > 0;
}

/** A read that a dry run cannot make. */
export function planRead(block: PlanBlock, { call, conclude }: Call): PlannedStep {
  const needs = answersNeededBy(call.url, call.body, ...Object.values(call.headers));
  const note = `Not read: what it asks for is known only from ${needs.join(' and ')}.`;
  const request = readable(toIntentText(call));
  return {
    done: { ...answered(block, conclude), note },
    status: 'succeeded',
    request,
    effect: null,
    before: null,
  };
}

/** A load is not started: the run would see what it brings, the dry run works on what is known. */
export async function planLoad(
  { integrationId, conclude }: StartLoad,
  { loads }: RunDeps,
): Promise<PlannedStep> {
  const last = await loads.last(integrationId);
  const note = last?.finishedAt
    ? `Not loaded in a dry run. It goes by the load that ended ${last.finishedAt}.`
    : 'Not loaded in a dry run, and never before.';
  const done: Done = last ? { ...conclude(last), note } : { kind: 'done', exit: 'success', note };
  return { done, status: 'planned', request: null, effect: toOwnEffectText('load'), before: null };
}

/** Nobody waits in a dry run: the block decides as if the time had come. */
export function passWait(block: PlanBlock, wait: Wait, decide: (now: number) => Decision): Done {
  const { until, held, note } = wait;
  const passed =
    until === null
      ? 'A run waits here until it is released.'
      : `A run waits here until ${new Date(until).toISOString()}.`;
  const words = note ?? held?.sentence ?? passed;
  const next = until === null ? undefined : decide(until);
  if (next?.kind === 'done') return { ...next, note: words };
  const exit = ['success', 'approved', 'next'].find((id) => block.exits.has(id)) ?? [...block.exits][0]!;
  return { kind: 'done', exit, note: words };
}

function answered({ name }: PlanBlock, conclude: Call['conclude']): Done {
  const { note: _note, ...done } = conclude(toPlannedOutcome(name));
  return done;
}

function toPlannedOutcome(block: string): Outcome {
  const body = new PlannedAnswer(block);
  return {
    kind: 'ok',
    status: null,
    headers: {},
    body,
    message: '',
    retryAfterMs: null,
    isPermanent: false,
  };
}

/** Why a call that takes nothing would be refused. */
async function refuseHarmless({ effect, vendor }: Call, { subject }: DryRunContext, { accounts }: RunDeps) {
  try {
    return await refuseForAnother(effect, subject, vendor, accounts);
  } catch (error) {
    return renderFailure(error);
  }
}

async function judge(decided: Call, effect: Effect, context: DryRunContext, deps: RunDeps) {
  try {
    return await judgeTarget({ ...decided, effect }, context, deps);
  } catch (error) {
    return { kind: 'refused' as const, sentence: renderFailure(error) };
  }
}
