import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Integration, Person, SaasUser, Vendor } from '#contract';
import { vendors } from '#presets';
import { knownLabels } from '../presets/known-labels.ts';
import type { ApiClient } from '../support/api-client.ts';
import { openStage, type Stage, shootFailures, type Visit } from '../support/browser.ts';
import { visitSignedIn } from '../support/signed-in.ts';
import { ownerOf } from '../support/story.ts';

let stage: Stage;
let seen: Visit;
let api: ApiClient;

beforeAll(async () => {
  stage = await openStage();
  api = await ownerOf(stage);
  seen = await visitSignedIn(stage);
});

afterAll(() => stage?.close());

shootFailures(() => seen);

const button = (name: string | RegExp) => seen.page.getByRole('button', { name, exact: true });
const goTo = (place: string) =>
  seen.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place, exact: true }).click();

const hasLogin = (vendor: Vendor) => vendor.auth[0]?.kind === 'oauth2';

/** Of SCIM there is no imitation of ours: many products speak it. */
const imitated = vendors.filter(({ id }) => id !== 'scim');

describe.each(imitated.map((vendor) => [vendor.title, vendor] as const))('%s', (title, vendor) => {
  it('is connected, mapped and loaded, and fills every label that its users know', async () => {
    const { page } = seen;
    await goTo('Credentials');
    await page.getByRole('link', { name: 'New credential', exact: true }).click();
    await button(`Choose ${title}`).click();
    await button('Use the sandbox organisation').click();
    await button('Save credential').click();
    if (hasLogin(vendor)) {
      await button('Authenticate').click();
      await button('Allow').click();
      await page.getByText(`${title} accepted the sign-in`).waitFor();
    }
    await page
      .getByText(/^(Authenticated|Ready)$/)
      .first()
      .waitFor();

    await goTo('Integrations');
    await button('New integration').click();
    await button(`Add ${title}`).click();
    await button(/^Use .+ sandbox$/).click();
    await button('Edit details').click();
    await page.getByRole('radio', { name: 'User plus SaaS user' }).check();
    if (vendor.load.inputs.length > 0) {
      await button(`Find in ${title}`).click();
      // Once the vendor has answered, a list stands where the key could be typed.
      await page.getByRole('combobox', { name: 'Account key' }).click();
      await page.getByRole('option').first().click();
    }
    await button('Save details').click();
    await button('Map fields').click();
    await button('Smart Mapping').click();
    await button('Accept all').click();
    await button('Add new fields…').click();
    await button(/^Create and map/).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview
      .getByText(/^Would be (created|updated)$/)
      .first()
      .waitFor();
    await button('Save mapping').click();
    await button('Launch integration').click();
    await button('Load users now').click();
    await page.getByRole('table', { name: 'Loads' }).getByText('Succeeded').waitFor();

    expect(await emptyLabels(vendor)).toEqual([]);

    await goTo('People');
    await page.getByText('ada@acme.test').first().waitFor();
    await goTo('Apps');
    await page.getByRole('link', { name: title }).first().click();
    await page.getByRole('table').getByRole('link').first().click();
    await page.getByRole('main').getByText('Identifier in the app', { exact: true }).first().waitFor();
    expect(seen.complaints).toEqual([]);
  });
});

/** Labels of the vendor that no person and no account got a value from. */
async function emptyLabels(vendor: Vendor): Promise<string[]> {
  const { items: integrations } = await api.get<{ items: Integration[] }>('/integrations');
  const integration = integrations.find(({ vendorId }) => vendorId === vendor.id);
  const users = await all<SaasUser>(`/apps/${integration?.appId}/users`);
  const people = await all<Person>('/people');
  return (knownLabels[vendor.id] ?? ['no labels']).filter((label) => {
    const field = vendor.load.fields.find((each) => each.label === label);
    const targets = (integration?.mapping.rows ?? [])
      .filter(({ source }) => source.kind === 'field' && source.key === field?.key)
      .map(({ target }) => target);
    return !targets.some(({ recordType, externalId }) =>
      (recordType === 'person' ? people : users).some((record) => hasValue(record, externalId)),
    );
  });
}

async function all<T>(path: string): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: T[]; nextCursor: string | null } = await api.get(`${path}?limit=200${query}`);
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

/** Whether a record has a value, whatever it is called on the wire. */
function hasValue(record: Person | SaasUser, externalId: string): boolean {
  const own = record as unknown as Record<string, unknown>;
  const camel = externalId.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const value = record.fields[externalId] ?? own[camel];
  return (
    value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  );
}
