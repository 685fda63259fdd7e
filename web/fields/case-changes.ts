import type { ConditionGroup } from '#contract';

/** A case of a Switch. Its id is an exit: it stays when the case is renamed or moved. */
export type Case = { id: string; label: string; condition: ConditionGroup };

export const toCases = (value: unknown): Case[] => (Array.isArray(value) ? (value as Case[]) : []);

/** A case without rules, with an id that none of the others has. */
export function newCase(cases: readonly Case[]): Case {
  const taken = new Set(cases.map(({ id }) => id));
  let n = cases.length + 1;
  while (taken.has(`case_${n}`)) n += 1;
  return { id: `case_${n}`, label: `Case ${n}`, condition: { match: 'all', rules: [] } };
}

/** The cases with one of them at another place. */
export function moveCase(cases: readonly Case[], from: number, to: number): Case[] {
  const moved = cases[from];
  if (!moved || to < 0 || to >= cases.length) return [...cases];
  const rest = cases.filter((_, at) => at !== from);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}
