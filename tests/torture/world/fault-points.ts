/** Thrown into an app that is cut off. */
export class Cut extends Error {}

/** A place where something can go wrong: around each write, each call and each wait. */
export type Point =
  | 'before a transaction'
  | 'before a write'
  | 'before a commit'
  | 'after a commit'
  | 'before a send'
  | 'after a send'
  | 'after a wait';

/** Counts the points that an app passes. What happens at one is up to the mode. */
export interface FaultPoints {
  /** Throws to make the place fail. */
  pass(point: Point): void;
  /** The same for places that may also take their time. */
  reach(point: Point): Promise<void>;
}

export interface Crash extends FaultPoints {
  passed: number;
  /** Where it happened; undefined as long as it has not. */
  place: Point | undefined;
  happened: Promise<void>;
}

/**
 * Cuts the app off from everything at its Nth point, for good: no write of it commits any more, no call leaves, no
 * wait ends. What the app does in its memory after that reaches nobody.
 */
export function crashAt(n: number): Crash {
  const { promise: happened, resolve } = Promise.withResolvers<void>();
  const crash: Crash = {
    passed: 0,
    place: undefined,
    happened,
    pass(point) {
      if (crash.place === undefined) {
        crash.passed += 1;
        if (crash.passed < n) return;
        crash.place = point;
        resolve();
      }
      throw new Cut(point);
    },
    reach(point) {
      try {
        crash.pass(point);
        return Promise.resolve();
      } catch {
        return new Promise(() => {});
      }
    },
  };
  return crash;
}

/** Nothing goes wrong. */
export const noFaults: FaultPoints = { pass: () => {}, reach: () => Promise.resolve() };
