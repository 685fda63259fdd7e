import type { z } from 'zod';
import { ApiError, toApiError } from './problem.ts';

const base = '/api/v1';

/** Sent on `window` when the server says that nobody is signed in. */
export const signedOutEvent = 'rollcall:signed-out';

type QueryValue = string | number | boolean | null | undefined;

interface Request<S extends z.ZodType | undefined> {
  /** Empty, null and undefined values are left out. */
  query?: Record<string, QueryValue> | undefined;
  body?: unknown;
  /** Parses the reply; without it the reply is not read. */
  schema?: S;
  signal?: AbortSignal;
}

type Reply<S> = S extends z.ZodType ? z.infer<S> : undefined;

type Call = <S extends z.ZodType | undefined = undefined>(
  path: string,
  request?: Request<S>,
) => Promise<Reply<S>>;

function call(method: string): Call {
  return async <S extends z.ZodType | undefined>(
    path: string,
    request: Request<S> = {},
  ): Promise<Reply<S>> => {
    const answer = await send(method, path, request);
    if (answer.status === 401 && path !== '/session') window.dispatchEvent(new Event(signedOutEvent));
    if (!answer.ok) throw toApiError(answer.status, await readJson(answer));
    return (await read(answer, path, request.schema)) as Reply<S>;
  };
}

/** Calls of the server's API. Every failure is an `ApiError`. */
export const api = {
  get: call('GET'),
  post: call('POST'),
  put: call('PUT'),
  patch: call('PATCH'),
  delete: call('DELETE'),
};

async function send(
  method: string,
  path: string,
  request: Request<z.ZodType | undefined>,
): Promise<Response> {
  const hasBody = request.body !== undefined;
  try {
    return await fetch(`${base}${path}${searchOf(request.query)}`, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        'x-rollcall-request': '1',
        ...(hasBody && { 'content-type': 'application/json' }),
      },
      ...(hasBody && { body: JSON.stringify(request.body) }),
      ...(request.signal && { signal: request.signal }),
    });
  } catch (cause) {
    if (request.signal?.aborted) throw cause;
    const detail =
      'The server did not answer. Check that it is running and that you are connected, then try again.';
    throw new ApiError({ status: 0, code: 'unreachable', detail, cause });
  }
}

async function read(answer: Response, path: string, schema: z.ZodType | undefined): Promise<unknown> {
  if (!schema) return undefined;
  const parsed = schema.safeParse(await readJson(answer));
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw new ApiError({
    status: answer.status,
    code: 'unexpected_reply',
    detail: `The server's reply to ${path} does not fit this page. Reload it: the server may be newer than the page.`,
    place: first ? `${first.path.join('.')}: ${first.message}` : undefined,
    cause: parsed.error,
  });
}

async function readJson(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    return null;
  }
}

function searchOf(query: Record<string, QueryValue> = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value));
  }
  const text = params.toString();
  return text && `?${text}`;
}
