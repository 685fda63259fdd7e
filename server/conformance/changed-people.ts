/** What a vendor writes anew with every change, even of nothing. */
const restless = new Set(['lastModified', 'updatedAt', 'modified', '__v', 'version', 'meta']);

/** How many people are different, new or gone. */
export function changedPeople(before: readonly unknown[], after: readonly unknown[]): number {
  const counts = new Map<string, number>();
  for (const person of before) add(counts, still(person), 1);
  for (const person of after) add(counts, still(person), -1);
  let gone = 0;
  let come = 0;
  for (const count of counts.values()) {
    if (count > 0) gone += count;
    else come -= count;
  }
  return Math.max(gone, come);
}

function add(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

const still = (person: unknown): string =>
  JSON.stringify(person, (name, value: unknown) => (restless.has(name) ? undefined : value));
