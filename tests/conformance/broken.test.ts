import { describe, expect, test } from 'vitest';
import type { Vendor } from '#domain/vendor';
import { vendors } from '#presets';
import { checkDefinition } from '../../server/conformance/check-vendor.ts';
import { isError, toLine } from '../../server/conformance/finding.ts';
import { tryVendor } from '../../server/conformance/try-vendor.ts';
import { broken, type Change, more } from './broken.ts';
import { openTrial } from './open-trial.ts';

const deletion = vendors.find(({ id }) => id === 'webex')?.presets.find(({ id }) => id === 'delete-user');
const email = { key: 'email', label: 'Email', type: 'email', path: 'emails[0]' };
const why = { name: 'why', label: 'Why', default: 'x', required: true };

/** The place that must be named, a part of the sentence, and what is wrong. */
const statically: [place: string, sentence: string, change: Change][] = [
  ['presets.delete-user', 'There is no "metod" here', ['presets.delete-user.metod', 'GET']],
  ['presets.delete-user.summary', 'This is missing', ['presets.delete-user.summary', undefined]],
  ['presets.delete-user.class', 'must be one of', ['presets.delete-user.class', 'mild']],
  ['load.fields.email.type', 'must be one of', ['load.fields.email.type', 'mail']],
  ['docs', 'URL', ['docs', 'http://developer.webex.com']],
  ['presets.delete-user.id', 'Two presets', ['presets', more(deletion)]],
  ['load.fields.email.key', 'Two fields', ['load.fields', more(email)]],
  ['load.fields', 'label "Email"', ['load.fields', more({ ...email, key: 'mail' })]],
  ['load.identifier', 'no field with the key "uid"', ['load.identifier', 'uid']],
  ['load.lookups.rank', 'no field', ['load.lookups.0.field', 'rank']],
  ['load.fields.email.path', 'The path is empty', ['load.fields.email.path', '']],
  ['load.fields.email.path', 'path', ['load.fields.email.path', 'emails[0']],
  ['load.path', 'no input of the load', ['load.path', '/orgs/{{org}}/people']],
  ['presets.update-user.request', 'does not ask for', ['presets.update-user.inputs', []]],
  ['presets.delete-user.inputs.why', 'does not use this input', ['presets.delete-user.inputs', more(why)]],
  ['presets.delete-user.scopes', 'asks for the scope', ['presets.delete-user.scopes', more('root')]],
  [
    'presets.create-user.request.body',
    'line 1',
    ['presets.create-user.request.body', '{"emails": [{{email}]}'],
  ],
  ['presets.create-user.request.body', 'it is not sent', ['presets.create-user.request.bodyKind', 'none']],
  [
    'presets.get-user-details.request.path',
    'line 1',
    ['presets.get-user-details.request.path', '/people/{{webex_user_id'],
  ],
  [
    'presets.get-user-details.request.path',
    'Nothing sets "webex_uid"',
    ['presets.get-user-details.request.path', '/people/{{webex_uid}}'],
  ],
  ['presets.delete-user.class', 'counts as destructive', ['presets.delete-user.class', 'idempotent']],
  [
    'presets.get-user-details.class',
    'One of them is wrong',
    ['presets.get-user-details.class', 'idempotent'],
  ],
  [
    'presets.delete-user.effect.undo',
    'not reversible',
    ['presets.delete-user.effect.undo', { kind: 'reversible' }],
  ],
  [
    'presets.disable-sign-in.effect.undo.by',
    'no preset "wake-up"',
    ['presets.disable-sign-in.effect.undo.by', 'wake-up'],
  ],
  [
    'presets.assign-licence.effect.does',
    'less than before',
    ['presets.assign-licence.target.settled.all.0.test', 'is'],
  ],
  ['presets.delete-user.target', 'Add a target', ['presets.delete-user.target', undefined]],
  ['presets.remove-licence.target', 'Add a target', ['presets.remove-licence.target', undefined]],
  ['presets.delete-user.target.read', 'no preset "look"', ['presets.delete-user.target.read', 'look']],
  [
    'presets.delete-user.target.id',
    'compare with the vendor',
    ['presets.delete-user.target.id.value', '{{email}}'],
  ],
  [
    'presets.delete-user.target.email',
    'compare the address',
    ['presets.delete-user.target.email.test', 'has-value'],
  ],
  [
    'presets.delete-user.target.settled',
    'Say "gone"',
    ['presets.delete-user.target.settled', { kind: 'unreadable', why: 'x' }],
  ],
  [
    'presets.get-user-details.notFound',
    'word for a missing account',
    ['presets.get-user-details.notFound', undefined],
  ],
  [
    'presets.delete-user.success.statuses',
    '404 is no success',
    ['presets.delete-user.success.statuses', more(404)],
  ],
  [
    'presets.delete-user.notFound.statuses',
    '403 never means',
    ['presets.delete-user.notFound.statuses', more(403)],
  ],
  [
    'presets.delete-user.notFound.says',
    'would count as a missing account',
    ['presets.delete-user.notFound.says', [{ path: 'message', test: 'has-value' }]],
  ],
  ['presets.get-user-details.sample', 'show an answer', ['presets.get-user-details.sample', undefined]],
  [
    'presets.get-user-details.sample',
    'nothing at "emails[0]"',
    ['presets.get-user-details.sample.emails', undefined],
  ],
  [
    'presets.get-user-details.request.headers.X-Api-Key.value',
    'looks like a secret',
    ['presets.get-user-details.request.headers', more({ key: 'X-Api-Key', value: 'a8f3k2m9q4w7' })],
  ],
  [
    'presets.find-user-by-email.request',
    'empty "email"',
    ['presets.find-user-by-email.request.params.email.value', '{{email}}'],
  ],
  [
    'presets.delete-user.request.headers[0]',
    'set by the credential',
    ['presets.delete-user.request.headers', more({ key: 'Authorization', value: 'x' })],
  ],
  ['load.fields.id.suggests', 'Add "create"', ['load.fields.id.suggests.0.create', undefined]],
  ['load.fields', 'unique field of people', ['load.fields.id.suggests.0.create.isUnique', false]],
  [
    'load.fields',
    'suggests "saas_user.identifier"',
    ['load.fields.id.suggests.1', { recordType: 'saas_user', externalId: 'type' }],
  ],
];

describe('a definition that is wrong by itself', () => {
  test.each(statically)('%s: %s', (place, sentence, change) => {
    const { vendor, findings } = checkDefinition(broken('webex', change));

    expect(vendor).toBeNull();
    const named = findings.filter((one) => one.place === place);
    expect(named.map(({ message }) => message).join('\n'), findings.map(toLine).join('\n')).toContain(
      sentence,
    );
  });

  test('is told whole: every mistake at once', () => {
    const { findings } = checkDefinition(
      broken('webex', ['load.identifier', 'uid'], ['presets.delete-user.effect.undo.kind', 'reversible']),
    );

    expect(findings.filter(isError).map(({ place }) => place)).toEqual([
      'load.identifier',
      'presets.delete-user.effect.undo',
    ]);
  });
});

const pages = { kind: 'offset', sizeParam: 'max', size: 10, offsetParam: 'offset' };
const inactive = '{"isInactive": true}';

/** What only the vendor's answers show. */
const lively: [vendorId: string, place: string, sentence: string, ...changes: Change[]][] = [
  ['webex', 'load', 'without the list "people"', ['load.items', 'people']],
  ['webex', 'load', 'repeated page', ['load.pagination', pages]],
  [
    'planhat',
    'load.pagination',
    'repeated page',
    ['load.pagination.offsetParam', 'from'],
    ['load.pagination.size', 60],
  ],
  ['zoom', 'load.fields', 'Nobody has an e-mail address', ['load.fields.email.path', 'mail']],
  ['webex', 'load.fields.id', 'have no identifier', ['load.fields.id.path', 'uuid']],
  ['webex', 'test.path', 'does not prove a good credential', ['test.path', '/person/me']],
  ['webex', 'userRole', 'does not find', ['userRole.identifier', 'uid']],
  ['zoom', 'userRole.notFound', 'cannot prove', ['userRole.notFound', undefined]],
  [
    'zoom',
    'presets.get-user-details',
    'reads nobody',
    ['presets.get-user-details.request.path', '/user/{{zoom_id}}'],
  ],
  [
    'goto',
    'presets.create-user',
    'does not succeed',
    [
      'presets.create-user.request.body',
      '{"email": "{{email}}", "name": "{{input.first_name}} {{input.last_name}}"}',
    ],
  ],
  [
    'webex',
    'presets.update-user',
    'succeeded for nobody',
    [
      'presets.update-user.request.body',
      '{"firstName": "{{input.first_name}}", "lastName": "{{input.last_name}}", "displayName": "{{input.display_name}}"}',
    ],
  ],
  [
    'planhat',
    'presets.deactivate-user.target.settled',
    'does not show what was wanted',
    ['presets.deactivate-user.request.body', inactive],
  ],
  [
    'webex',
    'presets.delete-user.effect',
    'still there',
    [
      'presets.delete-user.request',
      {
        method: 'DELETE',
        path: '/people/{{webex_user_id}}',
        params: [],
        headers: [],
        bodyKind: 'none',
        body: '',
      },
    ],
    ['presets.delete-user.request.method', 'GET'],
    ['presets.delete-user.success', { statuses: [200], mediaType: 'json' }],
  ],
  [
    'zoom',
    'presets.delete-user-and-data.success',
    'was done, but the answer',
    ['presets.delete-user-and-data.success.statuses', [200]],
  ],
  [
    'ninjaone',
    'presets.delete-end-user',
    'succeeded for nobody',
    ['presets.delete-end-user.request.path', '/v2/user/technician/{{ninja_user_id}}'],
  ],
];

/** The presets that the place is about, so that nobody waits for the others. */
function onlyAt(place: string, vendor: Vendor): Vendor {
  const preset = vendor.presets.find(({ id }) => id === place.split('.')[1]);
  const ids = [preset?.id, preset?.target?.read];
  return { ...vendor, presets: vendor.presets.filter(({ id }) => ids.includes(id)) };
}

describe('a definition that the vendor does not agree with', () => {
  test.each(lively)(
    '%s, %s: %s',
    async (vendorId, place, sentence, ...changes) => {
      const trial = await openTrial(vendorId, onlyAt(place, broken(vendorId, ...changes)));

      const found = await tryVendor(trial);

      const named = found.filter((one) => one.place === place);
      expect(named.map(({ message }) => message).join('\n'), found.map(toLine).join('\n')).toContain(
        sentence,
      );
    },
    60_000,
  );
});
