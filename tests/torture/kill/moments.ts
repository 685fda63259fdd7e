import { createRandom } from '../../../server/sandbox/random.ts';

/**
 * When to kill: after so many calls to the vendor, spread over the whole run at random. The seed is fixed, so that a
 * failure comes again. A run over N people makes about 1.4 N calls: N look-ups, and two more for each inactive one.
 */
export function killMoments(rounds: number, people: number, seed = 20261121): number[] {
  const random = createRandom(seed);
  const last = Math.floor(people * 1.4);
  return Array.from({ length: rounds }, () => random.whole(1, last));
}
