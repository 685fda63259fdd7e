import { asc, eq } from 'drizzle-orm';
import { apiSettingsSchema } from '#domain/api-settings';
import type { OwnPresetRow, OwnPresetStore } from '#engine/own-preset-ports';
import type { Database } from './database.ts';
import { ownPresets } from './schema.ts';

/** Presets that operators made of blocks. */
export function createOwnPresetStore(database: Database): OwnPresetStore {
  const usedBy = database.$client.prepare<[string, string], { name: string }>(
    `SELECT name FROM workflows w
     WHERE EXISTS (SELECT 1 FROM json_each(w.draft, '$.blocks') b
       WHERE json_extract(b.value, '$.settings.ownPresetId') = ?)
     OR EXISTS (SELECT 1 FROM versions v, json_each(v.graph, '$.blocks') b
       WHERE v.id = w.active_version_id AND json_extract(b.value, '$.settings.ownPresetId') = ?)
     ORDER BY name`,
  );
  return {
    all: async () => database.select().from(ownPresets).orderBy(asc(ownPresets.title)).all().flatMap(toRow),

    async save(row) {
      const { id: _, ...set } = row;
      database.insert(ownPresets).values(row).onConflictDoUpdate({ target: ownPresets.id, set }).run();
    },

    async remove(id) {
      database.delete(ownPresets).where(eq(ownPresets.id, id)).run();
    },

    usedBy: async (id) => usedBy.all(id, id).map(({ name }) => name),
  };
}

/** What an older or newer server saved and this one cannot read is left out. */
function toRow(row: typeof ownPresets.$inferSelect): OwnPresetRow[] {
  const settings = apiSettingsSchema.safeParse(row.settings);
  return settings.success ? [{ ...row, settings: settings.data }] : [];
}
