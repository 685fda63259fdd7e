import {
  gone,
  has,
  isGone,
  json,
  keepAs,
  missing,
  nameInputs,
  noContent,
  type Preset,
  targetOf,
} from '../preset-parts.ts';

const docs = (operation: string) => `https://developers.zoom.us/docs/api/users/#tag/users/${operation}`;

/** A user as Zoom answers one, with a made-up person. */
const ada = {
  id: 'KDcuGIm1QgePTO8WbOqwIQ',
  first_name: 'Ada',
  last_name: 'Lovelace',
  display_name: 'Ada Lovelace',
  email: 'ada@acme.test',
  type: 2,
  role_id: '2',
  role_name: 'Member',
  pmi: 5551234567,
  timezone: 'Europe/London',
  dept: 'Research',
  status: 'active',
  user_created_at: '2025-03-04T08:15:30Z',
  last_login_time: '2026-11-01T09:00:00Z',
};

const target = targetOf('get-user-details', { path: 'id', value: '{{zoom_id}}' }, 'email');

/** Other 404s of Zoom mean an invitation (1120), a path (2300) or a group (4130). */
const noSuchUser = { path: 'code', test: 'is', value: '1001' } as const;

const type = (value: string) => ({
  name: 'type',
  label: 'Type',
  default: value,
  required: true,
  hint: '1 is Basic, 2 is Licensed.',
});
const roleId = { name: 'role_id', label: 'Role ID', default: '', required: true };

/** The type is written down here: as an input, it would take a licence away by the name of giving one. */
const changeLicence = (operation: 'assign' | 'remove'): Omit<Preset, 'id' | 'title' | 'summary'> => {
  const type = operation === 'assign' ? '2' : '1';
  return {
    docs: docs('PATCH/users/{userId}'),
    class: 'non-idempotent',
    effect:
      operation === 'assign'
        ? { does: 'assign-licences', undo: { kind: 'reversible', by: 'remove-licence' } }
        : { does: 'remove-licences', undo: { kind: 'reversible', by: 'assign-licence' } },
    target: target(has({ type })),
    scopes: ['user:update:user:admin'],
    inputs: [],
    request: {
      method: 'PATCH',
      path: '/users/{{zoom_id}}',
      bodyKind: 'json',
      body: `{"type": ${type}}`,
    },
    success: noContent,
    notFound: missing(noSuchUser),
    response: {},
  };
};

/** Zoom's guide says 200 to a change of status, and older ones 204. */
const setStatus = (action: 'activate' | 'deactivate'): Omit<Preset, 'id' | 'title' | 'summary'> => ({
  docs: docs('PUT/users/{userId}/status'),
  class: 'idempotent',
  effect:
    action === 'deactivate'
      ? { does: 'disable', undo: { kind: 'reversible', by: 'activate-user' } }
      : { does: 'enable', undo: { kind: 'reversible', by: 'deactivate-user' } },
  target: target(has({ status: action === 'deactivate' ? 'inactive' : 'active' })),
  scopes: ['user:update:status:admin'],
  inputs: [],
  request: {
    method: 'PUT',
    path: '/users/{{zoom_id}}/status',
    bodyKind: 'json',
    body: `{"action": "${action}"}`,
  },
  success: { statuses: [200, 204], mediaType: 'any' },
  notFound: missing(noSuchUser),
  response: {},
});

/** What Zoom hands over: the default is what people miss. */
const transfers = [
  ['meeting', 'Meetings', 'true'],
  ['webinar', 'Webinars', 'true'],
  ['recording', 'Recordings', 'true'],
  ['whiteboard', 'Whiteboards', 'true'],
  ['clipfiles', 'Clips', 'false'],
  ['notes', 'Notes', 'false'],
  ['docs', 'Docs', 'false'],
] as const;

const isTransferred = true;

/** The two ways of removing, each with an heir or without. */
const remove = (
  action: 'delete' | 'disassociate',
  hasHeir = false,
): Omit<Preset, 'id' | 'title' | 'summary'> => ({
  docs: docs('DELETE/users/{userId}'),
  class: 'destructive',
  // Whoever was disassociated may be invited anew, but whether they come back is theirs to decide.
  effect: { does: 'delete', undo: { kind: 'permanent' } },
  target: target(isGone()),
  scopes: ['user:delete:user:admin'],
  inputs: hasHeir
    ? [
        {
          name: 'transfer_email',
          label: 'Transfer to',
          default: '',
          required: true,
          hint: 'The address of an active user of the same account, who gets what is chosen below.',
        },
        ...transfers.map(([name, label, value]) => ({
          name: `transfer_${name}`,
          label,
          default: value,
          required: true,
          hint: 'true: they are transferred. false: they are not.',
        })),
      ]
    : [],
  request: {
    method: 'DELETE',
    path: '/users/{{zoom_id}}',
    params: [
      { key: 'action', value: action },
      ...(hasHeir ? ['email', ...transfers.map(([name]) => name)] : []).map((name) => ({
        key: `transfer_${name}`,
        value: `{{input.transfer_${name}}}`,
      })),
    ],
  },
  success: noContent,
  // Zoom has the same code for an heir who does not exist, and names whom it means.
  notFound: gone(
    noSuchUser,
    ...(hasHeir ? [{ path: 'message', test: 'contains' as const, value: '{{zoom_id}}' }] : []),
  ),
  response: {},
});

export const zoomPresets: Preset[] = [
  {
    id: 'create-user',
    title: 'Create User',
    summary: 'Invites a new user by address, first name and last name. Zoom sends them an e-mail.',
    docs: docs('POST/users'),
    class: 'non-idempotent',
    effect: { does: 'create', undo: { kind: 'reversible', by: 'disassociate-user' } },
    scopes: ['user:write:user:admin'],
    inputs: [...nameInputs, type('1')],
    request: {
      method: 'POST',
      path: '/users',
      bodyKind: 'json',
      body: `{
  "action": "create",
  "user_info": {
    "email": "{{email}}",
    "type": {{number input.type}},
    "first_name": "{{input.first_name}}",
    "last_name": "{{input.last_name}}"
  }
}`,
    },
    success: { statuses: [201], mediaType: 'json' },
    response: keepAs('zoom_user'),
    sample: { id: ada.id, first_name: 'Ada', last_name: 'Lovelace', email: 'ada@acme.test', type: 1 },
  },
  {
    id: 'get-user-details',
    title: 'Get User Details',
    summary: 'Shows the details of a user by ID, and keeps them as zoom_user for the blocks that follow.',
    docs: docs('GET/users/{userId}'),
    class: 'read',
    effect: { does: 'read' },
    scopes: ['user:read:user:admin'],
    inputs: [],
    request: { method: 'GET', path: '/users/{{zoom_id}}' },
    success: json,
    notFound: missing(noSuchUser),
    response: keepAs('zoom_user'),
    sample: ada,
  },
  {
    id: 'update-user',
    title: 'Update User',
    summary: 'Changes the names of a user by ID. What the Body tab does not name stays as it is.',
    docs: docs('PATCH/users/{userId}'),
    class: 'non-idempotent',
    effect: { does: 'update', undo: { kind: 'reversible', by: 'update-user' } },
    target: target(has({ first_name: '{{input.first_name}}', last_name: '{{input.last_name}}' })),
    scopes: ['user:update:user:admin'],
    inputs: nameInputs,
    request: {
      method: 'PATCH',
      path: '/users/{{zoom_id}}',
      bodyKind: 'json',
      body: `{
  "first_name": "{{input.first_name}}",
  "last_name": "{{input.last_name}}"
}`,
    },
    success: noContent,
    notFound: missing(noSuchUser),
    response: {},
  },
  {
    id: 'assign-licence',
    title: 'Assign Licence',
    summary: 'Makes a user a licensed one, while a licence is free.',
    ...changeLicence('assign'),
  },
  {
    id: 'remove-licence',
    title: 'Remove Licence',
    summary: 'Makes a user a basic one. The account and everything in it stay.',
    ...changeLicence('remove'),
  },
  {
    id: 'deactivate-user',
    title: 'Deactivate User',
    summary:
      'Stops a user from logging in and frees all licences. Activate User undoes it while seats are free.',
    ...setStatus('deactivate'),
  },
  {
    id: 'activate-user',
    title: 'Activate User',
    summary: 'Lets a deactivated user log in again. Licences are given apart, with Assign Licence.',
    ...setStatus('activate'),
  },
  {
    id: 'end-sessions',
    title: 'End Sessions',
    summary: 'Signs a user out of every device.',
    docs: docs('DELETE/users/{userId}/token'),
    class: 'destructive',
    // The person signs in again.
    effect: { does: 'end-sessions', undo: { kind: 'reversible' } },
    target: target({ kind: 'unreadable', why: 'Zoom tells nobody who is signed in.' }),
    scopes: ['user:delete:token:admin'],
    inputs: [],
    request: { method: 'DELETE', path: '/users/{{zoom_id}}/token' },
    success: noContent,
    notFound: missing(noSuchUser),
    response: {},
  },
  {
    id: 'disassociate-user',
    title: 'Disassociate User',
    summary:
      'Removes a user from the account; the person keeps a free account of their own, with everything in it. Not possible for administrators and managed domains.',
    ...remove('disassociate'),
  },
  {
    id: 'disassociate-user-with-transfer',
    title: 'Disassociate User and Transfer',
    summary:
      'Removes a user from the account; the person keeps a free account of their own, and what they made goes to somebody else first. Not possible for administrators and managed domains.',
    ...remove('disassociate', isTransferred),
  },
  {
    id: 'delete-user',
    title: 'Delete User',
    summary: 'Deletes a user for good. What they made goes to somebody else first.',
    ...remove('delete', isTransferred),
  },
  {
    id: 'delete-user-and-data',
    title: 'Delete User and Data',
    summary: 'Deletes a user for good, with all meetings, webinars and recordings.',
    ...remove('delete'),
  },
  {
    id: 'assign-role',
    title: 'Assign Role',
    summary: 'Gives a user a role of the account in place of the one they have, which may be a higher one.',
    docs: 'https://developers.zoom.us/docs/api/accounts/#tag/roles/POST/roles/{roleId}/members',
    class: 'non-idempotent',
    effect: { does: 'set-role', undo: { kind: 'reversible', by: 'assign-role' } },
    target: target(has({ role_id: '{{input.role_id}}' })),
    scopes: ['role:write:member:admin'],
    inputs: [roleId],
    request: {
      method: 'POST',
      path: '/roles/{{input.role_id}}/members',
      bodyKind: 'json',
      body: '{"members": [{"id": "{{zoom_id}}"}]}',
    },
    success: { statuses: [201], mediaType: 'any' },
    notFound: missing(noSuchUser),
    response: {},
  },
  {
    id: 'remove-role',
    title: 'Remove Role',
    summary: 'Takes a role away from a user, who is a plain member then.',
    docs: 'https://developers.zoom.us/docs/api/accounts/#tag/roles/DELETE/roles/{roleId}/members/{memberId}',
    class: 'destructive',
    effect: { does: 'remove-role', undo: { kind: 'reversible', by: 'assign-role' } },
    target: target({
      kind: 'values',
      all: [{ path: 'role_id', test: 'is-not', value: '{{input.role_id}}' }],
    }),
    scopes: ['role:delete:member:admin'],
    inputs: [roleId],
    request: { method: 'DELETE', path: '/roles/{{input.role_id}}/members/{{zoom_id}}' },
    success: noContent,
    // Zoom says this of a user without the role, too, and both have it no more.
    notFound: gone(noSuchUser),
    response: {},
  },
];
