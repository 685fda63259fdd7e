import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretPost,
  Configuration,
  type CustomFetch,
  calculatePKCECodeChallenge,
  clientCredentialsGrant,
  customFetch,
  genericGrantRequest,
  ResponseBodyError,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
} from 'openid-client';
import { maskSecrets } from '#domain/mask';
import type { Egress } from './egress-client.ts';
import { toTokenAnswer } from './token-answer.ts';

/** An app of ours at a vendor, with its secret. */
export interface OAuthApp {
  clientId: string;
  clientSecret: string;
  clientAuth: 'form' | 'basic';
  /** Empty where there is no login. */
  authorizeUrl: string;
  tokenUrl: string;
  scopes: string;
  /** Of Zoom's server-to-server grant; empty for client credentials. */
  accountId: string;
}

export type TokenResult =
  | {
      kind: 'tokens';
      accessToken: string;
      refreshToken: string | null;
      expiresInSeconds: number | null;
      /** Where the vendor says that the account lives; not to be believed unchecked. */
      apiUrl?: string | null;
    }
  /** The vendor said no: asking again does not help. */
  | { kind: 'refused'; reason: string; isClientAtFault: boolean }
  | { kind: 'unavailable'; reason: string };

/** The authorization-code flow with PKCE and the grants without a login, as far as they need no memory. */
export interface OAuth {
  begin(
    app: OAuthApp,
    redirectUrl: string,
  ): Promise<{ authorizeUrl: string; state: string; verifier: string }>;
  exchange(
    app: OAuthApp,
    login: { redirectUrl: string; code: string; verifier: string },
  ): Promise<TokenResult>;
  refresh(app: OAuthApp, refreshToken: string): Promise<TokenResult>;
  /** A token for the app itself: client credentials, or account credentials where it has an account id. */
  grant(app: OAuthApp): Promise<TokenResult>;
}

const timeoutMs = 30_000;

export function createOAuth(egress: Egress): OAuth {
  /** Runs one grant; what the network did is told by the fetch, not guessed from the library's error. */
  const ask = async (
    app: OAuthApp,
    grant: (configuration: Configuration) => ReturnType<typeof refreshTokenGrant>,
  ): Promise<TokenResult> => {
    let trouble: string | undefined;
    const fetch: CustomFetch = async (url, options) => {
      const answer = await egress.post(
        url,
        toHeaderList(options.headers),
        String(options.body ?? ''),
        timeoutMs,
      );
      if (answer.kind !== 'answered') {
        trouble = answer.reason;
        throw new Error(answer.reason);
      }
      const { status, body } = toTokenAnswer(
        answer.status,
        answer.headers['content-type'] ?? '',
        answer.body,
      );
      if (status === 200) return Response.json(body);
      if (body.error === 'temporarily_unavailable') trouble = `the token URL answered ${status}`;
      return Response.json(maskSecrets(body, secretsIn(app, String(options.body ?? ''))), { status });
    };

    try {
      const tokens = await grant(configure(app, fetch, egress));
      return {
        kind: 'tokens',
        accessToken: tokens.access_token,
        refreshToken: tokens.refresh_token ?? null,
        expiresInSeconds: tokens.expires_in ?? null,
        apiUrl: typeof tokens.api_url === 'string' ? tokens.api_url : null,
      };
    } catch (error) {
      if (trouble !== undefined) return { kind: 'unavailable', reason: trouble };
      if (!(error instanceof ResponseBodyError)) throw error;
      const isClientAtFault = error.error === 'invalid_client' || error.error === 'unauthorized_client';
      return { kind: 'refused', reason: error.error_description ?? error.error, isClientAtFault };
    }
  };

  return {
    async begin(app, redirectUrl) {
      const verifier = randomPKCECodeVerifier();
      const state = randomState();
      const url = buildAuthorizationUrl(configure(app, undefined, egress), {
        redirect_uri: redirectUrl,
        ...(app.scopes === '' ? {} : { scope: app.scopes }),
        state,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return { authorizeUrl: url.href, state, verifier };
    },

    exchange(app, { redirectUrl, code, verifier }) {
      // State was proven before; only the code goes on, so nothing else of the callback can matter.
      const callback = new URL(redirectUrl);
      callback.searchParams.set('code', code);
      return ask(app, (configuration) =>
        authorizationCodeGrant(configuration, callback, { pkceCodeVerifier: verifier }),
      );
    },

    refresh: (app, refreshToken) =>
      ask(app, (configuration) => refreshTokenGrant(configuration, refreshToken)),

    grant: (app) =>
      ask(app, (configuration) => {
        const { accountId, scopes } = app;
        if (accountId === '')
          return clientCredentialsGrant(configuration, scopes === '' ? {} : { scope: scopes });
        return genericGrantRequest(configuration, 'account_credentials', { account_id: accountId });
      }),
  };
}

function configure(app: OAuthApp, fetch: CustomFetch | undefined, egress: Egress): Configuration {
  const configuration = new Configuration(
    {
      issuer: new URL(app.tokenUrl).origin,
      ...(app.authorizeUrl === '' ? {} : { authorization_endpoint: app.authorizeUrl }),
      token_endpoint: app.tokenUrl,
    },
    app.clientId,
    undefined,
    app.clientAuth === 'basic' ? basicAuth(app) : ClientSecretPost(app.clientSecret),
  );
  configuration.timeout = timeoutMs / 1000;
  if (fetch) configuration[customFetch] = fetch;
  // Our own rules decide: plain http passes for allowed hosts only, and `post` checks each URL again.
  if ([app.tokenUrl, app.authorizeUrl].some((url) => url.startsWith('http:') && egress.isAllowedUrl(url))) {
    allowInsecureRequests(configuration);
  }
  return configuration;
}

/**
 * The library's own writes a minus as `%2D`, which vendors that do not decode take for a wrong secret. A form leaves it
 * as it is (RFC 6749 section 2.3.1, RFC 1866 section 8.2.1).
 */
function basicAuth({ clientId, clientSecret }: OAuthApp): ClientAuth {
  const encode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);
  const pair = Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString('base64');
  return (_server, _client, _body, headers) => headers.set('authorization', `Basic ${pair}`);
}

/** What a refusal may repeat, and nobody may read in it. */
function secretsIn({ clientSecret }: OAuthApp, form: string): string[] {
  const sent = new URLSearchParams(form);
  return [clientSecret, ...['refresh_token', 'code', 'code_verifier'].map((name) => sent.get(name) ?? '')];
}

const toHeaderList = (headers: Record<string, string>): string[] => Object.entries(headers).flat();
