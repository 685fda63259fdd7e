import { expect, test } from 'vitest';
import type { RerunOptions, Run, RunDetails } from '#contract';
import { buildTestApp } from '../support/build-app.ts';

const graph = {
  blocks: [
    {
      ...{ id: 'begin', type: 'begin', name: 'Begin', position: { x: 0, y: 0 } },
      settings: { trigger: 'manual', records: 'active', rules: { match: 'all', rules: [] } },
    },
    {
      ...{ id: 'keep', type: 'update-record', name: 'Keep the badge', position: { x: 300, y: 0 } },
      settings: {
        setStatus: 'keep',
        assignments: [{ target: { kind: 'person', name: 'badge' }, value: '{{last_name}}' }],
      },
    },
  ],
  edges: [{ id: 'e1', from: 'begin', exit: 'next', to: 'keep' }],
};

/** An active workflow that keeps the last name of two people as a number, which Ada's is not. */
async function buildWorld() {
  const app = await buildTestApp();
  const cookie = await app.signIn();
  const insert = app.database.$client.prepare(
    `INSERT INTO people (id, username, email, first_name, last_name, role, status, fields, created_at, updated_at)
    VALUES (?, ?, ?, '', ?, 'Employee', 'active', '{}', 0, 0)`,
  );
  insert.run('per_ada', 'ada@acme.test', 'ada@acme.test', 'Byron');
  insert.run('per_grace', 'grace@acme.test', 'grace@acme.test', '7');
  app.database.$client.exec(
    `INSERT INTO fields (id, record_type, external_id, label, type, is_unique, help, created_at)
    VALUES ('fld_1', 'person', 'badge', 'Badge', 'number', 0, '', 0)`,
  );
  const ask = <T>(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: object,
    headers: object = { cookie },
  ) =>
    app.send(method, path, { ...headers, ...(body ? { body } : {}) }).then((response) => ({
      status: response.statusCode,
      json: () => response.json<T>(),
    }));
  const made = await ask<{ id: string; revision: number }>('POST', '/workflows', {
    ...{ name: 'Keep badges', records: { kind: 'people' } },
  });
  const { id, revision } = made.json();
  const draft = await ask<{ revision: number }>('PUT', `/workflows/${id}/draft`, { revision, graph });
  const launched = await ask('PUT', `/workflows/${id}/activation`, { revision: draft.json().revision });
  const endOf = async (runId: string): Promise<RunDetails> => {
    for (;;) {
      const details = (await ask<RunDetails>('GET', `/runs/${runId}`)).json();
      if (details.run.finishedAt !== null) return details;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { app, ask, id, launched, endOf };
}

test('failed records are run again over HTTP, by whoever may start runs, and it is on record', async () => {
  const { app, ask, id, launched, endOf } = await buildWorld();
  expect(launched.status).toBeLessThan(300);
  const started = (await ask<Run>('POST', `/workflows/${id}/runs`, {})).json();
  const origin = await endOf(started.id);
  expect(origin.run.counts).toMatchObject({ succeeded: 1, failed: 1 });

  const refused = await ask(
    'POST',
    `/runs/${started.id}/reruns`,
    { records: 'failed' },
    {
      token: await app.token('viewer'),
    },
  );
  const options = (await ask<RerunOptions>('GET', `/runs/${started.id}/reruns`)).json();
  app.database.$client.exec("UPDATE people SET last_name = '8' WHERE id = 'per_ada'");
  const again = await ask<Run>('POST', `/runs/${started.id}/reruns`, { records: 'failed_step' });

  expect(refused.status).toBe(403);
  expect(options.obstacle).toBeNull();
  expect(options.items.map(({ records, count }) => [records, count])).toEqual([
    ['all', 2],
    ['failed', 1],
    ['failed_step', 1],
  ]);
  expect(again.status).toBe(202);
  const { run } = await endOf(again.json().id);
  expect(run).toMatchObject({
    status: 'succeeded',
    counts: { total: 1, succeeded: 1 },
    origin: { runId: started.id, records: 'failed_step' },
  });
  expect((await endOf(started.id)).reruns).toMatchObject([{ id: run.id, status: 'succeeded' }]);
  const audit = app.database.$client.prepare('SELECT action, target FROM audit').all();
  expect(audit).toContainEqual({ action: 'POST /runs/:id/reruns', target: started.id });
});

test('a second re-run of the same records is refused with what to do', async () => {
  const { ask, id, endOf } = await buildWorld();
  const started = (await ask<Run>('POST', `/workflows/${id}/runs`, {})).json();
  await endOf(started.id);
  const again = (await ask<Run>('POST', `/runs/${started.id}/reruns`, { records: 'failed' })).json();
  await endOf(again.id);

  const second = await ask<{ code: string }>('POST', `/runs/${started.id}/reruns`, { records: 'failed' });

  expect(second.status).toBe(409);
  expect(second.json()).toMatchObject({
    code: 'conflict',
    detail: expect.stringMatching(/No record of this run failed/),
  });
});
