import type { RecordedAnswer, RenderedRequest, Step, StepChange, StepEvidence } from '#domain/run';
import type { steps } from './schema.ts';
import { parseText, type StoredEffect } from './step-texts.ts';

type Row = typeof steps.$inferSelect;

const iso = (ms: number): string => new Date(ms).toISOString();

/** A step as people see it; `way` are steps of the same record, of which one may have read the account. */
export function toShownStep(row: Row, way: readonly Row[]): Step {
  return {
    recordN: row.recordN,
    n: row.n,
    block: row.block,
    status: row.status as Step['status'],
    exit: row.exit,
    attempts: row.attempts,
    startedAt: iso(row.startedAt),
    durationMs: row.durationMs,
    note: row.note,
    error: row.error,
    request: parseText<RenderedRequest | null>(row.request, null),
    answer: parseText<RecordedAnswer | null>(row.answer, null),
    changes: parseText<StepChange[]>(row.changes, []),
    evidence: toEvidence(row, way),
  };
}

/** Null for what calls no vendor, also where a dry run noted what a block would do by itself. */
function toEvidence(row: Row, way: readonly Row[]): StepEvidence | null {
  const effect = parseText<(Omit<StoredEffect, 'vendorId'> & { vendorId: string | null }) | null>(
    row.effect,
    null,
  );
  if (!effect || effect.vendorId === null || effect.undo === null) return null;
  const { does, vendorId, undo, target } = effect;
  const text =
    target?.readStep == null
      ? row.before
      : (way.find(({ recordN, n }) => recordN === row.recordN && n === target.readStep)?.answer ?? null);
  return {
    ...{ does, vendorId, undo },
    target: target && { id: target.id, email: target.email },
    reading: target && { at: iso(target.readAt), answer: parseText<RecordedAnswer | null>(text, null) },
  };
}
