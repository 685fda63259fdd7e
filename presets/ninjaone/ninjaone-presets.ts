import {
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

const docs = (operation: string) => `https://app.ninjarmm.com/apidocs/?links.active=core#/users/${operation}`;

/** A technician as NinjaOne answers one, with a made-up person. */
const ada = {
  id: 12,
  uid: '0a1daada-0000-4000-8000-000000000001',
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'ada@acme.test',
  phone: '',
  enabled: true,
  administrator: false,
  notifyAllClients: false,
  mustChangePw: false,
  mfaConfigured: true,
  userType: 'TECHNICIAN',
  invitationStatus: 'REGISTERED',
  roles: ['Helpdesk'],
};

/** Technicians and end users are two families of paths with the same calls. */
interface Family {
  id: string;
  name: string;
  who: string;
  all: string;
  one: string;
}
const technician: Family = {
  id: 'technician',
  name: 'Technician',
  who: 'a technician',
  all: '/v2/user/technicians',
  one: '/v2/user/technician/{{ninja_user_id}}',
};
const endUser: Family = {
  id: 'end-user',
  name: 'End User',
  who: 'an end user',
  all: '/v2/user/end-users',
  one: '/v2/user/end-user/{{ninja_user_id}}',
};

/** NinjaOne has no code for it, but every answer of its own has a name for its support. */
const isNinja = { path: 'incidentId', test: 'has-value' } as const;

const target = (id: Family['id']) =>
  targetOf(`get-${id}`, { path: 'id', value: '{{ninja_user_id}}' }, 'email');

const get = ({ name, who, one }: Family): Omit<Preset, 'id'> => ({
  title: `Get ${name}`,
  summary: `Shows the details of ${who} by ID, and keeps them as ninja_user for the blocks that follow.`,
  docs: docs(`get${name.replace(' ', '')}`),
  class: 'read',
  effect: { does: 'read' },
  scopes: ['monitoring'],
  inputs: [],
  request: { method: 'GET', path: one },
  success: json,
  notFound: missing(isNinja),
  response: keepAs('ninja_user'),
  sample: ada,
});

const update = ({ id, name, who, one }: Family): Omit<Preset, 'id'> => ({
  title: `Update ${name}`,
  summary: `Changes the names of ${who} by ID. Address and phone cannot be changed.`,
  docs: docs(`update${name.replace(' ', '')}`),
  class: 'non-idempotent',
  effect: { does: 'update', undo: { kind: 'reversible', by: `update-${id}` } },
  target: target(id)(has({ firstName: '{{input.first_name}}', lastName: '{{input.last_name}}' })),
  scopes: ['management'],
  inputs: nameInputs,
  request: {
    method: 'PATCH',
    path: one,
    bodyKind: 'json',
    body: '{"firstName": "{{input.first_name}}", "lastName": "{{input.last_name}}"}',
  },
  success: { statuses: [200, 204], mediaType: 'any' },
  notFound: missing(isNinja),
  response: {},
});

const remove = ({ id, name, who, one }: Family): Omit<Preset, 'id'> => ({
  title: `Delete ${name}`,
  summary: `Deletes ${who} for good.`,
  docs: docs(`delete${name.replace(' ', '')}`),
  class: 'destructive',
  effect: { does: 'delete', undo: { kind: 'permanent' } },
  target: target(id)(isGone()),
  scopes: ['management'],
  inputs: [],
  request: { method: 'DELETE', path: one },
  success: noContent,
  // Not done: technicians and end users know nothing of each other's ids, so it may be one of the other kind.
  notFound: missing(isNinja),
  response: {},
});

/** For each family, so that the account can be looked at first: the call itself takes ids of both. */
const changeRole = (change: 'add' | 'remove', { id, who }: Family): Preset => {
  const isAdd = change === 'add';
  const name = id === 'technician' ? 'Technician' : 'End User';
  return {
    id: isAdd ? `add-${id}-to-role` : `remove-${id}-from-role`,
    title: isAdd ? `Add ${name} to Role` : `Remove ${name} from Role`,
    summary: isAdd
      ? `Gives ${who} a role.`
      : `Takes a role away from ${who}. Without any role nobody can work: it is how NinjaOne switches a user off.`,
    docs: docs(`${change}RoleMembers`),
    class: 'non-idempotent',
    effect: isAdd
      ? { does: 'assign-role', undo: { kind: 'reversible', by: `remove-${id}-from-role` } }
      : { does: 'remove-role', undo: { kind: 'reversible', by: `add-${id}-to-role` } },
    target: target(id)({
      kind: 'unreadable',
      why: 'NinjaOne shows the roles of a user by name, and this call names a role by its ID.',
    }),
    scopes: ['management'],
    inputs: [{ name: 'role_id', label: 'Role ID', default: '', required: true }],
    request: {
      method: 'PATCH',
      path: `/v2/user/role/{{input.role_id}}/${change}-members`,
      bodyKind: 'json',
      body: '[{{number ninja_user_id}}]',
    },
    success: { statuses: [200, 204], mediaType: 'any' },
    response: {},
  };
};

export const ninjaonePresets: Preset[] = [
  { id: 'get-technician', ...get(technician) },
  { id: 'get-end-user', ...get(endUser) },
  {
    id: 'create-technician',
    title: 'Create Technician',
    summary: 'Creates a technician from the address, first name and last name.',
    docs: docs('createTechnician'),
    class: 'non-idempotent',
    effect: { does: 'create', undo: { kind: 'reversible', by: 'delete-technician' } },
    scopes: ['management'],
    inputs: nameInputs,
    request: {
      method: 'POST',
      path: technician.all,
      bodyKind: 'json',
      body: `{
  "firstName": "{{input.first_name}}",
  "lastName": "{{input.last_name}}",
  "email": "{{email}}"
}`,
    },
    success: { statuses: [200, 201], mediaType: 'json' },
    response: keepAs('ninja_user'),
    sample: ada,
  },
  {
    id: 'create-end-user',
    title: 'Create End User',
    summary: 'Creates an end user of an organization and sends the invitation.',
    docs: docs('createEndUser'),
    class: 'non-idempotent',
    effect: { does: 'create', undo: { kind: 'reversible', by: 'delete-end-user' } },
    scopes: ['management'],
    inputs: [
      ...nameInputs,
      { name: 'organization_id', label: 'Organization ID', default: '', required: true },
    ],
    request: {
      method: 'POST',
      path: endUser.all,
      params: [{ key: 'sendInvitation', value: 'true' }],
      bodyKind: 'json',
      body: `{
  "firstName": "{{input.first_name}}",
  "lastName": "{{input.last_name}}",
  "email": "{{email}}",
  "organizationId": {{number input.organization_id}},
  "fullPortalAccess": false
}`,
    },
    success: { statuses: [200, 201], mediaType: 'json' },
    response: keepAs('ninja_user'),
    sample: { ...ada, userType: 'END_USER', organizationId: 3, roles: [] },
  },
  { id: 'update-technician', ...update(technician) },
  { id: 'update-end-user', ...update(endUser) },
  changeRole('add', technician),
  changeRole('add', endUser),
  changeRole('remove', technician),
  changeRole('remove', endUser),
  { id: 'delete-technician', ...remove(technician) },
  { id: 'delete-end-user', ...remove(endUser) },
];
