import { expect, test } from 'vitest';
import type { Plan, Run } from '#contract';
import { buildTestApp } from '../support/build-app.ts';

const graph = {
  blocks: [
    {
      id: 'begin',
      type: 'begin',
      name: 'Begin',
      position: { x: 0, y: 0 },
      settings: { trigger: 'manual', records: 'active', rules: { match: 'all', rules: [] } },
    },
    {
      id: 'mark',
      type: 'update-record',
      name: 'Mark',
      position: { x: 300, y: 0 },
      settings: { setStatus: 'deactivated', assignments: [] },
    },
  ],
  edges: [{ id: 'e1', from: 'begin', exit: 'next', to: 'mark' }],
};

/** A workflow that was never launched, over two people. */
async function buildWorld() {
  const app = await buildTestApp();
  const cookie = await app.signIn();
  const insert = app.database.$client.prepare(
    `INSERT INTO people (id, username, email, first_name, last_name, role, status, fields, created_at, updated_at)
    VALUES (?, ?, ?, ?, '', 'Employee', 'active', '{}', 0, 0)`,
  );
  for (const name of ['=ada', 'grace'])
    insert.run(`per_${name}`, `${name}@acme.test`, `${name}@acme.test`, name);
  const ask = <T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object) =>
    app.send(method, path, { cookie, ...(body ? { body } : {}) }).then((response) => ({
      status: response.statusCode,
      text: response.body,
      type: String(response.headers['content-type']),
      json: () => response.json<T>(),
    }));
  const made = await ask<{ id: string; revision: number }>('POST', '/workflows', {
    name: 'Mark all',
    records: { kind: 'people' },
  });
  const { id, revision } = made.json();
  await ask('PUT', `/workflows/${id}/draft`, { revision, graph });
  const endOf = async (run: Run): Promise<Run> => {
    for (;;) {
      const now = (await ask<{ run: Run }>('GET', `/runs/${run.id}`)).json().run;
      if (now.finishedAt !== null) return now;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { app, ask, id, endOf };
}

test('a draft is tried before it is ever launched, and nothing changes', async () => {
  const { app, ask, id, endOf } = await buildWorld();

  const started = await ask<Run>('POST', `/workflows/${id}/runs`, { mode: 'plan', draft: true });
  const run = await endOf(started.json());

  expect(run).toMatchObject({ mode: 'plan', versionNumber: 0, status: 'succeeded' });
  const plan = (await ask<Plan>('GET', `/runs/${run.id}/plan`)).json();
  expect(plan).toMatchObject({ isComplete: true, records: 2, counts: { 'set-fields': 2 }, skips: {} });
  const effects = await ask<{ items: { label: string; changes: object[] }[]; total: number }>(
    'GET',
    `/runs/${run.id}/plan/effects?kind=set-fields&search=grace`,
  );
  expect(effects.json()).toMatchObject({
    total: 1,
    items: [{ changes: [{ field: 'status', before: 'active', after: 'deactivated' }] }],
  });
  const states = app.database.$client.prepare('SELECT DISTINCT status FROM people').all();
  expect(states).toEqual([{ status: 'active' }]);
  expect((await ask<{ items: unknown[] }>('GET', `/workflows/${id}/versions`)).json().items).toEqual([]);
  expect((await ask<{ total: number }>('GET', '/runs')).json().total).toBe(0);
  expect((await ask<{ total: number }>('GET', '/runs?mode=plan')).json().total).toBe(1);
});

test('a plan can be taken along as a table and as JSON, and is compared with another', async () => {
  const { ask, id, endOf } = await buildWorld();
  const dryRun = async () =>
    endOf((await ask<Run>('POST', `/workflows/${id}/runs`, { mode: 'plan', draft: true })).json());
  const [first, second] = [await dryRun(), await dryRun()];

  const csv = await ask('GET', `/runs/${first.id}/plan/effects.csv`);
  const file = await ask<{ plan: Plan; effects: object[] }>('GET', `/runs/${first.id}/plan/effects.json`);
  const compared = await ask('GET', `/runs/${second.id}/plan/comparison?with=${first.id}`);

  expect(csv.type).toMatch(/text\/csv/);
  expect(csv.text.split('\r\n')).toHaveLength(4);
  // A spreadsheet must not take a name for a formula.
  expect(csv.text).toContain(`"'=ada@acme.test"`);
  expect(file.json()).toMatchObject({
    plan: { records: 2 },
    effects: [{ block: 'mark' }, { block: 'mark' }],
  });
  expect(compared.json()).toMatchObject({ counts: { added: 0, removed: 0, changed: 0, same: 2 } });
  expect(first.versionId).toBe(second.versionId);
});

test('a draft cannot be run but in a dry run, and a run without a plan says so', async () => {
  const { ask, id } = await buildWorld();

  expect((await ask('POST', `/workflows/${id}/runs`, { draft: true })).status).toBe(400);
  expect((await ask('POST', `/workflows/${id}/runs`, { mode: 'plan' })).status).toBe(409);
  expect((await ask('GET', '/runs/run_none/plan')).status).toBe(404);
});
