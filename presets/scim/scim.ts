import { defineVendor } from '#domain/vendor';
import { scimFields } from './scim-fields.ts';
import { scimPresets } from './scim-presets.ts';

/**
 * Any app that speaks SCIM 2.0: Slack, GitHub, Atlassian, Notion, Figma, 1Password and many more.
 * Source: https://www.rfc-editor.org/rfc/rfc7643 and https://www.rfc-editor.org/rfc/rfc7644
 */
export const scim = defineVendor({
  id: 'scim',
  title: 'SCIM 2.0',
  summary: 'Any app with a SCIM 2.0 interface. Loads users with their groups.',
  docs: 'https://www.rfc-editor.org/rfc/rfc7644',
  baseUrl: 'https://scim.example.com/v2',
  baseUrlInput: {
    label: 'SCIM base URL',
    placeholder: 'https://api.slack.com/scim/v2',
    hint: 'What stands before /Users in the documentation of the app, such as https://api.slack.com/scim/v2.',
  },
  mediaType: 'application/scim+json',

  // OAuth 2.0 with a login or client credentials needs nothing from here: operators enter its URLs.
  auth: [
    { kind: 'bearer', docs: 'https://www.rfc-editor.org/rfc/rfc7644#section-2' },
    { kind: 'basic', docs: 'https://www.rfc-editor.org/rfc/rfc7644#section-2' },
  ],

  // Not the provider's configuration, which some show to everybody.
  test: { path: '/Users?startIndex=1&count=1' },

  load: {
    path: '/Users',
    docs: 'https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2',
    items: 'Resources',
    pagination: {
      kind: 'start-index',
      sizeParam: 'count',
      size: 100,
      offsetParam: 'startIndex',
      total: 'totalResults',
    },
    identifier: 'id',
    fields: scimFields,
  },

  userRole: {
    id: 'user-role',
    title: 'User Role',
    summary: "Reads a user's groups, and proves that the account still exists.",
    docs: 'https://www.rfc-editor.org/rfc/rfc7644#section-3.4.1',
    scopes: [],
    request: { method: 'GET', path: '/Users/{{identifier}}', params: [] },
    success: { statuses: [200], mediaType: 'json' },
    notFound: {
      statuses: [404],
      says: [
        { path: 'schemas', test: 'contains', value: 'urn:ietf:params:scim:api:messages:2.0:Error' },
        { path: 'status', test: 'is', value: '404' },
      ],
    },
    items: null,
    identifier: 'id',
    roles: 'groups[*].display',
    licenses: 'entitlements[*].value',
    status: 'active',
    // SCIM tells nobody when a user was last seen.
    lastActivity: '',
  },

  presets: scimPresets,
});
