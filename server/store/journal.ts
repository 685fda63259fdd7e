import type { Database } from './database.ts';
import { createRunWrites, type RunWrites } from './run-writes.ts';

type Name = Exclude<keyof RunWrites, 'begin' | 'end'>;

/** Many writers, one commit: what arrives while the loop is busy is written together and synced once. */
export interface Journal {
  /** Resolves after the commit with what the write returned. Writes keep the order in which they were handed in. */
  commit<N extends Name>(name: N, ...args: Parameters<RunWrites[N]>): Promise<ReturnType<RunWrites[N]>>;
  /** Resolves when all that was handed in is committed, and lets go of the database. */
  close(): Promise<void>;
}

interface Waiting {
  write(): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** A commit holds its thread; a longer one would be felt by everybody who waits for an answer. */
const maxBatch = 256;

/**
 * Group commit over one connection. There is no timer: a batch is committed as soon as the loop has handed out what it
 * had, or when it is full. When one write fails, the others are committed without it.
 */
export function createJournal(database: Database): Journal {
  const writes = createRunWrites(database);
  const transaction = database.$client.transaction((batch: Waiting[]) => {
    writes.begin();
    const results = batch.map(({ write }) => write());
    writes.end();
    return results;
  });
  let queue: Waiting[] = [];
  let isScheduled = false;

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(flush);
  }

  function flush(): void {
    isScheduled = false;
    const batch = queue.slice(0, maxBatch);
    queue = queue.slice(maxBatch);
    if (queue.length > 0) schedule();
    commitAll(batch);
  }

  function commitAll(batch: Waiting[]): void {
    let results: unknown[];
    try {
      results = transaction.immediate(batch);
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
    commit(name, ...args) {
      return new Promise((resolve, reject) => {
        const write = () => (writes[name] as (...all: typeof args) => unknown)(...args);
        queue.push({ write, resolve: resolve as (value: unknown) => void, reject });
        schedule();
      });
    },
    async close() {
      while (queue.length > 0) flush();
    },
  };
}
