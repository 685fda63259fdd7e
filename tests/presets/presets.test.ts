import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parsePath } from '#domain/path';
import { vendorSchema } from '#domain/vendor';
import { vendors } from '#presets';
import { parseJsonTemplate } from '../../server/engine/json-template.ts';
import { parseTemplate } from '../../server/engine/template.ts';

test('every vendor folder is in the list', () => {
  const folders = readdirSync(new URL('../../presets', import.meta.url), { withFileTypes: true });

  const names = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);

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

  test('has unique keys, labels and preset ids', () => {
    const { fields } = vendor.load;
    for (const list of [
      fields.map((field) => field.key),
      fields.map((field) => field.label),
      vendor.presets.map((preset) => preset.id),
    ]) {
      expect(new Set(list).size).toBe(list.length);
    }
  });

  test('reads paths, and templates, that can be parsed', () => {
    for (const field of vendor.load.fields) if (field.made === undefined) parsePath(field.path);
    for (const { request, response } of vendor.presets) {
      parseTemplate(request.path);
      if (request.bodyKind === 'json') parseJsonTemplate(request.body);
      for (const row of [...response.success, ...response.failure]) parseTemplate(row.value);
    }
  });

  test('uses the inputs that it asks for, and no others', () => {
    for (const preset of vendor.presets) {
      const text = JSON.stringify(preset.request);
      const used = new Set([...text.matchAll(/input\.([a-z0-9_]+)/g)].map((match) => match[1]));
      expect(used).toEqual(new Set(preset.inputs.map((input) => input.name)));
    }
  });

  test('names lookups and the identifier by fields that exist', () => {
    const keys = vendor.load.fields.map((field) => field.key);

    expect(keys).toContain(vendor.load.identifier);
    for (const lookup of vendor.load.lookups) expect(keys).toContain(lookup.field);
  });
});

test('Webex offers the fields that its users know by these labels', () => {
  const webex = vendors.find((vendor) => vendor.id === 'webex');

  const labels = webex?.load.fields.map((field) => field.label);

  expect(labels).toEqual(
    expect.arrayContaining([
      'Created',
      'DisplayName',
      'Email',
      'First Name',
      'ID',
      'Invite Pending',
      'Last Modified',
      'Last Name',
      'Org Id',
      'Status',
      'Type',
      'User Load Connector Sync Time',
    ]),
  );
});
