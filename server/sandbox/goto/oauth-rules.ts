import { type OAuthRules, readAskedScopes, toStandardRefusal } from '../oauth-rules.ts';
import { type GotoMember, memberIdOf } from './user.ts';

/** The one OAuth client that the sandbox knows. */
export const gotoClient = { id: 'rollcall-sandbox-goto', secret: 'sandbox-secret-goto' } as const;

/** A token without this one opens nothing of the Admin API. */
export const adminScope = 'identity:';

const scopeMeanings: Readonly<Record<string, string>> = {
  [adminScope]: 'Manage the users and licences of your accounts',
  'identity:scim.me': 'See your own profile',
  'identity:scim.org': 'Manage your organisation’s identities',
  'cr.v1.read': 'See reports on calls',
};

const lives = { accessLifeSeconds: 3600, refreshLifeSeconds: 30 * 24 * 60 * 60 };

export interface GotoTokenAnswer {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
  scope: string;
  /** E-mail address of who consented. */
  principal: string;
  loa: number;
  /** Only when a new one was issued: with the code, then with every third refresh. */
  refresh_token?: string;
}

/** Source: https://developer.goto.com/Authentication */
export const gotoOAuth: OAuthRules<GotoMember, GotoTokenAnswer> = {
  client: gotoClient,
  paths: { authorize: '/oauth/authorize', token: '/oauth/token', revoke: '/oauth/revoke' },
  clientAuth: ['basic'],
  page: { vendor: 'GoTo', organization: 'Acme’s GoTo accounts', scopeMeanings },
  // The scopes of the client's own registration when the request names none.
  readScopes: (text) => (text === '' ? [adminScope] : readAskedScopes(text, scopeMeanings)),
  lives,
  rotation: 'now and then',
  isRefreshable: () => true,
  idOf: memberIdOf,
  nameOf: ({ user }) => `${user.firstName} ${user.lastName} (${user.email})`,
  mayLogIn: ({ user }) => user.canAuthenticate,
  toAnswer: ({ grant, accessToken, refreshToken }, { user }) => ({
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: lives.accessLifeSeconds,
    scope: grant.scope,
    principal: user.email,
    loa: 2,
    ...(refreshToken !== null && { refresh_token: refreshToken }),
  }),
  toRefusalBody: toStandardRefusal,
};
