import { AppError } from '../domain/errors.ts';
import type { Resolution } from '../domain/run.ts';
import type { CompiledVersions } from './compiled-versions.ts';
import type { Clock, RunRow, RunStore } from './ports.ts';
import { settleStep } from './settle.ts';
import type { WorkingRuns } from './working-runs.ts';

interface Deps {
  store: RunStore;
  clock: Pick<Clock, 'now'>;
  versions: CompiledVersions;
  runs: Pick<WorkingRuns, 'at' | 'begin'>;
  rowOf(runId: string): Promise<RunRow>;
}

/**
 * Decides what became of a record's call whose outcome nobody knows. Throws `conflict` where somebody else decides about
 * it right now or it needs no decision, and `not_found`.
 */
export type Decide = (runId: string, n: number, choice: Resolution, by: string) => Promise<void>;

export function createDecide({ store, clock, versions, runs, rowOf }: Deps): Decide {
  /** Records about which somebody decides right now. */
  const deciding = new Set<string>();

  /** Writes the decision and sends the record on its way, beside the others while the run still works on them. */
  async function settle(runId: string, n: number, choice: Resolution, by: string): Promise<void> {
    const entry = runs.at(runId);
    await entry?.opened.promise;
    const row = entry?.active?.row ?? (await rowOf(runId));
    const record = await store.record(row.key, n);
    if (record?.status !== 'needs_attention') throw notParked(record);
    const { plan } = await versions.of(row.versionId);
    const now = clock.now();
    if (entry?.active && !entry.isBroken && !entry.isCancelling) {
      const { active } = entry;
      const decided = Promise.withResolvers<void>();
      if (active.takenBack.add(n, decided.promise)) {
        const written = settleStep({ row, n, choice, by, plan, store, now });
        written.then(
          (step) => {
            active.counts.unpark(step.block);
            if (step.exit !== null) active.counts.exit(step.block, step.exit);
            active.changed();
            decided.resolve();
          },
          (error: unknown) => decided.reject(error),
        );
        await written;
        return;
      }
    }
    // Its records are done, or it halts: it is taken up once more.
    await entry?.done;
    const latest = await rowOf(runId);
    await settleStep({ row: latest, n, choice, by, plan, store, now });
    await store.reopen(latest.key);
    runs.begin(latest, false);
  }

  return async (runId, n, choice, by) => {
    const place = `${runId}/${n}`;
    if (deciding.has(place)) {
      throw new AppError('conflict', 'Somebody else decides about this record right now. Look at it again.');
    }
    deciding.add(place);
    try {
      await settle(runId, n, choice, by);
    } finally {
      deciding.delete(place);
    }
  };
}

const notParked = (record: unknown): AppError =>
  record
    ? new AppError('conflict', 'This record needs no decision: its last call has a known outcome.')
    : new AppError('not_found', 'The run has no such record.');
