import { defineVendor } from '#domain/vendor';
import { planhatFields } from './planhat-fields.ts';
import { planhatPresets } from './planhat-presets.ts';

/**
 * The users of Planhat itself: the customer success team, not its customers.
 * Source: https://docs.planhat.com/#user
 */
export const planhat = defineVendor({
  id: 'planhat',
  title: 'Planhat',
  summary: 'Customer success. Loads every member of the team.',
  docs: 'https://docs.planhat.com/#user',
  baseUrl: 'https://api.planhat.com',

  auth: [{ kind: 'bearer', docs: 'https://docs.planhat.com/#authentication' }],

  administrator: { path: '[0].roles', values: ['000000000000000000000000'], absent: 'unknown' },
  test: { path: '/users?limit=1' },
  // Besides these there is a soft limit of 200 calls a minute, which is kept to when Planhat refuses.
  pace: { perSecond: 150, atOnce: 50, docs: 'https://docs.planhat.com/#introduction' },

  load: {
    path: '/users',
    docs: 'https://docs.planhat.com/#get_user_list',
    items: '',
    pagination: { kind: 'offset', sizeParam: 'limit', size: 1000, offsetParam: 'offset' },
    // Without an order, pages may overlap.
    params: [{ key: 'sort', value: '_id' }],
    identifier: 'user_id',
    fields: planhatFields,
  },

  userRole: {
    id: 'user-role',
    title: 'User Role',
    summary: "Reads a user's roles, and proves that the account still exists.",
    docs: 'https://docs.planhat.com/#get_user_list',
    scopes: [],
    // Asked by address, because only lists name roles; an answer by id holds their ids. Should Planhat overlook the
    // address, it lists others, and that proves nothing.
    request: { method: 'GET', path: '/users', params: [{ key: 'email', value: '{{email}}' }] },
    success: { statuses: [200], mediaType: 'json' },
    items: '',
    identifier: '_id',
    roles: 'roles[*].name',
    licenses: '',
    status: '',
    lastActivity: '',
  },

  presets: planhatPresets,
});
