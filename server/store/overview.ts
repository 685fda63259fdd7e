import { asc, eq, isNotNull, ne, type SQL, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { OverviewReader } from '#engine/record-ports';
import { countRows } from './count.ts';
import type { Database } from './database.ts';
import { inactiveMs } from './saas-users.ts';
import { apps, credentials, integrations, loads, people, runs, saasUsers, workflows } from './schema.ts';

/** The numbers of the home page. */
export function createOverviewReader(database: Database): OverviewReader {
  const hasAny = (table: SQLiteTable, where?: SQL) =>
    database.select({ one: sql`1` }).from(table).where(where).limit(1).get() !== undefined;

  function appCounts(now: number) {
    const since = now - inactiveMs;
    const isActive = sql`${saasUsers.isDeactivated} = 0`;
    const countOf = (condition: ReturnType<typeof sql>) =>
      sql<number>`count(CASE WHEN ${condition} THEN 1 END)`;
    return database
      .select({
        id: apps.id,
        name: apps.name,
        vendorId: apps.vendorId,
        users: sql<number>`count(${saasUsers.id})`,
        inactive90Days: countOf(sql`${isActive} AND ${saasUsers.lastActivity} < ${since}`),
        unknownActivity: countOf(
          sql`${saasUsers.id} IS NOT NULL AND ${isActive} AND ${saasUsers.lastActivity} IS NULL`,
        ),
        deactivated: countOf(sql`${saasUsers.isDeactivated} = 1`),
      })
      .from(apps)
      .leftJoin(saasUsers, eq(saasUsers.appId, apps.id))
      .groupBy(apps.id)
      .orderBy(asc(sql`lower(${apps.name})`))
      .all();
  }

  return {
    async read(now) {
      const parked = database
        .select({
          records: sql<number>`coalesce(sum(json_extract(${runs.counts}, '$.needs_attention')), 0)`,
        })
        .from(runs)
        .where(eq(runs.status, 'needs_attention'))
        .get();
      return {
        people: countRows(database, people),
        deactivatedPeople: countRows(database, people, ne(people.status, 'active')),
        apps: appCounts(now),
        needsAttention: parked?.records ?? 0,
        activeWorkflows: countRows(database, workflows, isNotNull(workflows.activeVersionId)),
        steps: {
          hasCredential: countRows(database, credentials, eq(credentials.status, 'authenticated')) > 0,
          hasIntegration: countRows(database, integrations, eq(integrations.status, 'active')) > 0,
          hasLoad: hasAny(loads),
          hasWorkflow: hasAny(workflows),
          hasRun: hasAny(runs, eq(runs.mode, 'run')),
        },
      };
    },
  };
}
