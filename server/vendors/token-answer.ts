import { parseJson } from '#domain/json';

/** An answer of a token endpoint in the form that RFC 6749 promises. */
export interface TokenAnswer {
  status: number;
  body: Record<string, unknown>;
}

/**
 * Real vendors are sloppy: no `token_type`, `expires_in` as text, a form instead of JSON, an error with status 200,
 * errors in words of their own. This brings an answer into the form that an OAuth library accepts.
 */
export function toTokenAnswer(status: number, contentType: string, text: string): TokenAnswer {
  const body = readBody(contentType, text);
  const hasToken = typeof body.access_token === 'string' && body.access_token !== '';
  if (status >= 200 && status < 300 && hasToken) return { status: 200, body: toTokens(body) };

  const isRefusal = status >= 400 && status < 500 && status !== 429 && status !== 408;
  if (!isRefusal && status !== 200) return { status, body: { error: 'temporarily_unavailable' } };
  const error = typeof body.error === 'string' && body.error !== '' ? body.error : 'invalid_request';
  const description = firstText(body.error_description, body.message, body.reason, body.error_message);
  return {
    status: isRefusal ? status : 400,
    body: { error, error_description: description ?? `The vendor answered ${status} without a token.` },
  };
}

function toTokens(body: Record<string, unknown>): Record<string, unknown> {
  const tokens: Record<string, unknown> = { access_token: body.access_token, token_type: 'bearer' };
  const seconds = Number(body.expires_in);
  // Zero or nothing means "not said"; a wrong guess costs one refused call.
  if (Number.isFinite(seconds) && seconds > 0) tokens.expires_in = Math.floor(seconds);
  if (typeof body.refresh_token === 'string' && body.refresh_token !== '') {
    tokens.refresh_token = body.refresh_token;
  }
  if (typeof body.scope === 'string') tokens.scope = body.scope;
  if (Array.isArray(body.scope)) tokens.scope = body.scope.join(' ');
  if (typeof body.api_url === 'string') tokens.api_url = body.api_url;
  return tokens;
}

function readBody(contentType: string, text: string): Record<string, unknown> {
  if (contentType.includes('x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  try {
    const value = parseJson(text);
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isRecord ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function firstText(...values: unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value !== '')?.slice(0, 300);
}
