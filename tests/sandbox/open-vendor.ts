import { once } from 'node:events';
import { type IncomingMessage, request as rawRequest } from 'node:http';
import { onTestFinished } from 'vitest';
import type { Sandbox, SandboxOptions } from '../../server/sandbox/imitation.ts';
import { redirectUri, startedAt } from './open-sandbox.ts';

interface CallOptions {
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

/** An answer that has been read. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects.
  body: any;
}

export interface OpenVendor<Person> extends Sandbox<Person> {
  /** Calls with the administrator's token, or with another. Paths begin at the host. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Sends a form, as to a token endpoint; `client` goes into the Basic header. */
  form(path: string, fields: Record<string, string>, client?: Client): Promise<Answer>;
  /** Begins a call and keeps its body back until `end`, which answers the status. */
  begin(method: string, path: string, body: unknown): Promise<{ end(): Promise<number> }>;
  /** Moves the sandbox's clock. */
  pass(ms: number): void;
}

interface Client {
  id: string;
  secret: string;
}

/** A sandbox with a small company under a clock that stands still; it stops with the test. */
export async function openVendor<Person, Options extends SandboxOptions<Person>>(
  start: (options: Options) => Promise<Sandbox<Person>>,
  options?: Options,
): Promise<OpenVendor<Person>> {
  let nowMs = startedAt;
  const sandbox = await start({ now: () => nowMs, peopleCount: 60, ...options } as Options);
  onTestFinished(() => sandbox.close());
  const own = (sandbox.issueToken() as { access_token: string }).access_token;
  return {
    ...sandbox,
    async call(method, path, { body, token = own, headers = {} } = {}) {
      const response = await fetch(sandbox.url + path, {
        method,
        headers: {
          ...(token !== '' && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      return read(response);
    },
    async form(path, fields, client) {
      const headers = client ? { authorization: toBasic(client) } : {};
      const body = new URLSearchParams(fields);
      return read(await fetch(sandbox.url + path, { method: 'POST', headers, body }));
    },
    async begin(method, path, body) {
      const text = JSON.stringify(body);
      const headers = {
        authorization: `Bearer ${own}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
        expect: '100-continue',
      };
      const call = rawRequest(sandbox.url + path, { method, headers });
      call.flushHeaders();
      await once(call, 'continue');
      return {
        async end() {
          call.end(text);
          const [response] = (await once(call, 'response')) as [IncomingMessage];
          response.resume();
          return response.statusCode ?? 0;
        },
      };
    },
    pass: (ms) => {
      nowMs += ms;
    },
  };
}

/** Allows on the consent page what an integration asks for; answers the code that comes back. */
export async function newCode(
  sandbox: { url: string },
  path: string,
  asked: Record<string, string>,
): Promise<string> {
  const body = new URLSearchParams({
    response_type: 'code',
    redirect_uri: redirectUri,
    state: 'st',
    ...asked,
    decision: 'allow',
  });
  const response = await fetch(sandbox.url + path, { method: 'POST', redirect: 'manual', body });
  return new URL(response.headers.get('location') ?? 'about:blank').searchParams.get('code') ?? '';
}

export function toBasic({ id, secret }: Client): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const body = isJson && text !== '' ? JSON.parse(text) : null;
  return { status: response.status, headers: response.headers, text, body };
}
