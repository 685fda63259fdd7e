import { inArray } from 'drizzle-orm';
import { type Graph, graphSchema } from '#domain/workflow';
import type { Database } from './database.ts';
import { versions } from './schema.ts';

/** Graphs of versions by their id, as runs went over them. */
export function graphsOf(database: Database, versionIds: Iterable<string>): Map<string, Graph> {
  const rows = database
    .select({ id: versions.id, graph: versions.graph })
    .from(versions)
    .where(inArray(versions.id, [...new Set(versionIds)]))
    .all();
  return new Map(rows.map(({ id, graph }) => [id, graphSchema.parse(graph)]));
}

/** A block's name in its version; its id where the version is gone. */
export const blockName = (graph: Graph | undefined, block: string): string =>
  graph?.blocks.find(({ id }) => id === block)?.name ?? block;
