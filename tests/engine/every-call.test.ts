import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { blocks } from '#blocks/index';
import { messageCall } from '#blocks/webhook-message';
import { type ApiSettings, apiSettingsSchema, settingsFromPreset } from '#domain/api-settings';
import { isFinished } from '#domain/run';
import { httpMethods } from '#domain/vendor';
import { grantPermit } from '#engine/permit';
import { vendors } from '#presets';
import { fields, guardState, people } from '../../server/store/schema.ts';
import { addAccounts, addWorkflow, aGraph, createWorld } from '../support/engine-world.ts';
import { liftedGuard } from '../support/lift-limits.ts';
import { createOutboundWorld } from '../support/outbound-world.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';
import { sendJson, startVendorServer } from '../support/vendor-server.ts';

/** What takes something from somebody, said here anew: the product's own list is what is tried. */
const takes = [
  ...['delete', 'disable', 'remove-licences', 'set-licences', 'remove-role', 'set-role', 'end-sessions'],
  'unknown',
];

const presets = vendors.flatMap((vendor) =>
  vendor.presets.map((preset) => ({
    name: `${vendor.title}: ${preset.title}`,
    settings: settingsFromPreset(vendor, preset, 'crd_1'),
    harms: preset.class === 'destructive' || takes.includes(preset.effect.does),
    isRead: preset.class === 'read',
  })),
);
const own = httpMethods.map((method) => ({
  name: `a ${method} of one's own`,
  settings: apiSettingsSchema.parse({
    ...{ authorization: { mode: 'static', credentialId: 'crd_1' }, method, url: '/people/{{webex_user_id}}' },
  }),
  harms: method !== 'GET',
  isRead: method === 'GET',
}));
const everyCall = [...presets, ...own];

/** Names that a request reads and no record has by itself. */
function namesIn(settings: ApiSettings): string[] {
  const text = JSON.stringify({ ...settings, response: null });
  const found = [...text.matchAll(/[{ ]([a-z][a-z0-9_]*_(?:id|key|user|person|record))[ }|.]/g)];
  return [...new Set(found.map(([, name = '']) => name))].filter((name) => name !== 'webex_user_id');
}

/** One record led through one call, while Stop is pressed. */
async function call(given: ApiSettings) {
  const inputs = Object.fromEntries(
    Object.entries(given.inputs).map(([name, text]) => [name, text === '' ? '1' : text]),
  );
  const settings = { ...given, inputs };
  const client = createScriptedClient(() => answer(200, {}));
  const stops = [{ scope: { kind: 'all' as const }, by: 'Ada', at: 0, reason: '' }];
  const world = createWorld({
    client,
    prepare(database) {
      database
        .insert(guardState)
        .values({ id: 1, generation: 1, content: { ...liftedGuard, stops } })
        .run();
    },
  });
  const { database, runner } = world;
  addAccounts(database, [{ name: 'ada' }]);
  const values: Record<string, string | object> = { webex_user_id: 'wx-ada' };
  for (const externalId of namesIn(settings)) {
    // What was read before is a whole record.
    const isId = /_(?:id|key)$/.test(externalId);
    values[externalId] = isId ? '17' : { id: '17', name: 'Ada' };
    const type = isId ? 'text' : 'json';
    const about = { recordType: 'person', label: externalId, type, isUnique: false, help: '' };
    database
      .insert(fields)
      .values({ ...about, id: `fld_${externalId}`, externalId, createdAt: 0 })
      .run();
  }
  database.update(people).set({ fields: values }).where(eq(people.id, 'per_ada')).run();
  addWorkflow(database, aGraph({ begin: ['begin'], call: ['api', settings] }, ['begin.next > call']));
  const { id } = await runner.start('wf_1', { startedBy: 'Ada' });
  for (;;) {
    const { run, waits } = await runner.details(id);
    if (isFinished(run.status) || run.status === 'waiting') {
      const { record, steps } = await runner.recordSteps(id, 1);
      const why = record.error ?? steps.at(-1)?.error ?? '';
      return { code: waits[0]?.held?.code ?? null, why, sent: client.calls };
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it.each(everyCall.filter(({ harms }) => harms))('$name comes to the guard and no further', async (one) => {
  const { code, sent, why } = await call(one.settings);

  expect(code, why).toBe('stopped');
  expect(sent).toEqual([]);
});

it.each(everyCall.filter(({ harms }) => !harms))('$name is nothing that Stop holds', async (one) => {
  const { code, sent } = await call(one.settings);

  expect(code).toBeNull();
  expect(sent.filter(({ method }) => method === 'DELETE')).toEqual([]);
  if (one.isRead) expect(sent.every((each) => each.class === 'read')).toBe(true);
});

it('a message to a webhook adds a text and goes to webhooks only, whatever credential is chosen', async () => {
  const vendor = await startVendorServer((_, response) => sendJson(response, 200, {}));
  const world = createOutboundWorld([vendor.host]);
  const id = await world.addCredential(vendor.url);
  const { call, effect } = messageCall(id, 'Done', '{"method":"DELETE"}');
  expect(effect).toMatchObject({ does: 'create', limitKind: null });
  expect(call).toMatchObject({
    method: 'POST',
    url: '/',
    body: '{"text":"*Done*\\n{\\"method\\":\\"DELETE\\"}"}',
  });
  const permit = grantPermit(call, effect, null, () => true);

  const { reply } = await world.client.send({ ...call, permit }, new AbortController().signal);

  expect(reply).toMatchObject({
    kind: 'not_sent',
    reason: expect.stringMatching(/belongs to the vendor "webex"/),
  });
  expect(vendor.seen).toEqual([]);
});

it('no other block makes calls that could harm', () => {
  const folder = join(import.meta.dirname, '../../server/blocks');
  const calling = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && /kind: 'call'/.test(readFileSync(join(folder, file), 'utf8')),
  );

  // A block that is added here needs its calls among those above.
  expect(calling.sort()).toEqual(['api.ts', 'saas-user-role.ts', 'webhook-message.ts']);
  expect(blocks.filter(({ type }) => ['api', 'saas-user-role'].includes(type))).toHaveLength(2);
  expect(presets.filter(({ harms }) => harms).length).toBeGreaterThan(15);
});
