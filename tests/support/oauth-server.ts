import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { onTestFinished, vi } from 'vitest';

export const oauthClient = { clientId: 'rollcall', clientSecret: 'a-client_secret.of/32+characters' };
export const redirectUrl = 'http://127.0.0.1:8080/api/v1/oauth/callback';

export interface OAuthServer {
  /** `127.0.0.1:port`. */
  host: string;
  url: string;
  /** The forms of the token requests so far. */
  tokenCalls: Record<string, string>[];
  /** Goes through the login as Ada's browser would; returns where the browser is sent in the end. */
  logIn(authorizeUrl: string): Promise<string>;
}

/**
 * A certified OAuth server that we did not write: it demands PKCE, takes each refresh token once, and revokes the login
 * when one comes again. Below `/v1` it answers whoever holds one of its tokens. Closed when the test ends.
 */
export async function startOAuthServer(): Promise<OAuthServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `http://${host}`;
  const tokenCalls: Record<string, string>[] = [];
  const provider = createProvider(url);
  provider.use(async (context, next) => {
    await next();
    const body = context.oidc?.body as Record<string, string> | undefined;
    if (context.path === '/token' && body) tokenCalls.push({ ...body });
  });

  const answer = provider.callback();
  server.on('request', async (request, response) => {
    const path = request.url ?? '';
    if (path.startsWith('/interaction/')) {
      return await provider.interactionFinished(request, response, { login: { accountId: 'ada' } });
    }
    if (!path.startsWith('/v1/')) return await answer(request, response);
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const known = (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token));
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' }).end('{}');
  });
  return { host, url, tokenCalls, logIn };
}

function createProvider(issuer: string): Provider {
  // It reminds of what a server in production needs.
  const quiet = (['info', 'warn'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation(() => undefined),
  );
  onTestFinished(() => {
    for (const spy of quiet) spy.mockRestore();
  });
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: oauthClient.clientId,
        client_secret: oauthClient.clientSecret,
        redirect_uris: [redirectUrl],
        response_types: ['code'],
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    scopes: ['read'],
    cookies: { keys: ['for tests'] },
    pkce: { required: () => true },
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    async loadExistingGrant({ oidc }) {
      const grant = new provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('read');
      await grant.save();
      return grant;
    },
  });
  return provider;
}

async function logIn(authorizeUrl: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next = authorizeUrl;
  while (!next.startsWith(redirectUrl)) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(next, { redirect: 'manual', headers: { cookie } });
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${next} answered ${response.status}: ${await response.text()}`);
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
    next = new URL(location, next).href;
  }
  return next;
}
