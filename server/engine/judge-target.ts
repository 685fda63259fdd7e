import type { Hold } from '../domain/guard.ts';
import type { ActiveRun, RunDeps } from './active-run.ts';
import type { Call } from './block.ts';
import type { Target } from './call-target.ts';
import type { Effect, TargetSeen } from './effect.ts';
import { toAnswerText } from './evidence.ts';
import type { Reservation } from './guard-ports.ts';
import { type Outcome, toOutcome } from './outcome.ts';
import type { Reading, Readings } from './readings.ts';
import {
  administrator,
  lastAdministrator,
  noTarget,
  notAsItIs,
  notRead,
  notTheSame,
  ownAccount,
  protectedBy,
  who,
} from './refusal-words.ts';
import { nextAttemptMs } from './retry.ts';
import { refuseAnotherAccount } from './right-account.ts';
import type { Subject } from './subject-ports.ts';

/** What came of judging a call. */
export type Verdict =
  /** The call may be made as soon as its reservation is committed with its intent. */
  | { kind: 'go'; reservation: Reservation | null; target: TargetSeen | null; before: string | null }
  /** It waits; nothing is sent. */
  | { kind: 'hold'; hold: Hold }
  /** It must not be made. */
  | { kind: 'protected' | 'unapproved'; sentence: string }
  /** `isStranger`: the vendor answered with somebody else's account. */
  | { kind: 'refused'; sentence: string; isStranger?: boolean }
  /** The account is already as the call wants it. */
  | { kind: 'settled'; outcome: Outcome };

export type GuardedCall = Pick<Call, 'vendor' | 'attempts'> & { effect: Effect };

/** Where a call is made. */
export interface CallContext {
  run: ActiveRun;
  subject: Subject;
  readings: Readings;
  /** Of the record. */
  n: number;
  block: string;
  /** An earlier attempt of the same step was granted. */
  isRepeat: boolean;
}

/**
 * What is true of the account whatever the time and whoever asks: protection, a fresh reading that proves who it is, and
 * whether there is anything left to do. Nothing is reserved by it.
 */
export async function judgeTarget(
  { effect, vendor, attempts }: GuardedCall,
  { run, subject, readings }: Pick<CallContext, 'run' | 'subject' | 'readings'>,
  deps: RunDeps,
): Promise<Verdict> {
  const { guard, clock } = deps;
  const { vendorId } = effect;
  if (!effect.isGuarded) return { kind: 'go', reservation: null, target: null, before: null };
  const target = effect.target?.();
  if (target === null) return { kind: 'go', reservation: null, target: null, before: null };
  if (!target) return { kind: 'refused', sentence: noTarget(vendor, effect) };
  const another = await refuseAnotherAccount(target, subject, { id: vendorId, title: vendor }, deps.accounts);
  if (another !== null) return { kind: 'refused', sentence: another };
  const known = { vendorId, identifiers: [target.id], addresses: addressesOf(subject, target) };
  const personRole = subject.person?.role ?? null;
  const shield = guard.protects({ ...known, roles: subject.saasUser?.roles ?? [], personRole });
  if (shield) return { kind: 'protected', sentence: protectedBy(target, shield) };
  const own = (await deps.ownAccounts?.of(target.read.credential)) ?? { kind: 'none' };
  const isOwn = own.kind === 'known' && isSameAccount(own, target.id, known.addresses);
  if (own.kind === 'unknown' || isOwn)
    return { kind: 'protected', sentence: ownAccount(target, vendor, own) };

  const reading =
    readings.fresh(target.read, clock.now()) ?? (await readTarget(target, { vendor, attempts }, run, deps));
  const { outcome } = reading;
  if (target.isSettled(outcome)) return { kind: 'settled', outcome: settledBy(outcome, vendor, target) };
  if (outcome.kind !== 'ok') return { kind: 'refused', sentence: notRead(target, outcome) };
  const mismatch = target.mismatch(outcome.body);
  if (mismatch !== null) {
    return { kind: 'refused', sentence: notTheSame(vendor, target, mismatch), isStranger: true };
  }
  const overwritten = target.overwrites?.(outcome.body) ?? null;
  if (overwritten !== null) return { kind: 'refused', sentence: notAsItIs(vendor, target, overwritten) };
  const power = target.isAdministrator(outcome.body);
  if (power !== false) {
    if (guard.content().settings.protectsAdministrators)
      return { kind: 'protected', sentence: administrator(vendor, target, power) };
    if (!(await isAnotherLeft(target, deps)))
      return { kind: 'protected', sentence: lastAdministrator(vendor, target) };
  }
  const { at, step, text } = reading;
  const seen: TargetSeen = { id: target.id, email: target.email, readAt: at, readStep: step };
  return { kind: 'go', reservation: null, target: seen, before: text };
}

/**
 * Whether somebody who administers the vendor is left for sure: the account that the credential belongs to, which is
 * never harmed by it.
 */
async function isAnotherLeft({ read }: Target, { ownAccounts }: RunDeps): Promise<boolean> {
  const own = await ownAccounts?.recent(read.credential);
  return own?.kind === 'known' && own.isAdministrator === true;
}

/**
 * Why a call that takes nothing must not be made: it writes a whole record back, in which something else is different
 * from what the account is now than the change that it states. Null where it may be made.
 */
export async function refuseWriteBack(
  { effect, vendor, attempts }: Pick<Call, 'effect' | 'vendor' | 'attempts'>,
  readings: Pick<Readings, 'fresh'> | null,
  run: Pick<ActiveRun, 'signal'>,
  deps: Pick<RunDeps, 'client' | 'clock' | 'random'>,
): Promise<string | null> {
  const target = effect?.hasTarget ? effect.target?.() : undefined;
  if (!target?.overwrites) return null;
  const reading =
    readings?.fresh(target.read, deps.clock.now()) ??
    (await readTarget(target, { vendor, attempts }, run, deps));
  const { outcome } = reading;
  if (outcome.kind !== 'ok') return notRead(target, outcome);
  const mismatch = target.mismatch(outcome.body);
  if (mismatch !== null) return notTheSame(vendor, target, mismatch);
  const overwritten = target.overwrites(outcome.body);
  return overwritten === null ? null : notAsItIs(vendor, target, overwritten);
}

/** Looks at the account, again where that is safe; the journal keeps it with the step of the call. */
export async function readTarget(
  { read: call, rule }: Target,
  { vendor, attempts }: { vendor: string; attempts: number },
  { signal }: Pick<ActiveRun, 'signal'>,
  { client, clock, random }: Pick<RunDeps, 'client' | 'clock' | 'random'>,
): Promise<Reading> {
  for (let attempt = 1; ; attempt += 1) {
    const sent = await client.send(call, signal);
    const at = clock.now();
    const outcome = toOutcome(sent.reply, rule, 'read', vendor, at);
    const waitMs = nextAttemptMs('read', outcome, attempt, attempts, random());
    if (waitMs === null || signal.aborted)
      return { at, outcome, step: null, text: toAnswerText(sent, outcome) };
    await clock.sleep(waitMs, signal);
  }
}

function addressesOf({ person, saasUser }: Subject, { email }: Target): string[] {
  const all = [email, person?.email, person?.username, saasUser?.email];
  return all.filter((address) => address !== undefined && address !== '') as string[];
}

/** A read after which nothing is left to do. */
function settledBy(outcome: Outcome, vendor: string, target: Target): Outcome {
  const state = outcome.kind === 'not_found' ? 'gone' : 'as wanted';
  const message = `Nothing was sent: ${vendor} shows ${who(target)} already ${state}.`;
  return { ...outcome, kind: 'ok', message };
}

function isSameAccount(
  { id, email }: { id: string; email: string },
  targetId: string,
  addresses: readonly string[],
): boolean {
  const own = email.toLowerCase();
  return id === targetId || (own !== '' && addresses.some((address) => address.toLowerCase() === own));
}
