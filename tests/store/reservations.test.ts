import { beforeEach, describe, expect, it } from 'vitest';
import type { Cap } from '#domain/limits';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { createGuardStore } from '../../server/store/guard.ts';
import { createReservations } from '../../server/store/reservations.ts';

let database: Database;
beforeEach(() => {
  database = openDatabase(':memory:');
});

const cap = (scope: string, most: number | null, isDaily = true): Cap => ({
  scope,
  kind: 'delete',
  most,
  isDaily,
});

/** One transaction with so many wishes; how many of them were granted. */
function reserve(
  reservations: ReturnType<typeof createReservations>,
  times: number,
  caps: Cap[],
  hour: number,
) {
  return database.$client.transaction(() => {
    reservations.begin();
    let granted = 0;
    for (let i = 0; i < times; i += 1) if (!reservations.reserve({ generation: 0, caps, hour })) granted += 1;
    reservations.end();
    return granted;
  })();
}

describe('a reservation', () => {
  it('never goes over a limit, not by one, within a transaction and over many', () => {
    const reservations = createReservations(database);
    expect(reserve(reservations, 7, [cap('all', 10)], 100)).toBe(7);
    expect(reserve(reservations, 7, [cap('all', 10)], 100)).toBe(3);
    expect(reserve(reservations, 7, [cap('all', 10)], 101)).toBe(0);
    expect(reserve(createReservations(database), 1, [cap('all', 10)], 123)).toBe(0);
  });

  it('is free again after 24 hours, and stays for ever in one run', () => {
    const reservations = createReservations(database);
    expect(reserve(reservations, 5, [cap('all', 5), cap('run:1', 5, false)], 100)).toBe(5);
    expect(reserve(reservations, 5, [cap('all', 5)], 124)).toBe(5);
    expect(reserve(reservations, 5, [cap('run:1', 5, false)], 200)).toBe(0);
  });

  it('counts in none of its counters when one is full', async () => {
    const reservations = createReservations(database);
    expect(reserve(reservations, 3, [cap('all', null), cap('run:1', 2, false)], 100)).toBe(2);
    const used = await createGuardStore(database).used(
      { scope: 'all', kind: 'delete', isDaily: true },
      100 * 3_600_000,
    );
    expect(used).toBe(2);
  });

  it('can be given back', () => {
    const reservations = createReservations(database);
    expect(reserve(reservations, 2, [cap('all', 2)], 100)).toBe(2);
    database.$client.transaction(() => {
      reservations.begin();
      reservations.release({ generation: 0, caps: [cap('all', 2)], hour: 100 });
      reservations.end();
    })();
    expect(reserve(reservations, 2, [cap('all', 2)], 101)).toBe(1);
  });

  it('is refused when the guard was changed meanwhile', async () => {
    const reservations = createReservations(database);
    await createGuardStore(database).change((content) => content);
    reservations.begin();
    expect(reservations.reserve({ generation: 0, caps: [], hour: 1 })).toEqual({ kind: 'changed' });
    expect(reservations.reserve({ generation: 1, caps: [], hour: 1 })).toBeNull();
  });
});
