import { onTestFinished } from 'vitest';
import type { WebexPerson } from '../../server/sandbox/webex/person.ts';
import {
  sandboxClient,
  startWebexSandbox,
  type WebexSandbox,
  type WebexSandboxOptions,
} from '../../server/sandbox/webex.ts';

export const startedAt = Date.parse('2026-11-20T09:00:00Z');
export const redirectUri = 'http://127.0.0.1:8080/back';
export const client = { client_id: sandboxClient.id, client_secret: sandboxClient.secret };

export interface OpenSandbox extends WebexSandbox {
  /** Calls the API with the administrator's token, or with another. */
  call(method: string, path: string, options?: { body?: unknown; token?: string }): Promise<Response>;
  /** Moves the sandbox's clock. */
  pass(ms: number): void;
  person(email: string): WebexPerson;
}

/** A sandbox with a small company under a clock that stands still; it stops with the test. */
export async function openSandbox(options: WebexSandboxOptions = {}): Promise<OpenSandbox> {
  let nowMs = startedAt;
  const sandbox = await startWebexSandbox({ now: () => nowMs, peopleCount: 40, ...options });
  onTestFinished(() => sandbox.close());
  const adminToken = sandbox.issueToken().access_token;
  return {
    ...sandbox,
    call(method, path, { body, token = adminToken } = {}) {
      const headers: Record<string, string> = { authorization: `Bearer ${token}` };
      if (body !== undefined) headers['content-type'] = 'application/json';
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return fetch(`${sandbox.url}/v1${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: text }),
      });
    },
    pass: (ms) => {
      nowMs += ms;
    },
    person: (email) => sandbox.people().find((one) => one.emails[0] === email)!,
  };
}

/** Goes through the consent page like a browser; answers where it was sent back to. */
export async function consent(
  sandbox: WebexSandbox,
  asked: Record<string, string>,
  decision = 'allow',
): Promise<URL> {
  const response = await fetch(`${sandbox.url}/v1/authorize`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ ...asked, decision }),
  });
  return new URL(response.headers.get('location') ?? 'about:blank');
}

export function tokenRequest(sandbox: WebexSandbox, form: Record<string, string>): Promise<Response> {
  return fetch(`${sandbox.url}/v1/access_token`, { method: 'POST', body: new URLSearchParams(form) });
}
