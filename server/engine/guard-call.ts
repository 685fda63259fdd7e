import { agreedKey } from '../domain/dry-run.ts';
import type { Hold } from '../domain/guard.ts';
import type { Cap, LimitKind } from '../domain/limits.ts';
import type { ActiveRun, RunDeps } from './active-run.ts';
import type { Effect, TargetSeen } from './effect.ts';
import { placesOf } from './guard.ts';
import type { Reservation } from './guard-ports.ts';
import type { StepRow } from './journal-ports.ts';
import { type CallContext, type GuardedCall, judgeTarget, type Verdict } from './judge-target.ts';
import { freshForMs } from './readings.ts';
import type { RunRow } from './run-store-ports.ts';

const hourMs = 60 * 60_000;

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
