/** Records of a run that a person has settled while others of it were still on their way. */
export interface TakenBack {
  /** Leads the record on as soon as its decision is written. False: the run's records are done, it is too late. */
  add(n: number, settled: Promise<unknown>): boolean;
  /** Whether somebody else leads this record already. */
  has(n: number): boolean;
  /** Leads those that were added, now and from now on, so many at once. */
  lead(lead: (n: number) => Promise<void>, atOnce: number): void;
  /** Resolves when all of them are led; from then on none is taken. */
  close(): Promise<void>;
}

/** A record that was taken back stays so: the run's own reading of records may have met it meanwhile. */
export function createTakenBack(): TakenBack {
  const known = new Set<number>();
  const waiting: number[] = [];
  const deciding = new Set<Promise<unknown>>();
  const leading = new Set<Promise<void>>();
  let isClosed = false;
  let start: (() => void) | undefined;

  return {
    add(n, settled) {
      if (isClosed) return false;
      known.add(n);
      const decided: Promise<unknown> = settled
        .then(
          () => {
            waiting.push(n);
            start?.();
          },
          // Whoever decides is told what went wrong; nothing has become of the record.
          () => undefined,
        )
        .finally(() => deciding.delete(decided));
      deciding.add(decided);
      return true;
    },

    has: (n) => known.has(n),

    lead(lead, atOnce) {
      start = () => {
        while (leading.size < atOnce && waiting.length > 0) {
          const led: Promise<void> = lead(waiting.shift()!).finally(() => {
            leading.delete(led);
            start?.();
          });
          leading.add(led);
        }
      };
      start();
    },

    async close() {
      while (deciding.size + leading.size > 0) await Promise.all([...deciding, ...leading]);
      isClosed = true;
    },
  };
}
