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
  /** Whom it acts on; absent where nothing says so. Throws `template_error`. */
  target?: (() => Target) | undefined;
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

/** What the journal keeps of a call that is not a read, as JSON text. */
export function toEffectText(effect: Effect, credential: object, target: TargetSeen | null): string {
  const { does, undo, vendorId, presetId, limitKind } = effect;
  return JSON.stringify({ does, undo, vendorId, presetId, limitKind, credential, target });
}
