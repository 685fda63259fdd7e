import { has, isGone, json, keepAs, nameInputs, type Preset, targetOf } from '../preset-parts.ts';

const docs = (operation: string) => `https://docs.planhat.com/#${operation}`;

/** A user as Planhat lists one, with a made-up person. */
const ada = {
  _id: '5dee0e3b0000000000000001',
  email: 'ada@acme.test',
  firstName: 'Ada',
  lastName: 'Lovelace',
  nickName: 'Ada',
  inactive: false,
  roles: [{ _id: '000000020000000000000000', name: 'Manager', description: '', permissions: {}, __v: 0 }],
  tzOffset: 0,
  createDate: '2025-03-04T08:15:30.000Z',
  __v: 0,
};

// No preset has a "not found": Planhat documents no 404, and answers 200 to a deletion of nobody.
const user = '/users/{{planhat_user_id}}';

/** By address, because an empty list is the one word of Planhat for somebody who is not there. */
const target = targetOf('find-user-by-email', { path: '[0]._id', value: '{{planhat_user_id}}' }, '[0].email');

const update = (
  effect: Preset['effect'],
  settled: Parameters<typeof target>[0],
  inputs: Preset['inputs'],
  body: string,
): Omit<Preset, 'id' | 'title' | 'summary'> => ({
  docs: docs('put_user'),
  class: 'idempotent',
  effect,
  target: target(settled),
  scopes: [],
  inputs,
  request: { method: 'PUT', path: user, bodyKind: 'json', body },
  success: json,
  response: keepAs('planhat_user'),
  sample: ada,
});

export const planhatPresets: Preset[] = [
  {
    id: 'create-user',
    title: 'Create User',
    summary: 'Creates a user from the address, first name and last name, who can log in at once.',
    docs: docs('post_user'),
    class: 'non-idempotent',
    effect: { does: 'create', undo: { kind: 'reversible', by: 'delete-user' } },
    scopes: [],
    inputs: nameInputs,
    request: {
      method: 'POST',
      path: '/users',
      bodyKind: 'json',
      // Users who are created by the API are inactive unless it is said otherwise.
      body: `{
  "email": "{{email}}",
  "firstName": "{{input.first_name}}",
  "lastName": "{{input.last_name}}",
  "nickName": "{{input.first_name}}",
  "inactive": false
}`,
    },
    success: { statuses: [200, 201], mediaType: 'json' },
    response: keepAs('planhat_user'),
    sample: { ...ada, roles: [] },
  },
  {
    id: 'get-user-details',
    title: 'Get User Details',
    summary: 'Shows the details of a user by ID, and keeps them as planhat_user for the blocks that follow.',
    docs: docs('get_user'),
    class: 'read',
    effect: { does: 'read' },
    scopes: [],
    inputs: [],
    request: { method: 'GET', path: user },
    success: json,
    response: keepAs('planhat_user'),
    sample: { ...ada, roles: ['000000020000000000000000'] },
  },
  {
    id: 'find-user-by-email',
    title: 'Find User by Email',
    summary:
      'Looks a user up by address, and keeps the first of the list as planhat_user. Compare its address before you rely on it.',
    docs: docs('get_user_list'),
    class: 'read',
    effect: { does: 'read' },
    scopes: [],
    inputs: [],
    request: { method: 'GET', path: '/users', params: [{ key: 'email', value: '{{required email}}' }] },
    success: json,
    response: keepAs('planhat_user', '{{response.[0]}}'),
    sample: [ada],
  },
  {
    id: 'update-user',
    title: 'Update User',
    summary: 'Changes the names of a user by ID. What the Body tab does not name stays as it is.',
    ...update(
      { does: 'update', undo: { kind: 'reversible', by: 'update-user' } },
      has({ '[0].firstName': '{{input.first_name}}', '[0].lastName': '{{input.last_name}}' }),
      nameInputs,
      '{"firstName": "{{input.first_name}}", "lastName": "{{input.last_name}}"}',
    ),
  },
  {
    id: 'deactivate-user',
    title: 'Deactivate User',
    summary: 'Stops a user from logging in and from being notified. Activate User undoes it.',
    ...update(
      { does: 'disable', undo: { kind: 'reversible', by: 'activate-user' } },
      has({ '[0].inactive': 'true' }),
      [],
      '{"inactive": true}',
    ),
  },
  {
    id: 'activate-user',
    title: 'Activate User',
    summary: 'Lets a deactivated user log in again.',
    ...update(
      { does: 'enable', undo: { kind: 'reversible', by: 'deactivate-user' } },
      has({ '[0].inactive': 'false' }),
      [],
      '{"inactive": false}',
    ),
  },
  {
    id: 'delete-user',
    title: 'Delete User',
    summary: 'Deletes a user for good.',
    docs: docs('delete_user'),
    class: 'destructive',
    effect: { does: 'delete', undo: { kind: 'permanent' } },
    target: target(isGone('')),
    scopes: [],
    inputs: [],
    request: { method: 'DELETE', path: user },
    success: { statuses: [200, 204], mediaType: 'any' },
    response: {},
  },
];
