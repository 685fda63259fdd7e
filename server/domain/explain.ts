import { conditionGroupSchema } from './condition.ts';
import { conditionSentence } from './condition-words.ts';
import type { Undo } from './effect.ts';
import type { ExplainedEffect } from './explanation.ts';
import type { Block, Graph } from './workflow.ts';

const dayMs = 24 * 60 * 60_000;

/** A step of a record as it was kept. */
export interface KeptStep {
  block: string;
  startedAt: number;
  exit: string | null;
  note: string | null;
  error: string | null;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** The way of a record to a step, block by block. */
export function toWay(steps: readonly KeptStep[], graph: Graph | undefined): ExplainedEffect['way'] {
  return steps.map(({ block: id, startedAt, exit, note, error }) => {
    const block = graph?.blocks.find((each) => each.id === id);
    return {
      block: block?.name ?? id,
      type: block?.type ?? '',
      at: iso(startedAt),
      exit,
      condition: block ? conditionOf(block) : null,
      note,
      error,
    };
  });
}

/** Until when a vendor keeps what was removed; null where that is not how it is. */
export const undoUntil = (undo: Undo, at: number): string | null =>
  undo.kind === 'recoverable' ? iso(at + undo.days * dayMs) : null;

/** What a block decides by, as its author set it. */
function conditionOf({ type, settings }: Block): string | null {
  if (type === 'inactive-for') {
    return `${String(settings.lastActivity ?? '{{last_activity}}')} more than ${String(settings.days ?? 90)} days ago`;
  }
  const rules = type === 'begin' ? settings.rules : type === 'if' ? settings.condition : undefined;
  const group = conditionGroupSchema.safeParse(rules);
  if (!group.success || group.data.rules.length === 0) return null;
  return conditionSentence(group.data);
}
