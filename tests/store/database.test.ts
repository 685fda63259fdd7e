import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../server/store/database.ts';

function aFile(prepare: (file: string) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-database-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'rollcall.db');
  prepare(file);
  return file;
}

const inSqlite = (file: string, sql: string): void => {
  const client = new Sqlite(file);
  client.exec(sql);
  client.close();
};

test.each<[string, (file: string) => void, RegExp]>([
  [
    'text',
    (file) => writeFileSync(file, 'These are notes, and no database.'.repeat(100)),
    /is no database\. Put/,
  ],
  ['a folder', (file) => void mkdirSync(file), /cannot be opened\. Check/],
  ['of another program', (file) => inSqlite(file, 'CREATE TABLE notes (a)'), /another program\. Choose/],
  ['cut off', (file) => cutOff(file), /is damaged\. Keep a copy/],
])('a database file that is %s is refused in words, and left as it is', (_, prepare, words) => {
  const file = aFile(prepare);
  const before = bytesOf(file);

  expect(() => openDatabase(file)).toThrow(
    expect.objectContaining({ code: 'internal', message: expect.stringMatching(words) }),
  );
  expect(bytesOf(file)).toEqual(before);
});

/** Everything behind the first page, which says that there is more, is missing. */
function cutOff(file: string): void {
  openDatabase(file).$client.close();
  writeFileSync(file, readFileSync(file).subarray(0, 3 * 4096));
}

/** Null of a folder. */
function bytesOf(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
