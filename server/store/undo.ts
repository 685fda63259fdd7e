import { eq } from 'drizzle-orm';
import type { Undone } from '#domain/undo-plan';
import { graphSchema, workflowRecordsSchema } from '#domain/workflow';
import type { RecordStore } from '#engine/subject-ports';
import type { DoneEffects, UndoReader } from '#engine/undo-ports';
import type { Database } from './database.ts';
import { prepareWindows } from './record-windows.ts';
import { runs, versions } from './schema.ts';

/** What a block has done for the records of a window, and the first step that did it. */
interface DoneRow {
  block: string;
  effect: string;
  count: number;
  first: number;
}

/** A call whose answer says that it was carried out. */
const wasDone = "s.status = 'succeeded' AND s.effect IS NOT NULL";

/** What a run has surely done: calls whose answer says so, by block. */
export function createUndoReader(database: Database): UndoReader {
  const windows = prepareWindows(database);
  // Whatever a block does, it does by one preset: the effect of any of its steps tells which.
  const within = database.$client.prepare<[number, number, number], DoneRow>(`
    SELECT block, effect, count(DISTINCT record_n) AS count, min(id) AS first FROM steps s
    WHERE run = ? AND record_n > ? AND record_n <= ? AND ${wasDone}
    GROUP BY block`);
  const made = database.$client.prepare<[string], { id: string; name: string; block: string }>(`
    SELECT w.id, w.name, undone.value AS block
    FROM workflows w, json_each(w.draft, '$.blocks') b, json_each(b.value, '$.settings.undoes.blocks') undone
    WHERE json_extract(b.value, '$.settings.undoes.runId') = ? ORDER BY w.created_at`);

  /** The blocks that did something, the last one to begin with it first. */
  async function doneBy(key: number): Promise<DoneRow[]> {
    const done = new Map<string, DoneRow>();
    for await (const { after, to } of windows(key, -1)) {
      for (const row of within.all(key, after, to)) {
        const known = done.get(row.block);
        if (!known) done.set(row.block, row);
        else {
          known.count += row.count;
          known.first = Math.min(known.first, row.first);
        }
      }
    }
    return [...done.values()].toSorted((a, b) => b.first - a.first);
  }

  return {
    async done(runId) {
      const run = database
        .select({
          key: runs.key,
          mode: runs.mode,
          name: runs.workflowName,
          graph: versions.graph,
          records: versions.records,
        })
        .from(runs)
        .innerJoin(versions, eq(versions.id, runs.versionId))
        .where(eq(runs.id, runId))
        .get();
      if (!run) return undefined;
      // A dry run has done nothing that could be taken back.
      const rows = run.mode === 'plan' ? [] : await doneBy(run.key);
      const takers = made.all(runId);
      return {
        workflowName: run.name,
        records: workflowRecordsSchema.parse(run.records),
        graph: graphSchema.parse(run.graph),
        blocks: rows.map(({ block, effect, count }) => ({
          ...toDone(effect),
          ...{ block, count },
          made: takers.filter((taker) => taker.block === block).map(({ id, name }) => ({ id, name })),
        })),
      };
    },
  };
}

type Done = Pick<DoneEffects['blocks'][number], 'does' | 'undo' | 'vendorId' | 'presetId'>;

function toDone(effect: string): Done {
  const { does, undo, vendorId, presetId } = JSON.parse(effect) as Done;
  return { does, undo, vendorId, presetId };
}

/** Which records had something done to them that is to be taken back. A dry run has done nothing. */
export function prepareUndone(database: Database): RecordStore['undone'] {
  const windows = prepareWindows(database);
  const keyOf = database.$client
    .prepare<[string], number>("SELECT key FROM runs WHERE id = ? AND mode = 'run'")
    .pluck();
  const within = database.$client.prepare<[string, number, number, number], { id: string; blocks: string }>(`
    SELECT r.record_id AS id, json_group_array(DISTINCT s.block) AS blocks
    FROM steps s JOIN run_records r ON r.run = s.run AND r.n = s.record_n
    WHERE s.block IN (SELECT value FROM json_each(?)) AND s.run = ? AND s.record_n > ? AND s.record_n <= ?
      AND ${wasDone} GROUP BY s.record_n`);

  return async ({ runId, blocks }: Undone) => {
    const done = new Map<string, readonly string[]>();
    const key = keyOf.get(runId);
    if (key === undefined) return done;
    for await (const { after, to } of windows(key, 0))
      for (const row of within.all(JSON.stringify(blocks), key, after, to))
        done.set(row.id, JSON.parse(row.blocks) as string[]);
    return done;
  };
}
