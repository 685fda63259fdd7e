import type { OAuthRules } from '../oauth-rules.ts';
import { readAskedScopes, toStandardRefusal } from '../oauth-rules.ts';
import type { WebexPerson } from './person.ts';
import { scopeMeanings } from './scopes.ts';

/** The one integration that the sandbox knows. */
export const sandboxClient = { id: 'rollcall-sandbox', secret: 'sandbox-secret' } as const;

const lives = { accessLifeSeconds: 1_209_599, refreshLifeSeconds: 7_775_999 };

/** What the token endpoint answers. */
export interface WebexTokenAnswer {
  access_token: string;
  expires_in: number;
  refresh_token: string;
  refresh_token_expires_in: number;
  token_type: 'Bearer';
  scope: string;
}

/** Source: https://developer.webex.com/docs/integrations */
export const webexOAuth: OAuthRules<WebexPerson, WebexTokenAnswer> = {
  client: sandboxClient,
  paths: { authorize: '/authorize', token: '/access_token' },
  clientAuth: ['form'],
  page: { vendor: 'Webex', organization: 'Acme’s Webex organisation', scopeMeanings },
  readScopes: (text) => readAskedScopes(text, scopeMeanings),
  lives,
  rotation: 'once the new one is used',
  isRefreshable: () => true,
  idOf: (person) => person.id,
  nameOf: (person) => `${person.displayName} (${person.emails[0]})`,
  mayLogIn: (person) => person.loginEnabled,
  toAnswer: ({ grant, accessToken, refreshToken }) => ({
    access_token: accessToken,
    expires_in: lives.accessLifeSeconds,
    refresh_token: refreshToken ?? '',
    refresh_token_expires_in: lives.refreshLifeSeconds,
    token_type: 'Bearer',
    scope: grant.scope,
  }),
  toRefusalBody: toStandardRefusal,
};
