import { defineVendor } from '#domain/vendor';
import { ninjaoneFields } from './ninjaone-fields.ts';
import { ninjaonePresets } from './ninjaone-presets.ts';

const docs = 'https://app.ninjarmm.com/apidocs/';

const scopes = [
  { name: 'monitoring', why: 'Read users and roles.' },
  {
    name: 'management',
    why: 'Create, update and delete users, and change roles. Needs a system administrator.',
  },
];

/**
 * Technicians and end users of a NinjaOne tenant. Every customer has a host: a branded one, or one per region.
 * Source: https://app.ninjarmm.com/apidocs/
 */
export const ninjaone = defineVendor({
  id: 'ninjaone',
  title: 'NinjaOne MSP',
  summary: 'Remote monitoring and management. Loads technicians and end users.',
  docs,
  baseUrl: 'https://app.ninjarmm.com',
  baseUrlInput: {
    label: 'NinjaOne URL',
    placeholder: 'https://acme.rmmservice.com',
    hint: 'The address at which you log in to NinjaOne: https://<subdomain>.rmmservice.com, or a regional one such as https://eu.ninjarmm.com.',
  },

  auth: [
    {
      kind: 'oauth2',
      authorizeUrl: '/ws/oauth/authorize',
      tokenUrl: '/ws/oauth/token',
      clientAuth: 'form',
      scopes: [
        ...scopes,
        { name: 'offline_access', why: 'Keep the credential working without logging in every hour.' },
      ],
      docs: `${docs}?links.active=authorization`,
    },
    {
      kind: 'client-credentials',
      tokenUrl: '/ws/oauth/token',
      clientAuth: 'form',
      scopes,
      docs: `${docs}?links.active=authorization`,
    },
  ],

  administrator: { path: 'administrator', values: ['true'], absent: 'unknown' },
  test: { path: '/v2/users?userType=TECHNICIAN' },

  load: {
    path: '/v2/users',
    docs: `${docs}?links.active=core#/users/getUsers`,
    items: '',
    // One answer holds everybody, technicians and end users.
    pagination: { kind: 'none' },
    // Without it roles are empty.
    params: [{ key: 'includeRoles', value: 'true' }],
    identifier: 'id',
    fields: ninjaoneFields,
  },

  userRole: {
    id: 'user-role',
    title: 'User Role',
    summary: "Reads a user's roles, and proves that the account still exists.",
    docs: `${docs}?links.active=core#/users/getUsers`,
    scopes: ['monitoring'],
    // Technicians and end users have paths of their own, and only the list has both.
    request: { method: 'GET', path: '/v2/users', params: [{ key: 'includeRoles', value: 'true' }] },
    success: { statuses: [200], mediaType: 'json' },
    items: '',
    isWholeList: true,
    identifier: 'id',
    roles: 'roles',
    licenses: '',
    status: 'invitationStatus',
    lastActivity: '',
  },

  presets: ninjaonePresets,
});
