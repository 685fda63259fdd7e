import { defineVendor } from '#domain/vendor';
import { gotoFields } from './goto-fields.ts';
import { gotoPresets } from './goto-presets.ts';

/**
 * The users of a GoTo account, over all GoTo products. Desk phones and other devices may be listed among them, with
 * addresses that end in `devices.logmein.com`: the filter that a new integration begins with leaves them out.
 * Source: https://developer.goto.com/admin
 */
export const goto = defineVendor({
  id: 'goto',
  title: 'GoTo Admin',
  summary: 'GoTo Meeting, Training, Connect and the rest. Loads every user of an account.',
  docs: 'https://developer.goto.com/admin',
  baseUrl: 'https://api.getgo.com/admin/rest/v1',

  auth: [
    {
      kind: 'oauth2',
      authorizeUrl: 'https://authentication.logmeininc.com/oauth/authorize',
      tokenUrl: 'https://authentication.logmeininc.com/oauth/token',
      clientAuth: 'basic',
      scopes: [{ name: 'identity:', why: 'Read and manage the users of the account.' }],
      docs: 'https://developer.goto.com/Authentication',
    },
    { kind: 'bearer', docs: 'https://developer.goto.com/Authentication' },
  ],

  administrator: { path: 'adminRoles', absent: 'unknown' },
  test: { path: '/me' },
  ownAccount: { path: '/me', id: 'key', email: 'email', docs: 'https://developer.goto.com/admin' },
  // 10 requests a second by default.
  pace: { perSecond: 10, docs: 'https://developer.goto.com/guides/References/Ref-Rate-Limits/' },

  load: {
    path: '/accounts/{{input.account_key}}/users',
    docs: 'https://developer.goto.com/admin#operation/getUsers',
    items: 'results',
    pagination: {
      kind: 'index-window',
      sizeParam: 'pageSize',
      size: 1000,
      offsetParam: 'offset',
      to: 'toIndex',
      total: 'total',
    },
    inputs: [
      {
        name: 'account_key',
        label: 'account key',
        hint: 'Which of your GoTo accounts is loaded. GoTo shows the key in the address of its admin center.',
        discover: { path: '/me', items: 'accounts', value: 'key', label: 'name' },
      },
    ],
    lookups: [
      {
        field: 'licenses',
        path: '/accounts/{{input.account_key}}/licenses',
        items: 'results',
        id: 'key',
        name: 'description',
      },
    ],
    // Desk phones are listed as users.
    createsOnly: {
      match: 'all',
      rules: [{ field: 'email', operator: 'does_not_end_with', value: '@devices.logmein.com' }],
    },
    identifier: 'id',
    fields: gotoFields,
  },

  userRole: {
    id: 'user-role',
    title: 'User Role',
    summary: "Reads a user's admin roles, licences and status, and proves that the account still exists.",
    docs: 'https://developer.goto.com/admin#operation/getUser',
    scopes: ['identity:'],
    request: { method: 'GET', path: '/accounts/{{goto_account_key}}/users/{{identifier}}', params: [] },
    success: { statuses: [200], mediaType: 'json' },
    notFound: { statuses: [404], says: [{ path: 'errorCode', test: 'is', value: 'NOT_FOUND' }] },
    items: null,
    identifier: 'key',
    roles: 'adminRoles',
    licenses: 'licenseKeys',
    status: 'status',
    // GoTo tells nobody when a user was last seen.
    lastActivity: '',
  },

  presets: gotoPresets,
});
