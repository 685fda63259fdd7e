import { AppError } from '../domain/errors.ts';
import type { ActiveRun } from './active-run.ts';
import type { Refusal, Reservation } from './guard-ports.ts';
import type { Notice, RecordChange, RecordState, StepRow, Transition } from './journal-ports.ts';
import type { Clock } from './ports.ts';
import type { RunStore } from './run-store-ports.ts';

/** What one record has done and has not written yet. */
export interface RecordJournal {
  steps: StepRow[];
  changes: RecordChange[];
  notifications: Notice[];
  /** Exits to be counted once they are committed. */
  taken: { block: string; exit: string }[];
  /** Whether it holds what a call has changed, which must not wait for the next thing. */
  hasOutcome: boolean;
  /** What the next write reserves or gives back. */
  reserve: Reservation | null;
  release: Reservation | null;
  /** Hands everything to the journal; resolves after the commit. Refused: its intent was left out. */
  write(): Promise<Refusal | null>;
  /**
   * Gives what is known to the journal without waiting for the commit, so that an outcome is not lost while the next
   * thing takes its time. Changed values are waited for: another record may have a unique one already.
   */
  handOver(): Promise<unknown> | undefined;
}

/** The record has failed and says so in the journal; nothing more happens to it. */
export class RecordFailed extends Error {}

const mostBehind = 256;

export function openRecordJournal(
  run: ActiveRun,
  state: RecordState,
  { store, clock }: { store: RunStore; clock: Clock },
): RecordJournal {
  const journal: RecordJournal = {
    steps: [],
    changes: [],
    notifications: [],
    taken: [],
    hasOutcome: false,
    reserve: null,
    release: null,

    write() {
      const transition = toTransition();
      const { taken } = journal;
      journal.steps = [];
      journal.changes = [];
      journal.notifications = [];
      journal.taken = [];
      journal.hasOutcome = false;
      journal.reserve = null;
      journal.release = null;
      const count = (refusal: Refusal | null): Refusal | null => {
        for (const { block, exit } of taken) run.counts.exit(block, exit);
        run.changed();
        return refusal;
      };
      return store.append(transition).then(count, (error: unknown) => failRecord(transition, error));
    },

    handOver() {
      if (journal.changes.length > 0) return journal.write();
      run.behind += 1;
      const done = (): void => {
        run.behind -= 1;
      };
      run.lastWrite = journal.write().then(done, (error: unknown) => {
        done();
        run.broke(error);
      });
      // A journal that cannot keep up sets the pace, so that what waits for it does not fill the memory.
      return run.behind > mostBehind ? run.lastWrite : undefined;
    },
  };
  return journal;

  function toTransition(): Transition {
    return {
      run: run.row.key,
      fence: run.row.fence,
      runId: run.row.id,
      at: clock.now(),
      record: state,
      steps: journal.steps,
      changes: journal.changes,
      notifications: journal.notifications,
      reserve: journal.reserve,
      release: journal.release,
    };
  }

  /** A value that another record has already (a unique field) fails the record that set it, never the run. */
  async function failRecord(transition: Transition, reason: unknown): Promise<never> {
    if (!(reason instanceof AppError) || reason.code !== 'conflict' || transition.changes.length === 0)
      throw reason;
    Object.assign(state, { status: 'failed', error: reason.message, pending: [], finishedAt: clock.now() });
    const last = transition.steps.findLast((step) => step.changes !== null);
    const kept = transition.steps.filter((step) => step.status !== 'sending');
    const told = kept.map((step) =>
      step === last ? { ...step, status: 'failed' as const, error: reason.message } : step,
    );
    await store.append({ ...transition, steps: told, changes: [] });
    throw new RecordFailed();
  }
}
