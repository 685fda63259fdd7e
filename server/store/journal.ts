import type { Database } from './database.ts';

/** A piece of work inside a commit; what it returns is what its promise gives. */
type Work<T> = () => T;

interface Waiting {
  work: Work<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Many writers, one commit: what arrives while the loop is busy is written together and synced once. */
export interface Journal {
  /** Resolves after the commit with what the work returned. The work must not wait for anything. */
  commit<T>(work: Work<T>): Promise<T>;
}

/** A commit holds the loop; a longer one would be felt by everybody who waits for an answer. */
const maxBatch = 256;
/** A batch smaller than this waits for a few more turns of the loop: each commit costs a sync, whatever its size. */
const goodBatch = 48;
const mostTurns = 3;

/**
 * Group commit over the one connection that writes. There is no timer: a batch is committed as soon as the loop has
 * handed out what it had, or when it is full. When one piece of work fails, the others are committed without it.
 */
export function createJournal(database: Database): Journal {
  let queue: Waiting[] = [];
  let isScheduled = false;
  let turns = 0;
  let sizeBefore = 0;
  const transaction = database.$client.transaction((work: () => unknown) => work());

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(flush);
  }

  function flush(): void {
    isScheduled = false;
    // Only while more keeps coming: a lone writer is not made to wait.
    const isGrowing = queue.length > sizeBefore && queue.length > 1;
    if (isGrowing && queue.length < goodBatch && turns < mostTurns) {
      turns += 1;
      sizeBefore = queue.length;
      schedule();
      return;
    }
    turns = 0;
    sizeBefore = 0;
    const batch = queue.slice(0, maxBatch);
    queue = queue.slice(maxBatch);
    if (queue.length > 0) schedule();
    commitAll(batch);
  }

  function commitAll(batch: Waiting[]): void {
    let results: unknown[];
    try {
      results = transaction.immediate(() => batch.map(({ work }) => work())) as unknown[];
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1 && only) only.reject(error);
      // Rolled back as a whole: each on its own, so that only the guilty one fails.
      else for (const waiting of batch) commitAll([waiting]);
      return;
    }
    for (const [i, waiting] of batch.entries()) waiting.resolve(results[i]);
  }

  return {
    commit<T>(work: Work<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
        schedule();
      });
    },
  };
}
