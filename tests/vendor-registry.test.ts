import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { toVendorFileJsonSchema } from '#domain/vendor-file';
import type { Principal } from '#engine/access-ports';
import { vendors } from '#presets';
import { openDatabase } from '../server/store/database.ts';
import { createVendorDefinitionStore } from '../server/store/vendor-definitions.ts';
import { createVendorRegistry } from '../server/vendor-registry.ts';
import { createTestClock } from './support/test-clock.ts';

const example = readFileSync('docs/examples/acme-desk.json', 'utf8');
const owner = { name: 'Ada', id: 'opr_1' } as Principal;

/** A folder of vendor files with a database, and registries over them as after a restart. */
function openFolder(files: Record<string, string> = {}) {
  const data = mkdtempSync(join(tmpdir(), 'vendor-files-'));
  const folder = join(data, 'vendors');
  mkdirSync(folder);
  onTestFinished(() => rmSync(data, { recursive: true }));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  for (const [name, text] of Object.entries(files)) write(name, text);
  const store = createVendorDefinitionStore(openDatabase(':memory:'));
  const clock = createTestClock();
  const audit: unknown[] = [];
  const open = () => {
    const registry = createVendorRegistry({ builtIn: vendors, folder, store, clock });
    const files = registry.files({ add: async (entry) => void audit.push(entry) });
    return { ...registry, files: files.list, reload: () => files.read(owner) };
  };
  return { folder, write, clock, audit, open };
}

/** The example with other values at its top. */
const exampleWith = (change: object) => JSON.stringify({ ...JSON.parse(example), ...change });

test('the example of the documentation is a vendor beside the built-in ones', () => {
  const { open } = openFolder({ 'acme-desk.json': example, 'notes.txt': 'not read' });

  const { find, list, files } = open();

  expect(files()).toEqual([
    expect.objectContaining({ file: 'acme-desk.json', vendorId: 'acme-desk', state: 'used', findings: [] }),
  ]);
  expect(list().map(({ id }) => id)).toEqual(['acme-desk', ...vendors.map(({ id }) => id)]);
  expect(find('acme-desk')?.presets).toHaveLength(4);
});

test('a folder that is not there holds no vendors', () => {
  const { open, folder } = openFolder();
  rmSync(folder, { recursive: true });

  expect(open().list()).toHaveLength(vendors.length);
});

test.each([
  ['{"format": ', '', 'not JSON'],
  ['[]', '', 'no JSON object'],
  ['{"format": "rollcall-workflow/1"}', 'format', 'no vendor file'],
  [exampleWith({ id: 'webex' }), 'id', 'the built-in vendor Webex, which no file can override'],
  [exampleWith({ baseUrl: 'http://10.0.0.1' }), 'baseUrl', 'URL'],
  [exampleWith({ presets: [{ id: 'x' }] }), 'presets.x.title', 'This is missing'],
])('a file that is wrong is refused, with the place, and the others are not: %#', (text, place, sentence) => {
  const { open } = openFolder({ 'a-wrong.json': text, 'acme-desk.json': example });

  const { files, find, list } = open();

  const [wrong, right] = files();
  expect(wrong).toMatchObject({ state: 'refused', hash: null });
  const named = wrong?.findings.filter((one) => one.place === place) ?? [];
  expect(named.map(({ message }) => message).join('\n')).toContain(sentence);
  expect(right?.state).toBe('used');
  expect(find('webex')?.title).toBe('Webex');
  expect(list()).toHaveLength(vendors.length + 1);
});

test('of two files with one id the first is used', () => {
  const { open } = openFolder({ 'one.json': example, 'two.json': example });

  expect(
    open()
      .files()
      .map(({ state }) => state),
  ).toEqual(['used', 'refused']);
});

test('what was launched keeps the definition of then, whatever becomes of the file', async () => {
  const { open, write, clock, audit, folder } = openFolder({ 'acme-desk.json': example });
  const registry = open();
  const launchedAt = clock.now() + 10;
  clock.set(launchedAt + 1_000);
  const { presets } = JSON.parse(example) as { presets: object[] };
  const milder = exampleWith({ presets: presets.map((preset) => ({ ...preset, summary: 'Changed.' })) });

  write('acme-desk.json', milder);
  const before = registry.find('acme-desk');
  await registry.reload();
  const later = clock.now() + 10;
  const summaryOf = (of: Pick<typeof registry, 'find'> | undefined) =>
    of?.find('acme-desk')?.presets[0]?.summary;

  expect(before?.presets[0]?.summary).not.toBe('Changed.');
  expect(summaryOf(registry)).toBe('Changed.');
  expect(summaryOf(registry.asOf?.(launchedAt))).toBe(before?.presets[0]?.summary);
  expect(summaryOf(registry.asOf?.(later))).toBe('Changed.');
  expect(audit).toEqual([expect.objectContaining({ action: 'read vendor files', actor: 'Ada (opr_1)' })]);

  // A file that is broken later, or gone, takes nothing from what uses the vendor; and a restart forgets nothing.
  write('acme-desk.json', '{');
  expect(await registry.reload()).toMatchObject([{ state: 'refused' }]);
  expect(summaryOf(registry)).toBe('Changed.');
  rmSync(join(folder, 'acme-desk.json'));
  const restarted = open();
  expect(restarted.list()).toHaveLength(vendors.length);
  expect(summaryOf(restarted)).toBe('Changed.');
  expect(summaryOf(restarted.asOf?.(launchedAt))).toBe(before?.presets[0]?.summary);
});

test('the same content is the same definition, whatever its spaces', async () => {
  const { open, write } = openFolder({ 'acme-desk.json': example });
  const registry = open();
  const [first] = registry.files();

  write('acme-desk.json', JSON.stringify(JSON.parse(example), null, 8));

  expect(await registry.reload()).toEqual([first]);
});

test('the JSON Schema in the documentation is the one of the server', () => {
  const kept = JSON.parse(readFileSync('docs/schemas/rollcall-vendor-1.json', 'utf8'));

  expect(kept).toEqual(toVendorFileJsonSchema());
});
