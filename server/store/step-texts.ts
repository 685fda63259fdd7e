import type { CallEffect, Undo } from '#domain/effect';
import type { LimitKind } from '#domain/limits';

/** What the journal keeps of a call that is not a read. */
export interface StoredEffect {
  does: CallEffect['does'];
  undo: Undo;
  vendorId: string;
  presetId: string;
  limitKind: LimitKind | null;
  credential: { id: string } | { name: string };
  target: { id: string; email: string; readAt: number; readStep: number | null } | null;
}

/** Reads a JSON text that this server wrote itself. */
export const parseText = <T>(text: string | null, absent: T): T =>
  text === null ? absent : (JSON.parse(text) as T);
