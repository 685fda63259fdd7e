import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../server/store/database.ts';
import { createOldSteps } from '../../server/store/old-steps.ts';
import { runs, steps } from '../../server/store/schema.ts';

const run = (key: number, finishedAt: number | null) => ({
  ...{
    key,
    id: `run_${key}`,
    workflowId: 'wf',
    workflowName: '',
    versionId: 'ver',
    versionNumber: 1,
    finishedAt,
  },
  ...{ status: 'succeeded', phase: 'end', startedBy: '', startedAt: 0, isCancelling: false, fence: 1 },
});
const step = (of: number, recordN: number, n: number, effect: string | null = null) => ({
  ...{
    run: of,
    recordN,
    n,
    block: 'b',
    status: 'succeeded',
    attempts: 1,
    fence: 1,
    startedAt: 0,
    durationMs: 0,
    effect,
  },
  request: '{"method":"POST","url":"/users","headers":{},"body":{"name":"Ada"}}',
  answer: '{"outcome":"ok","status":201,"headers":{},"body":{"id":1},"isCut":false,"durationMs":5}',
  before: effect && '{}',
});

/** Three runs of 50 records with two steps each, of which the second deletes; one is old, one new, one goes on. */
function open() {
  const database = openDatabase(':memory:');
  database
    .insert(runs)
    .values([run(1, 1000), run(2, 5000), run(3, null)])
    .run();
  for (const key of [1, 2, 3])
    for (let n = 0; n < 50; n += 1)
      database
        .insert(steps)
        .values([step(key, n, 1), step(key, n, 2, '{"does":"create","limitKind":null}')])
        .run();
  const count = (where: string): number =>
    (database.$client.prepare(`SELECT count(*) AS n FROM steps WHERE ${where}`).get() as { n: number }).n;
  return { database, count };
}

describe('steps of old runs', () => {
  it('go, but for what was done to whom; others stay whole', async () => {
    const { database, count } = open();
    const { removeSome } = createOldSteps(database);

    const sizes: number[] = [];
    for (let n = await removeSome(2000, 30); n > 0; n = await removeSome(2000, 30)) sizes.push(n);

    expect(Math.max(...sizes)).toBeLessThanOrEqual(30);
    expect(count('run = 1 AND effect IS NULL')).toBe(0);
    expect(count('run = 1 AND effect IS NOT NULL')).toBe(50);
    expect(count("run = 1 AND (request LIKE '%body%' OR answer LIKE '%body%' OR before IS NOT NULL)")).toBe(
      0,
    );
    expect(count('run > 1 AND request IS NOT NULL')).toBe(200);
    expect(database.select({ key: runs.key, hasSteps: runs.hasSteps }).from(runs).all()).toEqual([
      { key: 1, hasSteps: false },
      { key: 2, hasSteps: true },
      { key: 3, hasSteps: true },
    ]);
  });

  it('go on going after a stop in the middle', async () => {
    const { database, count } = open();
    await createOldSteps(database).removeSome(2000, 30);
    const { removeSome } = createOldSteps(database);
    while ((await removeSome(2000, 30)) > 0);

    expect(count('run = 1')).toBe(50);
  });
});
