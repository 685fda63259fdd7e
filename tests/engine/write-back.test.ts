import { describe, expect, it } from 'vitest';
import { settingsFromPreset } from '#domain/api-settings';
import { overwrittenBy, writeBackOf } from '#engine/write-back';
import { vendors } from '#presets';
import { addAccounts, addWorkflow, aGraph, createWorld } from '../support/engine-world.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';
import { untilEnded } from '../support/until-run.ts';

const webex = vendors.find(({ id }) => id === 'webex')!;
const settingsOf = (id: string) =>
  settingsFromPreset(webex, webex.presets.find((preset) => preset.id === id)!, 'crd_1');
const ada = {
  ...{ id: 'wx-ada', emails: ['ada@acme.test'], firstName: 'A', lastName: 'L', displayName: 'A L' },
  ...{ loginEnabled: true, licenses: ['meet'], created: '2025', type: 'person' },
};

/** What is sent when the variable of the preset is made anew by this template before it is written back. */
async function run(presetId: string, forged: string | null) {
  const client = createScriptedClient(() => answer(200, ada));
  const world = createWorld({ client });
  addAccounts(world.database, [{ name: 'ada' }]);
  const variables = [{ name: 'webex_user', value: forged ?? '{{webex_user}}' }];
  const graph = aGraph(
    {
      begin: ['begin'],
      read: ['api', settingsOf('get-user-details')],
      forge: ['set-variable', { variables }],
      update: ['api', settingsOf(presetId)],
    },
    ['begin.next > read', 'read.success > forge', 'forge.next > update'],
  );
  addWorkflow(world.database, graph);
  const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
  await untilEnded(world, id);
  const { record } = await world.runner.recordSteps(id, 1);
  return { calls: client.calls.map(({ method }) => method), why: record.error ?? '' };
}

describe('a whole record', () => {
  it('is written back as it was read, without a second look', async () => {
    expect((await run('update-user', null)).calls).toEqual(['GET', 'PUT']);
  });

  it.each([
    ['a login that is switched off', '{{change webex_user "loginEnabled" false}}', 'loginEnabled'],
    ['licences that are left out', '{{without webex_user "licenses"}}', 'licenses'],
    ['roles that it had not', '{{change webex_user "roles" webex_user.emails}}', 'roles'],
  ])('is not written back with %s', async (_case, forged, name) => {
    for (const preset of ['update-user', 'enable-sign-in']) {
      // Switching the login is what that preset is for.
      if (preset === 'enable-sign-in' && name === 'loginEnabled') continue;
      const { calls, why } = await run(preset, forged);
      expect(calls).toEqual(['GET']);
      expect(why).toContain(`its "${name}" is not what ada@acme.test (wx-ada) has there now`);
    }
  });
});

it('every body of a preset that writes a whole record back is known as one', () => {
  const bodies = vendors.flatMap(({ presets }) => presets.map(({ request }) => request.body));
  const whole = bodies.filter((body) => /\bwithout\b|\bchange\b/.test(body));

  expect(whole.length).toBeGreaterThan(2);
  expect(whole.filter((body) => writeBackOf(body) === null)).toEqual([]);
});

it.each([
  ['nothing', { a: 1, b: 2 }, null],
  ['a changed value', { a: 1, b: 3 }, null],
  ['another value', { a: 2, b: 2 }, 'a'],
  ['a value less', { b: 2 }, 'a'],
  ['a value more', { a: 1, b: 2, c: 3 }, 'c'],
  ['a value that is not written', { a: 1, b: 2, id: 'x' }, 'id'],
])('%s is overwritten', (_case, written, wanted) => {
  const whole = writeBackOf('{{change (without person "id") "b" input.b}}')!;
  expect(overwrittenBy(whole, JSON.stringify(written), { id: 'wx', a: 1, b: 2 })).toBe(wanted);
});
