import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { api } from '#blocks/api';
import { says } from '#domain/answer-rule';
import { classOfCall, effectOfCall, settingsFromPreset } from '#domain/api-settings';
import { isHarmful } from '#domain/effect';
import { builtInFields, type Field } from '#domain/field';
import { parsePath } from '#domain/path';
import { proposeMapping } from '#domain/smart-mapping';
import { type Vendor, vendorSchema } from '#domain/vendor';
import { parseJsonTemplate } from '#engine/json-template';
import { toPrepareContext } from '#engine/prepare';
import { parseTemplate, variablesOf } from '#engine/template';
import { vendors } from '#presets';
import { knownLabels } from './known-labels.ts';

/** The field that presets of the vendor name an account by. */
const vendorIds: Record<string, [externalId: string, label: string]> = {
  webex: ['webex_user_id', 'Webex User ID'],
  zoom: ['zoom_id', 'Zoom ID'],
  goto: ['goto_user_key', 'GoTo User Key'],
  planhat: ['planhat_user_id', 'Planhat User ID'],
  ninjaone: ['ninja_user_id', 'NinjaOne User ID'],
};

/** All fields there are once Smart Mapping has made those that the vendor suggests. */
function fieldsOf(vendor: Vendor): Field[] {
  const made = vendor.load.fields.flatMap(({ type, suggests }) =>
    suggests.flatMap(({ recordType, externalId, create }) =>
      create
        ? [
            {
              id: externalId,
              recordType,
              externalId,
              ...create,
              type,
              isRequired: false,
              isBuiltIn: false,
              help: '',
            },
          ]
        : [],
    ),
  );
  return [...builtInFields, ...made];
}

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
    const { load, userRole } = vendor;
    const paths = [
      load.items,
      userRole.items ?? '',
      ...[userRole.identifier, ...userRole.identifierFallbacks],
      ...[userRole, ...vendor.presets].flatMap(
        ({ notFound }) => notFound?.says.map(({ path }) => path) ?? [],
      ),
      ...[userRole.roles, userRole.licenses, userRole.status, userRole.lastActivity],
      ...load.fields.flatMap(({ path, fallbacks, orAny }) => [path, ...fallbacks, orAny?.path ?? '']),
      ...load.lookups.flatMap(({ items, id, name }) => [items, id, name]),
      ...load.inputs.flatMap(({ discover }) =>
        discover ? [discover.items, discover.value, discover.label] : [],
      ),
    ];
    for (const path of paths) if (path !== '') parsePath(path);
    parseTemplate(userRole.request.path);
    for (const param of userRole.request.params) parseTemplate(param.value);
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

  test('asks for what its paths name, and for nothing else', () => {
    const { inputs, lookups, path, fields } = vendor.load;
    const asked = inputs.map(({ name }) => `input.${name}`);
    const paths = [path, ...lookups.map((lookup) => lookup.path)];

    const named = new Set(paths.flatMap((text) => variablesOf(parseTemplate(text))));

    expect([...named]).toEqual(asked);
    const isInput = ({ made }: (typeof fields)[number]) => made === 'input';
    expect(fields.filter(isInput).map(({ input }) => `input.${input}`)).toEqual(asked);
    for (const field of fields) expect(field.path === '').toBe(field.made !== undefined);
  });

  test('offers the fields that its users know by their labels', () => {
    const labels = vendor.load.fields.map((field) => field.label);

    expect(labels).toEqual(expect.arrayContaining(knownLabels[vendor.id] ?? ['a row in the table above']));
  });

  test('suggests fields that exist or may be made', () => {
    const fields = fieldsOf(vendor);
    for (const { suggests } of vendor.load.fields) {
      for (const { recordType, externalId } of suggests) {
        expect(fields.some((one) => one.recordType === recordType && one.externalId === externalId)).toBe(
          true,
        );
      }
    }
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

  describe.each(vendor.presets)('$title', (preset) => {
    const filled = settingsFromPreset(vendor, preset, 'crd_1');
    const settings = {
      ...filled,
      inputs: Object.fromEntries(preset.inputs.map(({ name, default: value }) => [name, value || '1'])),
    };

    test('prepares without an issue, and names only what a record or an earlier preset has', () => {
      const { context, findings } = toPrepareContext('call', {
        vendors: { find: (id) => vendors.find((one) => one.id === id), list: () => vendors },
        fields: fieldsOf(vendor),
        records: { kind: 'people' },
      });
      const kept = vendor.presets.flatMap(({ response }) =>
        response.success.map(({ target }) => target.name),
      );
      const known = new Set([...fieldsOf(vendor).map((field) => field.externalId), ...kept]);

      api.prepare(settings, context);

      expect(findings.issues).toEqual([]);
      expect(
        findings.reads.map(({ variable }) => variable.split('.')[0]).filter((name) => !known.has(name ?? '')),
      ).toEqual([]);
    });

    test('takes nobody for gone because of a 404 that is not of the vendor', () => {
      for (const body of [
        null,
        '',
        '<html>Not Found</html>',
        { message: 'Not Found' },
        { error: 'x', code: 404 },
      ])
        expect(preset.notFound?.says.every((rule) => says(rule, body)) ?? false).toBe(false);
    });

    test('is as careful as its method asks for', () => {
      expect(classOfCall(filled, preset)).toBe(preset.class);
    });

    test('names whom it acts on, and a read that shows them', () => {
      const { target } = preset;
      const isNeeded = preset.class === 'destructive' || preset.class === 'idempotent';
      if (!target) return expect(isNeeded).toBe(false);

      const read = vendor.presets.find(({ id }) => id === target.read);
      expect(read?.class).toBe('read');
      const [externalId] = vendorIds[vendor.id] ?? [];
      expect(target.id.value).toBe(`{{${externalId}}}`);
      expect(JSON.stringify(preset.request)).toContain(externalId);
      const rules = target.settled.kind === 'values' ? target.settled.all : [];
      const inputs = preset.inputs.map(({ name }) => `input.${name}`);
      for (const { path, value } of [target.id, target.email, ...rules]) {
        if (path !== '') parsePath(path);
        for (const name of variablesOf(parseTemplate(value)))
          expect(['email', externalId, ...inputs]).toContain(name);
      }
      // Who is gone is told by the read's own "not found", or by a list that names nobody.
      if (target.settled.kind === 'gone')
        expect(target.settled.items !== null || read?.notFound).toBeTruthy();
      if (preset.effect.does === 'delete') expect(target.settled.kind).toBe('gone');
    });

    test('says what it does, and what would take it back', () => {
      const { effect } = preset;
      const undo = effect.does === 'read' ? undefined : effect.undo;

      expect(effectOfCall(filled, preset)).toEqual(effect);
      expect(effect.does === 'read').toBe(preset.class === 'read');
      // Whoever is not named harmful by the effect must not be counted as destructive, or nobody would say why.
      if (preset.class === 'destructive') expect(isHarmful(effect.does)).toBe(true);
      if (effect.does === 'delete') {
        expect(preset.class).toBe('destructive');
        expect(undo?.kind).not.toBe('reversible');
      }
      if (undo?.kind === 'reversible' && undo.by !== undefined)
        expect(vendor.presets.map(({ id }) => id)).toContain(undo.by);
    });
  });
});
