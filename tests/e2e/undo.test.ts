import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run, SaasUser, SandboxInfo, Workflow } from '#contract';
import { settingsFromPreset } from '#domain/api-settings';
import { vendors } from '#presets';
import { licenseIds } from '../../server/sandbox/webex/catalog.ts';
import type { WebexPerson } from '../../server/sandbox/webex/person.ts';
import { type ApiBlockStage, openApiBlockStage } from '../support/api-block-world.ts';
import type { Visit } from '../support/browser.ts';
import { shootFailures } from '../support/browser.ts';
import { obstacles } from '../support/obstacles.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { finishedWithYes } from '../support/story.ts';

let world: ApiBlockStage;
let seen: Visit;
let page: Page;
let sandbox: string;
/** Both get a licence; only the first one's sign-in is disabled, the vendor refuses the second. */
let chosen: SaasUser[];
let done: Run;

const webex = vendors.find(({ id }) => id === 'webex')!;

/** A block that calls this preset. */
function preset(id: string, inputs: Record<string, string> = {}) {
  const settings = settingsFromPreset(
    webex,
    webex.presets.find((each) => each.id === id)!,
    world.credentialId,
  );
  return { ...settings, inputs };
}

async function launchAndRun({ id, revision }: Workflow, recordIds?: string[]): Promise<Run> {
  await world.api.send('PUT', `/workflows/${id}/activation`, { revision, note: '' });
  const run = await world.api.send<Run>('POST', `/workflows/${id}/runs`, recordIds ? { recordIds } : {});
  return finishedWithYes(world.api, run.id);
}

async function atVendor(): Promise<(Pick<WebexPerson, 'loginEnabled'> & { hasLicence: boolean })[]> {
  const { people } = (await (await fetch(`${sandbox}/_sandbox/people`)).json()) as { people: WebexPerson[] };
  return chosen.map(({ identifier }) => {
    const { loginEnabled, licenses } = people.find(({ id }) => id === identifier)!;
    return { loginEnabled, hasLicence: licenses.includes(licenseIds.webinars) };
  });
}

async function refuse(rules: readonly object[]): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(`${sandbox}/_sandbox/faults`, { method: 'DELETE' });
  if (rules.length > 0)
    await fetch(`${sandbox}/_sandbox/faults`, { method: 'POST', headers, body: JSON.stringify(rules) });
}

beforeAll(async () => {
  world = await openApiBlockStage();
  const { api } = world;
  sandbox =
    (await api.get<SandboxInfo>('/sandbox')).vendors.find(({ vendorId }) => vendorId === 'webex')?.url ?? '';
  const { items } = await api.get<{ items: { id: string }[] }>('/apps');
  const users = await api.get<{ items: SaasUser[] }>(`/apps/${items[0]?.id}/users?search=acme`);
  chosen = users.items.filter(({ isDeactivated }) => !isDeactivated).slice(2, 4);
  const drawn = await world.draw('Away for a while', {
    licence: {
      name: 'Give a webinar licence',
      settings: preset('assign-licence', { license_id: licenseIds.webinars }),
    },
    look: { name: 'Look at the account', settings: preset('get-user-details') },
    off: { name: 'Keep from signing in', settings: preset('disable-sign-in') },
  });
  await refuse([
    {
      match: { method: 'PUT', pathPrefix: `/v1/people/${chosen[1]?.identifier}` },
      ...{ status: 403, times: 50 },
    },
  ]);
  done = await launchAndRun(
    drawn,
    chosen.map(({ id }) => id),
  );
  await refuse([]);
  seen = await visitSignedIn(world.stage);
  page = seen.page;
});

afterAll(() => world?.stage.close());

shootFailures(() => seen);

describe('a run that is taken back', () => {
  it('is one workflow, of which a block may be left out', async () => {
    expect(done.counts).toMatchObject({ total: 2, succeeded: 1, failed: 1 });
    expect(await atVendor()).toEqual([
      { loginEnabled: false, hasLicence: true },
      { loginEnabled: true, hasLicence: true },
    ]);

    await page.goto(`${world.stage.server.url}/runs/${done.id}`);
    await page.getByRole('button', { name: 'Undo…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take back what this run did' });
    await dialog.getByText('“Enable Sign-in” takes it back.').waitFor();
    for (const [scheme, width] of [
      ['light', 1440],
      ['dark', 1440],
      ['dark', 390],
    ] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await seen.shoot(`undo-${scheme}-${width}`);
      expect(await obstacles(page, { part: '[role="dialog"]' })).toEqual([]);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
    await dialog.getByRole('checkbox', { name: /“Keep from signing in”/ }).uncheck();
    await dialog.getByRole('button', { name: 'Make an undo workflow for 1 block' }).waitFor();
    await dialog.getByRole('checkbox', { name: /“Keep from signing in”/ }).check();
    await dialog.getByRole('button', { name: 'Make an undo workflow for 2 blocks' }).click();
    await page.waitForURL(/\/workflows\/wf_/);

    await page.getByText('Was “Keep from signing in” done?').waitFor();
    await seen.shoot('undo-draft');
  });

  it('leaves everybody as before, and calls nothing for whom nothing was done', async () => {
    const id = /wf_\w+/.exec(page.url())?.[0] ?? '';
    const back = await launchAndRun(await world.api.get<Workflow>(`/workflows/${id}`));

    expect(back).toMatchObject({ status: 'succeeded', counts: { total: 2, succeeded: 2 } });
    expect(await atVendor()).toEqual([
      { loginEnabled: true, hasLicence: false },
      { loginEnabled: true, hasLicence: false },
    ]);
    await page.goto(`${world.stage.server.url}/runs/${back.id}`);
    await page.getByRole('link', { name: 'an earlier run' }).waitFor();
    await seen.shoot('undo-run');
  });
});
