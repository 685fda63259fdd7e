import type { RecordState } from './journal-ports.ts';

/** Where a record stands in a loop. It is kept with the record's variables, so that a crash loses no turn. */
export interface Loop {
  /** What it goes over; emptied at its end. Accounts are kept by their ids. */
  items: readonly unknown[];
  /** The number of the turn, from 1; 0 before the first. */
  turn: number;
  count: number;
  /** Turns in which something failed that nothing dealt with, and those that were left out. */
  failed: number;
  skipped: number;
  /** Whether this turn is counted as failed already. */
  isBad: boolean;
  /** Why the first turn was left out. */
  reason: string | null;
  /** Goes over the person's accounts: each turn works on another one. */
  isOverAccounts: boolean;
  /** What its variables were before it. */
  before: Record<string, unknown>;
}

type Standing = Pick<RecordState, 'pending' | 'variables'>;

// Blocks of a turn stand before the mark of their loop; what follows them goes before it, too. When the mark comes first,
// the turn is over. No id of a block begins with it.
const mark = '>';

const isMark = (entry: string): boolean => entry.startsWith(mark);

/** The block that an entry of `pending` leads to. */
export const blockOf = (entry: string): string => (isMark(entry) ? entry.slice(mark.length) : entry);

/** Whether a record comes back to a loop because a turn is over. */
export const isNextTurn = (pending: readonly string[]): boolean =>
  pending[0] !== undefined && isMark(pending[0]);

/** Takes the first entry and puts what follows it behind everything of the same turn. */
export function goOn(pending: string[], following: readonly string[]): void {
  pending.shift();
  const at = pending.findIndex(isMark);
  pending.splice(at === -1 ? pending.length : at, 0, ...following);
}

/** Takes the first entry and begins a turn, after which the record comes back to the loop. */
export function beginTurn(pending: string[], block: string, following: readonly string[]): void {
  pending.splice(0, 1, ...following, mark + block);
}

/**
 * The record has come to a block that waits for all of its paths. True: others of the same turn may still lead there, so
 * they go first, and the block happens once for all of them.
 */
export function awaitPaths(pending: string[], block: string, leading: ReadonlySet<string>): boolean {
  const mark = pending.findIndex(isMark);
  const end = mark === -1 ? pending.length : mark;
  const others = pending.slice(0, end).filter((entry) => entry !== block);
  const isEarly = others.some((entry) => leading.has(entry));
  pending.splice(0, end, ...(isEarly ? [...others, block] : [block, ...others]));
  return isEarly;
}

const loopsOf = ({ variables }: Pick<Standing, 'variables'>): Record<string, Loop> | undefined =>
  variables.loops as Record<string, Loop> | undefined;

export const loopAt = (state: Standing, block: string): Loop | undefined => loopsOf(state)?.[block];

export function putLoop(state: Standing, block: string, loop: Loop): void {
  state.variables.loops = { ...loopsOf(state), [block]: loop };
}

/** The loop of which the record does a turn, and the next ones around it, the innermost first. */
function enclosing(state: Standing): { block: string; loop: Loop }[] {
  return state.pending.filter(isMark).flatMap((entry) => {
    const block = blockOf(entry);
    const loop = loopAt(state, block);
    return loop ? [{ block, loop }] : [];
  });
}

/** The id of the account that the record's turn is about; undefined outside of such loops. */
export function accountOfTurn(state: Standing): string | undefined {
  if (loopsOf(state) === undefined) return undefined;
  const found = enclosing(state).find(({ loop }) => loop.isOverAccounts)?.loop;
  return found && String(found.items[found.turn - 1]);
}

/** Something failed and nothing dealt with it: it is the failure of this turn, once. */
export function failTurn(state: Standing): void {
  const [inner] = loopsOf(state) ? enclosing(state) : [];
  if (inner && !inner.loop.isBad) {
    putLoop(state, inner.block, { ...inner.loop, isBad: true, failed: inner.loop.failed + 1 });
  }
}

/** Ends the turn that the record does, or its whole path outside of loops. True for a turn. */
export function leaveTurn(state: Standing): boolean {
  const at = state.pending.findIndex(isMark);
  state.pending.splice(0, at === -1 ? state.pending.length : at);
  return at !== -1;
}

/** The turn is left out for a reason that is not the record's failure. */
export function skipTurn(state: Standing, reason: string): boolean {
  const [inner] = loopsOf(state) ? enclosing(state) : [];
  if (inner) {
    const { loop } = inner;
    putLoop(state, inner.block, { ...loop, skipped: loop.skipped + 1, reason: loop.reason ?? reason });
  }
  return leaveTurn(state);
}

/** Why something was left out in any loop of the record. */
export function skippedInLoops(state: Standing): string | null {
  for (const { reason } of Object.values(loopsOf(state) ?? {})) if (reason !== null) return reason;
  return null;
}

/** `3 of 5 done, 1 failed, 1 left out.` */
export function loopWords({ count, failed, skipped }: Loop): string {
  if (count === 0) return 'There was nothing to go over.';
  const parts = [`${count - failed - skipped} of ${count} done`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (skipped > 0) parts.push(`${skipped} left out`);
  return `${parts.join(', ')}.`;
}
