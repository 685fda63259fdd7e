import type { z } from 'zod';
import type { presetSchema } from '#domain/vendor';
import { gone, has, isGone, keepAs, missing, targetOf } from '../preset-parts.ts';

type Preset = z.input<typeof presetSchema>;

const adaId = 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wYTFkYWFkYS0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDE';
const acmeId = 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8wYWNtZTAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDI';

/** A person as Webex answers it, with a made-up person. */
const ada = {
  id: adaId,
  emails: ['ada@acme.test'],
  phoneNumbers: [],
  displayName: 'Ada Lovelace',
  nickName: 'Ada',
  firstName: 'Ada',
  lastName: 'Lovelace',
  orgId: acmeId,
  roles: [],
  licenses: [],
  department: 'Research',
  title: 'Analyst',
  created: '2025-03-04T08:15:30.000Z',
  lastModified: '2026-10-20T13:00:00.000Z',
  timezone: 'Europe/London',
  lastActivity: '2026-11-01T09:00:00.000Z',
  status: 'active',
  invitePending: false,
  loginEnabled: true,
  type: 'person',
};

const managing = ['spark-admin:people_write', 'spark-admin:people_read'];

const target = targetOf('get-user-details', { path: 'id', value: '{{webex_user_id}}' }, 'emails[0]');

/** Webex has no code for it, but every answer of its own has a name for its support. */
const isWebex = { path: 'trackingId', test: 'has-value' } as const;

const names = (firstName: string, lastName: string) => [
  { name: 'first_name', label: 'First name', default: firstName, required: true },
  { name: 'last_name', label: 'Last name', default: lastName, required: true },
];

/**
 * Whatever is left out of a Webex update is reset or refused with 400, so the body is the whole person as
 * *Get User Details* read it, without what nobody may write, and with what changes.
 */
const wholePerson = (changes: string) =>
  `{{change (without webex_user "id" "created" "lastModified" "timezone" "lastActivity" "sipAddresses" "xmppFederationJid" "status" "invitePending" "type") ${changes}}}`;

const readFirst = 'Put a Get User Details block before this one.';

/** Reads, changes, and writes back: everything that the changes do not name stays as it was read. */
const update = (
  effect: Preset['effect'],
  settled: Parameters<typeof target>[0],
  inputs: Preset['inputs'],
  changes: string,
): Omit<Preset, 'id' | 'title' | 'summary'> => ({
  docs: 'https://developer.webex.com/docs/api/v1/people/update-a-person',
  // Webex may answer 400 and have changed the person all the same, but sending the same whole person again is safe.
  class: 'idempotent',
  effect,
  target: target(settled),
  scopes: managing,
  inputs,
  request: {
    method: 'PUT',
    path: '/people/{{webex_user_id}}',
    bodyKind: 'json',
    body: wholePerson(changes),
  },
  success: { statuses: [200], mediaType: 'json' },
  notFound: missing(isWebex),
  response: keepAs('webex_user'),
  sample: ada,
});

/** One licence, so that there is no answer for a part: 206 means that it was not given. */
const changeLicence = (operation: 'add' | 'remove'): Omit<Preset, 'id' | 'title' | 'summary'> => ({
  docs: 'https://developer.webex.com/docs/api/v1/licenses/assign-licenses-to-users',
  class: 'non-idempotent',
  effect:
    operation === 'add'
      ? { does: 'assign-licences', undo: { kind: 'reversible', by: 'remove-licence' } }
      : { does: 'remove-licences', undo: { kind: 'reversible', by: 'assign-licence' } },
  target: target(
    operation === 'add'
      ? { kind: 'values', all: [{ path: 'licenses', test: 'contains', value: '{{input.license_id}}' }] }
      : { kind: 'values', all: [{ path: 'licenses', test: 'lacks', value: '{{input.license_id}}' }] },
  ),
  scopes: managing,
  inputs: [
    {
      name: 'license_id',
      label: 'Licence ID',
      default: '',
      required: true,
      hint: 'Webex lists them with their IDs at GET /licenses.',
    },
  ],
  request: {
    method: 'PATCH',
    path: '/licenses/users',
    bodyKind: 'json',
    body: `{
  "personId": "{{webex_user_id}}",
  "licenses": [{ "id": "{{input.license_id}}", "operation": "${operation}" }]
}`,
  },
  success: { statuses: [200], mediaType: 'json' },
  notFound: missing(isWebex),
  response: {},
  sample: { orgId: acmeId, personId: adaId, email: 'ada@acme.test', licenses: [], siteUrls: [] },
});

export const webexPresets: Preset[] = [
  {
    id: 'create-user',
    title: 'Create User',
    summary:
      'Creates a new user account from the address, first name and last name. Add licences or roles in the Body tab.',
    docs: 'https://developer.webex.com/docs/api/v1/people/create-a-person',
    class: 'non-idempotent',
    effect: { does: 'create', undo: { kind: 'reversible', by: 'delete-user' } },
    scopes: managing,
    inputs: names('{{first_name}}', '{{last_name}}'),
    request: {
      method: 'POST',
      path: '/people',
      bodyKind: 'json',
      body: `{
  "emails": ["{{email}}"],
  "firstName": "{{input.first_name}}",
  "lastName": "{{input.last_name}}",
  "displayName": "{{input.first_name}} {{input.last_name}}"
}`,
    },
    success: { statuses: [200], mediaType: 'json' },
    response: keepAs('webex_user'),
    sample: ada,
  },
  {
    id: 'get-user-details',
    title: 'Get User Details',
    summary: 'Shows the details of a person by ID, and keeps them as webex_user for the blocks that follow.',
    docs: 'https://developer.webex.com/docs/api/v1/people/get-person-details',
    class: 'read',
    effect: { does: 'read' },
    scopes: ['spark-admin:people_read'],
    inputs: [],
    request: { method: 'GET', path: '/people/{{webex_user_id}}' },
    success: { statuses: [200], mediaType: 'json' },
    notFound: missing(isWebex),
    response: keepAs('webex_user'),
    sample: ada,
  },
  {
    id: 'find-user-by-email',
    title: 'Find User by Email',
    summary:
      'Looks a person up by address, and keeps who was found as webex_user; nobody is an empty webex_user.',
    docs: 'https://developer.webex.com/docs/api/v1/people/list-people',
    class: 'read',
    effect: { does: 'read' },
    scopes: ['spark-admin:people_read'],
    inputs: [],
    request: {
      method: 'GET',
      path: '/people',
      // To an empty address Webex answers with everybody.
      params: [{ key: 'email', value: '{{required email}}' }],
    },
    success: { statuses: [200], mediaType: 'json' },
    response: keepAs('webex_user', '{{response.items.[0]}}'),
    sample: { notFoundIds: null, items: [ada] },
  },
  {
    id: 'update-user',
    title: 'Update User',
    summary: `Changes the names of a person by ID. Webex expects all details: they come from the variable webex_user. ${readFirst}`,
    ...update(
      { does: 'update', undo: { kind: 'reversible', by: 'update-user' } },
      has({ firstName: '{{input.first_name}}', lastName: '{{input.last_name}}' }),
      [
        ...names('{{first_name}}', '{{last_name}}').map((input) => ({ ...input, hint: readFirst })),
        {
          name: 'display_name',
          label: 'Display name',
          default: '{{first_name}} {{last_name}}',
          required: true,
        },
      ],
      '"firstName" input.first_name "lastName" input.last_name "nickName" input.first_name "displayName" input.display_name',
    ),
  },
  {
    id: 'disable-sign-in',
    title: 'Disable Sign-in',
    summary: `Stops a person from signing in, and keeps the account with everything in it. ${readFirst}`,
    ...update(
      { does: 'disable', undo: { kind: 'reversible', by: 'enable-sign-in' } },
      has({ loginEnabled: 'false' }),
      [],
      '"loginEnabled" false',
    ),
  },
  {
    id: 'enable-sign-in',
    title: 'Enable Sign-in',
    summary: `Lets a person sign in again. ${readFirst}`,
    ...update(
      { does: 'enable', undo: { kind: 'reversible', by: 'disable-sign-in' } },
      has({ loginEnabled: 'true' }),
      [],
      '"loginEnabled" true',
    ),
  },
  {
    id: 'assign-licence',
    title: 'Assign Licence',
    summary: 'Gives a person one more licence, while a unit of it is free.',
    ...changeLicence('add'),
  },
  {
    id: 'remove-licence',
    title: 'Remove Licence',
    summary: 'Takes one licence away from a person. The account and its other licences stay.',
    ...changeLicence('remove'),
  },
  {
    id: 'delete-user',
    title: 'Delete User',
    summary: 'Removes a person from the Webex organisation. Only an administrator can do this.',
    docs: 'https://developer.webex.com/docs/api/v1/people/delete-a-person',
    class: 'destructive',
    effect: { does: 'delete', undo: { kind: 'permanent' } },
    target: target(isGone()),
    scopes: managing,
    inputs: [],
    request: { method: 'DELETE', path: '/people/{{webex_user_id}}' },
    success: { statuses: [204], mediaType: 'none' },
    // The person was removed before.
    notFound: gone(isWebex),
    response: { success: [], failure: [] },
  },
];
