import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { builtInFields } from '#domain/field';
import { proposeMapping } from '#domain/smart-mapping';
import { vendorSchema } from '#domain/vendor';
import { vendors } from '#presets';
import { knownLabels } from './known-labels.ts';

/** The field that presets of the vendor name an account by. */
const vendorIds: Record<string, [externalId: string, label: string]> = {
  webex: ['webex_user_id', 'Webex User ID'],
  zoom: ['zoom_id', 'Zoom ID'],
  goto: ['goto_user_key', 'GoTo User Key'],
  planhat: ['planhat_user_id', 'Planhat User ID'],
  ninjaone: ['ninja_user_id', 'NinjaOne User ID'],
  scim: ['scim_id', 'SCIM ID'],
};

test('every vendor folder is in the list', () => {
  const folders = readdirSync(new URL('../../presets', import.meta.url), { withFileTypes: true });

  // Recipes are workflows over several vendors.
  const isVendor = (name: string) => name !== 'recipes';
  const names = folders
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter(isVendor);

  expect(vendors.map((vendor) => vendor.id)).toEqual(names.sort());
});

describe.each(vendors)('$title', (vendor) => {
  const docsLinks = [
    vendor.docs,
    ...vendor.auth.map((method) => method.docs),
    vendor.load.docs,
    vendor.userRole.docs,
    ...vendor.presets.map((preset) => preset.docs),
  ];

  test('is data: it survives a JSON round trip', () => {
    expect(vendorSchema.parse(JSON.parse(JSON.stringify(vendor)))).toEqual(vendor);
  });

  test('links its documentation on the domain of the vendor', () => {
    const domain = new URL(vendor.docs).hostname.split('.').slice(-2).join('.');

    for (const link of docsLinks) expect(new URL(link).hostname.endsWith(domain)).toBe(true);
  });

  test('offers the fields that its users know by their labels', () => {
    const labels = vendor.load.fields.map((field) => field.label);

    expect(labels).toEqual(expect.arrayContaining(knownLabels[vendor.id] ?? ['a row in the table above']));
  });

  test('is mapped by Smart Mapping so far that it can be launched', () => {
    const [externalId, label] = vendorIds[vendor.id] ?? [];

    const proposals = proposeMapping(vendor, builtInFields, 'user_and_saas_user');

    const targets = proposals.map(({ row }) => `${row.target.recordType}.${row.target.externalId}`);
    expect(targets).toEqual(
      expect.arrayContaining([
        ...['username', 'email', 'first_name', 'last_name', 'role', externalId].map(
          (name) => `person.${name}`,
        ),
        ...['identifier', 'email', 'roles'].map((name) => `saas_user.${name}`),
      ]),
    );
    const keys = proposals.filter(({ row }) => row.syncKey !== null);
    expect(keys.map(({ row }) => [row.syncKey, row.target.externalId])).toEqual(
      expect.arrayContaining([
        [1, externalId],
        [2, 'username'],
      ]),
    );
    expect(keys.find(({ row }) => row.syncKey === 1)?.newField).toMatchObject({ label, isUnique: true });
  });
});
