import { describe, expect, test } from 'vitest';
import { people, runRecords } from '../../server/store/schema.ts';
import { addAccounts, addWorkflow, aGraph, createWorld } from '../support/engine-world.ts';
import { answer, createScriptedClient } from '../support/scripted-client.ts';
import { untilEnded } from '../support/until-run.ts';

type Blocks = Parameters<typeof aGraph>[0];

const kilobytes = (count: number) => 'x'.repeat(count * 1024);
const get = (response: object[] = []): Blocks[string] => [
  'api',
  {
    vendorId: 'webex',
    presetId: 'get-user-details',
    authorization: { mode: 'static', credentialId: 'crd_1' },
    method: 'GET',
    url: '/people/1',
    response: { success: response, failure: [] },
  },
];
const keep = (target: object, value = '{{response.text}}') => get([{ value, target }]);
const set = (value: string, name = 'text'): Blocks[string] => [
  'set-variable',
  { variables: [{ name, value }] },
];

/** What becomes of one record whose vendor answers with so many kilobytes of text. */
async function run(blocks: Blocks, edges: string[], answered: number) {
  const client = createScriptedClient(() => answer(200, { text: kilobytes(answered) }));
  const world = createWorld({ client });
  addAccounts(world.database, [{ name: 'ada' }]);
  addWorkflow(world.database, aGraph({ begin: ['begin'], ...blocks }, edges), { kind: 'people' });
  const { id } = await world.runner.start('wf_1', { startedBy: 'Ada' });
  await untilEnded(world, id);
  const { record, steps } = await world.runner.recordSteps(id, 1);
  return { world, client, record, error: steps.at(-1)?.error ?? null };
}

describe('what a record carries along its path', () => {
  const variable = { kind: 'variable', name: 'answered' };

  test.each([
    [63, null],
    [64, 'The value of "answered" is over 64 KB. Keep only the part you need.'],
  ])('%i KB of an answer in a variable: %s', async (size, error) => {
    const found = await run({ get: keep(variable) }, ['begin.next > get'], size);

    expect(found.error).toBe(error);
    const kept = found.world.database.select().from(runRecords).all().at(-1)?.variables;
    expect(kept).toEqual(error === null ? { answered: kilobytes(size) } : {});
  });

  test.each([
    [255, null],
    [256, expect.stringContaining('The answer is over 256 KB')],
  ])('%i KB of an answer that later blocks read: %s', async (size, error) => {
    const found = await run(
      { get: get(), later: set('{{#if steps.get.response}}yes{{/if}}') },
      ['begin.next > get', 'get.success > later'],
      size,
    );

    expect(found.error).toEqual(error);
  });

  test('grows to 512 KB in all, whatever adds to it', async () => {
    const names = Array.from({ length: 9 }, (_, n) => `part_${n}`);
    const blocks = Object.fromEntries(names.map((name) => [name, keep({ kind: 'variable', name })]));
    const edges = names.map((name, n) => `${n === 0 ? 'begin.next' : `${names[n - 1]}.success`} > ${name}`);

    const { client, error } = await run(blocks, edges, 60);

    expect(client.calls).toHaveLength(9);
    expect(error).toBe(
      'The variables of this record are over 512 KB together. Keep only the parts that later blocks need.',
    );
  });

  test.each([
    [255, null],
    [257, expect.stringContaining('The field "API Response" was not set: it is over 256 KB')],
  ])('%i KB of an answer in a field: %s', async (size, error) => {
    const field = keep({ kind: 'person', name: 'api_response' });
    const { world, error: found } = await run({ get: field }, ['begin.next > get'], size);

    expect(found).toEqual(error);
    const [person] = world.database.select().from(people).all();
    const { api_response: kept } = (person?.fields ?? {}) as { api_response?: string };
    expect(kept?.length).toBe(error === null ? size * 1024 : undefined);
  });
});

test('what hundreds of records carry is read a few of them at a time', async () => {
  const { world } = await run(
    { get: keep({ kind: 'variable', name: 'answered' }) },
    ['begin.next > get'],
    60,
  );
  const [row] = world.database.select().from(runRecords).all().slice(-1);
  const more = Array.from({ length: 200 }, (_, n) => ({ ...row!, n: n + 2, status: 'queued' as const }));
  world.database.insert(runRecords).values(more).run();

  const seen: number[] = [];
  let pages = 0;
  for (let after = 0; ; pages += 1) {
    const page = await world.store.nextRecords(row!.run, after, 256);
    if (page.length === 0) break;
    seen.push(...page.map(({ n }) => n));
    after = page.at(-1)!.n;
  }

  expect(seen).toEqual(more.map(({ n }) => n));
  expect(pages).toBe(3);
});
