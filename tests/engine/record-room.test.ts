import { expect, it } from 'vitest';
import { createRecordRoom } from '#engine/record-room';

/** A run of so many records, each of which is led until somebody ends it. */
function runOf(room: ReturnType<typeof createRecordRoom>, records: number, atOnce: number) {
  const open: (() => void)[] = [];
  let left = records;
  const done = room.lead(atOnce, async () => {
    if (left === 0) return false;
    left -= 1;
    await new Promise<void>((resolve) => open.push(resolve));
    return true;
  });
  return {
    done,
    onTheirWay: () => open.length,
    async end(count = 1) {
      for (const end of open.splice(0, count)) end();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

it('a run alone leads as many as it may, and all of them', async () => {
  const run = runOf(createRecordRoom(100), 10, 4);
  expect(run.onTheirWay()).toBe(4);
  while (run.onTheirWay() > 0) {
    expect(run.onTheirWay()).toBeLessThanOrEqual(4);
    await run.end();
  }
  await run.done;
});

it('runs beside each other have no more than there is room for, and each has one at least', async () => {
  const room = createRecordRoom(10);
  const runs = Array.from({ length: 5 }, () => runOf(room, 100, 8));
  const now = () => runs.map((run) => run.onTheirWay());
  expect(now()).toEqual([8, 2, 1, 1, 1]);

  for (let n = 0; n < 40; n += 1) for (const run of runs) await run.end();

  expect(now()).toEqual([2, 2, 2, 2, 2]);
});

it('what one run leaves is there for the others', async () => {
  const room = createRecordRoom(6);
  const short = runOf(room, 5, 5);
  const long = runOf(room, 50, 5);
  expect([short.onTheirWay(), long.onTheirWay()]).toEqual([5, 1]);

  await short.end(5);
  await short.done;
  await long.end();

  expect(long.onTheirWay()).toBe(5);
});

it('no record is nothing to wait for, and what fails fails the run', async () => {
  const room = createRecordRoom(6);
  await room.lead(5, async () => false);
  await room.lead(0, async () => true);
  await expect(room.lead(2, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');

  const next = runOf(room, 10, 6);
  expect(next.onTheirWay()).toBe(6);
});
