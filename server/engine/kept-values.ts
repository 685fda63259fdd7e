import type { Done } from './block.ts';
import type { RecordState } from './journal-ports.ts';
import type { PlanBlock } from './plan.ts';

/**
 * What a record carries along its path is written with each of its steps and read again at every start, for hundreds of
 * records at once. So it is bounded, whatever a vendor answers and however often a loop adds to it.
 */
const longestValue = 64 * 1024;
const longestAnswer = 256 * 1024;
const longestInAll = 512 * 1024;

const sizeOf = (value: unknown): number => (JSON.stringify(value) ?? '').length;

/** Knows about how much one record carries. */
export interface Carried {
  /** Why the step must not leave this with the record; null when it may. */
  refusal(block: PlanBlock, done: Done): string | null;
}

export function openCarried({ variables }: Pick<RecordState, 'variables'>): Carried {
  /** Never less than it is; measured anew only where it may be too much. */
  let most = Object.keys(variables).length === 0 ? 0 : Number.POSITIVE_INFINITY;

  return {
    // A loop watches over its own list.
    refusal({ keepsResponse, isLoop }, { variables: added = {}, response }) {
      if (isLoop) most = Number.POSITIVE_INFINITY;
      const names = Object.keys(added);
      if (isLoop || (names.length === 0 && !keepsResponse)) return null;
      let more = 0;
      for (const name of names) {
        const size = sizeOf(added[name]);
        if (size > longestValue) return `The value of "${name}" is over 64 KB. Keep only the part you need.`;
        more += size;
      }
      const answered = keepsResponse ? sizeOf(response) : 0;
      if (answered > longestAnswer)
        return 'The answer is over 256 KB, so later blocks cannot read the whole of it. Keep the parts that they need as variables, under Response.';
      more += answered;
      if (most + more > longestInAll) most = sizeOf(variables);
      if (most + more > longestInAll)
        return 'The variables of this record are over 512 KB together. Keep only the parts that later blocks need.';
      most += more;
      return null;
    },
  };
}
