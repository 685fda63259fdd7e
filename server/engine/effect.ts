import type { SkipCode } from '../domain/dry-run.ts';
import type { CallEffect } from '../domain/effect.ts';
import type { LimitKind } from '../domain/limits.ts';
import type { Target } from './call-target.ts';

/** What a call changes, as its block states it. */
export interface Effect {
  does: CallEffect['does'];
  undo: Exclude<CallEffect, { does: 'read' }>['undo'];
  vendorId: string;
  presetId: string;
  /** As what limits count it; null for what takes nothing from anybody. */
  limitKind: LimitKind | null;
  /** Whether the account must be read, recognised and found unprotected before the call. */
  isGuarded: boolean;
  /** Its preset says how to look at the account. */
  hasTarget: boolean;
  /**
   * Whom it acts on; undefined where nothing says so, null for nobody: its author said so, and it names no account.
   * Throws `template_error`.
   */
  target?: (() => Target | null | undefined) | undefined;
}

/** The account as it was seen just before the call. */
export interface TargetSeen {
  id: string;
  email: string;
  /** Milliseconds since 1970. */
  readAt: number;
  /** The step whose answer holds its state; null when the step of the call itself does. */
  readStep: number | null;
}

/** What a dry run knows besides. */
export interface Planned {
  /** Why it would be left out. */
  skip?: SkipCode;
  /** Blocks whose answer it needs. */
  needs?: readonly string[];
}

/** What the journal keeps of a call that is not a read, as JSON text. */
export function toEffectText(
  effect: Effect,
  credential: object,
  target: TargetSeen | null,
  planned: Planned = {},
): string {
  const { does, undo, vendorId, presetId, limitKind } = effect;
  return JSON.stringify({ does, undo, vendorId, presetId, limitKind, credential, target, ...planned });
}

/** The same of what is no call. */
export const toOwnEffectText = (
  does: 'set-fields' | 'notify' | 'load' | 'start-run',
  more: { ids?: readonly string[] } = {},
): string =>
  JSON.stringify({
    does,
    undo: null,
    vendorId: null,
    presetId: null,
    limitKind: null,
    target: null,
    ...more,
  });
