import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { Agent, IntegrationDetails, SandboxInfo } from '#contract';
import { version } from '../../server/installation.ts';
import type { ApiClient } from '../support/api-client.ts';
import { openStage, type Stage, shootFailures, type Visit } from '../support/browser.ts';
import { startProgram } from '../support/program.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { ownerOf } from '../support/story.ts';

let stage: Stage;
let api: ApiClient;
let seen: Visit;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  api = await ownerOf(stage);
  seen = await visitSignedIn(stage);
  page = seen.page;
});

afterAll(() => stage?.close());

shootFailures(() => seen);

const button = (name: string) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');

/** The commands of an agent with a folder of its own, as somebody types them on its machine. */
function openMachine(allowHosts: string) {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-agent-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return (args: string[], input = '') =>
    startProgram(['dist/server/cli/main.js', 'agent', ...args, '--data', folder], {
      env: { ROLLCALL_ALLOW_HOSTS: allowHosts },
      input,
    });
}

it('an agent is added, registered with a token that is shown once, answers for its vendor, and is removed', async () => {
  const { vendors } = await api.get<SandboxInfo>('/sandbox');
  const planhat = vendors.find(({ vendorId }) => vendorId === 'planhat')!;
  const machine = openMachine(new URL(planhat.url).host);
  const row = page.getByRole('row', { name: /Branch office/ });

  await page.goto(`${stage.server.url}/agents`);
  await page.getByText('No agents yet').waitFor();
  await button('Add agent').click();
  await dialog().getByLabel('Name').fill('Branch office');
  await dialog().getByRole('button', { name: 'Add agent' }).click();
  const command = (await dialog().getByText('agent register').textContent()) ?? '';
  const token = /--token (\S+)/.exec(command)?.[1] ?? '';
  expect(command).toContain(`--server ${stage.server.url} `);
  await button('Done').click();
  await row.getByText('Not registered').waitFor();
  expect(await page.content()).not.toContain(token);

  const registered = machine(['register', '--server', stage.server.url, '--token', token]);
  expect(await registered.ended).toBe(0);
  const { baseUrl = '', token: secret = '' } = planhat.credential;
  const naming = ['--name', 'Planhat far away', '--vendor', 'planhat', '--base-url', baseUrl];
  expect(await machine(['credential', 'add', ...naming], `${secret}\n`).ended).toBe(0);
  const agent = machine(['start']);
  await agent.prints('The server answers');
  await row.getByText('Connected').waitFor();
  await row.getByText(version, { exact: true }).waitFor();
  await row.getByText('Planhat far away').waitFor();
  expect(await row.textContent()).toMatch(/second|just now|now/);

  const path = await addLocal();
  await page.goto(stage.server.url + path);
  await button('Test credential').click();
  await page.getByText('Planhat answered: the credential works.').waitFor();
  await button('Map fields').click();
  await button('Smart Mapping').click();
  await button('Accept all').click();
  await page.getByText(/Of the first page, [\d\s]+ would be created/).waitFor();

  await page.goto(`${stage.server.url}/agents`);
  await button('Actions for Branch office').click();
  await page.getByRole('menuitem', { name: 'Remove agent' }).click();
  await dialog().getByRole('button', { name: 'Remove agent' }).click();
  await dialog().getByText('This agent does the loads of "Planhat users".').waitFor();
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await api.send('DELETE', path);

  // A new token shuts the program out that has the old key.
  await button('Actions for Branch office').click();
  await page.getByRole('menuitem', { name: 'New registration token' }).click();
  await dialog().getByRole('button', { name: 'Make new token' }).click();
  await button('Done').click();
  expect(await agent.ended).toBe(1);
  expect(agent.output()).toContain('does not know this agent any more');
  await row.getByText('Not registered').waitFor();
  await button('Actions for Branch office').click();
  await page.getByRole('menuitem', { name: 'Remove agent' }).click();
  await dialog().getByRole('button', { name: 'Remove agent' }).click();
  await page.getByText('No agents yet').waitFor();
  // The refused removal is the only thing that the browser has to complain of.
  expect(seen.complaints.filter((text) => !text.includes('409'))).toEqual([]);
});

/** A local integration that loads by the only agent. */
async function addLocal(): Promise<string> {
  const { items } = await api.get<{ items: Agent[] }>('/agents');
  const draft = { vendorId: 'planhat', name: 'Planhat users' };
  const { integration } = await api.send<IntegrationDetails>('POST', '/integrations', draft);
  const path = `/integrations/${integration.id}`;
  const place = { installation: 'local', agentId: items[0]?.id, agentCredential: 'Planhat far away' };
  await api.send('PATCH', path, place);
  return path;
}
