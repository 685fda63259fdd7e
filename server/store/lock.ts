import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { AppError } from '#domain/errors';

/**
 * Takes the data folder for this process; the operating system gives it back when the process ends, also by force.
 * Throws `conflict` while another process has it. Returns how to give it back.
 */
export function takeLock(dataFolder: string): () => void {
  mkdirSync(dataFolder, { recursive: true });
  const client = new Sqlite(join(dataFolder, 'lock.db'), { timeout: 0 });
  try {
    // A journal in memory: nothing is ever written, so a crash leaves nothing to recover.
    client.pragma('journal_mode = MEMORY');
    client.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    client.close();
    const isTaken = String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');
    if (!isTaken) throw error;
    throw new AppError(
      'conflict',
      `Another Rollcall server works with the data folder "${dataFolder}". Stop it, or choose another folder with ROLLCALL_DATA.`,
    );
  }
  return () => client.close();
}
