import { type AuthMethod, defineVendor, type Vendor } from '#domain/vendor';

const docs = 'https://docs.acme.test';
const tokenUrl = 'https://acme.test/oauth/token';
const asked = { tokenUrl, clientAuth: 'basic' as const, docs };

const everyMethod: AuthMethod[] = [
  { kind: 'oauth2', authorizeUrl: 'https://acme.test/oauth/authorize', scopes: [], ...asked },
  { kind: 'client-credentials', scopes: [], ...asked },
  { kind: 'account-credentials', scopes: [], ...asked },
  { kind: 'bearer', docs },
  { kind: 'api-key', in: 'query', name: 'api_key', docs },
  { kind: 'basic', docs },
];

/** A vendor that takes every kind of credential, or these. */
export const acmeVendor = (
  change: { auth?: AuthMethod[]; baseUrlInput?: Vendor['baseUrlInput'] } = {},
): Vendor =>
  defineVendor({
    id: 'acme',
    title: 'Acme',
    summary: 'Made up.',
    docs,
    baseUrl: 'https://api.acme.test/v1',
    auth: everyMethod,
    test: { path: '/me' },
    load: {
      path: '/users',
      docs,
      items: '',
      pagination: { kind: 'none' },
      identifier: 'acme_id',
      fields: [{ key: 'acme_id', label: 'Id', type: 'text', path: 'id' }],
    },
    userRole: {
      id: 'user-role',
      title: 'User role',
      summary: 'Made up.',
      docs,
      scopes: [],
      request: { method: 'GET', path: '/users/1', params: [] },
      success: { statuses: [200], mediaType: 'json' },
      items: null,
      identifier: 'id',
      roles: 'roles',
      licenses: '',
      status: '',
      lastActivity: '',
    },
    presets: [],
    ...change,
  });

export const only = (vendor: Vendor) => ({
  find: (id: string) => (id === vendor.id ? vendor : undefined),
  list: () => [vendor],
});
