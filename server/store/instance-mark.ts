import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { eq, max } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from './database.ts';
import { runs, settings } from './schema.ts';

const key = 'instance_mark';

/** What the database remembers of the mark: where it lies on the disk, and where it lay before it was written anew. */
const knownSchema = z.object({
  starts: z.int(),
  file: z.string(),
  before: z.string().nullable().default(null),
});
type Known = z.infer<typeof knownSchema>;
/** What the mark says: how often the server started, and the newest run that it knew. */
const markSchema = z.object({ starts: z.int(), lastRun: z.int() });
type Mark = z.infer<typeof markSchema>;

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
  const known = knownOf(database);
  const mark = readMark(dataFolder);
  const lastRun = lastRunOf(database);
  const why = judge(known, mark, lastRun);
  if (why !== null) await hold(why);
  const starts = Math.max(known?.starts ?? 0, mark?.starts ?? 0) + 1;
  writeMark(database, dataFolder, { starts, lastRun });
  return why;
}

function judge(
  known: Known | undefined,
  mark: (Mark & { place: string }) | undefined,
  lastRun: number,
): string | null {
  if (!known) return mark ? 'The database is newer than its folder, so it was put in from elsewhere.' : null;
  if (!mark) return 'The database came into this folder from elsewhere: it was restored, copied or moved.';
  if (mark.starts > known.starts || mark.lastRun > lastRun)
    return 'The database is older than its folder, so it was restored from a backup.';
  const isThere = mark.place === known.file || mark.place === known.before;
  return isThere ? null : 'The data folder was restored, copied or moved.';
}

/** Writes down how far the database has got, for the next start. */
export function leaveMark(database: Database, dataFolder: string): void {
  const mark = readMark(dataFolder);
  if (mark) writeMark(database, dataFolder, { starts: mark.starts, lastRun: lastRunOf(database) });
}

const lastRunOf = (database: Database): number =>
  database
    .select({ key: max(runs.key) })
    .from(runs)
    .get()?.key ?? 0;

function knownOf(database: Database): Known | undefined {
  const row = database.select().from(settings).where(eq(settings.key, key)).get();
  return row && knownSchema.parse(JSON.parse(row.value));
}

const fileOf = (dataFolder: string): string => join(dataFolder, 'instance.json');

/** Undefined where there is none, or one that a crash has cut. */
function readMark(dataFolder: string): (Mark & { place: string }) | undefined {
  const file = fileOf(dataFolder);
  try {
    return { ...markSchema.parse(JSON.parse(readFileSync(file, 'utf8'))), place: placeOf(statSync(file)) };
  } catch {
    return undefined;
  }
}

const placeOf = ({ ino, birthtimeMs }: { ino: number; birthtimeMs: number }): string =>
  `${ino} ${Math.trunc(birthtimeMs)}`;

/**
 * As a new file each time: a backup whose files are written over these ones brings a database that knows an older
 * place. The database knows both places before the new file takes its own.
 */
function writeMark(database: Database, dataFolder: string, mark: Mark): void {
  const next = `${fileOf(dataFolder)}.next`;
  rmSync(next, { force: true });
  const file = openSync(next, 'wx', 0o600);
  try {
    writeSync(file, JSON.stringify(mark), 0);
    fsyncSync(file);
    const before = readMark(dataFolder)?.place ?? null;
    remember(database, { starts: mark.starts, file: placeOf(fstatSync(file)), before });
  } finally {
    closeSync(file);
  }
  renameSync(next, fileOf(dataFolder));
}

function remember(database: Database, known: Known): void {
  const value = JSON.stringify(known);
  database
    .insert(settings)
    .values({ key, value })
    .onConflictDoUpdate({ target: settings.key, set: { value } })
    .run();
}
