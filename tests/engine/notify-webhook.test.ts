import { describe, expect, test } from 'vitest';
import { notify } from '#blocks/notify';
import { messages, prepare } from '../support/decide.ts';
import { addAccounts, addWorkflow, aGraph, createWorld } from '../support/engine-world.ts';
import { answer, createScriptedClient, type Script } from '../support/scripted-client.ts';
import { untilEnded } from '../support/until-run.ts';

type Settings = Record<string, unknown> & { when?: string };
const webhook = {
  channel: 'webhook',
  credentialId: 'crd_hook',
  title: 'About {{email}}',
  message: 'Is <gone> & done',
};

async function run(settings: Settings, script: Script = () => answer(200), mode: 'run' | 'plan' = 'run') {
  const client = createScriptedClient(script);
  const world = createWorld({ client });
  addAccounts(world.database, [{ name: 'ada' }, { name: 'grace' }]);
  const graph = aGraph(
    {
      begin: ['begin'],
      first: ['set-variable', { variables: [{ name: 'seen', value: 'yes' }] }],
      tell: ['notify', { ...webhook, ...settings }],
      good: ['notify', { when: 'each', title: 'good', message: '' }],
      bad: ['notify', { when: 'each', title: 'bad', message: '' }],
    },
    settings.when === 'end'
      ? ['begin.next > first', 'first.next > tell']
      : ['begin.next > tell', 'tell.success > good', 'tell.failure > bad'],
  );
  addWorkflow(world.database, graph);
  const { id } = await world.runner.start('wf_1', { startedBy: 'Ada', mode });
  const ended = await untilEnded(world, id);
  const titles = world.database.$client.prepare('SELECT title FROM notifications').pluck().all();
  const steps = async (n: number) =>
    (await world.runner.recordSteps(id, n)).steps.filter(({ block }) => block === 'tell');
  return { client, ended, titles, steps, world, id };
}

describe('Notify by a webhook', () => {
  test('sends one message for each record, in the shape that Slack takes', async () => {
    const { client, titles, steps } = await run({ when: 'each' });

    expect(client.calls).toHaveLength(2);
    expect(client.calls[0]).toMatchObject({
      credential: { id: 'crd_hook' },
      method: 'POST',
      url: '/',
      class: 'non-idempotent',
    });
    expect(JSON.parse(client.calls[0]?.body ?? '')).toEqual({
      text: '*About ada@acme.test*\nIs &lt;gone&gt; &amp; done',
    });
    expect(titles).toEqual(['good', 'good']);
    expect(await steps(1)).toMatchObject([{ exit: 'success', note: 'The message was taken.' }]);
  });

  test('sends one message at the end of the run', async () => {
    const { client, ended } = await run({ when: 'end', title: '{{run.total}} done' });

    expect(client.calls.map(({ body }) => JSON.parse(body ?? '').text)).toEqual([
      expect.stringMatching(/^\*2 done\*/),
    ]);
    expect(ended.status).toBe('succeeded');
  });

  test('takes the failure exit when the channel refuses, with its reason', async () => {
    const { titles, steps } = await run({ when: 'each' }, () => answer(404, { error: 'no_service' }));

    expect(titles).toEqual(['bad', 'bad']);
    expect((await steps(1))[0]?.error).toMatch(/^The webhook answered 404/);
  });

  test('is never sent twice when nobody knows whether it came: a person decides', async () => {
    const { client, ended, steps } = await run({ when: 'each' }, () => ({
      kind: 'no_answer',
      reason: 'reset',
    }));

    expect(client.calls).toHaveLength(2);
    expect(ended.status).toBe('needs_attention');
    expect(await steps(1)).toMatchObject([{ status: 'needs_attention', attempts: 1 }]);
  });

  test('is sent again after a refusal for too many messages', async () => {
    const { client, titles } = await run({ when: 'each' }, (_call, n) =>
      n === 1 ? answer(429) : answer(200),
    );

    expect(client.calls).toHaveLength(3);
    expect(titles).toEqual(['good', 'good']);
  });

  test('tells nobody in a dry run', async () => {
    const { client, titles, steps } = await run({ when: 'each' }, undefined, 'plan');

    expect([client.calls, titles]).toEqual([[], []]);
    expect(await steps(1)).toMatchObject([{ status: 'planned', exit: 'success' }]);
  });

  test('wants a webhook, and neither people nor addresses', () => {
    expect(messages(prepare(notify, { channel: 'webhook' }))).toEqual(['Choose the webhook.']);
    expect(messages(prepare(notify, { channel: 'webhook', credentialId: 'crd_1' }))).toEqual([]);
  });
});
