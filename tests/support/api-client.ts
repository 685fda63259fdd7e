/** A client of a running server's REST API, signed in by cookie as a browser is. */
export interface ApiClient {
  url: string;
  get<T>(path: string): Promise<T>;
  send<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T>;
  /** The answer as it came, redirects not followed. */
  raw(method: string, path: string, body?: unknown): Promise<Response>;
}

export function createApiClient(url: string, token?: string): ApiClient {
  let cookie = '';

  async function raw(
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<Response> {
    const response = await fetch(`${url}${path.startsWith('/api') ? path : `/api/v1${path}`}`, {
      method,
      redirect: 'manual',
      headers: {
        'x-rollcall-request': '1',
        ...(cookie === '' ? {} : { cookie }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const set = response.headers.getSetCookie();
    if (set.length > 0) cookie = set.map((each) => each.split(';')[0]).join('; ');
    return response;
  }

  async function send<T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T> {
    const response = await raw(method, path, body, headers);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  return { url, raw, send, get: (path) => send('GET', path) };
}
