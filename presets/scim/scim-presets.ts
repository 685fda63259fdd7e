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

const docs = (section: string) => `https://www.rfc-editor.org/rfc/rfc7644#section-${section}`;

const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** A user as RFC 7643 shows one, with a made-up person. */
const ada = {
  schemas: [userSchema],
  id: '2819c223-7f76-453a-919d-413861904646',
  userName: 'ada@acme.test',
  name: { givenName: 'Ada', familyName: 'Lovelace', formatted: 'Ada Lovelace' },
  displayName: 'Ada Lovelace',
  emails: [{ value: 'ada@acme.test', type: 'work', primary: true }],
  active: true,
  groups: [{ value: 'e9e30dba-f08f-4109-8486-d5c6a331660a', display: 'Research' }],
  meta: { resourceType: 'User', created: '2025-03-04T08:15:30Z', lastModified: '2026-10-20T13:00:00Z' },
};

/** An input, because an organisation may have several apps that speak SCIM, each with ids of its own. */
const userId = {
  name: 'user_id',
  label: 'User ID',
  default: '{{scim_id}}',
  required: true,
  hint: 'With several SCIM apps, give each a field of its own for its ids. In a workflow over the SaaS users of one app it is {{identifier}}.',
};
const groupId = { name: 'group_id', label: 'Group ID', default: '', required: true };

/** The error of RFC 7644, section 3.12: a proxy or a wrong path has none. */
const noSuchUser = [
  { path: 'schemas', test: 'contains', value: 'urn:ietf:params:scim:api:messages:2.0:Error' },
  { path: 'status', test: 'is', value: '404' },
] as const;

const target = targetOf('get-user-details', { path: 'id', value: '{{input.user_id}}' }, 'emails[*].value');

const isScim = [{ key: 'Content-Type', value: 'application/scim+json' }];
const user = '/Users/{{input.user_id}}';

interface Operation {
  op: 'add' | 'replace' | 'remove';
  path: string;
  /** JSON, with templates. */
  value?: string;
}

const patch = (path: string, operations: readonly Operation[]): Preset['request'] => ({
  method: 'PATCH',
  path,
  headers: isScim,
  bodyKind: 'json',
  body: `{
  "schemas": ["${patchSchema}"],
  "Operations": [
${operations
  .map(({ op, path: at, value }) => {
    const place = `"op": "${op}", "path": ${JSON.stringify(at)}`;
    return `    { ${place}${value === undefined ? '' : `, "value": ${value}`} }`;
  })
  .join(',\n')}
  ]
}`,
});

/** A provider answers a change with 200 and the user, or with 204. */
const changed: Preset['success'] = { statuses: [200, 204], mediaType: 'any' };

const update = (
  effect: Preset['effect'],
  settled: Parameters<typeof target>[0],
  inputs: Preset['inputs'],
  operations: readonly Operation[],
): Omit<Preset, 'id' | 'title' | 'summary'> => ({
  docs: docs('3.5.2'),
  class: 'non-idempotent',
  effect,
  target: target(settled),
  scopes: [],
  inputs: [userId, ...inputs],
  request: patch(user, operations),
  success: changed,
  notFound: missing(...noSuchUser),
  response: {},
});

/** Members are changed at the group; not every provider lists at a user which groups they are in. */
const membership = (op: 'add' | 'remove'): Omit<Preset, 'id' | 'title' | 'summary'> => ({
  ...update(
    op === 'add'
      ? { does: 'assign-role', undo: { kind: 'reversible', by: 'remove-from-group' } }
      : { does: 'remove-role', undo: { kind: 'reversible', by: 'add-to-group' } },
    { kind: 'unreadable', why: 'Not every SCIM provider lists the groups of a user.' },
    [groupId],
    [],
  ),
  request: patch('/Groups/{{input.group_id}}', [
    op === 'add'
      ? { op, path: 'members', value: '[{ "value": "{{input.user_id}}" }]' }
      : { op, path: 'members[value eq {{json input.user_id}}]' },
  ]),
  // A 404 may be about the group.
  notFound: undefined,
});

export const scimPresets: Preset[] = [
  {
    id: 'create-user',
    title: 'Create User',
    summary: 'Creates a user from the address, first name and last name. The address is the user name, too.',
    docs: docs('3.3'),
    class: 'non-idempotent',
    effect: { does: 'create', undo: { kind: 'reversible', by: 'delete-user' } },
    scopes: [],
    inputs: nameInputs,
    request: {
      method: 'POST',
      path: '/Users',
      headers: isScim,
      bodyKind: 'json',
      body: `{
  "schemas": ["${userSchema}"],
  "userName": "{{required email}}",
  "name": { "givenName": "{{input.first_name}}", "familyName": "{{input.last_name}}" },
  "displayName": "{{input.first_name}} {{input.last_name}}",
  "emails": [{ "value": "{{required email}}", "type": "work", "primary": true }],
  "active": true
}`,
    },
    success: { statuses: [201], mediaType: 'json' },
    response: keepAs('scim_user'),
    sample: ada,
  },
  {
    id: 'get-user-details',
    title: 'Get User Details',
    summary: 'Shows the details of a user by ID, and keeps them as scim_user for the blocks that follow.',
    docs: docs('3.4.1'),
    class: 'read',
    effect: { does: 'read' },
    scopes: [],
    inputs: [userId],
    request: { method: 'GET', path: user },
    success: json,
    notFound: missing(...noSuchUser),
    response: keepAs('scim_user'),
    sample: ada,
  },
  {
    id: 'find-user-by-user-name',
    title: 'Find User by User Name',
    summary:
      'Looks a user up by user name, which is the address at most providers, and keeps who was found as scim_user; nobody is an empty scim_user.',
    docs: docs('3.4.2.2'),
    class: 'read',
    effect: { does: 'read' },
    scopes: [],
    inputs: [],
    request: {
      method: 'GET',
      path: '/Users',
      // A value in a filter is JSON, so that a quote in it ends nothing.
      params: [{ key: 'filter', value: 'userName%20eq%20{{json (required email)}}' }],
    },
    success: json,
    response: keepAs('scim_user', '{{response.Resources.[0]}}'),
    sample: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 1,
      Resources: [ada],
    },
  },
  {
    id: 'update-user',
    title: 'Update User',
    summary: 'Changes the names of a user by ID. Everything else stays as it is.',
    ...update(
      { does: 'update', undo: { kind: 'reversible', by: 'update-user' } },
      has({ 'name.givenName': '{{input.first_name}}', 'name.familyName': '{{input.last_name}}' }),
      nameInputs,
      [
        { op: 'replace', path: 'name.givenName', value: '"{{input.first_name}}"' },
        { op: 'replace', path: 'name.familyName', value: '"{{input.last_name}}"' },
      ],
    ),
  },
  {
    id: 'deactivate-user',
    title: 'Deactivate User',
    summary: 'Stops a user from signing in. Activate User undoes it.',
    ...update(
      { does: 'disable', undo: { kind: 'reversible', by: 'activate-user' } },
      has({ active: 'false' }),
      [],
      [{ op: 'replace', path: 'active', value: 'false' }],
    ),
  },
  {
    id: 'activate-user',
    title: 'Activate User',
    summary: 'Lets a deactivated user sign in again.',
    ...update(
      { does: 'enable', undo: { kind: 'reversible', by: 'deactivate-user' } },
      has({ active: 'true' }),
      [],
      [{ op: 'replace', path: 'active', value: 'true' }],
    ),
  },
  {
    id: 'add-to-group',
    title: 'Add to Group',
    summary: 'Makes a user a member of a group.',
    ...membership('add'),
  },
  {
    id: 'remove-from-group',
    title: 'Remove from Group',
    summary: 'Takes a user out of a group. The account stays.',
    ...membership('remove'),
  },
  {
    id: 'delete-user',
    title: 'Delete User',
    summary:
      'Deletes a user. Some providers only deactivate instead: then the account is still found afterwards.',
    docs: docs('3.6'),
    class: 'destructive',
    effect: { does: 'delete', undo: { kind: 'permanent' } },
    target: target(isGone()),
    scopes: [],
    inputs: [userId],
    request: { method: 'DELETE', path: user },
    success: { statuses: [204], mediaType: 'none' },
    notFound: gone(...noSuchUser),
    response: {},
  },
];
