import { Worker } from 'node:worker_threads';
import type { Load } from '#domain/load';
import type { Journal } from './journal.ts';
import {
  pack,
  toError,
  type WriteReply,
  type WriteRequest,
  type WrittenTransition,
} from './journal-messages.ts';
import type { LoadPagesSomewhere } from './load-writer.ts';

/** Young objects of the thread live shortly: a small nursery keeps its memory small. */
const limits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 };

export interface WritingThread {
  journal: Journal;
  pages: LoadPagesSomewhere;
}

/**
 * Whatever is written much, in a thread of its own with its own connection to the file: syncing to disk and copying
 * the log back, which take milliseconds, hold up neither calls nor answers. There is one such thread, because SQLite
 * has one writer. What is handed in during one turn of the loop travels together.
 */
export function createWritingThread(script: URL | string, file: string): WritingThread {
  const worker = new Worker(script, { workerData: { file }, resourceLimits: limits });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let outbox: WriteRequest[] = [];
  let lastId = 0;
  let failure: Error | undefined;

  worker.on('message', (replies: WriteReply[]) => {
    for (const { id, value, failure: failed } of replies) {
      const entry = waiting.get(id);
      waiting.delete(id);
      if (failed) entry?.reject(toError(failed));
      else entry?.resolve(value);
    }
  });
  const fail = (error: Error): void => {
    failure = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('The journal has been closed.')));

  function post(): void {
    worker.postMessage(outbox);
    outbox = [];
  }

  function send(name: string, args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (failure) {
        reject(failure);
        return;
      }
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      if (outbox.length === 0) setImmediate(post);
      outbox.push({ id: lastId, name, args });
    });
  }

  return {
    journal: {
      commit(name, ...args) {
        const sent = name === 'append' ? [pack(args[0] as WrittenTransition)] : args;
        return send(name, sent) as Promise<never>;
      },
      async close() {
        await send('close', []).catch(() => undefined);
        await worker.terminate();
      },
    },
    pages: {
      write: (...page) => send('load-page', page) as Promise<Load>,
      // A thread that is gone remembers nothing.
      close: (key) => void send('load-end', [key]).catch(() => undefined),
    },
  };
}
