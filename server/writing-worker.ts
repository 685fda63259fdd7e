import { parentPort, workerData } from 'node:worker_threads';
import { newId } from '#domain/ids';
import { createMatching } from '#engine/match';
import { connectDatabase } from './store/database.ts';
import { createJournal, type Journal } from './store/journal.ts';
import {
  type Packed,
  toFailure,
  unpack,
  type WriteReply,
  type WriteRequest,
} from './store/journal-messages.ts';
import { createLoadPages, type LoadPages } from './store/load-pages.ts';

/**
 * The other end of `writing-thread.ts`, and what it is made of. What runs write is committed in groups and answered
 * together. A page of a load is a transaction of its own.
 */
const { file } = workerData as { file: string };
const database = connectDatabase(file);
const journal = createJournal(database);
const pages = createLoadPages(database, createMatching, newId);
let replies: WriteReply[] = [];

function reply(message: WriteReply): void {
  if (replies.length === 0) {
    setImmediate(() => {
      parentPort?.postMessage(replies);
      replies = [];
    });
  }
  replies.push(message);
}

async function write({ name, args }: WriteRequest): Promise<unknown> {
  if (name === 'load-page') return pages.write(...(args as Parameters<LoadPages['write']>));
  if (name === 'load-end') return pages.close(...(args as Parameters<LoadPages['close']>));
  if (name === 'close') return await journal.close();
  if (name === 'append') return await journal.commit('append', unpack(args[0] as Packed));
  return await journal.commit(name as Parameters<Journal['commit']>[0], ...(args as never));
}

function take(request: WriteRequest): void {
  const { id } = request;
  write(request).then(
    (value) => reply({ id, value }),
    (error: unknown) => reply({ id, failure: toFailure(error) }),
  );
}

parentPort?.on('message', (requests: WriteRequest[]) => {
  for (const request of requests) take(request);
});
