import { parentPort, workerData } from 'node:worker_threads';
import { connectDatabase } from './database.ts';
import { createJournal, type Journal } from './journal.ts';
import { type Packed, toFailure, unpack, type WriteReply, type WriteRequest } from './journal-messages.ts';

/** The other end of `journal-thread.ts`: commits what comes, and answers together what was committed together. */
const { file } = workerData as { file: string };
const database = connectDatabase(file);
const journal = createJournal(database);
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

function write({ name, args }: WriteRequest): Promise<unknown> {
  if (name === 'close') return journal.close();
  if (name === 'append') return journal.commit('append', unpack(args[0] as Packed));
  return journal.commit(name as Parameters<Journal['commit']>[0], ...(args as never));
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
