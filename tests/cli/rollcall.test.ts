import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { accessOf, openData } from '../../server/assembly/access.ts';
import { runCommand } from '../../server/cli/commands.ts';
import { systemClock } from '../../server/clock.ts';
import { takeLock } from '../../server/store/lock.ts';

let folder: string;
let out: string;
let err: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'));
  vi.stubEnv('ROLLCALL_DATA', folder);
  [out, err] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true, force: true });
});

describe('rollcall token create', () => {
  test('prints a token that opens the running server', async () => {
    const database = openData(folder);

    await runCommand(['token', 'create', '--name', 'CI', '--role', 'operator']);

    const principal = await accessOf(database, systemClock).byToken(out.trim());
    expect(out).toMatch(/^rct_[\w-]{43}\n$/);
    expect(principal).toMatchObject({ kind: 'token', name: 'CI', role: 'operator' });
    database.$client.close();
  });

  test('makes no data where there was none', async () => {
    await runCommand(['token', 'create', '--name', 'CI', '--role', 'operator']);

    expect(err).toContain('There is no Rollcall data');
    expect(process.exitCode).toBe(1);
  });

  test.each([
    [['--name', 'CI']],
    [['--name', 'CI', '--role', 'owner']],
    [['--name', 'CI', '--role', 'boss']],
    [['--name', 'CI', '--role', 'admin', '--expires-days', '0']],
    [['--nome', 'CI', '--role', 'admin']],
  ])('refuses %j', async (args) => {
    openData(folder).$client.close();

    await runCommand(['token', 'create', ...args]);

    expect(out).toBe('');
    expect(process.exitCode).toBe(2);
  });
});

describe('rollcall key rotate', () => {
  test('puts another key into the data folder, and says where the old one is', async () => {
    openData(folder).$client.close();
    await runCommand(['key', 'rotate']);
    const first = readFileSync(join(folder, 'key'), 'utf8');

    await runCommand(['key', 'rotate']);

    expect(err).toBe('');
    expect(out).toMatch(/sealed with the new key.*key\.old\.[0-9a-f]{8}/);
    expect(readFileSync(join(folder, 'key'), 'utf8')).not.toBe(first);
  });

  test('refuses while a server works with the data folder', async () => {
    openData(folder).$client.close();
    const release = takeLock(folder);

    await runCommand(['key', 'rotate']);

    release();
    expect(err).toContain('Another Rollcall server');
    expect(process.exitCode).toBe(1);
  });

  test.each([[[]], [['rotate', 'now']], [['turn']]])('refuses %j', async (args) => {
    await runCommand(['key', ...args]);

    expect(process.exitCode).toBe(2);
  });
});

describe('rollcall', () => {
  test.each([['nonsense'], ['constructor'], ['__proto__']])('knows no command %s', async (name) => {
    await runCommand([name]);

    expect(err).toContain(`There is no command "${name}"`);
    expect(process.exitCode).toBe(2);
  });

  test('helps', async () => {
    await runCommand([]);

    expect(out).toContain('Usage: rollcall');
  });
});

describe('the data folder', () => {
  test('belongs to one server at a time', () => {
    const release = takeLock(folder);

    expect(() => takeLock(folder)).toThrow('Another Rollcall server');
    release();
    takeLock(folder)();
  });
});
