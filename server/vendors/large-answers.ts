import { createPlaces } from '#domain/places';

/** An answer up to this size is read at once, whatever else is read. */
export const smallAnswerBytes = 256 * 1024;

/**
 * Answers that are larger are read a few at a time, by whichever call: more than a hundred of 10 MB at once, which any
 * vendor may send, would take all memory of the process. Half of the places are for other hosts than the slowest.
 */
const places = createPlaces({ inAll: 4, ofOne: 2 });

/** Where one answer may grow. It needs none while it is small. */
export interface Place {
  /** Calls when there is a place; once for an answer. */
  take(enter: () => void): void;
  /** Whether it has a place or waits for one. */
  isWanted(): boolean;
  leave(): void;
}

export function openPlace(origin: string): Place {
  let leave: (() => void) | undefined;
  return {
    take(enter) {
      leave = places.take(origin, enter);
    },
    isWanted: () => leave !== undefined,
    // Whoever waits for the answer takes it apart before the next one grows, and others get their turn between them.
    leave() {
      if (leave) setImmediate(leave);
    },
  };
}
