import type { Database } from './store/database.ts';
import { type Reseal, resealAll } from './store/sealed-values.ts';
import type { KeyChange } from './vendors/master-key.ts';
import { createVault } from './vendors/vault.ts';

/**
 * Seals every secret with the next key and puts that in the place of the current one; returns how many secrets there
 * are. May be cut off anywhere and begun again: the next key is on the disk before anything is sealed with it, secrets
 * change all at once in each database, and until the end both keys can be read.
 */
export function rotateKey(databases: readonly Database[], keys: KeyChange): number {
  const vault = createVault(keys.next(), 'default', [keys.current]);
  const reseal: Reseal = (sealed, place) =>
    vault.isCurrent(sealed) ? sealed : vault.seal(vault.open(sealed, place), place);
  let count = 0;
  for (const database of databases) count += resealAll(database, reseal);
  keys.finish();
  return count;
}
