import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openData } from '../../server/assembly/access.ts';
import { runCommand } from '../../server/cli/commands.ts';
import { apps, audit, workflows } from '../../server/store/schema.ts';
import { goodFile } from '../support/hostile-workflow-files.ts';

/** Commands on a data folder with the app "Zoom", beside a server that has its database open. */
function openWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'));
  vi.stubEnv('ROLLCALL_DATA', folder);
  let said = '';
  const keep = (text: unknown) => {
    said += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  const database = openData(folder);
  database.insert(apps).values({ id: 'app_1', name: 'Zoom', vendorId: 'zoom', createdAt: 0 }).run();
  onTestFinished(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.exitCode = undefined;
    database.$client.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const path = (name: string) => join(folder, name);
  const file = (name: string, content: object): string => {
    writeFileSync(path(name), JSON.stringify(content));
    return path(name);
  };
  const run = async (...args: string[]): Promise<string> => {
    said = '';
    await runCommand(args);
    return said;
  };
  return { run, file, path, database };
}

test('import makes a draft and says what it used; export writes it back the same', async () => {
  const { run, file, path, database } = openWorld();
  const ofApp = { ...goodFile, records: { kind: 'saas_users', app: 'Webex' } };
  const from = file('in.json', ofApp);

  expect(await run('import', from)).toContain('This instance has no app "Webex"');
  expect(await run('import', from, '--plan', '--use', 'app:Webex=Zoom')).toBe(
    'app         "Webex" is "Zoom" here\n',
  );
  expect(database.select().from(workflows).all()).toEqual([]);
  expect(await run('import', from, '--use', 'app:Webex=Zoom')).toContain('Nothing was started.');

  expect(database.select().from(workflows).all()).toMatchObject([
    {
      name: 'Good',
      activeVersionId: null,
      records: { kind: 'saas_users', appId: 'app_1' },
      editors: ['console'],
    },
  ]);
  await expect
    .poll(() => database.select().from(audit).all())
    .toMatchObject([{ actor: 'Console (console)', action: 'import workflow' }]);
  await run('export', 'Good', '--out', path('out.json'));
  const out = readFileSync(path('out.json'), 'utf8');
  expect(out.endsWith('}\n')).toBe(true);
  expect(JSON.parse(out)).toEqual({ ...ofApp, records: { kind: 'saas_users', app: 'Zoom' } });
  expect(await run('export', 'Good')).toBe(out);
});

test.each([
  [['export'], /^Use: rollcall export/, 2],
  [['export', 'Nothing'], /There is no workflow "Nothing"/, 1],
  [['export', 'x', '--version', 'two'], /^Use: rollcall export/, 2],
  [['import'], /^Use: rollcall import/, 2],
  [['import', '/nowhere/x.json'], /cannot be read/, 1],
  [['import', 'x', '--force'], /Unknown option '--force'/, 2],
] as const)('%j is refused with a sentence', async (args, words, code) => {
  const { run } = openWorld();

  expect(await run(...args)).toMatch(words);
  expect(process.exitCode).toBe(code);
});

test('import refuses a file and names the place', async () => {
  const { run, file } = openWorld();
  const bad = JSON.parse(JSON.stringify(goodFile));
  bad.graph.edges[0].to = 'ghost';

  expect(await run('import', file('bad.json', bad))).toContain(
    'graph.edges[0].to: There is no block "ghost".',
  );
  expect(await run('import', file('good.json', goodFile), '--use', 'credential:A=B')).toContain(
    'The file names no credential "A".',
  );
});
