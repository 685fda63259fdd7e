import { agreedKey } from '../domain/dry-run.ts';
import type { Hold } from '../domain/guard.ts';
import type { Cap, LimitKind } from '../domain/limits.ts';
import type { ActiveRun, RunDeps } from './active-run.ts';
import type { Call } from './block.ts';
import type { Target } from './call-target.ts';
import type { Effect, TargetSeen } from './effect.ts';
import { toAnswerText } from './evidence.ts';
import { placesOf } from './guard.ts';
import type { Reservation } from './guard-ports.ts';
import type { StepRow } from './journal-ports.ts';
import { type Outcome, toOutcome } from './outcome.ts';
import type { OwnAccount } from './own-account.ts';
import { freshForMs, type Reading, type Readings } from './readings.ts';
import { nextAttemptMs } from './retry.ts';
import { refuseAnotherAccount } from './right-account.ts';
import type { RunRow } from './run-store-ports.ts';
import type { Subject } from './subject-ports.ts';

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

type GuardedCall = Pick<Call, 'vendor' | 'attempts'> & { effect: Effect };

const hourMs = 60 * 60_000;

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
 * Judges one call that takes something from somebody, before it is made: stops and freezes, protection, a fresh reading
 * that proves who it is, whether there is anything left to do, and which limits it counts against.
 */
export async function guardCall(call: GuardedCall, context: CallContext, deps: RunDeps): Promise<Verdict> {
  const { guard, clock } = deps;
  const { run, isRepeat } = context;
  const { vendorId, limitKind } = call.effect;
  const of = { run: run.row.key, workflowId: run.row.workflowId, vendorId };
  const hold =
    guard.hold(of, clock.now()) ?? (isRepeat ? null : holdOfAll(call.effect, run, guard.generation()));
  if (hold) return { kind: 'hold', hold };

  let judged = await judgeTarget(call, context, deps);
  const isAgreed = judged.kind !== 'go' || isAgreedTo(call.effect, context, judged.target);
  if (!isAgreed) return { kind: 'unapproved', sentence: notAgreed };
  if (judged.kind === 'go' && limitKind === 'delete' && !isRepeat) {
    // Accounts at an imitated vendor are made up: nobody needs the time to stop what is done to them. Who is imitated
    // takes a look at all credentials, so it is asked only where it matters.
    const isPaced = guard.content().settings.deletionsPerMinute !== null;
    if (isPaced && !(await run.isImitated())) await guard.pace(vendorId, run.signal);
    // Much may have happened to the account while its call waited for its turn.
    if (isOld(judged.target, clock.now())) judged = await judgeTarget(call, context, deps);
  }
  if (judged.kind === 'refused' && judged.isStranger) guard.distrust(of.workflowId, judged.sentence);
  if (judged.kind !== 'go' || limitKind === null) return judged;
  // The reading and the pace took time: what was pressed meanwhile counts.
  const late = guard.hold(of, clock.now());
  if (late) return { kind: 'hold', hold: late };
  // What was reserved for an earlier attempt holds for this one.
  const caps = isRepeat ? [] : await capsOf(run, of, limitKind, deps);
  const hour = Math.floor(clock.now() / hourMs);
  return { ...judged, reservation: { generation: guard.generation(), caps, hour } };
}

/** What somebody agreed to in a plan; everything where nobody had to. */
function isAgreedTo({ does }: Effect, { run, n, block }: CallContext, target: TargetSeen | null): boolean {
  return !run.agreed || run.agreed.has(agreedKey(n, block, does, target?.id));
}

const isOld = (target: TargetSeen | null, now: number): boolean =>
  target !== null && now - target.readAt > freshForMs;

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

const notAgreed = 'It is not in the plan that was agreed to. Nothing was sent. Start another run for it.';

/** A counter that is full, or the look that its version waits for, holds every further call without a look at its account. */
function holdOfAll({ vendorId, limitKind }: Effect, { holds }: ActiveRun, generation: number): Hold | null {
  const found = holds.get('version') ?? holds.get(`${limitKind} ${vendorId}`);
  return found?.generation === generation ? found.hold : null;
}

/** Every call that harms counts for its version: the first one is for somebody to look at. */
function versionCap({ row, isLookedAt }: ActiveRun, { guard }: RunDeps): Cap {
  const isFirst = guard.content().settings.hasCanary && !isLookedAt;
  return { scope: versionScope(row.versionId), kind: 'delete', most: isFirst ? 1 : null, isDaily: false };
}

/** Where the calls of a version are counted. */
export const versionScope = (versionId: string): string => `version:${versionId}`;

/** What an intent of the journal has reserved; null for one that takes nothing from anybody. */
export function reservedBy(
  { key, workflowId, versionId }: Pick<RunRow, 'key' | 'workflowId' | 'versionId'>,
  { effect, startedAt }: Pick<StepRow, 'effect' | 'startedAt'>,
): Reservation | null {
  const { vendorId, limitKind } = JSON.parse(effect ?? '{}') as Partial<Effect>;
  if (vendorId === undefined || !limitKind) return null;
  const places = placesOf({ run: key, workflowId, vendorId });
  const caps: Cap[] = places.map(({ scope, isDaily }) => ({ scope, kind: limitKind, isDaily, most: null }));
  caps.push({ scope: versionScope(versionId), kind: 'delete', isDaily: false, most: null });
  // It may have been reserved in a later hour: given back in this one, it never frees a place too long.
  return { generation: 0, caps, hour: Math.floor(startedAt / hourMs) };
}

/** They are the same for all calls of a run until somebody changes a limit. */
function capsOf(
  run: ActiveRun,
  of: { run: number; workflowId: string; vendorId: string },
  kind: LimitKind,
  deps: RunDeps,
): Reservation['caps'] | Promise<Reservation['caps']> {
  const { guard } = deps;
  const key = `${kind} ${of.vendorId}`;
  const known = run.caps.get(key);
  if (known?.generation === guard.generation()) return known.caps;
  const generation = guard.generation();
  return guard.caps(of, kind).then((limits) => {
    // Whoever agreed to the plan has agreed to its numbers: they count, and nothing stops them.
    const counted = run.agreed ? limits.map((cap) => ({ ...cap, most: null })) : limits;
    const caps = [...counted, versionCap(run, deps)];
    run.caps.set(key, { generation, caps });
    return caps;
  });
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

const who = ({ id, email }: Pick<Target, 'id' | 'email'>): string => (email === '' ? id : `${email} (${id})`);

/** A read after which nothing is left to do. */
function settledBy(outcome: Outcome, vendor: string, target: Target): Outcome {
  const state = outcome.kind === 'not_found' ? 'gone' : 'as wanted';
  const message = `Nothing was sent: ${vendor} shows ${who(target)} already ${state}.`;
  return { ...outcome, kind: 'ok', message };
}

function protectedBy(
  target: Target,
  { kind, value, note }: { kind: string; value: string; note: string },
): string {
  const why = note === '' ? '' : ` (${note.replace(/\.$/, '')})`;
  const what: Record<string, string> = {
    address: `the address ${value}`,
    identifier: `the id ${value}`,
    role: `the role ${value}`,
    person_role: `the role ${value}`,
  };
  return `${who(target)} is protected by ${what[kind] ?? value}${why}. Nothing was sent.`;
}

function isSameAccount(
  { id, email }: { id: string; email: string },
  targetId: string,
  addresses: readonly string[],
): boolean {
  const own = email.toLowerCase();
  return id === targetId || (own !== '' && addresses.some((address) => address.toLowerCase() === own));
}

function ownAccount(target: Target, vendor: string, own: OwnAccount): string {
  if (own.kind === 'unknown') {
    return `${vendor} does not say whose account the credential is, so every account counts as that one. Nothing was sent. Test the credential, and check its scopes. ${own.why}`;
  }
  return `${who(target)} is the account that the credential belongs to: without it nothing works at ${vendor} any more. Nothing was sent. Use a credential of somebody else.`;
}

function administrator(vendor: string, target: Target, power: true | null): string {
  if (power === null) {
    return `${vendor} does not say whether ${who(target)} is an administrator, so the account counts as protected. Nothing was sent.`;
  }
  return `${who(target)} is an administrator at ${vendor} and so is protected. Take the role away at ${vendor} first. Nothing was sent.`;
}

function lastAdministrator(vendor: string, target: Target): string {
  return `${who(target)} is an administrator at ${vendor}, or may be one, and may be the last: the credential does not belong to another one. Nothing was sent. Take the role away at ${vendor} first, or use a credential of an administrator.`;
}

function notRead(target: Target, { message }: Outcome): string {
  return `${who(target)} could not be looked at first, so nothing was sent. ${message}`;
}

function notTheSame(vendor: string, target: Target, mismatch: string): string {
  return `${vendor}'s answer is not about ${who(target)}: ${mismatch}. Nothing was sent. Load the users again, then look at this record.`;
}

function notAsItIs(vendor: string, target: Target, name: string): string {
  return `The whole record would be written back to ${vendor}, and its "${name}" is not what ${who(target)} has there now. Nothing was sent. Read the account in a block just before this one, and hand its answer on as it is.`;
}

function noTarget(vendor: string, { does }: Effect): string {
  const sentence = `Nothing says how to look at the account at ${vendor} first, so nothing was sent. Use a preset, or a URL that ends in the account's id and can be read`;
  if (does !== 'unknown') return `${sentence}.`;
  return `${sentence}; or say in the block that it acts on nobody's account.`;
}
