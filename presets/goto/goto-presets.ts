import {
  gone,
  has,
  isGone,
  json,
  keepAs,
  missing,
  nameInputs,
  type Preset,
  targetOf,
} from '../preset-parts.ts';

const docs = (operation: string) => `https://developer.goto.com/admin#operation/${operation}`;

/** A user as GoTo answers one, with a made-up person. */
const ada = {
  key: '4611686018427387905',
  email: 'ada@acme.test',
  firstName: 'Ada',
  lastName: 'Lovelace',
  status: 'ACTIVE',
  locale: 'en_US',
  timeZone: 'Europe/London',
  licenseKeys: ['9007199254740993'],
  adminRoles: [],
  groupKey: '9007199254740995',
  groupName: 'Research',
};

const accountKey = {
  name: 'account_key',
  label: 'Account key',
  default: '{{goto_account_key}}',
  required: true,
  hint: 'The account that the user belongs to. User loads keep it when Connect: Account Key is mapped.',
};
const users = '/accounts/{{input.account_key}}/users';
const user = `${users}/{{goto_user_key}}`;
const scopes = ['identity:'];

const noSuchUser = { path: 'errorCode', test: 'is', value: 'NOT_FOUND' } as const;

const target = targetOf('get-user-details', { path: 'key', value: '{{goto_user_key}}' }, 'email');

/** GoTo promises no status and no body for changes. */
const changed: Preset['success'] = { statuses: [200, 201, 202, 204], mediaType: 'any' };

/** What a PUT does not name stays as it is, but a list of licences is always the whole new one. */
const update = (
  effect: Preset['effect'],
  settled: Parameters<typeof target>[0],
  inputs: Preset['inputs'],
  body: string,
): Omit<Preset, 'id' | 'title' | 'summary'> => ({
  docs: docs('updateUser'),
  class: 'idempotent',
  effect,
  target: target(settled),
  scopes,
  inputs: [accountKey, ...inputs],
  request: { method: 'PUT', path: user, bodyKind: 'json', body },
  success: changed,
  notFound: missing(noSuchUser),
  response: {},
});

export const gotoPresets: Preset[] = [
  {
    id: 'create-user',
    title: 'Create User',
    summary: 'Adds a user by address, first name and last name, and invites them by e-mail.',
    docs: docs('addUsers'),
    class: 'non-idempotent',
    effect: { does: 'create', undo: { kind: 'reversible', by: 'delete-user' } },
    scopes,
    inputs: [accountKey, ...nameInputs],
    request: {
      method: 'POST',
      path: users,
      bodyKind: 'json',
      body: `{
  "users": [
    {
      "email": "{{email}}",
      "firstName": "{{input.first_name}}",
      "lastName": "{{input.last_name}}"
    }
  ],
  "licenseKeys": [],
  "suppressEmail": false
}`,
    },
    success: { statuses: [200, 201], mediaType: 'json' },
    response: keepAs('goto_user', '{{response.[0]}}'),
    sample: [{ key: ada.key, email: ada.email }],
  },
  {
    id: 'get-user-details',
    title: 'Get User Details',
    summary: 'Shows the details of a user by key, and keeps them as goto_user for the blocks that follow.',
    docs: docs('getUser'),
    class: 'read',
    effect: { does: 'read' },
    scopes,
    inputs: [accountKey],
    request: { method: 'GET', path: user },
    success: json,
    notFound: missing(noSuchUser),
    response: keepAs('goto_user'),
    sample: ada,
  },
  {
    id: 'find-user-by-email',
    title: 'Find User by Email',
    summary:
      'Looks a user up by address, and keeps who was found as goto_user; nobody is an empty goto_user.',
    docs: docs('getUsers'),
    class: 'read',
    effect: { does: 'read' },
    scopes,
    inputs: [accountKey],
    request: {
      method: 'GET',
      path: users,
      // GoTo takes a space as %20 only.
      params: [{ key: 'filter', value: 'email%20eq%20%22{{required email}}%22' }],
    },
    success: json,
    response: keepAs('goto_user', '{{response.results.[0]}}'),
    sample: { results: [ada], fromIndex: 0, toIndex: 0, total: 1 },
  },
  {
    id: 'update-user',
    title: 'Update User',
    summary:
      'Changes the names of a user by key. Only possible in the account that the person first belonged to.',
    ...update(
      { does: 'update', undo: { kind: 'reversible', by: 'update-user' } },
      has({ firstName: '{{input.first_name}}', lastName: '{{input.last_name}}' }),
      nameInputs,
      '{"firstName": "{{input.first_name}}", "lastName": "{{input.last_name}}"}',
    ),
  },
  {
    id: 'assign-licences',
    title: 'Assign Licences',
    summary: 'Gives a user exactly the licences that the Body tab lists; others are taken away.',
    ...update(
      { does: 'set-licences', undo: { kind: 'reversible', by: 'assign-licences' } },
      has({ licenseKeys: '{{input.license_key}}' }),
      [{ name: 'license_key', label: 'Licence key', default: '', required: true }],
      '{"licenseKeys": ["{{input.license_key}}"]}',
    ),
  },
  {
    id: 'remove-licences',
    title: 'Remove Licences',
    summary: 'Takes all licences away. The user stays, and can be given licences again.',
    ...update(
      { does: 'remove-licences', undo: { kind: 'reversible', by: 'assign-licences' } },
      { kind: 'values', all: [{ path: 'licenseKeys', test: 'is-empty' }] },
      [],
      '{"licenseKeys": []}',
    ),
  },
  {
    id: 'delete-user',
    title: 'Delete User',
    summary: 'Removes a user from the account.',
    docs: docs('deleteUser'),
    class: 'destructive',
    effect: { does: 'delete', undo: { kind: 'permanent' } },
    target: target(isGone()),
    scopes,
    inputs: [accountKey],
    request: { method: 'DELETE', path: user },
    success: { statuses: [200, 202, 204], mediaType: 'any' },
    notFound: gone(noSuchUser),
    response: {},
  },
];
