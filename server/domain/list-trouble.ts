import type { LoadTally } from './load.ts';

/** A list may lose so much from one load to the next before nobody trusts what is decided by it. */
const mostShrink = 0.1;
/** So many of those who had a value may have none any more. */
const mostEmptied = 0.05;
/** Fewer than these prove nothing, whatever their share. */
const fewest = 3;

/**
 * Why destructive calls by what a list says must wait: it names over a tenth fewer accounts than the load before, or a
 * field is empty for over a twentieth of those who had it, as when the vendor has renamed it. Null when it is sound.
 * `expected` accounts were missing before, or were deleted by us.
 */
export function findListTrouble(
  tally: LoadTally,
  { known, missing }: { known: number; missing: number },
  expected: number,
): string | null {
  const gone = missing - expected;
  if (gone >= fewest && gone > known * mostShrink) {
    return `The list names ${gone} of ${known} accounts no longer.`;
  }
  const [worst] = emptiedOf(tally).sort((a, b) => b.share - a.share);
  if (!worst) return null;
  const { field, count, of } = worst;
  return `The field "${field}" is empty for ${count} of ${of} accounts that had it.`;
}

function emptiedOf({ emptied = {} }: LoadTally) {
  return Object.entries(emptied)
    .map(([field, { count, of }]) => ({ field, count, of, share: count / of }))
    .filter(({ count, share }) => count >= fewest && share > mostEmptied);
}
