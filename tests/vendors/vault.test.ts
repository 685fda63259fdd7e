import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readMasterKey } from '../../server/vendors/master-key.ts';
import { createVault } from '../../server/vendors/vault.ts';

const key = new Uint8Array(32).fill(1);
const place = { record: 'crd_1', field: 'client_secret' };

test('a sealed secret opens again, and never looks the same twice', () => {
  const vault = createVault(key);

  const [one, two] = [vault.seal('päss-🔑', place), vault.seal('päss-🔑', place)];

  expect(vault.open(one, place)).toBe('päss-🔑');
  expect(Buffer.compare(one, two)).not.toBe(0);
  expect(Buffer.from(one).includes('päss')).toBe(false);
});

test('a secret that was moved to another record, field or tenant does not open', () => {
  const sealed = createVault(key).seal('secret', place);

  expect(() => createVault(key).open(sealed, { ...place, record: 'crd_2' })).toThrow(/altered/);
  expect(() => createVault(key).open(sealed, { ...place, field: 'access_token' })).toThrow(/altered/);
  expect(() => createVault(key, 'other').open(sealed, place)).toThrow(/altered/);
});

test('a secret of which any byte was changed does not open', () => {
  const vault = createVault(key);
  const sealed = vault.seal('secret', place);

  for (let at = 0; at < sealed.length; at += 1) {
    const altered = Uint8Array.from(sealed);
    altered[at] = (altered[at] ?? 0) ^ 1;
    expect(() => vault.open(altered, place), `byte ${at}`).toThrow();
  }
  expect(() => vault.open(sealed.subarray(0, 20), place)).toThrow(/altered/);
});

test('another key says what to do', () => {
  const sealed = createVault(key).seal('secret', place);
  const other = createVault(new Uint8Array(32).fill(2));

  expect(() => other.open(sealed, place)).toThrow(/another encryption key.*ROLLCALL_KEY/);
});

test('the key is made once, for its owner alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-key-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));

  const first = readMasterKey(undefined, join(folder, 'data'));
  const second = readMasterKey('', join(folder, 'data'));

  expect(Buffer.from(first).equals(second)).toBe(true);
  expect(first.length).toBe(32);
  expect(statSync(join(folder, 'data', 'key')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, 'data', 'key'), 'utf8').trim()).toBe(
    Buffer.from(first).toString('base64'),
  );
});

test('a key may be given as base64 or hex, and nothing else', () => {
  const hex = Buffer.from(key).toString('hex');

  expect(readMasterKey(hex, '/nowhere')).toEqual(Buffer.from(key));
  expect(readMasterKey(` ${Buffer.from(key).toString('base64')} `, '/nowhere')).toEqual(Buffer.from(key));
  for (const wrong of ['short', hex.slice(2), `${hex}00`, 'x'.repeat(64)]) {
    expect(() => readMasterKey(wrong, '/nowhere')).toThrow(/32 bytes/);
  }
});

test('a damaged key file is told, and not replaced', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-key-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'key'), 'half');

  expect(() => readMasterKey(undefined, folder)).toThrow(/backup/);
  expect(readFileSync(join(folder, 'key'), 'utf8')).toBe('half');
});
