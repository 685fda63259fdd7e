import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { eq, max } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from './database.ts';
import { runs, settings } from './schema.ts';

const key = 'instance_mark';

/** What the database remembers of the mark. */
const knownSchema = z.object({ starts: z.int(), file: z.string() });
/** What the mark says: how often the server started, and the newest run that it knew. */
const markSchema = z.object({ starts: z.int(), lastRun: z.int() });

/**
 * Finds out whether this is the database that worked in this folder last, by a mark beside it: a file that knows how
 * far the database had got, and whose place on the disk the database knows. Gives why not, as a sentence, or null.
 * What was restored, copied or moved must not do again what its later self has done: `hold` sees to that before the
 * place is taken for its own, so that a crash in between is found out once more.
 */
export async function findForeignPast(
  database: Database,
  dataFolder: string,
  hold: (why: string) => Promise<void>,
): Promise<string | null> {
  const row = database.select().from(settings).where(eq(settings.key, key)).get();
  const known = row && knownSchema.parse(JSON.parse(row.value));
  const file = openSync(join(dataFolder, 'instance.json'), 'a+', 0o600);
  try {
    const mark = readMark(file);
    const { ino, birthtimeMs } = fstatSync(file, { bigint: false });
    const place = `${ino} ${Math.trunc(birthtimeMs)}`;
    const starts = Math.max(known?.starts ?? 0, mark?.starts ?? 0) + 1;
    const lastRun = lastRunOf(database);
    const why = judge(known, mark, place, lastRun);
    if (why !== null) await hold(why);
    remember(database, { starts, file: place });
    writeMark(file, { starts, lastRun });
    return why;
  } finally {
    closeSync(file);
  }
}

function judge(
  known: z.infer<typeof knownSchema> | undefined,
  mark: z.infer<typeof markSchema> | undefined,
  place: string,
  lastRun: number,
): string | null {
  if (!known) return mark ? 'The database is newer than its folder, so it was put in from elsewhere.' : null;
  if (!mark) return 'The database came into this folder from elsewhere: it was restored, copied or moved.';
  if (known.file !== place) return 'The data folder was restored, copied or moved.';
  const isOlder = mark.starts > known.starts || mark.lastRun > lastRun;
  return isOlder ? 'The database is older than its folder, so it was restored from a backup.' : null;
}

/** Writes down how far the database has got, for the next start. */
export function leaveMark(database: Database, dataFolder: string): void {
  const file = openSync(join(dataFolder, 'instance.json'), 'a+', 0o600);
  try {
    const mark = readMark(file);
    if (mark) writeMark(file, { ...mark, lastRun: lastRunOf(database) });
  } finally {
    closeSync(file);
  }
}

const lastRunOf = (database: Database): number =>
  database
    .select({ key: max(runs.key) })
    .from(runs)
    .get()?.key ?? 0;

function remember(database: Database, known: z.infer<typeof knownSchema>): void {
  const value = JSON.stringify(known);
  database
    .insert(settings)
    .values({ key, value })
    .onConflictDoUpdate({ target: settings.key, set: { value } })
    .run();
}

/** Undefined for a file that is new, or that a crash has cut. */
function readMark(file: number): z.infer<typeof markSchema> | undefined {
  const text = readFileSync(file, 'utf8');
  try {
    return markSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** In place: another file would look like a copy. */
function writeMark(file: number, mark: z.infer<typeof markSchema>): void {
  ftruncateSync(file, 0);
  writeSync(file, JSON.stringify(mark), 0);
  fsyncSync(file);
}
