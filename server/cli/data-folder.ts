import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '#domain/errors';
import { openData } from '../assembly/access.ts';
import { type Config, readConfig } from '../config.ts';
import type { Database } from '../store/database.ts';

/** The configuration of this folder, as the server reads it. */
export function readConfigHere(): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readConfig(process.env);
}

/** Works on the data of a server, which may be at work itself. A folder without data stays as it is. */
export async function withData(work: (database: Database, config: Config) => Promise<void>): Promise<void> {
  const config = readConfigHere();
  const data = resolve(config.data);
  if (!existsSync(join(data, 'rollcall.db'))) {
    throw new AppError(
      'not_found',
      `There is no Rollcall data in "${data}". Start the server once, or name the folder with ROLLCALL_DATA.`,
    );
  }
  const database = openData(data);
  try {
    await work(database, config);
  } finally {
    database.$client.close();
  }
}
