import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#domain/errors';

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

  const file = join(dataFolder, 'key');
  const found = readIfThere(file) ?? create(file, dataFolder);
  const key = decode(found);
  if (key) return key;
  throw new AppError(
    'internal',
    'The file "key" in the data folder does not hold a key of 32 bytes. Put it back from a backup; without it no stored secret can be read.',
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
function create(file: string, dataFolder: string): string {
  mkdirSync(dataFolder, { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(keyLength).toString('base64')}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8');
}
