import { expect, test } from 'vitest';
import type { CredentialDetails, Run, RunDetails, SafetyState } from '#contract';
import { settingsFromPreset } from '#domain/api-settings';
import { inSafeMode } from '#domain/guard';
import { isFinished } from '#domain/run';
import { vendors } from '#presets';
import { createGuardStore } from '../../server/store/guard.ts';
import { runRecords, runs } from '../../server/store/schema.ts';
import { buildTestApp } from '../support/build-app.ts';
import { addAccounts, addWorkflow, aGraph } from '../support/engine-world.ts';
import { liftLimits } from '../support/lift-limits.ts';
import { sendJson, startVendorServer } from '../support/vendor-server.ts';

const planhat = vendors.find(({ id }) => id === 'planhat')!;
const finding = planhat.presets.find(({ id }) => id === 'find-user-by-email')!;

/** A restored server: a workflow that only reads, and a run of it that was under way. */
async function restored() {
  const vendor = await startVendorServer((_, response) =>
    sendJson(response, 200, [{ _id: 'ph-ada', email: 'ada@acme.test' }]),
  );
  const app = await buildTestApp({ ROLLCALL_ALLOW_HOSTS: vendor.host });
  const { database } = app;
  liftLimits(database);
  const cookie = await app.signIn();
  const made = await app.send('POST', '/credentials', {
    cookie,
    body: {
      name: 'Planhat',
      vendorId: 'planhat',
      kind: 'bearer',
      token: 'secret-token',
      baseUrl: vendor.url,
    },
  });
  const { credential } = made.json<CredentialDetails>();
  addAccounts(database, [{ name: 'ada' }]);
  const settings = settingsFromPreset(planhat, finding, credential.id) as unknown as Record<string, unknown>;
  addWorkflow(database, aGraph({ begin: ['begin'], look: ['api', settings] }, ['begin.next > look']));
  const versionOf = { workflowId: 'wf_1', workflowName: 'Clean-up', versionId: 'ver_1', versionNumber: 1 };
  const at = app.clock.now();
  database
    .insert(runs)
    .values({
      ...{ key: 1000, id: 'run_old', ...versionOf, status: 'running', phase: 'records', startedBy: 'Ada' },
      ...{ startedAt: at, isCancelling: false, fence: 1 },
    })
    .run();
  const ada = { recordType: 'saas_user', recordId: 'sus_ada', label: 'ada@acme.test' };
  const nothing = { steps: 0, variables: {}, error: null, finishedAt: null };
  database
    .insert(runRecords)
    .values([
      {
        ...{ run: 1000, n: 0, recordType: 'person', recordId: '', label: 'run', status: 'succeeded' },
        ...{ pending: [], ...nothing },
      },
      { run: 1000, n: 1, ...ada, status: 'queued', pending: ['look'], ...nothing },
    ])
    .run();
  await createGuardStore(database).change((content) =>
    inSafeMode(content, 'The data folder was restored, copied or moved.', at, 'closed'),
  );
  const state = await app.send('GET', '/safety', { cookie });
  const send = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) =>
    app.send(method, path, { cookie, ...(body && { body }) });
  return { app, vendor, send, credentialId: credential.id, safeMode: state.json<SafetyState>().safeMode! };
}

async function endOf(send: Awaited<ReturnType<typeof restored>>['send'], id: string): Promise<Run> {
  for (;;) {
    const { run } = (await send('GET', `/runs/${id}`)).json<RunDetails>();
    if (isFinished(run.status)) return run;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('a restored server sends nothing, not even a read, before a person has released it', async () => {
  const { app, vendor, send, credentialId, safeMode } = await restored();

  await app.resume();
  const started = await send('POST', '/workflows/wf_1/runs', {});
  const tested = await send('POST', `/credentials/${credentialId}/test`);
  for (let i = 0; i < 50; i += 1) await new Promise((resolve) => setImmediate(resolve));

  expect(started.statusCode).toBe(202);
  expect(tested.body).toMatch(/restored, copied or moved\. Nothing leaves before safe mode is released/);
  expect(vendor.seen).toEqual([]);
  const waiting = (await send('GET', `/runs/${started.json<Run>().id}`)).json<RunDetails>();
  expect([waiting.run.status, waiting.isInLine]).toEqual(['running', true]);

  const released = await send('DELETE', `/safety/safe-mode?reason=Looked&seen=${safeMode.at}`);
  expect(released.statusCode).toBe(200);
  const ends = await Promise.all(['run_old', started.json<Run>().id].map((id) => endOf(send, id)));
  expect(ends.map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
  const wanted = '/users?email=ada%40acme.test';
  expect(vendor.seen.map(({ url }) => url)).toEqual([wanted, wanted]);
});

test('a run of a restored server can be cancelled, and nothing of it is sent after the release', async () => {
  const { app, vendor, send } = await restored();
  await app.resume();

  expect((await send('POST', '/runs/run_old/cancellation')).statusCode).toBe(202);
  expect((await endOf(send, 'run_old')).status).toBe('cancelled');
  await send('DELETE', '/safety/safe-mode?reason=Looked');
  const next = (await send('POST', '/workflows/wf_1/runs', {})).json<Run>();
  await endOf(send, next.id);

  expect(vendor.seen).toHaveLength(1);
});
