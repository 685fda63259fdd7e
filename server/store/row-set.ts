/** Row numbers of a table. */
export interface RowSet {
  has(row: number): boolean;
  add(row: number): void;
}

const firstBytes = 4096;

/** One bit for each row: a million rows take 125 kB, and finding one costs next to nothing. */
export function createRowSet(): RowSet {
  let bits = new Uint8Array(firstBytes);
  const byteOf = (row: number): number => Math.floor(row / 8);

  return {
    has: (row) => ((bits[byteOf(row)] ?? 0) & (1 << (row % 8))) !== 0,
    add(row) {
      const byte = byteOf(row);
      if (byte >= bits.length) {
        const larger = new Uint8Array(Math.max(byte + 1, bits.length * 2));
        larger.set(bits);
        bits = larger;
      }
      bits[byte] = (bits[byte] ?? 0) | (1 << (row % 8));
    },
  };
}

/** Whom a list has named so far, by their rows in the two tables. A row keeps its number; nothing here may VACUUM them. */
export interface NamedRows {
  people: RowSet;
  accounts: RowSet;
}

export const noRows = (): NamedRows => ({ people: createRowSet(), accounts: createRowSet() });
