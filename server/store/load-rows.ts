import { emptyTally, type Load, loadTallySchema, missingTallySchema } from '#domain/load';
import type { loads } from './schema.ts';

export function toLoad(row: typeof loads.$inferSelect): Load {
  const tally = loadTallySchema.safeParse(row.tally);
  return {
    id: row.id,
    integrationId: row.integrationId,
    status: row.status as Load['status'],
    startedBy: row.startedBy,
    startedAt: new Date(row.startedAt).toISOString(),
    finishedAt: row.finishedAt === null ? null : new Date(row.finishedAt).toISOString(),
    pages: row.pages,
    tally: tally.success ? tally.data : emptyTally,
    isComplete: row.isComplete,
    missing: row.missing === null ? null : missingTallySchema.parse(row.missing),
    restarts: row.restarts,
    error: row.error,
  };
}
