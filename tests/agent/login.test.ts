import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { credentialInput } from '#contract';
import { logIn } from '../../server/agent/login.ts';
import { type AgentFolder, openAgent } from '../../server/agent/open-agent.ts';
import { systemClock } from '../../server/clock.ts';
import { oauthClient, redirectUrl, startOAuthServer } from '../support/oauth-server.ts';
import { freePort } from '../support/server-process.ts';

function open(allowHosts: string[]): { agent: AgentFolder; folder: string } {
  const folder = join(mkdtempSync(join(tmpdir(), 'rollcall-agent-')), 'data');
  const loginUrl = new URL(redirectUrl).origin;
  const agent = openAgent({ folder, clock: systemClock, key: undefined, allowHosts, loginUrl });
  onTestFinished(async () => {
    await agent.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { agent, folder };
}

/** Webex as the OAuth server plays it. */
async function addCredential({ credentials }: AgentFolder, url: string) {
  const draft = credentialInput.parse({
    name: 'Webex',
    vendorId: 'webex',
    kind: 'oauth2',
    clientAuth: 'basic',
    ...oauthClient,
    scopes: 'read',
    baseUrl: `${url}/v1`,
    authorizeUrl: `${url}/auth`,
    tokenUrl: `${url}/token`,
  });
  return (await credentials.create(draft)).credential.id;
}

test('an agent logs in at a real OAuth server by a page of its own, and its folder shows no secret', async () => {
  const server = await startOAuthServer();
  const { agent, folder } = open([server.host]);
  const id = await addCredential(agent, server.url);
  const port = await freePort();

  const visit = async (authorizeUrl: string) => {
    const back = new URL(await server.logIn(authorizeUrl));
    back.port = String(port);
    const forged = new URL(back);
    forged.searchParams.set('state', 'guessed');
    return [await (await fetch(forged)).text(), await (await fetch(back)).text()];
  };
  let visiting = Promise.resolve<string[]>([]);
  const show = (authorizeUrl: string) => {
    visiting = visit(authorizeUrl);
  };
  await logIn(agent.credentials, id, { port, show });
  const pages = await visiting;

  expect(pages).toEqual([
    expect.stringContaining('not begun here'),
    expect.stringContaining('You are logged in'),
  ]);
  expect((await agent.credentials.find(id)).credential.status).toBe('authenticated');
  expect(await agent.credentials.test(id)).toMatchObject({ isOk: true });
  const stored = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));
  expect(stored.filter((text) => text.includes(oauthClient.clientSecret))).toEqual([]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);
});

test('the key of a registered agent is sealed in its folder', async () => {
  const { agent, folder } = open([]);
  await expect(agent.registration()).rejects.toThrow('not registered');
  const registration = {
    server: 'https://rollcall.acme.test',
    name: 'Branch office',
    key: 'rck_planted-key',
  };

  await agent.register(registration);

  expect(await agent.registration()).toEqual(registration);
  const stored = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));
  expect(stored.filter((text) => text.includes('planted-key'))).toEqual([]);
});
