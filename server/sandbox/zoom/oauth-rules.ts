import type { OAuthRules } from '../oauth-rules.ts';
import type { ZoomUser } from './user.ts';

/** The one app that the sandbox knows: it may log people in, and may act for the account with its account ID. */
export const zoomClient = {
  id: 'rollcall-sandbox-zoom',
  secret: 'sandbox-secret-zoom',
  accountId: 'rollcall-sandbox-account',
} as const;

const scopeMeanings: Readonly<Record<string, string>> = {
  'user:read:list_users:admin': 'See all users of the account',
  'user:read:user:admin': 'See a user of the account',
  'user:read:email:admin': 'Check whether an e-mail address is taken',
  'user:write:user:admin': 'Add users to the account',
  'user:update:user:admin': 'Change users of the account',
  'user:update:status:admin': 'Activate and deactivate users',
  'user:update:email:admin': 'Change a user’s e-mail address',
  'user:delete:user:admin': 'Delete users of the account',
  'user:delete:token:admin': 'Sign users out',
  'role:read:list_roles:admin': 'See the roles of the account',
  'role:read:list_members:admin': 'See who has a role',
  'role:write:member:admin': 'Give roles to users',
  'role:delete:member:admin': 'Take roles from users',
};

const lives = { accessLifeSeconds: 3600, refreshLifeSeconds: 90 * 24 * 60 * 60 };

export interface ZoomTokenAnswer {
  access_token: string;
  token_type: 'bearer';
  /** Missing for a server-to-server token. */
  refresh_token?: string;
  expires_in: number;
  scope: string;
  api_url: string;
}

/** Source: https://developers.zoom.us/docs/integrations/oauth/ and https://developers.zoom.us/docs/internal-apps/s2s-oauth/ */
export const zoomOAuth = (apiUrl: () => string): OAuthRules<ZoomUser, ZoomTokenAnswer> => ({
  client: zoomClient,
  paths: { authorize: '/oauth/authorize', token: '/oauth/token', revoke: '/oauth/revoke' },
  clientAuth: ['basic'],
  page: { vendor: 'Zoom', organization: 'Acme’s Zoom account', scopeMeanings },
  // Scopes are chosen where the app is registered; what a request asks for does not count.
  readScopes: () => Object.keys(scopeMeanings),
  lives,
  rotation: 'at once',
  isRefreshable: () => true,
  machine: {
    grantType: 'account_credentials',
    objectionTo: ({ account_id: accountId }) =>
      accountId === zoomClient.accountId ? null : 'Bad Request. The account ID is missing or wrong.',
  },
  idOf: (user) => user.id,
  nameOf: (user) => `${user.display_name} (${user.email})`,
  mayLogIn: (user) => user.status === 'active',
  toAnswer: ({ grant, accessToken, refreshToken }) => ({
    access_token: accessToken,
    token_type: 'bearer',
    ...(refreshToken !== null && { refresh_token: refreshToken }),
    expires_in: lives.accessLifeSeconds,
    scope: grant.scope,
    api_url: apiUrl(),
  }),
  toRefusalBody: (error, description) => ({ reason: description, error }),
});
