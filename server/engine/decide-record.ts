import type { CompiledVersions } from './compiled-versions.ts';
import type { Clock } from './ports.ts';
import type { RunRow, RunStore } from './run-store-ports.ts';
import { type Decision, settleStep } from './settle.ts';
import type { WorkingRuns } from './working-runs.ts';

interface Deps {
  store: RunStore;
  clock: Pick<Clock, 'now'>;
  versions: CompiledVersions;
  runs: Pick<WorkingRuns, 'at' | 'begin'>;
  rowOf(runId: string): Promise<RunRow>;
}

/**
 * Decides what became of a record's call whose outcome nobody knows. Throws `conflict` where it needs no decision, such
 * as when somebody else has decided meanwhile, and `not_found`.
 */
export type Decide = (runId: string, decision: Decision) => Promise<void>;

export function createDecide({ store, clock, versions, runs, rowOf }: Deps): Decide {
  /** The newest decision about each run that is under way: the next one waits for it. */
  const newest = new Map<string, Promise<void>>();

  /** Writes the decision and sends the record on its way, beside the others while the run still works on them. */
  async function settle(runId: string, decision: Decision): Promise<void> {
    const entry = runs.at(runId);
    await entry?.opened.promise;
    const row = entry?.active?.row ?? (await rowOf(runId));
    const { plan } = await versions.of(row.versionId);
    const now = clock.now();
    const { settled, transition } = await settleStep(decision, { row, plan, store, now });
    if (entry?.active && !entry.isBroken && !entry.isCancelling) {
      const { active } = entry;
      const written = Promise.withResolvers<void>();
      if (active.takenBack.add(decision.n, written.promise)) {
        try {
          await store.append(transition);
        } catch (error) {
          written.reject(error);
          throw error;
        }
        active.counts.unpark(settled.block);
        if (settled.exit !== null) active.counts.exit(settled.block, settled.exit);
        active.changed();
        written.resolve();
        return;
      }
    }
    // Its records are done, or it halts: it is taken up once more.
    await entry?.done;
    const latest = await rowOf(runId);
    await store.reopen({ ...transition, fence: latest.fence });
    runs.begin(latest, false);
  }

  return async (runId, decision) => {
    const before = newest.get(runId) ?? Promise.resolve();
    const turn = before.then(() => settle(runId, decision));
    const over = turn.catch(() => undefined);
    newest.set(runId, over);
    over.then(() => {
      if (newest.get(runId) === over) newest.delete(runId);
    });
    await turn;
  };
}
