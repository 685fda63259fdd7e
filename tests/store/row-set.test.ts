import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRowSet } from '../../server/store/row-set.ts';

test('it has exactly the rows that were added', () => {
  const rows = fc.array(fc.integer({ min: 1, max: 300_000 }), { maxLength: 60 });
  fc.assert(
    fc.property(rows, rows, (added, others) => {
      const set = createRowSet();
      for (const row of added) set.add(row);

      const found = [...added, ...others].filter((row) => set.has(row));

      expect(new Set(found)).toEqual(new Set(added));
    }),
  );
});
