import { AppError } from '#domain/errors';
import type { ChildStart } from '#engine/child-ports';
import type { Database } from './database.ts';

/** What is written when a run starts another one, to be called inside a transaction. */
export function createChildWrites({ $client }: Database) {
  const place = "'$._started.' || json_quote(?) || '.";
  const ofStart = `run = ? AND n IN (SELECT value FROM json_each(?)) AND status = 'waiting'
    AND json_extract(held, '$.code') = 'start:' || ?`;
  const hold = $client.prepare(
    `UPDATE run_records SET variables = json_set(variables, ${place}run', ?), held = ? WHERE ${ofStart}`,
  );
  const queue = (what: 'run' | 'error') =>
    $client.prepare(`UPDATE run_records SET variables = json_set(variables, ${place}${what}', ?), status = 'queued',
      wake_at = NULL, held = NULL WHERE ${ofStart}`);
  const [queueWithRun, queueWithError] = [queue('run'), queue('error')];
  const goOn = $client.prepare("UPDATE runs SET status = 'running' WHERE key = ? AND status = 'waiting'");

  return {
    /** The records have their run. Throws `conflict` when they do not wait for one any more. */
    take({ parent, block, ns, held }: ChildStart, runId: string): void {
      const records = [parent, JSON.stringify(ns), block] as const;
      const { changes } = held
        ? hold.run(block, runId, JSON.stringify(held), ...records)
        : queueWithRun.run(block, runId, ...records);
      if (changes !== ns.length) {
        throw new AppError('conflict', 'Not all of these records wait for that run any more.');
      }
      if (!held) goOn.run(parent);
    },

    /** There is no such run: they go on with the reason. */
    refuse({ parent, block, ns }: ChildStart, error: string): void {
      queueWithError.run(block, error, parent, JSON.stringify(ns), block);
      goOn.run(parent);
    },
  };
}
