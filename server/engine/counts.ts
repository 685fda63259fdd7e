import type { BlockCounts } from '../domain/run.ts';

/** Live counts of a run's blocks. Only what is committed is counted, apart from how many records a block has now. */
export interface Counts {
  enter(block: string): void;
  leave(block: string): void;
  exit(block: string, exit: string): void;
  park(block: string): void;
  /** A person has settled what was parked there. */
  unpark(block: string): void;
  wait(block: string): void;
  /** How many records of each block wait; what was counted before is forgotten. */
  setWaiting(blocks: ReadonlyMap<string, number>): void;
  /** Whether any record waits, or did when it was last asked. */
  someWait(): boolean;
  toBlockCounts(): BlockCounts;
  /** Sums for templates: `blocks.delete_user.success`. */
  toVariables(): Record<string, Record<string, number>>;
}

interface BlockSums {
  active: number;
  waiting: number;
  exits: Map<string, number>;
  needsAttention: number;
}

export function createCounts(ids: Iterable<string>, before: BlockCounts): Counts {
  const blocks = new Map<string, BlockSums>();
  for (const id of ids) {
    const exits = new Map(Object.entries(before[id]?.exits ?? {}));
    const { waiting = 0, needsAttention = 0 } = before[id] ?? {};
    blocks.set(id, { active: 0, waiting, exits, needsAttention });
  }

  return {
    enter(block) {
      const counts = blocks.get(block);
      if (counts) counts.active += 1;
    },
    leave(block) {
      const counts = blocks.get(block);
      if (counts) counts.active -= 1;
    },
    exit(block, exit) {
      const exits = blocks.get(block)?.exits;
      exits?.set(exit, (exits.get(exit) ?? 0) + 1);
    },
    park(block) {
      const counts = blocks.get(block);
      if (counts) counts.needsAttention += 1;
    },
    unpark(block) {
      const counts = blocks.get(block);
      if (counts) counts.needsAttention -= 1;
    },
    wait(block) {
      const counts = blocks.get(block);
      if (counts) counts.waiting += 1;
    },
    setWaiting(waiting) {
      for (const [id, counts] of blocks) counts.waiting = waiting.get(id) ?? 0;
    },
    someWait() {
      return [...blocks.values()].some((counts) => counts.waiting > 0);
    },
    toBlockCounts() {
      const result: BlockCounts = {};
      for (const [id, counts] of blocks) result[id] = { ...counts, exits: Object.fromEntries(counts.exits) };
      return result;
    },
    toVariables() {
      const result: Record<string, Record<string, number>> = {};
      for (const [id, { exits }] of blocks) result[id] = Object.fromEntries(exits);
      return result;
    },
  };
}
