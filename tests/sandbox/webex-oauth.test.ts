import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { WebexTokenAnswer } from '../../server/sandbox/webex/oauth-rules.ts';
import { client, consent, openSandbox, redirectUri, tokenRequest } from './open-sandbox.ts';

const verifier = 'a-verifier-that-is-long-enough-for-the-standard-0123';
const asked = {
  response_type: 'code',
  client_id: client.client_id,
  redirect_uri: redirectUri,
  scope: 'spark-admin:people_read spark-admin:people_write',
  state: 'st <"&>',
};
const pkce = {
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
};

async function newCode(sandbox: Awaited<ReturnType<typeof openSandbox>>, more = {}): Promise<string> {
  return (await consent(sandbox, { ...asked, ...more })).searchParams.get('code') ?? '';
}

const exchange = (code: string) => ({
  grant_type: 'authorization_code',
  ...client,
  code,
  redirect_uri: redirectUri,
});

describe('the consent page', () => {
  it('names the scopes, says that it is an imitation and lets no script run', async () => {
    const { url } = await openSandbox();

    const response = await fetch(`${url}/v1/authorize?${new URLSearchParams(asked)}`);

    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('Sandbox: an imitation of Webex');
    expect(page).toContain('spark-admin:people_write');
    expect(page).toContain('value="st &lt;&quot;&amp;&gt;"');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('sends the browser back with a code and the state', async () => {
    const sandbox = await openSandbox();

    const back = await consent(sandbox, asked);

    expect(back.origin + back.pathname).toBe(redirectUri);
    expect(back.searchParams.get('code')).toMatch(/.{20}/);
    expect(back.searchParams.get('state')).toBe(asked.state);
  });

  it('sends the browser back with access_denied when the administrator denies', async () => {
    const sandbox = await openSandbox();

    const back = await consent(sandbox, asked, 'deny');

    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(back.searchParams.has('code')).toBe(false);
  });

  it.each([
    ['an unknown client', { client_id: 'somebody<script>' }],
    ['no redirect address', { redirect_uri: '' }],
    ['a redirect address elsewhere', { redirect_uri: 'https://example.com/back' }],
    ['a redirect address that is no address', { redirect_uri: 'javascript:alert(1)' }],
  ])('redirects nowhere for %s', async (_name, wrong) => {
    const { url } = await openSandbox();

    const query = new URLSearchParams({ ...asked, ...wrong });
    const shown = await fetch(`${url}/v1/authorize?${query}`, { redirect: 'manual' });
    const posted = await fetch(`${url}/v1/authorize`, { method: 'POST', body: query, redirect: 'manual' });

    expect([shown.status, posted.status]).toEqual([400, 400]);
    expect(shown.headers.get('location')).toBeNull();
    expect(await shown.text()).not.toContain('<script>');
  });

  it.each([
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_scope', { scope: 'spark:everything' }],
    ['invalid_scope', { scope: '' }],
    ['invalid_request', { code_challenge: pkce.code_challenge, code_challenge_method: 'plain' }],
  ])('sends the browser back with %s', async (error, wrong) => {
    const sandbox = await openSandbox();

    const back = await consent(sandbox, { ...asked, ...wrong });

    expect(back.searchParams.get('error')).toBe(error);
  });
});

describe('the token endpoint', () => {
  it('exchanges a code for tokens that open the API', async () => {
    const sandbox = await openSandbox();

    const response = await tokenRequest(sandbox, exchange(await newCode(sandbox)));

    const answer = (await response.json()) as WebexTokenAnswer;
    expect(answer).toMatchObject({
      expires_in: 1_209_599,
      refresh_token_expires_in: 7_775_999,
      token_type: 'Bearer',
      scope: asked.scope,
    });
    const me = await sandbox.call('GET', '/people/me', { token: answer.access_token });
    expect(await me.json()).toMatchObject({ emails: ['it-admin@acme.test'] });
  });

  it('takes a code once only', async () => {
    const sandbox = await openSandbox();
    const code = await newCode(sandbox);
    await tokenRequest(sandbox, exchange(code));

    const second = await tokenRequest(sandbox, exchange(code));

    expect(second.status).toBe(400);
    expect(await second.json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('takes a code for five minutes only', async () => {
    const sandbox = await openSandbox();
    const code = await newCode(sandbox);

    sandbox.pass(5 * 60 * 1000);

    expect((await tokenRequest(sandbox, exchange(code))).status).toBe(400);
  });

  it('wants the redirect address to be exactly the same', async () => {
    const sandbox = await openSandbox();
    const form = { ...exchange(await newCode(sandbox)), redirect_uri: `${redirectUri}/` };

    expect(await (await tokenRequest(sandbox, form)).json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('wants the verifier of the challenge', async () => {
    const sandbox = await openSandbox();
    const without = await tokenRequest(sandbox, exchange(await newCode(sandbox, pkce)));
    const wrong = await tokenRequest(sandbox, {
      ...exchange(await newCode(sandbox, pkce)),
      code_verifier: 'no',
    });
    const right = await tokenRequest(sandbox, {
      ...exchange(await newCode(sandbox, pkce)),
      code_verifier: verifier,
    });

    expect([without.status, wrong.status, right.status]).toEqual([400, 400, 200]);
  });

  it.each([
    ['a wrong secret', { client_secret: 'guess' }, 401, 'invalid_client'],
    ['an unknown client', { client_id: 'guess' }, 401, 'invalid_client'],
    ['no grant type', { grant_type: '' }, 400, 'invalid_request'],
    ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['no code', { code: '' }, 400, 'invalid_request'],
    ['a made-up code', { code: 'made-up' }, 400, 'invalid_grant'],
  ])('refuses %s', async (_name, wrong, status, error) => {
    const sandbox = await openSandbox();

    const response = await tokenRequest(sandbox, { ...exchange('x'), ...wrong });

    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error });
  });

  it('reads forms only', async () => {
    const sandbox = await openSandbox();

    const response = await fetch(`${sandbox.url}/v1/access_token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(exchange('x')),
    });

    expect(response.status).toBe(415);
  });
});

describe('refreshing', () => {
  const refresh = (token: string) => ({ grant_type: 'refresh_token', ...client, refresh_token: token });

  it('gives new tokens with the same scope after the access token has expired', async () => {
    const sandbox = await openSandbox();
    const first = sandbox.issueToken({ scope: asked.scope });
    sandbox.pass(first.expires_in * 1000);
    const expired = await sandbox.call('GET', '/people/me', { token: first.access_token });

    const answer = (await (
      await tokenRequest(sandbox, refresh(first.refresh_token))
    ).json()) as WebexTokenAnswer;

    const renewed = await sandbox.call('GET', '/people/me', { token: answer.access_token });
    expect(answer.scope).toBe(asked.scope);
    expect([expired.status, renewed.status]).toEqual([401, 200]);
  });

  it('lets a client whose answer was lost refresh again', async () => {
    const sandbox = await openSandbox();
    const first = sandbox.issueToken();
    await tokenRequest(sandbox, refresh(first.refresh_token));

    const again = await tokenRequest(sandbox, refresh(first.refresh_token));

    expect(again.status).toBe(200);
  });

  it('refuses the old refresh token once the new tokens are in use', async () => {
    const sandbox = await openSandbox();
    const first = sandbox.issueToken();
    const second = (await (
      await tokenRequest(sandbox, refresh(first.refresh_token))
    ).json()) as WebexTokenAnswer;
    await sandbox.call('GET', '/people/me', { token: second.access_token });

    const old = await tokenRequest(sandbox, refresh(first.refresh_token));
    const current = await tokenRequest(sandbox, refresh(second.refresh_token));

    expect([old.status, current.status]).toEqual([400, 200]);
  });

  it('ends after 90 days', async () => {
    const sandbox = await openSandbox();
    const { refresh_token: token, refresh_token_expires_in: seconds } = sandbox.issueToken();

    sandbox.pass(seconds * 1000);

    expect((await tokenRequest(sandbox, refresh(token))).status).toBe(400);
  });
});
