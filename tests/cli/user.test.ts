import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openData } from '../../server/assembly/access.ts';
import { operatorsOf } from '../../server/assembly/command-line.ts';
import { runCommand } from '../../server/cli/commands.ts';
import { readConfig } from '../../server/config.ts';

/** Runs commands on a data folder of their own, beside a server that has its database open. */
function openWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'));
  vi.stubEnv('ROLLCALL_DATA', folder);
  const said = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.err += String(text);
    return true;
  });
  const database = openData(folder);
  onTestFinished(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.exitCode = undefined;
    database.$client.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const run = async (...args: string[]): Promise<string> => {
    [said.out, said.err] = ['', ''];
    await runCommand(['user', ...args]);
    return said.out + said.err;
  };
  return { run, database, operators: operatorsOf(database, readConfig({ ROLLCALL_DATA: folder })) };
}

const grace = ['--name', 'Grace', '--email', 'Grace@acme.test', '--role'];

test('user invite prints a link, role changes what somebody may do, list says so and remove ends it', async () => {
  const { run, operators, database } = openWorld();

  const link = await run('invite', ...grace, 'owner');
  expect(await run('list')).toBe('grace@acme.test\towner\tGrace\tinvited\n');
  const code = new URL(link.trim()).searchParams.get('code') ?? '';
  const { id } = await operators.accept(code, 'a password of her own');
  expect(await run('role', 'grace@acme.test', 'admin')).toContain('This is the last owner.');
  await operators.accept(
    new URL(
      (await run('invite', '--name', 'Ada', '--email', 'ada@acme.test', '--role', 'owner')).trim(),
    ).searchParams.get('code') ?? '',
    'another password',
  );
  expect(await run('role', 'grace@acme.test', 'approver')).toBe('Grace is approver now.\n');
  expect(await run('list')).toBe('ada@acme.test\towner\tAda\ngrace@acme.test\tapprover\tGrace\n');
  expect(await run('remove', 'grace@acme.test')).toContain('may not sign in any more');
  expect(await run('list')).toBe('ada@acme.test\towner\tAda\n');

  const actions = database.$client.prepare('SELECT action FROM audit WHERE target = ?').pluck().all(id);
  expect(actions).toEqual(['invitation accepted', 'role changed', 'operator removed']);
});

test.each([
  [[], 'Use: rollcall user'],
  [['invite', '--name', 'Grace'], 'Use: rollcall user'],
  [['invite', ...grace, 'boss'], '"boss" is not a role'],
  [['invite', '--name', 'Grace', '--email', 'nowhere', '--role', 'admin'], 'Use: rollcall user'],
  [['role', 'nobody@acme.test', 'admin'], 'There is no operator nobody@acme.test'],
  [['remove', 'nobody@acme.test'], 'There is no operator nobody@acme.test'],
])('user %j says what is wrong', async (args, sentence) => {
  const { run } = openWorld();

  expect(await run(...args)).toContain(sentence);
  expect(process.exitCode).toBeGreaterThan(0);
});
