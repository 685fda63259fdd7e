import { eq } from 'drizzle-orm';
import type { SettingsStore } from '#engine/access-ports';
import type { Database } from './database.ts';
import { settings } from './schema.ts';

/** Small facts that the server remembers about itself. */
export function createSettingsStore(database: Database): SettingsStore {
  return {
    async find(key) {
      return database.select().from(settings).where(eq(settings.key, key)).get()?.value;
    },

    async save(key, value) {
      database
        .insert(settings)
        .values({ key, value })
        .onConflictDoUpdate({ target: settings.key, set: { value } })
        .run();
    },

    async remove(key) {
      database.delete(settings).where(eq(settings.key, key)).run();
    },
  };
}
