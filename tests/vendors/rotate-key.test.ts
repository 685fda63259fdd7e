import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openAgent } from '../../server/agent/open-agent.ts';
import { key } from '../../server/cli/key.ts';
import { systemClock } from '../../server/clock.ts';
import { rotateKey } from '../../server/rotate-key.ts';
import { createCredentialStore } from '../../server/store/credentials.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { resealAll } from '../../server/store/sealed-values.ts';
import {
  changeGivenKey,
  changeKeyFile,
  type KeyChange,
  readMasterKey,
  readNextKey,
} from '../../server/vendors/master-key.ts';
import { createVault } from '../../server/vendors/vault.ts';
import { webexDraft } from '../support/outbound-world.ts';

/** A data folder with two credentials, their tokens, and a login that is under way. */
async function createFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-rotate-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const database = openDatabase(join(folder, 'rollcall.db'));
  onTestFinished(() => void database.$client.close());
  const store = createCredentialStore(database);
  const vault = createVault(readMasterKey(undefined, folder));
  for (const id of ['crd_1', 'crd_2']) {
    const { clientSecret: _, ...draft } = webexDraft('https://acme.test', id);
    const own = { kind: 'oauth2', clientAuth: 'form', inputs: {}, perSecond: null, atOnce: null } as const;
    const fields = { ...draft, ...own };
    const seal = (field: string) => vault.seal(`${id} ${field}`, { record: id, field });
    const urls = { baseUrl: 'https://a.test', authorizeUrl: 'https://a.test', tokenUrl: 'https://a.test' };
    await store.insert(id, { ...fields, ...urls }, seal('secret'), 1);
    const tokens = { accessToken: seal('access_token'), refreshToken: seal('refresh_token'), expiresAt: 2 };
    await store.saveTokens(id, tokens, 1, null);
  }
  const login = { stateHash: 'state', sessionHash: 'session', returnTo: '/', expiresAt: 5 };
  const verifier = vault.seal('state verifier', { record: 'state', field: 'verifier' });
  await store.addAuthorization({ ...login, credentialId: 'crd_1', verifier });
  return { folder, database };
}

/** Every secret, opened with the keys that a server would start with now. */
function openAll(folder: string, database: Database): string[] {
  const nextKey = readNextKey(folder);
  const vault = createVault(readMasterKey(undefined, folder), 'default', nextKey ? [nextKey] : []);
  const found: string[] = [];
  resealAll(database, (sealed, place) => {
    found.push(vault.open(sealed, place));
    return sealed;
  });
  return found.sort();
}

const allSecrets = [
  ...['crd_1 access_token', 'crd_1 refresh_token', 'crd_1 secret'],
  ...['crd_2 access_token', 'crd_2 refresh_token', 'crd_2 secret'],
  'state verifier',
];

const keyIn = (folder: string) => readFileSync(join(folder, 'key'), 'utf8');

test('a rotation seals every secret with a new key, and keeps the old one for old backups', async () => {
  const { folder, database } = await createFolder();
  const [before, oldKey] = [keyIn(folder), readMasterKey(undefined, folder)];

  const count = rotateKey([database], changeKeyFile(folder));

  expect(count).toBe(7);
  expect(keyIn(folder)).not.toBe(before);
  expect(openAll(folder, database)).toEqual(allSecrets);
  const [kept] = readdirSync(folder).filter((name) => name.startsWith('key.'));
  expect(readFileSync(join(folder, kept ?? ''), 'utf8')).toBe(before);
  const old = createVault(oldKey);
  const openWithOld = (sealed: Uint8Array, place: { record: string; field: string }) => {
    old.open(sealed, place);
    return sealed;
  };
  expect(() => resealAll(database, openWithOld)).toThrow(/another encryption key/);
});

test('nothing that was sealed with the old key is left in the database file', async () => {
  const { folder, database } = await createFolder();
  const sealed: Buffer[] = [];
  resealAll(database, (value) => {
    sealed.push(Buffer.from(value));
    return value;
  });

  rotateKey([database], changeKeyFile(folder));

  const files = ['rollcall.db', 'rollcall.db-wal'].map((name) => readFileSync(join(folder, name)));
  expect(sealed).toHaveLength(7);
  for (const value of sealed) expect(files.some((file) => file.includes(value))).toBe(false);
});

class Crash extends Error {}

const crash = (): never => {
  throw new Crash();
};

const crashAfter = (step: () => unknown) => (): never => {
  step();
  return crash();
};

/** A change that is cut off at a step; the steps before it have left their traces on the disk. */
const cutOffs: Record<string, (keys: KeyChange) => KeyChange> = {
  'before the next key is made': (keys) => ({ ...keys, next: crash }),
  'once the next key is made': (keys) => ({ ...keys, next: crashAfter(keys.next) }),
  'once the secrets are sealed anew': (keys) => ({ ...keys, finish: crash }),
  'once the next key is in place': (keys) => ({ ...keys, finish: crashAfter(keys.finish) }),
};

test.each(Object.keys(cutOffs))(
  'cut off %s, every secret opens, and the rotation goes through later',
  async (step) => {
    const { folder, database } = await createFolder();
    const before = keyIn(folder);
    const cut = cutOffs[step] as (keys: KeyChange) => KeyChange;

    expect(() => rotateKey([database], cut(changeKeyFile(folder)))).toThrow(Crash);

    expect(openAll(folder, database)).toEqual(allSecrets);
    rotateKey([database], changeKeyFile(folder));
    expect(openAll(folder, database)).toEqual(allSecrets);
    expect(keyIn(folder)).not.toBe(before);
    expect(readNextKey(folder)).toBeNull();
  },
);

test.each([1, 2, 3, 4, 5, 6, 7])('cut off at secret %i of 7, all are as they were', async (nth) => {
  const { folder, database } = await createFolder();
  const next = changeKeyFile(folder).next();
  const vault = createVault(next, 'default', [readMasterKey(undefined, folder)]);
  let count = 0;

  expect(() =>
    resealAll(database, (sealed, place) => {
      count += 1;
      if (count === nth) crash();
      return vault.seal(vault.open(sealed, place), place);
    }),
  ).toThrow(Crash);

  const stillOld: boolean[] = [];
  resealAll(database, (sealed) => {
    stillOld.push(!vault.isCurrent(sealed));
    return sealed;
  });
  expect(stillOld).toEqual(Array(7).fill(true));
  rotateKey([database], changeKeyFile(folder));
  expect(openAll(folder, database)).toEqual(allSecrets);
});

test('a key that the environment gives is changed for another one, also when it is told twice', async () => {
  const { folder, database } = await createFolder();
  const old = keyIn(folder).trim();
  const next = Buffer.alloc(32, 9).toString('base64');

  expect(() => changeGivenKey(old, undefined)).toThrow(/ROLLCALL_NEXT_KEY/);
  rotateKey([database], changeGivenKey(old, next));
  rotateKey([database], changeGivenKey(old, next));

  const vault = createVault(readMasterKey(next, folder));
  const opened: string[] = [];
  resealAll(database, (sealed, place) => {
    opened.push(vault.open(sealed, place));
    return sealed;
  });
  expect(opened.sort()).toEqual(allSecrets);
});

test('an agent whose key was rotated still knows its server', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-rotate-agent-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const options = { folder, clock: systemClock, key: undefined, allowHosts: [], loginUrl: '' };
  const registration = { server: 'https://rollcall.test', name: 'Berlin', key: 'rca_agent-key' };
  const before = openAgent(options);
  await before.register(registration);
  await before.close();

  vi.stubEnv('ROLLCALL_DATA', folder);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  key(['rotate']);
  vi.restoreAllMocks();
  vi.unstubAllEnvs();

  const after = openAgent(options);
  expect(await after.registration()).toEqual(registration);
  await after.close();
});
