import type { Codes } from './codes.ts';
import type { IssuedTokens } from './grants.ts';
import { type Form, type OAuthRules, readClient } from './oauth-rules.ts';
import type { Tokens } from './tokens.ts';
import type { Call } from './world.ts';

/** A refused token request, as RFC 6749 section 5.2 words it. */
export interface TokenRefusal {
  status: 400 | 401;
  error: string;
  description: string;
}

interface TokenRequest<Person> {
  call: Call<Person>;
  authorization: string | undefined;
  form: Form;
}

export interface TokenEndpoint<Person> {
  answer(request: TokenRequest<Person>): IssuedTokens | TokenRefusal;
  /** Null when it is done. */
  revoke(request: TokenRequest<Person>): TokenRefusal | null;
}

/** `accountId` is in whose name a machine acts. */
export function createTokenEndpoint<Person, Answer>(
  rules: OAuthRules<Person, Answer>,
  { codes, tokens, accountId }: { codes: Codes; tokens: Tokens<Person>; accountId: string },
): TokenEndpoint<Person> {
  function refuseClient({ authorization, form }: TokenRequest<Person>): TokenRefusal | null {
    const client = readClient(rules.clientAuth, authorization, form);
    if (client?.id === rules.client.id && client.secret === rules.client.secret) return null;
    return { status: 401, error: 'invalid_client', description: 'client_id or client_secret is wrong.' };
  }

  function exchangeCode({ call, form }: TokenRequest<Person>): IssuedTokens | TokenRefusal {
    const { code, redirect_uri: redirectUri, code_verifier: verifier = '' } = form;
    if (!code || !redirectUri) return refusal('invalid_request', 'code or redirect_uri is missing.');

    const consented = codes.redeem(code, { redirectUri, verifier });
    if (consented) return tokens.issue(call, consented);
    return refusal('invalid_grant', 'The code is wrong, used, expired, or was issued otherwise.');
  }

  function refresh({ call, form }: TokenRequest<Person>): IssuedTokens | TokenRefusal {
    if (!form.refresh_token) return refusal('invalid_request', 'refresh_token is missing.');
    const refreshed = tokens.refresh(call, form.refresh_token);
    return refreshed ?? refusal('invalid_grant', 'The refresh token is wrong, replaced or expired.');
  }

  function enterMachine({ call, form }: TokenRequest<Person>): IssuedTokens | TokenRefusal {
    const objection = rules.machine?.objectionTo(form) ?? null;
    if (objection !== null) return refusal('invalid_request', objection);

    const scopes = rules.readScopes(form.scope ?? '');
    if (!scopes) return refusal('invalid_scope', `The scope "${form.scope ?? ''}" cannot be given.`);
    return tokens.issue(call, { personId: accountId, scope: scopes.join(' '), isMachine: true });
  }

  return {
    answer(request) {
      const { grant_type: kind } = request.form;
      if (!kind) return refusal('invalid_request', 'grant_type is missing.');
      const objection = refuseClient(request);
      if (objection) return objection;
      if (kind === 'authorization_code') return exchangeCode(request);
      if (kind === 'refresh_token') return refresh(request);
      if (kind === rules.machine?.grantType) return enterMachine(request);
      return refusal('unsupported_grant_type', `grant_type ${kind} is not supported.`);
    },
    revoke(request) {
      const objection = refuseClient(request);
      if (objection) return objection;
      if (!request.form.token) return refusal('invalid_request', 'token is missing.');
      tokens.revoke(request.call, request.form.token);
      return null;
    },
  };
}

function refusal(error: string, description: string): TokenRefusal {
  return { status: 400, error, description };
}
