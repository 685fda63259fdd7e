/** A few places for which many ask; nobody has more than a part of them. */
export interface Places {
  /** Calls `enter` when there is a place: at once, or when others have left. Gives the way out, also out of the line. */
  take(owner: string, enter: () => void): () => void;
}

interface Wanting {
  owner: string;
  enter: () => void;
}

/** First come, first served, past those whose owner has `ofOne` places already. */
export function createPlaces({ inAll, ofOne }: { inAll: number; ofOne: number }): Places {
  const waiting = new Set<Wanting>();
  const held = new Map<string, number>();
  let taken = 0;

  const countOf = (owner: string): number => held.get(owner) ?? 0;

  function fill(): void {
    for (const wanting of waiting) {
      if (taken >= inAll) return;
      if (countOf(wanting.owner) >= ofOne) continue;
      waiting.delete(wanting);
      held.set(wanting.owner, countOf(wanting.owner) + 1);
      taken += 1;
      wanting.enter();
    }
  }

  return {
    take(owner, enter) {
      const wanting = { owner, enter };
      waiting.add(wanting);
      fill();
      let hasLeft = false;
      return () => {
        if (hasLeft) return;
        hasLeft = true;
        if (waiting.delete(wanting)) return;
        const left = countOf(owner) - 1;
        if (left > 0) held.set(owner, left);
        else held.delete(owner);
        taken -= 1;
        fill();
      };
    },
  };
}

/** Does some work when there is a place for it. */
export async function inTurn<T>(places: Places, owner: string, work: () => Promise<T>): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const leave = places.take(owner, resolve);
  await promise;
  try {
    return await work();
  } finally {
    leave();
  }
}
