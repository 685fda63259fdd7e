import type { Vendor } from '#domain/vendor';
import type { VendorCall, VendorClient, VendorReply } from '#engine/vendor-ports';

const maxBytes = 10 * 1024 * 1024;

/** What signs the calls: a header, or a value in the query. */
export type Sign = (headers: Record<string, string>, url: URL) => void;

/** How a secret goes on a call, by the first way to sign in that takes one as it is. */
export function signWith({ auth }: Vendor, secret: string, user: string | undefined): Sign {
  const key = auth.find((method) => method.kind === 'api-key');
  if (key?.in === 'query') return (_, url) => url.searchParams.set(key.name, secret);
  if (key)
    return (headers) => {
      headers[key.name.toLowerCase()] = secret;
    };
  const basic = user === undefined ? null : Buffer.from(`${user}:${secret}`).toString('base64');
  const value = basic === null ? `Bearer ${secret}` : `Basic ${basic}`;
  return (headers) => {
    headers.authorization = value;
  };
}

/** Sends from the command line, once, and to the host of the base URL only: the secret goes nowhere else. */
export function createTrialClient(vendor: Vendor, baseUrl: string, sign: Sign): VendorClient {
  const { origin } = new URL(baseUrl);
  return {
    async send(call, signal) {
      const started = performance.now();
      const reply = await sendOnce(call, signal);
      const { method, url } = call;
      return {
        reply,
        request: { method, url, headers: {} },
        durationMs: performance.now() - started,
        secrets: [],
      };
    },
  };

  async function sendOnce(call: VendorCall, signal: AbortSignal): Promise<VendorReply> {
    const url = new URL(call.url.startsWith('/') ? baseUrl.replace(/\/+$/, '') + call.url : call.url);
    if (url.origin !== origin) return notSent(`${url.origin} is not the host of the base URL`);
    const headers: Record<string, string> = {
      accept: vendor.mediaType ?? 'application/json',
      ...call.headers,
    };
    sign(headers, url);
    try {
      const response = await fetch(url, {
        ...{ method: call.method, headers, body: call.body, redirect: 'manual' },
        signal: AbortSignal.any([signal, AbortSignal.timeout(call.timeoutMs)]),
      });
      const body = await response.text();
      const isTooLarge = body.length > maxBytes;
      return {
        ...{ kind: 'answered', status: response.status, headers: Object.fromEntries(response.headers) },
        ...{ body: isTooLarge ? '' : body, isTooLarge },
      };
    } catch (problem) {
      const { message, cause } = problem as Error;
      const reason = cause instanceof Error ? cause.message : message;
      return isRefusal(cause)
        ? notSent(`${url.host} was not reached: ${reason}.`)
        : { kind: 'no_answer', reason };
    }
  }
}

const isRefusal = (cause: unknown): boolean =>
  ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(String((cause as { code?: string } | undefined)?.code));

const notSent = (reason: string): VendorReply => ({
  ...{ kind: 'not_sent', reason, isPermanent: true, isUnauthorized: false },
});
