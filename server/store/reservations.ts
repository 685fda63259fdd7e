import type { Refusal, Reservation } from '#engine/guard-ports';
import type { Database } from './database.ts';

const hoursOfDay = 24;

interface Use {
  scope: string;
  kind: string;
  used: number;
  /** By hour, what this transaction adds. */
  added: Map<number, number>;
}

/**
 * Counts effects against their limits within the transaction that writes their intents: nobody else writes meanwhile,
 * so what was read once can be counted on in memory, and is written once at the end.
 */
export function createReservations({ $client }: Database) {
  const generationNow = $client.prepare<[], { generation: number }>('SELECT generation FROM guard_state');
  const usedSince = $client.prepare<[string, string, number], { used: number }>(
    'SELECT coalesce(sum(used), 0) AS used FROM limit_uses WHERE scope = ? AND kind = ? AND hour >= ?',
  );
  const add = $client.prepare(
    `INSERT INTO limit_uses (scope, kind, hour, used) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET used = used + excluded.used`,
  );
  const forget = $client.prepare('DELETE FROM limit_uses WHERE hour > 0 AND hour < ?');
  const uses = new Map<string, Use>();
  let generation: number | undefined;
  let forgotAt = 0;

  function counterOf(scope: string, kind: string, since: number): Use {
    const key = `${kind} ${scope}`;
    let use = uses.get(key);
    if (!use) {
      use = { scope, kind, used: usedSince.get(scope, kind, since)?.used ?? 0, added: new Map() };
      uses.set(key, use);
    }
    return use;
  }

  function count({ caps, hour }: Reservation, by: 1 | -1): void {
    for (const { scope, kind, isDaily } of caps) {
      const use = counterOf(scope, kind, isDaily ? hour - hoursOfDay + 1 : 0);
      const at = isDaily ? hour : 0;
      use.used += by;
      use.added.set(at, (use.added.get(at) ?? 0) + by);
    }
  }

  return {
    /** A transaction begins: what was known of the last one is not known any more. */
    begin(): void {
      uses.clear();
      generation = undefined;
    },

    reserve(wanted: Reservation): Refusal | null {
      generation ??= generationNow.get()?.generation ?? 0;
      if (generation !== wanted.generation) return { kind: 'changed' };
      for (const cap of wanted.caps) {
        const { used } = counterOf(cap.scope, cap.kind, cap.isDaily ? wanted.hour - hoursOfDay + 1 : 0);
        if (cap.most !== null && used >= cap.most) return { kind: 'limit', cap, used };
      }
      count(wanted, 1);
      return null;
    },

    /** The call surely had no effect: what was reserved for it is free again. */
    release(reserved: Reservation): void {
      count(reserved, -1);
    },

    /** The transaction ends: writes what it counted. */
    end(): void {
      for (const { scope, kind, added } of uses.values()) {
        for (const [hour, by] of added) {
          if (by !== 0) add.run(scope, kind, hour, by);
          if (hour > forgotAt) {
            forget.run(hour - hoursOfDay);
            forgotAt = hour;
          }
        }
      }
    },
  };
}
