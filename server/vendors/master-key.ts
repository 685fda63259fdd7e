import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#domain/errors';
import { keyIdOf } from './vault.ts';

const keyLength = 32;

/**
 * The key that all secrets are sealed with: `value` (32 bytes as base64 or hex) where it is given, else the file
 * `key` in the data folder, which is made on the first start for its owner alone. Throws `invalid` for a value that
 * is no such key, and `internal` for a damaged file.
 */
export function readMasterKey(value: string | undefined, dataFolder: string): Uint8Array {
  if (value !== undefined && value.trim() !== '') {
    const key = decode(value);
    if (key) return key;
    throw new AppError(
      'invalid',
      'ROLLCALL_KEY is not a key of 32 bytes. Make one with: openssl rand -base64 32',
      { place: 'ROLLCALL_KEY' },
    );
  }

  return readKeyFile(dataFolder, 'key') ?? createKeyFile(dataFolder, 'key');
}

/** The key of a rotation that was cut off: secrets may be sealed with it already. Null when there was none. */
export const readNextKey = (dataFolder: string): Uint8Array | null => readKeyFile(dataFolder, nextName);

/** How one master key takes the place of another. */
export interface KeyChange {
  current: Uint8Array;
  /** Makes the next key, or finds that of a change that was cut off. It is safe on the disk when it comes back. */
  next(): Uint8Array;
  /** Lets the next key be the current one. */
  finish(): void;
  /** What the operator should do afterwards. */
  advice: string;
}

const nextName = 'key.next';

/** Changes the key in the data folder. The old one stays beside it, for backups that were made with it. */
export function changeKeyFile(dataFolder: string): KeyChange {
  const current = readMasterKey(undefined, dataFolder);
  const oldName = `key.old.${keyIdOf(current)}`;
  return {
    current,
    next: () => readNextKey(dataFolder) ?? createKeyFile(dataFolder, nextName),
    finish() {
      linkIfAbsent(join(dataFolder, 'key'), join(dataFolder, oldName));
      renameSync(join(dataFolder, nextName), join(dataFolder, 'key'));
      syncFolder(dataFolder);
    },
    advice: `It is in the file "key" of the data folder. The old one is kept as "${oldName}": delete it when no backup from before is needed any more.`,
  };
}

/** Changes a key that the environment gives: only whoever sets it can put the next one in its place. */
export function changeGivenKey(current: string, next: string | undefined): KeyChange {
  const nextKey = decode(next ?? '');
  if (!nextKey) {
    throw new AppError(
      'invalid',
      'The key comes from ROLLCALL_KEY. Make a new one with: openssl rand -base64 32, give it as ROLLCALL_NEXT_KEY, and rotate again.',
      { place: 'ROLLCALL_NEXT_KEY' },
    );
  }
  return {
    current: readMasterKey(current, ''),
    next: () => nextKey,
    finish: () => undefined,
    advice: 'Set ROLLCALL_KEY to it before you start the server, and take ROLLCALL_NEXT_KEY away.',
  };
}

function readKeyFile(dataFolder: string, name: string): Uint8Array | null {
  const found = readIfThere(join(dataFolder, name));
  if (found === undefined) return null;
  const key = decode(found);
  if (key) return key;
  throw new AppError(
    'internal',
    `The file "${name}" in the data folder does not hold a key of 32 bytes. Put it back from a backup; without it no stored secret can be read.`,
  );
}

function decode(text: string): Uint8Array | undefined {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return undefined;
  const bytes = Buffer.from(trimmed, 'base64');
  return bytes.length === keyLength ? bytes : undefined;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written aside and linked into place, so that a crash leaves no half key and of two starters the first one wins. */
function createKeyFile(dataFolder: string, name: string): Uint8Array {
  const file = join(dataFolder, name);
  mkdirSync(dataFolder, { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(keyLength).toString('base64')}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  try {
    linkIfAbsent(draft, file);
    syncFolder(dataFolder);
  } finally {
    rmSync(draft, { force: true });
  }
  return readKeyFile(dataFolder, name) as Uint8Array;
}

function linkIfAbsent(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** A new name in a folder outlives a power cut only once the folder is written, too. Windows knows no such thing. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
