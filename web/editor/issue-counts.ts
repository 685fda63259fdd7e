import type { Issue } from '#contract';

export type IssueCounts = { errors: number; warnings: number };

/** How many issues each block has. Counts that stay the same stay the same object, so no card is drawn again for them. */
export function countIssues(
  issues: readonly Issue[],
  previous: ReadonlyMap<string, IssueCounts>,
): ReadonlyMap<string, IssueCounts> {
  const counts = new Map<string, IssueCounts>();
  for (const { block, severity } of issues) {
    if (block === null) continue;
    const { errors, warnings } = counts.get(block) ?? { errors: 0, warnings: 0 };
    counts.set(
      block,
      severity === 'error' ? { errors: errors + 1, warnings } : { errors, warnings: warnings + 1 },
    );
  }
  for (const [block, count] of counts) {
    const old = previous.get(block);
    if (old?.errors === count.errors && old.warnings === count.warnings) counts.set(block, old);
  }
  return counts;
}
