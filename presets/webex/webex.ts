import { defineVendor } from '#domain/vendor';
import { webexFields } from './webex-fields.ts';
import { webexPresets } from './webex-presets.ts';

/**
 * Webex people, read and managed by an administrator of the organisation.
 * Source: https://developer.webex.com/docs/api/v1/people
 */
export const webex = defineVendor({
  id: 'webex',
  title: 'Webex',
  summary: 'Meetings, messages and calls. Loads every person of the organisation.',
  docs: 'https://developer.webex.com/docs/api/v1/people',
  baseUrl: 'https://webexapis.com/v1',

  auth: [
    {
      kind: 'oauth2',
      authorizeUrl: 'https://webexapis.com/v1/authorize',
      tokenUrl: 'https://webexapis.com/v1/access_token',
      clientAuth: 'form',
      scopes: [
        { name: 'spark:people_read', why: 'Look people up by address, and test the credential.' },
        { name: 'spark-admin:people_read', why: 'List everyone, with the fields only administrators see.' },
        { name: 'spark-admin:people_write', why: 'Create, update and delete people.' },
        { name: 'spark-admin:roles_read', why: 'Show names of roles instead of ids.' },
        { name: 'spark-admin:licenses_read', why: 'Show names of licences instead of ids.' },
      ],
      docs: 'https://developer.webex.com/docs/integrations',
    },
  ],

  // Only administrators have roles there.
  administrator: { path: 'roles', absent: 'ordinary' },
  test: { path: '/people/me' },
  ownAccount: {
    path: '/people/me',
    id: 'id',
    email: 'emails[0]',
    docs: 'https://developer.webex.com/docs/api/v1/people/get-my-own-details',
  },

  load: {
    path: '/people',
    docs: 'https://developer.webex.com/docs/api/v1/people/list-people',
    items: 'items',
    pagination: { kind: 'link-header', sizeParam: 'max', size: 100 },
    lookups: [
      { field: 'roles', path: '/roles', items: 'items', id: 'id', name: 'name' },
      { field: 'licenses', path: '/licenses', items: 'items', id: 'id', name: 'name' },
    ],
    identifier: 'id',
    fields: webexFields,
  },

  userRole: {
    id: 'user-role',
    title: 'User Role',
    summary: "Reads a user's roles and last activity, and proves that the account still exists.",
    docs: 'https://developer.webex.com/docs/api/v1/people/list-people',
    scopes: ['spark-admin:people_read'],
    request: { method: 'GET', path: '/people', params: [{ key: 'email', value: '{{email}}' }] },
    success: { statuses: [200], mediaType: 'json' },
    items: 'items',
    identifier: 'id',
    roles: 'roles',
    licenses: 'licenses',
    status: 'status',
    // Absent when status sharing is off or the person belongs to another organisation.
    lastActivity: 'lastActivity',
  },

  presets: webexPresets,
});
