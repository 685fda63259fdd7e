/** Shares out how many records of all runs are on their way at once. */
export interface RecordRoom {
  /**
   * Leads one record after the other until `leadOne` has found none: one at a time at least, and up to `atOnce` where
   * other runs leave room. `leadOne` is told how many are led for this run.
   */
  lead(atOnce: number, leadOne: (leads: number) => Promise<boolean>): Promise<void>;
}

/**
 * Enough for thirty runs to have all that they can use, and little enough that hundreds of large runs at once take no
 * more memory than those.
 */
const mostRecords = 4_096;

/** Who comes when it is full begins with one; whoever has more than an equal share gives back until that is fair. */
export function createRecordRoom(most = mostRecords): RecordRoom {
  let taken = 0;
  let runs = 0;

  return {
    async lead(atOnce, leadOne) {
      const { promise: over, resolve, reject } = Promise.withResolvers<void>();
      let own = 0;
      let isOver = false;

      async function follow(): Promise<void> {
        own += 1;
        taken += 1;
        try {
          while (!isOver) {
            if (!(await leadOne(own))) isOver = true;
            else if (taken >= most && own > Math.max(1, most / runs)) return;
            else grow();
          }
        } finally {
          own -= 1;
          taken -= 1;
        }
      }

      function grow(): void {
        while (!isOver && own < atOnce && (own === 0 || taken < most)) {
          follow().then(() => {
            if (own === 0) resolve();
          }, reject);
        }
      }

      runs += 1;
      grow();
      if (own === 0) resolve();
      await over.finally(() => {
        isOver = true;
        runs -= 1;
      });
    },
  };
}
