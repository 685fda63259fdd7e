import { expect, test } from 'vitest';
import type { Run, RunDetails } from '#contract';
import { buildTestApp } from '../support/build-app.ts';

const graph = {
  blocks: [
    { id: 'begin', type: 'begin', name: 'Begin', position: { x: 0, y: 0 }, settings: {} },
    {
      ...{ id: 'mark', type: 'update-record', name: '=Mark', position: { x: 300, y: 0 } },
      settings: { setStatus: 'deactivated', assignments: [] },
    },
  ],
  edges: [{ id: 'e1', from: 'begin', exit: 'next', to: 'mark' }],
};

/** A finished run over 301 people, the first of whom has a name that a spreadsheet would calculate. */
async function buildRun() {
  const app = await buildTestApp();
  const cookie = await app.signIn();
  const insert = app.database.$client.prepare(
    `INSERT INTO people (id, username, email, first_name, last_name, role, status, fields, created_at, updated_at)
    VALUES (?, ?, ?, '', '', 'Employee', 'active', '{}', 0, 0)`,
  );
  for (let i = 0; i <= 300; i += 1) {
    const name = i === 0 ? '=cmd()' : `p${i}`;
    insert.run(`per_${String(i).padStart(4, '0')}`, name, `${i}@acme.test`);
  }
  const ask = async <T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object) =>
    (await app.send(method, path, { cookie, ...(body ? { body } : {}) })).json<T>();
  const { id, revision } = await ask<{ id: string; revision: number }>('POST', '/workflows', {
    ...{ name: 'Mark all', records: { kind: 'people' } },
  });
  const draft = await ask<{ revision: number }>('PUT', `/workflows/${id}/draft`, { revision, graph });
  await ask('PUT', `/workflows/${id}/activation`, { revision: draft.revision });
  const run = await ask<Run>('POST', `/workflows/${id}/runs`, {});
  for (;;) {
    const details = await ask<RunDetails>('GET', `/runs/${run.id}`);
    if (details.run.finishedAt !== null) return { app, cookie, run: details.run };
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('the records of a run as a file: all that the filter keeps, and nothing that a spreadsheet runs', async () => {
  const { app, cookie, run } = await buildRun();
  const fileOf = async (query = '') => {
    const response = await app.send('GET', `/runs/${run.id}/records.csv${query}`, { cookie });
    return { ...response, lines: response.body.trimEnd().split('\r\n') };
  };

  const all = await fileOf();
  const found = await fileOf('?search=p30&status=succeeded&block=mark&exit=success');

  expect(run.counts).toMatchObject({ total: 301, succeeded: 301 });
  expect(all.headers['content-disposition']).toBe(`attachment; filename="run-${run.id}.csv"`);
  expect(all.lines).toHaveLength(302);
  expect(all.lines[0]).toBe('\uFEFF"Number","Record","Kind","ID","Status","Path","Reason","Finished"');
  expect(all.lines[1]).toMatch(
    /^"1","'=cmd\(\)","Person","per_0000","succeeded","'=Mark \(success\)","","\d{4}-/,
  );
  expect(new Set(all.lines).size).toBe(302);
  expect(found.lines.slice(1).map((line) => line.split(',')[1])).toEqual(['"p30"', '"p300"']);
  expect((await fileOf('?status=failed')).lines).toHaveLength(1);
  const totalOf = async (query: string) =>
    (await app.send('GET', `/runs/${run.id}/records?limit=1${query}`, { cookie })).json().total;
  expect(await totalOf('')).toBe(301);
  expect(await totalOf('&status=succeeded')).toBe(301);
  expect(await totalOf('&status=failed')).toBe(0);
  expect(await totalOf('&status=succeeded&search=p30')).toBe(2);
  expect(await totalOf('&block=mark&exit=success')).toBe(301);
  expect((await app.send('GET', '/runs/none/records.csv', { cookie })).statusCode).toBe(404);
});
