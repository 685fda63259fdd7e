import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../server/store/database.ts';
import { findForeignPast, leaveMark } from '../../server/store/instance-mark.ts';
import { runs } from '../../server/store/schema.ts';

let root: string;
let data: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rollcall-mark-'));
  data = join(root, 'data');
  cpSync(mkdtempSync(join(root, 'empty-')), data, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const run = (key: number) => ({
  ...{ key, id: `run_${key}`, workflowId: 'wf', workflowName: '', versionId: 'ver', versionNumber: 1 },
  ...{ status: 'succeeded', phase: 'end', startedBy: '', startedAt: 0, isCancelling: false, fence: 1 },
});

/** One life of a server in a folder, with so many runs; gives what it thought of its past. */
async function live(folder: string, newRuns: number[] = [], isKilled = false): Promise<string | null> {
  const database = openDatabase(join(folder, 'rollcall.db'));
  const past = await findForeignPast(database, folder, async () => {});
  for (const key of newRuns) database.insert(runs).values(run(key)).run();
  if (!isKilled) leaveMark(database, folder);
  database.$client.close();
  return past;
}

describe('a data folder', () => {
  it('is its own through stops and crashes', async () => {
    expect(await live(data, [1])).toBeNull();
    expect(await live(data, [2], true)).toBeNull();
    expect(await live(data)).toBeNull();
  });

  it('that was copied or moved is not', async () => {
    await live(data, [1]);
    const copy = join(root, 'copy');
    cpSync(data, copy, { recursive: true });

    expect(await live(copy)).toMatch(/restored, copied or moved/);
    expect(await live(copy)).toBeNull();
    expect(await live(data)).toBeNull();
  });

  it('with an older database is not, whether there was a start in between or only runs', async () => {
    await live(data, [1]);
    const backup = join(root, 'backup.db');
    cpSync(join(data, 'rollcall.db'), backup);
    await live(data, [2]);
    cpSync(backup, join(data, 'rollcall.db'));
    expect(await live(data, [2, 3])).toMatch(/restored from a backup/);

    const database = openDatabase(join(data, 'rollcall.db'));
    database.$client.exec('DELETE FROM runs WHERE key = 3');
    database.$client.close();
    expect(await live(data)).toMatch(/restored from a backup/);
  });

  it('whose mark is gone or cut is not', async () => {
    await live(data, [1]);
    writeFileSync(join(data, 'instance.json'), '{"sta');
    expect(await live(data)).toMatch(/came into this folder/);
    rmSync(join(data, 'instance.json'));
    expect(await live(data)).toMatch(/came into this folder/);
    expect(await live(data)).toBeNull();
  });

  it('is found out again where the server was killed before it was held', async () => {
    await live(data, [1]);
    const copy = join(root, 'copy');
    cpSync(data, copy, { recursive: true });
    const database = openDatabase(join(copy, 'rollcall.db'));
    const killed = findForeignPast(database, copy, () => Promise.reject(new Error('killed')));
    await expect(killed).rejects.toThrow('killed');
    database.$client.close();

    expect(await live(copy)).toMatch(/restored, copied or moved/);
  });

  it('whose files were overwritten with those of a backup is not, though each file is the same one', async () => {
    await live(data, [1]);
    const files = ['rollcall.db', 'instance.json'].map((name) => join(data, name));
    const backup = files.map((file) => readFileSync(file));
    await live(data, [2]);
    for (const [i, file] of files.entries()) writeFileSync(file, backup[i]!);
    for (const more of ['-wal', '-shm']) rmSync(join(data, `rollcall.db${more}`), { force: true });

    expect(await live(data)).toMatch(/restored, copied or moved/);
    expect(await live(data)).toBeNull();
  });

  it('is its own wherever the server was killed while it wrote its mark', async () => {
    await live(data, [1]);
    const file = join(data, 'instance.json');
    const before = readFileSync(file);
    await live(data, [2], true);
    // The next mark lies beside the old one already, and has not taken its place.
    writeFileSync(`${file}.next`, before);

    expect(await live(data)).toBeNull();
  });
});
