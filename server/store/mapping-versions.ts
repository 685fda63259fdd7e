import { and, count, desc, eq, lt } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import { type MappingVersion, mappingSchema } from '#domain/mapping';
import { isSameValue } from '#domain/value';
import type { MappingVersionStore } from '#engine/load-ports';
import { fromCursor, toPage } from './cursor.ts';
import { type Database, inOneWrite } from './database.ts';
import { integrations, mappingVersions } from './schema.ts';

type Row = typeof mappingVersions.$inferSelect;

export function createMappingVersionStore(database: Database): MappingVersionStore {
  const find = (integrationId: string, version: number) => {
    const isIt = and(eq(mappingVersions.integrationId, integrationId), eq(mappingVersions.version, version));
    return database.select().from(mappingVersions).where(isIt).get();
  };

  return {
    async saveMapping(integrationId, { mapping, base, savedBy, note }, at) {
      inOneWrite(database, (tx) => {
        const row = tx.select().from(integrations).where(eq(integrations.id, integrationId)).get();
        if (!row) throw new AppError('not_found', 'There is no such integration. It may have been removed.');
        const newest = row.mappingVersion;
        if (base !== null && base !== newest) {
          const by = find(integrationId, newest)?.savedBy || 'Somebody else';
          throw new AppError(
            'conflict',
            `${by} saved version ${newest} of this mapping while you were editing. Look at it, then save yours over it or start from theirs.`,
            { place: 'mappingVersion' },
          );
        }
        if (isSameValue(row.mapping, mapping)) return;
        const version = newest + 1;
        tx.insert(mappingVersions)
          .values({ integrationId, version, mapping, savedBy, savedAt: at, note })
          .run();
        tx.update(integrations)
          .set({ mapping, mappingVersion: version, updatedAt: at })
          .where(eq(integrations.id, integrationId))
          .run();
      });
    },

    async mappingVersion(integrationId, version) {
      const row = find(integrationId, version);
      return row && toVersion(row);
    },

    async mappingVersions(integrationId, { limit, cursor }) {
      const isOf = eq(mappingVersions.integrationId, integrationId);
      const after =
        cursor === undefined ? undefined : lt(mappingVersions.version, Number(fromCursor(cursor)));
      const rows = database
        .select()
        .from(mappingVersions)
        .where(and(isOf, after))
        .orderBy(desc(mappingVersions.version))
        .limit(limit + 1)
        .all();
      const total = database.select({ n: count() }).from(mappingVersions).where(isOf).get()?.n ?? 0;
      return toPage(rows, limit, total, (row) => row.version, toVersion);
    },
  };
}

function toVersion({ version, savedBy, savedAt, note, mapping }: Row): MappingVersion {
  return {
    version,
    savedBy,
    savedAt: new Date(savedAt).toISOString(),
    note,
    mapping: mappingSchema.parse(mapping),
  };
}
