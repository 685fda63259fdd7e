import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Load, SandboxInfo } from '#contract';
import type { LedgerEntry } from '../../server/sandbox/ledger.ts';
import { type ApiClient, createApiClient } from '../support/api-client.ts';
import { openStage, type Stage, type Visit } from '../support/browser.ts';
import { obstacles } from '../support/obstacles.ts';
import { freePort, type ServerProcess, startServer } from '../support/server-process.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { connect, loadUsers, owner, ownerOf } from '../support/story.ts';

let stage: Stage;
let copy: ServerProcess;
let folder: string;
let sandbox: string;
let seen: Visit;
let page: Page;
let api: ApiClient;
let integrationId: string;
/** Calls that the vendor had received when the first server was stopped. */
let before: number;

/** A server with a connected vendor is stopped, and its data folder comes to life in another place. */
beforeAll(async () => {
  stage = await openStage();
  const first = await ownerOf(stage);
  const { vendors } = await first.get<SandboxInfo>('/sandbox');
  sandbox = vendors[0]?.url ?? '';
  integrationId = await loadUsers(first, await connect(first, sandbox));
  folder = await mkdtemp(join(tmpdir(), 'rollcall-restored-'));
  before = (await calls()).length;
  await stage.server.stop();
  await cp(stage.data, join(folder, 'data'), { recursive: true });
  copy = await startServer({
    data: join(folder, 'data'),
    port: await freePort(),
    env: {
      NODE_ENV: '',
      ROLLCALL_SANDBOX: 'on',
      ROLLCALL_SANDBOX_PORT: new URL(sandbox).port,
      ROLLCALL_SANDBOX_RATE: '100000',
    },
  });
  api = createApiClient(copy.url);
  await api.send('POST', '/session', { email: owner.email, password: owner.password });
  seen = await visitSignedIn({ ...stage, server: copy });
  page = seen.page;
});

afterAll(async () => {
  await copy?.stop();
  await stage?.close();
  await rm(folder, { recursive: true, force: true });
});

/** What has reached the vendor; its imitation goes on with the data folder. */
async function calls(): Promise<LedgerEntry[]> {
  const response = await fetch(`${sandbox}/_sandbox/ledger`);
  return ((await response.json()) as { calls: LedgerEntry[] }).calls;
}

/** A load from its start to its end. */
async function load(): Promise<Load> {
  let one = await api.send<Load>('POST', `/integrations/${integrationId}/loads`, {});
  while (one.finishedAt === null) one = await api.get<Load>(`/loads/${one.id}`);
  return one;
}

it('a restored server says on every page that nothing leaves it, and sends nothing', async () => {
  const band = page.getByRole('region', { name: 'Destructive calls are held' });
  await band.getByText('Safe mode: nothing leaves this server.').waitFor();
  await band.getByText(/restored, copied or moved/).waitFor();
  const ended = await load();

  expect(copy.output()).toMatch(/Safe mode: .* Nothing leaves until it is released under Safety/);
  expect(ended.status).toBe('failed');
  expect(ended.error).toMatch(/restored, copied or moved.*released under Safety/);
  expect((await calls()).slice(before)).toEqual([]);
  await page.goto(`${copy.url}/safety`);
  await page.getByRole('heading', { name: 'Safety' }).waitFor();
  await page.waitForLoadState('networkidle');
  expect(await obstacles(page)).toEqual([]);
  await seen.shoot('restored-safety');
});

it('goes on when somebody has looked and releases it', async () => {
  const band = page.getByRole('region', { name: 'Destructive calls are held' });
  await band.getByRole('button', { name: 'Release' }).click();
  const dialog = page.getByRole('dialog', { name: 'Release the safe mode' });
  await dialog.getByText(/runs, loads, schedules and e-mails go on at once/).waitFor();
  await seen.shoot('restored-release');
  await dialog.getByLabel('Why it is safe now').fill('The old machine is switched off');
  await dialog.getByRole('button', { name: 'Release safe mode' }).click();
  await band.waitFor({ state: 'detached' });

  expect((await load()).status).toBe('succeeded');
  expect((await calls()).length).toBeGreaterThan(before);
  expect(seen.complaints).toEqual([]);
});
