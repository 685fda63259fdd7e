import { type OAuthRules, readAskedScopes } from '../oauth-rules.ts';
import type { NinjaUser } from './user.ts';

/** The one application that the sandbox knows. */
export const ninjaClient = { id: 'rollcall-sandbox-ninjaone', secret: 'sandbox-secret-ninjaone' } as const;

const offline = 'offline_access';

const scopeMeanings: Readonly<Record<string, string>> = {
  monitoring: 'See users, devices and organisations',
  management: 'Change users, roles and organisations',
  control: 'Connect to devices',
  [offline]: 'Go on without you being present',
};

const lives = { accessLifeSeconds: 3600, refreshLifeSeconds: 90 * 24 * 60 * 60 };

export interface NinjaTokenAnswer {
  access_token: string;
  expires_in: number;
  /** Only with the scope offline_access, and never for a machine. */
  refresh_token?: string;
  scope: string;
  token_type: 'Bearer';
}

/** Source: https://app.ninjarmm.com/apidocs/?links.active=authorization */
export const ninjaOAuth: OAuthRules<NinjaUser, NinjaTokenAnswer> = {
  client: ninjaClient,
  paths: { authorize: '/ws/oauth/authorize', token: '/ws/oauth/token', revoke: '/ws/oauth/revoke' },
  clientAuth: ['basic', 'form'],
  page: { vendor: 'NinjaOne', organization: 'Acme’s NinjaOne', scopeMeanings },
  readScopes: (text) => readAskedScopes(text, scopeMeanings),
  lives,
  rotation: 'at once',
  isRefreshable: (scopes) => scopes.includes(offline),
  machine: { grantType: 'client_credentials', objectionTo: () => null },
  idOf: (user) => String(user.id),
  nameOf: (user) => `${user.firstName} ${user.lastName} (${user.email})`,
  mayLogIn: (user) => user.enabled && user.userType === 'TECHNICIAN',
  toAnswer: ({ grant, accessToken, refreshToken }) => ({
    access_token: accessToken,
    expires_in: lives.accessLifeSeconds,
    ...(refreshToken !== null && { refresh_token: refreshToken }),
    scope: grant.scope,
    token_type: 'Bearer',
  }),
  toRefusalBody: (error, description) => ({ error, error_description: description, error_code: 0 }),
};
