import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../server/store/database.ts';
import { createPlanStore } from '../../server/store/plans.ts';
import { createRerunReader } from '../../server/store/reruns.ts';
import { countBlocks } from '../../server/store/run-counts.ts';
import { createRunReader } from '../../server/store/run-reader.ts';
import { createUndoReader } from '../../server/store/undo.ts';

const records = 4200;
const database = openDatabase(':memory:');
const reader = createRunReader(database);

/** A run of 4,200 records that nobody works on: each was read, every tenth deleted, every fifth of those refused. */
beforeAll(() => {
  const { $client } = database;
  const graph = JSON.stringify({ blocks: [], edges: [] });
  $client.exec(`
    INSERT INTO workflows (id, name, description, records, draft, revision, created_at, updated_at)
      VALUES ('wf_1', 'Long', '', '{"kind":"people"}', '${graph}', 1, 0, 0);
    INSERT INTO versions (id, workflow_id, number, graph, records, note, author, created_at)
      VALUES ('ver_1', 'wf_1', 1, '${graph}', '{"kind":"people"}', '', 'Ada', 0);
    INSERT INTO runs (key, id, workflow_id, workflow_name, version_id, version_number, status, phase, started_by,
        started_at, is_cancelling, fence)
      VALUES (1, 'run_1', 'wf_1', 'Long', 'ver_1', 1, 'waiting', 'records', 'Ada', 0, 0, 1)`);
  const record = $client.prepare(`
    INSERT INTO run_records (run, n, record_type, record_id, label, status, pending, steps, variables, waiting_since, held)
    VALUES (1, ?, 'person', ?, ?, ?, '["ask"]', 1, '{}', 0, '{"code":"c","sentence":"s"}')`);
  const step = $client.prepare(`
    INSERT INTO steps (run, record_n, n, block, status, exit, attempts, fence, started_at, duration_ms, effect)
    VALUES (1, ?, ?, ?, ?, ?, 1, 1, 0, 1, ?)`);
  const effect = JSON.stringify({
    ...{ does: 'delete', undo: { kind: 'permanent' }, vendorId: 'webex', presetId: 'delete-user' },
  });
  database.transaction(() => {
    for (let n = 1; n <= records; n += 1) {
      const isRefused = n % 50 === 0;
      record.run(n, `per_${n}`, `person ${n}`, isRefused ? 'failed' : 'waiting');
      step.run(n, 1, 'read', 'succeeded', 'success', null);
      if (n % 10 !== 0) continue;
      const [status, exit] = isRefused ? ['failed', 'failure'] : ['succeeded', 'success'];
      step.run(n, 2, 'remove', status, exit, effect);
    }
  });
});

/** How often somebody else had a turn while this was read, and what was read. */
async function turnsIn<T>(read: () => Promise<T>): Promise<{ turns: number; found: T }> {
  let turns = 0;
  let isOver = false;
  const others = (async () => {
    for (; !isOver; turns += 1) await nextTurn();
  })();
  const found = await read();
  isOver = true;
  await others;
  return { turns, found };
}

const all = async () => {
  let count = 0;
  for await (const page of reader.allRecords('run_1', { status: 'failed' })) count += page.length;
  return count;
};

// 4,200 records are five pieces of a thousand, with a turn of others between two of them.
test.each<[what: string, read: () => Promise<unknown>, expected: unknown]>([
  [
    'records that left a block by an exit',
    () => reader.records('run_1', { limit: 2, block: 'remove', exit: 'failure' }),
    { total: 84, items: [{ n: 50 }, { n: 100, path: [{ block: 'read' }, { block: 'remove' }] }] },
  ],
  [
    'records that are searched for',
    () => reader.records('run_1', { limit: 2, search: 'PERSON 419' }),
    { total: 11, items: [{ n: 419 }, { n: 4190 }] },
  ],
  [
    'records by their status',
    () => reader.records('run_1', { limit: 1, status: 'failed' }),
    { total: 84, items: [{ n: 50 }] },
  ],
  ['a file of them', all, 84],
  ['steps', () => reader.steps('run_1', { limit: 3 }), { total: 4620, items: [{ recordN: 1 }, {}, {}] }],
  ['the run', () => reader.run('run_1'), { counts: { total: records, waiting: 4116, failed: 84 } }],
  ['what it waits for', () => reader.waits('run_1'), [{ held: { code: 'c' }, until: null, count: 4116 }]],
  [
    'counts of its blocks',
    () => countBlocks(database, 1),
    { remove: { exits: { success: 336, failure: 84 } }, ask: { waiting: 4116 } },
  ],
  [
    'what could be taken back',
    () => createUndoReader(database).done('run_1'),
    { blocks: [{ block: 'remove', does: 'delete', count: 336 }] },
  ],
  [
    'what could be run again',
    () => createRerunReader(database).counts('run_1', []),
    [
      { records: 'all' },
      { records: 'failed', leftOut: { gone: 84 } },
      { records: 'failed_step', leftOut: { gone: 84 } },
    ],
  ],
])(
  '%s of a long run are read piece by piece, and others are served in between',
  async (_, read, expected) => {
    const { turns, found } = await turnsIn(read);

    if (typeof expected === 'object') expect(found).toMatchObject(expected as object);
    else expect(found).toBe(expected);
    expect(turns).toBeGreaterThanOrEqual(4);
  },
);

test('what a long dry run found is summed and listed piece by piece', async () => {
  const plans = createPlanStore(database);
  database.$client.exec(`UPDATE runs SET mode = 'plan'`);

  const plan = await turnsIn(() => plans.find('run_1'));
  const first = await turnsIn(() =>
    plans.effects('run_1', { limit: 3, search: 'person 41', kind: 'delete' }),
  );
  const rest = await plans.effects('run_1', {
    ...{ limit: 3, search: 'person 41', kind: 'delete', cursor: first.found.nextCursor ?? '' },
  });

  database.$client.exec(`UPDATE runs SET mode = 'run'`);
  expect(plan.found).toMatchObject({ records, unchanged: records - 420, counts: { delete: 420 } });
  expect(first.found.items.map(({ recordN }) => recordN)).toEqual([410, 4100, 4110]);
  expect(rest.items.map(({ recordN }) => recordN)).toEqual([4120, 4130, 4140]);
  expect([first.found.total, rest.total]).toEqual([11, 11]);
  expect(Math.min(plan.turns, first.turns)).toBeGreaterThanOrEqual(4);
});

test('pages follow each other without a gap, whichever records the filter keeps', async () => {
  const numbers: number[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = {
      limit: 50,
      block: 'remove',
      exit: 'failure',
      ...(cursor === undefined ? {} : { cursor }),
    };
    const page = await reader.records('run_1', query);
    numbers.push(...page.items.map(({ n }) => n));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }

  expect(numbers).toEqual(Array.from({ length: 84 }, (_, i) => (i + 1) * 50));
});

test('the steps of a run come by record, page by page', async () => {
  const first = await reader.steps('run_1', { limit: 10 });
  const next = await reader.steps('run_1', { limit: 2, cursor: first.nextCursor ?? '' });

  expect(first.items.map(({ recordN }) => recordN)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(next.items.map(({ recordN, n }) => [recordN, n])).toEqual([
    [10, 2],
    [11, 1],
  ]);
});
