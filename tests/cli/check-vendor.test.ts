import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { check } from '../../server/cli/check.ts';
import { deskToken, openDesk } from '../support/desk-server.ts';

const example = 'docs/examples/acme-desk.json';

/** An address of this machine at which nobody listens. */
async function closedUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

/** Runs `rollcall check` and gives back what it printed and its exit code. */
async function run(file: string, ...args: string[]) {
  let printed = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  const before = process.exitCode;
  try {
    await check([file, ...args]);
    return { printed, exitCode: process.exitCode };
  } finally {
    process.exitCode = before;
    spy.mockRestore();
  }
}

function withSecret(secret: string): void {
  vi.stubEnv('ROLLCALL_CHECK_SECRET', secret);
  onTestFinished(() => void vi.unstubAllEnvs());
}

function writeChanged(change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'check-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'changed.json');
  writeFileSync(file, change(readFileSync(example, 'utf8')));
  return file;
}

test('the example of the documentation is sound', async () => {
  const { printed, exitCode } = await run(example);

  expect(printed).toBe(`${example}: nothing is wrong. 4 presets. Give --base-url to try them.\n`);
  expect(exitCode).toBeUndefined();
});

test('every mistake is named by its place', async () => {
  const file = writeChanged((text) =>
    text
      .replace('"class": "destructive"', '"class": "read"')
      .replace('{{desk_agent_id}}/susp', '{{agent}}/susp'),
  );

  const { printed, exitCode } = await run(file);

  expect(printed).toContain(
    'error  presets.delete-agent.class: It is "read", but a DELETE counts as destructive.',
  );
  expect(printed).toContain('presets.suspend-agent.request.path: Nothing sets "agent"');
  expect(printed).toMatch(/things are wrong\.\n$/);
  expect(exitCode).toBe(1);
});

test('tried where it answers, it reads, and changes only who is named', async () => {
  const desk = await openDesk();
  withSecret(deskToken);
  const before = new Map(desk.agents);

  const { printed, exitCode } = await run(
    example,
    '--base-url',
    desk.url,
    '--change',
    'Agent.7@acme.test',
    '--change',
    'agent.10@acme.test',
  );

  expect(printed).toBe(`${example}: nothing is wrong. 4 presets. They were tried at ${desk.url}.\n`);
  expect(exitCode).toBeUndefined();
  const changed = [...before].filter(
    ([id, agent]) => JSON.stringify(desk.agents.get(id)) !== JSON.stringify(agent),
  );
  expect(changed.map(([id]) => id).every((id) => ['ag-7', 'ag-10'].includes(id))).toBe(true);
  expect(new Set(desk.calls.map((call) => call.split(' ')[0]))).toEqual(new Set(['GET', 'PUT', 'DELETE']));
});

test('without anybody to change it only reads', async () => {
  const desk = await openDesk();
  withSecret(deskToken);

  const { printed, exitCode } = await run(example, '--base-url', desk.url);

  expect(printed).toContain(
    'note   presets.delete-agent: Not tried: no account is given that may be changed.',
  );
  expect(exitCode).toBeUndefined();
  expect(desk.calls.every((call) => call.startsWith('GET '))).toBe(true);
});

test('what the vendor does not agree with is named, too', async () => {
  const desk = await openDesk();
  withSecret(deskToken);
  const file = writeChanged((text) =>
    text
      .replace(', \\"reason\\": \\"{{input.reason}}\\"', '')
      .replace(/"inputs": \[\s*\{[^}]*\}\s*\]/, '"inputs": []'),
  );

  const { printed, exitCode } = await run(file, '--base-url', desk.url, '--change', 'agent.7@acme.test');

  expect(printed).toContain(
    'error  presets.suspend-agent: It succeeded for nobody. Acme Desk answered 422: A suspension needs a reason.',
  );
  expect(exitCode).toBe(1);
  expect(desk.agents.get('ag-7')?.suspended ?? false).toBe(false);
});

test.each([
  [['--base-url', 'desk'], 'is no base URL'],
  [['--base-url', 'http://127.0.0.1:1'], 'ROLLCALL_CHECK_SECRET is empty'],
  [['--input', 'x'], '--input needs NAME=VALUE'],
  [['--fast'], 'Use: rollcall check FILE'],
])('%j is told how it is used', async (args, sentence) => {
  vi.stubEnv('ROLLCALL_CHECK_SECRET', '');
  onTestFinished(() => void vi.unstubAllEnvs());

  await expect(run(example, ...args)).rejects.toThrow(sentence);
});

test('a wrong secret, and an address where nobody answers, are told in words', async () => {
  const desk = await openDesk();
  withSecret('wrong');

  const wrong = await run(example, '--base-url', desk.url);
  const nobody = await run(example, '--base-url', await closedUrl());

  expect(wrong.printed).toContain('Acme Desk answered 401: Who are you?');
  expect(nobody.printed).toMatch(/127\.0\.0\.1:\d+ was not reached/);
  expect(wrong.printed).not.toContain('Bearer');
  expect([wrong.exitCode, nobody.exitCode]).toEqual([1, 1]);
});
