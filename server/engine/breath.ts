/** How long steps that wait for nobody may hold up everything else of the process. */
const longestMs = 10;

/**
 * Lets others have their turn when those who call this have worked too long. They go on one after the other, each in a
 * turn of its own: a hundred of them at once would hold the others up as long as before.
 */
export function createBreath(now: () => number = () => performance.now()): () => Promise<void> | undefined {
  let since = now();
  let last: Promise<void> = Promise.resolve();

  return () => {
    if (now() - since < longestMs) return undefined;
    last = last
      .then(() => new Promise<void>((resolve) => setImmediate(resolve)))
      .then(() => {
        since = now();
      });
    return last;
  };
}
