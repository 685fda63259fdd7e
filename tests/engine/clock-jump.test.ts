import { describe, expect, it } from 'vitest';
import { isFinished } from '#domain/run';
import { addAccounts, addWorkflow, aGraph, createWorldAt, type World } from '../support/engine-world.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';
import { createTestClock } from '../support/test-clock.ts';

const call = (presetId: string, method: string, more: object = {}) => ({
  ...{ vendorId: 'webex', presetId, authorization: { mode: 'static', credentialId: 'crd_1' }, method },
  ...{ url: '/people/{{webex_user_id}}', ...more },
});

const cleanUp = aGraph(
  {
    begin: ['begin'],
    inactive: ['inactive-for', { days: 90 }],
    look: ['api', call('get-user-details', 'GET')],
    remove: ['api', call('delete-user', 'DELETE', { success: { statuses: [204], mediaType: 'none' } })],
  },
  ['begin.next > inactive', 'inactive.inactive > look', 'look.success > remove'],
);

const jumpMs = 120 * 24 * 60 * 60_000;

/** Ada was seen yesterday; the clock jumps while she is looked at the given time. */
function open(jumps: Record<number, number>, lastActivity = '2026-11-20T09:00:00Z') {
  const clock = createTestClock();
  const client = createScriptedClient(({ method, url }, n) => {
    clock.set(clock.now() + (jumps[n] ?? 0));
    return method === 'DELETE'
      ? answer(204)
      : answer(200, { id: url.split('/').at(-1), emails: ['ada@acme.test'] });
  });
  const world = createWorldAt(clock, { client, steady: clock.steady });
  addAccounts(world.database, [{ name: 'ada', lastActivity }]);
  addWorkflow(world.database, cleanUp);
  return { world, clock, methods: () => client.calls.map(({ method }) => method) };
}

async function rested({ runner }: World, id: string, mayWait = true) {
  for (;;) {
    const details = await runner.details(id);
    if (isFinished(details.run.status) || (mayWait && details.run.status === 'waiting')) return details;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a clock that jumps', () => {
  it('holds a deletion that is about to leave, and safe mode keeps it until a person releases it', async () => {
    const { world, methods } = open({ 1: jumpMs }, '2026-01-01T09:00:00Z');

    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    const held = await rested(world, id);
    const sent = methods();
    await world.clockWatch?.look();
    world.guard.learn(await world.guardStore.change((content) => ({ ...content, safeMode: null })));
    await rested(world, id, false);

    expect(held.waits).toMatchObject([{ held: { code: 'safe_mode' } }]);
    expect(held.waits[0]?.held?.sentence).toContain('forward by 120 days');
    expect(sent).toEqual(['GET']);
    expect(methods().filter((method) => method === 'DELETE')).toHaveLength(1);
  });

  it('is remembered where somebody was decided about by it, though it was put right at once', async () => {
    const { world, clock, methods } = open({ 1: -jumpMs });
    clock.set(clock.now() + jumpMs);

    const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
    const { waits } = await rested(world, id);
    await world.clockWatch?.look();

    expect(waits).toMatchObject([{ held: { code: 'safe_mode' } }]);
    expect(methods()).toEqual(['GET']);
    expect(world.guard.content().safeMode?.reason).toContain('cancel those runs');
    expect(world.clockWatch?.jump()).toBeNull();
  });
});
