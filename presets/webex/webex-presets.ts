import type { z } from 'zod';
import type { presetSchema } from '#domain/vendor';
import { gone, has, isGone, missing, targetOf } from '../preset-parts.ts';

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

const target = targetOf('get-user-details', { path: 'id', value: '{{webex_user_id}}' }, 'emails[0]');

/** Webex has no code for it, but every answer of its own has a name for its support. */
const isWebex = { path: 'trackingId', test: 'has-value' } as const;

const names = (firstName: string, lastName: string) => [
  { name: 'first_name', label: 'First name', default: firstName, required: true },
  { name: 'last_name', label: 'Last name', default: lastName, required: true },
];

/**
 * Whatever is left out of a Webex update is reset or refused with 400, so the body holds every detail that may be
 * written; those that do not change come from `webex_user`, which the preset *Get User Details* sets.
 */
const wholePerson = `{
  "emails": {{webex_user.emails}},
  "displayName": "{{input.first_name}} {{input.last_name}}",
  "firstName": "{{input.first_name}}",
  "lastName": "{{input.last_name}}",
  "nickName": "{{input.first_name}}",
  "department": "{{webex_user.department}}",
  "title": "{{webex_user.title}}",
  "manager": "{{webex_user.manager}}",
  "orgId": {{webex_user.orgId}},
  "roles": {{webex_user.roles}},
  "licenses": {{webex_user.licenses}},
  "loginEnabled": {{webex_user.loginEnabled}}
}`;

export const webexPresets: Preset[] = [
  {
    id: 'create-user',
    title: 'Create User',
    summary:
      'Creates a new user account from the address, first name and last name. Add licences or roles in the Body tab.',
    docs: 'https://developer.webex.com/docs/api/v1/people/create-a-person',
    class: 'non-idempotent',
    effect: { does: 'create', undo: { kind: 'reversible', by: 'delete-user' } },
    scopes: ['spark-admin:people_write', 'spark-admin:people_read'],
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
    response: {
      success: [{ value: '{{response}}', target: { kind: 'variable', name: 'webex_user' } }],
    },
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
    response: {
      success: [{ value: '{{response}}', target: { kind: 'variable', name: 'webex_user' } }],
    },
    sample: ada,
  },
  {
    id: 'update-user',
    title: 'Update User',
    summary:
      'Updates the details of a person by ID. Webex expects all details: use Get User Details first, and send the changed and the unchanged ones.',
    docs: 'https://developer.webex.com/docs/api/v1/people/update-a-person',
    // Webex may answer 400 and have changed the person all the same, but sending the same whole object again is safe.
    class: 'idempotent',
    effect: { does: 'update', undo: { kind: 'reversible', by: 'update-user' } },
    target: target(has({ firstName: '{{input.first_name}}', lastName: '{{input.last_name}}' })),
    scopes: ['spark-admin:people_write', 'spark-admin:people_read'],
    inputs: names('{{first_name}}', '{{last_name}}').map((input) => ({
      ...input,
      hint: 'Put a Get User Details block before this one: the other details come from its variable webex_user. Details that Webex holds beyond those in the Body tab must be added there, or they are lost.',
    })),
    request: {
      method: 'PUT',
      path: '/people/{{webex_user_id}}',
      bodyKind: 'json',
      body: wholePerson,
    },
    success: { statuses: [200], mediaType: 'json' },
    notFound: missing(isWebex),
    response: {
      success: [{ value: '{{response}}', target: { kind: 'variable', name: 'webex_user' } }],
    },
    sample: ada,
  },
  {
    id: 'delete-user',
    title: 'Delete User',
    summary: 'Removes a person from the Webex organisation. Only an administrator can do this.',
    docs: 'https://developer.webex.com/docs/api/v1/people/delete-a-person',
    class: 'destructive',
    effect: { does: 'delete', undo: { kind: 'permanent' } },
    target: target(isGone()),
    scopes: ['spark-admin:people_write', 'spark-admin:people_read'],
    inputs: [],
    request: { method: 'DELETE', path: '/people/{{webex_user_id}}' },
    success: { statuses: [204], mediaType: 'none' },
    // The person was removed before.
    notFound: gone(isWebex),
    response: { success: [], failure: [] },
  },
];
