import { AppError } from '../domain/errors.ts';
import type { Resolution } from '../domain/run.ts';
import { reservedBy } from './guard-call.ts';
import type { RecordState, StepRow, Transition } from './journal-ports.ts';
import { failTurn, goOn, leaveTurn } from './loops.ts';
import type { Plan } from './plan.ts';
import type { RunRow, RunStore } from './run-store-ports.ts';

const words: Record<Resolution, string> = {
  it_happened: 'it happened',
  repeat: 'it did not happen, so it is repeated',
  leave: 'left as it is',
};

/** What a person says about a parked call. */
export interface Decision {
  n: number;
  choice: Resolution;
  by: string;
  /** The step that they looked at; undefined where it is whichever is parked. */
  step: number | undefined;
}

/**
 * What a person found out about a call whose outcome was unknown, to be written down: it sends the record on its way,
 * along the success exit, once more to the same block, or to its end. Gives back the step as it is settled, too. Throws
 * `conflict` when the call is not parked.
 */
export async function settleStep(
  { n, choice, by, step: lookedAt }: Decision,
  { row, plan, store, now }: { row: RunRow; plan: Plan; store: RunStore; now: number },
): Promise<{ settled: StepRow; transition: Transition }> {
  const record = await store.record(row.key, n);
  if (!record) throw new AppError('not_found', `The run "${row.id}" has no record ${n}.`);
  const step = record.status === 'needs_attention' ? await store.lastStep(row.key, n) : undefined;
  const block = step && plan.blocks.get(step.block);
  const isSeen = lookedAt === undefined || step?.n === lookedAt;
  if (!step || !block || step.status !== 'needs_attention' || !isSeen) {
    throw notParked(lookedAt === undefined ? undefined : await store.step(row.key, n, lookedAt));
  }

  const note = `${by}${decided}${words[choice]}.`;
  const settled: StepRow = { ...step, status: choice === 'it_happened' ? 'succeeded' : 'failed', note };
  const state: RecordState = { ...record, steps: step.n, status: 'queued', error: null, finishedAt: null };
  if (choice === 'it_happened') {
    settled.exit = block.exits.has('success') ? 'success' : [...block.exits][0]!;
    const next = block.next.get(settled.exit) ?? [];
    state.pending = [...record.pending];
    goOn(
      state.pending,
      next.map((target) => target.id),
    );
  } else if (choice === 'leave') {
    state.pending = [...record.pending];
    state.error = `${block.name}: ${note}`;
    failTurn(state);
    // In a loop the next turn is another matter.
    if (!leaveTurn(state)) Object.assign(state, { status: 'failed', finishedAt: now });
  }
  const transition: Transition = {
    run: row.key,
    fence: row.fence,
    runId: row.id,
    at: now,
    record: state,
    steps: [settled],
    changes: [],
    notifications: [],
    reserve: null,
    // It did not happen: it is judged anew, and what was counted for it is free.
    release: choice === 'repeat' ? reservedBy(row, settled) : null,
  };
  return { settled, transition };
}

const decided = ' decided: ';

/** What became of the call that somebody still has before them, as far as its step says. */
function notParked(lookedAt: StepRow | undefined): AppError {
  const note = lookedAt?.note ?? '';
  return new AppError(
    'conflict',
    note.includes(decided)
      ? `${note.replace(decided, ' decided about this call already: ')} Look at the record again.`
      : 'This record needs no decision: its last call has a known outcome.',
  );
}
