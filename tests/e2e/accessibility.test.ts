import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run, SandboxInfo } from '#contract';
import { createApiClient } from '../support/api-client.ts';
import { openStage, type Stage, type Visit, visit } from '../support/browser.ts';
import { connect, finished, launchRecipe, loadUsers, owner, setUpOwner } from '../support/story.ts';

let stage: Stage;
const windows: Partial<Record<'light' | 'dark', Visit>> = {};
const places: Record<string, string> = {};

beforeAll(async () => {
  stage = await openStage();
  const api = createApiClient(stage.server.url);
  await setUpOwner(api, stage.server.setupLink ?? '');
  const { vendors } = await api.get<SandboxInfo>('/sandbox');
  const credentialId = await connect(api, vendors[0]?.url ?? '');
  const integrationId = await loadUsers(api, credentialId);
  const workflowId = await launchRecipe(api);
  const run = await finished(api, (await api.send<Run>('POST', `/workflows/${workflowId}/runs`, {})).id);
  const [person] = (await api.get<{ items: { id: string }[] }>('/people?limit=1')).items;
  const [app] = (await api.get<{ items: { id: string }[] }>('/apps')).items;
  Object.assign(places, {
    Home: '/',
    People: '/people',
    'a person': `/people/${person?.id}`,
    'App users': `/apps/${app?.id}`,
    Credentials: '/credentials',
    'a credential': `/credentials/${credentialId}`,
    'a new credential': '/credentials/new?vendor=webex',
    Integrations: '/integrations',
    'an integration': `/integrations/${integrationId}`,
    Fields: '/fields',
    Roles: '/roles',
    Workflows: '/workflows',
    'a new workflow': '/workflows?new=1',
    'the editor': `/workflows/${workflowId}`,
    Runs: '/runs',
    'a run': `/runs/${run.id}`,
    'a record of a run': `/runs/${run.id}?record=1`,
  });
});

afterAll(() => stage?.close());

/** A signed-in window in this colour scheme. */
async function windowIn(scheme: 'light' | 'dark'): Promise<Visit> {
  const opened =
    windows[scheme] ?? (await visit(stage.browser, { colorScheme: scheme, reducedMotion: 'reduce' }));
  if (!windows[scheme]) {
    await opened.page.goto(`${stage.server.url}/sign-in`);
    await opened.page.getByLabel('E-mail').fill(owner.email);
    await opened.page.getByLabel('Password', { exact: true }).fill(owner.password);
    await opened.page.getByRole('button', { name: 'Sign in' }).click();
    await opened.page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
    windows[scheme] = opened;
  }
  return opened;
}

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  it.each([
    'Home',
    'People',
    'a person',
    'App users',
    'Credentials',
    'a credential',
    'a new credential',
    'Integrations',
    'an integration',
    'Fields',
    'Workflows',
    'a new workflow',
    'the editor',
    'Runs',
    'a run',
    'a record of a run',
  ])('%s has no serious obstacle', async (name) => {
    const { page, complaints } = await windowIn(scheme);
    await page.goto(`${stage.server.url}${places[name]}`);
    await page.getByRole('main').waitFor();
    await page.waitForLoadState('networkidle');

    const { violations } = await new AxeBuilder({ page }).analyze();

    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const told = grave.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help} ${target.join(' ')} ${failureSummary ?? ''}`),
    );
    expect(told).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
