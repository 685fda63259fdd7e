import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '#domain/errors';
import { rotateKey } from '../rotate-key.ts';
import { openDatabase } from '../store/database.ts';
import { takeLock } from '../store/lock.ts';
import { changeGivenKey, changeKeyFile } from '../vendors/master-key.ts';
import { readConfigHere } from './data-folder.ts';
import { wrongUse } from './usage.ts';

const usage = 'Use: rollcall key rotate';

/** `key rotate`: seals every secret with a new key. Only while no server and no agent works with the data folder. */
export function key([action, ...rest]: string[]): void {
  if (action !== 'rotate' || rest.length > 0) throw wrongUse(usage);
  const config = readConfigHere();
  const data = resolve(config.data);
  const files = ['rollcall.db', 'agent.db'].map((name) => join(data, name)).filter(existsSync);
  if (files.length === 0) {
    throw new AppError(
      'not_found',
      `There is no Rollcall data in "${data}". Name the folder of a server or an agent with ROLLCALL_DATA.`,
    );
  }
  const keys = config.key?.trim() ? changeGivenKey(config.key, config.nextKey) : changeKeyFile(data);

  const release = takeLock(data);
  const databases = files.map(openDatabase);
  try {
    const count = rotateKey(databases, keys);
    process.stdout.write(`All secrets (${count}) are sealed with the new key. ${keys.advice}\n`);
  } finally {
    for (const database of databases) database.$client.close();
    release();
  }
}
