import type { Finding } from './finding.ts';
import type { Trial } from './trial.ts';
import { tryChanges } from './try-changes.ts';
import { tryFailures } from './try-failures.ts';
import { tryLoad } from './try-load.ts';
import { tryReads } from './try-reads.ts';

/** What only a vendor that answers can tell: the same questions for every one. */
export async function tryVendor(trial: Trial): Promise<Finding[]> {
  const { found, accounts } = await tryLoad(trial);
  if (accounts.length === 0) return found;
  return [
    ...found,
    ...(await tryReads(trial, accounts)),
    ...(await tryFailures(trial, accounts)),
    ...(await tryChanges(trial, accounts)),
  ];
}
