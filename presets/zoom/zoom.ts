import { defineVendor } from '#domain/vendor';
import { zoomFields } from './zoom-fields.ts';
import { zoomPresets } from './zoom-presets.ts';

const scopes = [
  { name: 'user:read:list_users:admin', why: 'List everyone.' },
  { name: 'user:read:user:admin', why: 'Look one user up.' },
  { name: 'role:read:list_roles:admin', why: 'Show names of roles instead of ids.' },
  { name: 'user:write:user:admin', why: 'Create users.' },
  { name: 'user:update:user:admin', why: 'Update users and their licences.' },
  { name: 'user:update:status:admin', why: 'Deactivate and activate users.' },
  { name: 'user:delete:user:admin', why: 'Delete users.' },
  { name: 'user:delete:token:admin', why: 'Sign users out.' },
  { name: 'role:write:member:admin', why: 'Assign roles.' },
  { name: 'role:delete:member:admin', why: 'Take roles away.' },
];

const pass = (status: string) => ({ title: status, params: [{ key: 'status', value: status }] });

/**
 * Zoom users, read and managed by an administrator of the account.
 * Source: https://developers.zoom.us/docs/api/users/
 */
export const zoom = defineVendor({
  id: 'zoom',
  title: 'Zoom',
  summary: 'Meetings, phone and chat. Loads active, inactive and pending users.',
  docs: 'https://developers.zoom.us/docs/api/users/',
  baseUrl: 'https://api.zoom.us/v2',

  auth: [
    {
      kind: 'account-credentials',
      tokenUrl: 'https://zoom.us/oauth/token',
      clientAuth: 'basic',
      scopes,
      docs: 'https://developers.zoom.us/docs/internal-apps/s2s-oauth/',
    },
    {
      kind: 'oauth2',
      authorizeUrl: 'https://zoom.us/oauth/authorize',
      tokenUrl: 'https://zoom.us/oauth/token',
      clientAuth: 'basic',
      scopes,
      docs: 'https://developers.zoom.us/docs/integrations/oauth/',
    },
  ],

  // The smallest page there is; `me` means nobody to a server-to-server app.
  administrator: { path: 'role_id', ordinary: ['2'], absent: 'unknown' },
  test: { path: '/users?page_size=30' },
  // An app of the server-to-server kind is nobody's.
  ownAccount: {
    path: '/users/me',
    id: 'id',
    email: 'email',
    kinds: ['oauth2'],
    docs: 'https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}',
  },
  // By the label of the call and the plan of the account; this is Medium (lists, changes) of the Pro plan, and larger
  // plans allow more. Zoom says in each answer how many calls are left in the second.
  pace: { perSecond: 20, docs: 'https://developers.zoom.us/docs/api/rate-limits/' },

  load: {
    path: '/users',
    docs: 'https://developers.zoom.us/docs/api/users/#tag/users/GET/users',
    items: 'users',
    pagination: {
      kind: 'body-token',
      sizeParam: 'page_size',
      size: 300,
      tokenParam: 'next_page_token',
      token: 'next_page_token',
    },
    // Without a status Zoom lists active users only.
    passes: [pass('active'), pass('inactive'), pass('pending')],
    lookups: [{ field: 'role', path: '/roles', items: 'roles', id: 'id', name: 'name' }],
    identifier: 'id',
    fields: zoomFields,
  },

  userRole: {
    id: 'user-role',
    title: 'User Role',
    summary: "Reads a user's role and last login, and proves that the account still exists.",
    docs: 'https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}',
    scopes: ['user:read:user:admin'],
    request: { method: 'GET', path: '/users/{{identifier}}', params: [] },
    success: { statuses: [200], mediaType: 'json' },
    notFound: { statuses: [404], says: [{ path: 'code', test: 'is', value: '1001' }] },
    items: null,
    identifier: 'id',
    identifierFallbacks: ['email'],
    roles: 'role_name',
    licenses: 'plan_united_type',
    status: 'status',
    lastActivity: 'last_login_time',
  },

  presets: zoomPresets,
});
