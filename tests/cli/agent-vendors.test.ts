import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startProgram } from '../support/program.ts';

test('an agent takes credentials for vendors of its own folder, and tells which file it refuses', async () => {
  const data = mkdtempSync(join(tmpdir(), 'agent-vendors-'));
  onTestFinished(() => rmSync(data, { recursive: true }));
  mkdirSync(join(data, 'vendors'));
  cpSync('docs/examples/acme-desk.json', join(data, 'vendors', 'acme-desk.json'));
  writeFileSync(join(data, 'vendors', 'broken.json'), '{');
  const args = ['--name', 'Desk', '--vendor', 'acme-desk', '--kind', 'bearer', '--data', data];

  const program = startProgram(['server/cli/main.ts', 'agent', 'credential', 'add', ...args], {
    input: 'a token of the desk\n',
  });
  const code = await program.ended;

  expect(program.output()).toContain('The vendor file broken.json is refused:');
  expect(program.output()).toContain('The file is not JSON');
  expect([code, program.output()]).toEqual([0, expect.anything()]);
}, 60_000);
