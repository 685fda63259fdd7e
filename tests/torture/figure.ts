/** What a mode found out, for people: one sentence, and whether the promise held. */
export interface Figure {
  /** The promise of docs/promises.md, such as R1. */
  promise: string;
  isHeld: boolean;
  sentence: string;
  /** What went wrong, at most a few. */
  complaints: string[];
}

/** Tells how far a mode has got; a long one would look dead otherwise. */
export type Tell = (line: string) => void;

const mostComplaints = 10;

export function toFigure(promise: string, sentence: string, complaints: readonly string[]): Figure {
  return {
    promise,
    isHeld: complaints.length === 0,
    sentence,
    complaints: complaints.slice(0, mostComplaints),
  };
}

/** Rounds spread evenly over all points of a run, so that few rounds still look everywhere. */
export function spread(total: number, rounds: number): number[] {
  const step = Math.max(1, total / rounds);
  return Array.from({ length: Math.min(total, rounds) }, (_, i) => 1 + Math.floor(i * step));
}
