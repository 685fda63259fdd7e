/** How deep settings may be nested; the deepest that a block has is a condition with eight groups in each other. */
const deepest = 40;
/** How many values all settings of a workflow may have. */
const mostValues = 100_000;

/** Names that are no setting of anybody, and under which other programs have been taken over. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

export interface Excess {
  path: (string | number)[];
  message: string;
}

/**
 * What in a value that came from outside no part of this server should have to work with; null when all is well. Goes
 * through it without recursion, so that no depth can be too much for the check itself.
 */
export function findExcess(root: unknown): Excess | null {
  const open: { value: unknown; path: (string | number)[] }[] = [{ value: root, path: [] }];
  let count = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path } = next;
    count += 1;
    if (count > mostValues) return { path: [], message: `It holds more than ${mostValues} values.` };
    if (typeof value !== 'object' || value === null) continue;
    if (path.length >= deepest) return { path, message: `It is nested more than ${deepest} levels deep.` };
    for (const [key, part] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      if (forbidden.has(key)) return { path: at, message: `"${key}" is no name of a setting.` };
      open.push({ value: part, path: at });
    }
  }
  return null;
}
