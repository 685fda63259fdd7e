import { sql } from 'drizzle-orm';
import { defaultGuardContent, type GuardContent } from '#domain/guard';
import type { GuardFacts } from '#engine/guard-ports';
import type { Database } from '../../server/store/database.ts';
import { guardState } from '../../server/store/schema.ts';

const none = { number: null, sharePercent: null };
const noLimit = { delete: none, disable: none };

/** What holds where the limits are not what is tried. */
export const liftedGuard: GuardContent = {
  ...defaultGuardContent,
  settings: {
    ...defaultGuardContent.settings,
    limits: { run: noLimit, day: noLimit },
    hasCanary: false,
    deletionsPerMinute: null,
  },
};

/** Takes the limits away: straight into the table, as no door would allow it. */
export function liftLimits(database: Database): void {
  const lifted = { generation: sql`generation + 1`, content: liftedGuard };
  database
    .insert(guardState)
    .values({ id: 1, generation: 1, content: liftedGuard })
    .onConflictDoUpdate({ target: guardState.id, set: lifted })
    .run();
}

/** What a guard of this database knows at first, without protections. */
export function guardFacts(database: Database): GuardFacts {
  const row = database.select().from(guardState).get();
  return {
    generation: row?.generation ?? 0,
    content: row?.content as GuardContent,
    protections: [],
    operators: [],
  };
}
