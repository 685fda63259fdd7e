import type { Approval } from '../domain/approval.ts';
import type { GuardContent, GuardSettings, StopScope } from '../domain/guard.ts';
import type { LimitKind } from '../domain/limits.ts';
import type { NewProtection, Protection } from '../domain/protection.ts';
import type { Principal } from './access-ports.ts';

/** How far a limit of 24 hours is used up. */
export interface LimitUse {
  /** `all`, `vendor:webex` or `workflow:wf_…`. */
  scope: string;
  kind: LimitKind;
  used: number;
  /** Null where nothing limits it. */
  most: number | null;
}

export interface SafetyState extends GuardContent {
  /** Names the settings as they are: a change says which ones it was made from. */
  base: string;
  protections: Protection[];
  uses: LimitUse[];
  /** Who could agree if the caller asked now; empty means that the caller waits a day and agrees alone. */
  secondPersons: { id: string; name: string }[];
}

/** What came of a change: made, or asked for. */
export type Changed = { kind: 'done' } | { kind: 'asked'; approval: Approval };

/** Why a stop or safe mode is over, and up to which time the one who says so has looked at it. */
export interface Release {
  reason: string;
  seen?: number | undefined;
}

/** What the doors ask of the guard. */
export interface SafetyService {
  state(caller: Principal): Promise<SafetyState>;
  /** Holds at once, in all processes: whatever is not on its way yet does not leave. */
  stop(scope: StopScope, reason: string, by: Principal): Promise<void>;
  /**
   * `place` is `all`, `vendor:webex` or `workflow:wf_…`. Throws `not_found`, and `conflict` where somebody has pressed
   * Stop there since what was seen.
   */
  release(place: string, release: Release, by: Principal): Promise<void>;
  /** Throws `not_found` outside safe mode, and `conflict` where there is another reason for it since what was seen. */
  leaveSafeMode(release: Release, by: Principal): Promise<void>;
  /** Why nothing at all may leave this server; null where it may. */
  closedBy(): string | null;
  /** What only tightens is done at once; the rest is asked for as a whole. Throws `conflict` when `base` is old. */
  change(change: { settings: GuardSettings; base: string; reason: string }, by: Principal): Promise<Changed>;
  protect(protection: NewProtection, by: Principal): Promise<Protection>;
  /** Asks for it. Throws `not_found`. */
  unprotect(id: string, reason: string, by: Principal): Promise<Approval>;
}
