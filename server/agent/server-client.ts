import { problem } from '#contract';
import { AppError } from '#domain/errors';
import type { Clock } from '#engine/ports';

/** Sends a body to a path below `/api/v1/agent` of the server; gives the JSON that comes back, null for none. */
export type Post = (path: string, body: unknown, signal?: AbortSignal) => Promise<unknown>;

const timeoutMs = 60_000;
const longestWaitMs = 30_000;

/**
 * The way to the server. Throws `vendor_unavailable` when it cannot be asked now, `cancelled` when it says that a load
 * is not this agent's any more, and what else it answers as it says it.
 */
export function createPost(server: string, key: string | null): Post {
  return async (path, body, signal) => {
    const answer = await send(`${server}/api/v1/agent${path}`, key, body, signal);
    const content: unknown = answer.status === 204 ? null : await answer.json().catch(() => null);
    if (answer.ok) return content;
    const said = problem.safeParse(content).data;
    if (!said || answer.status >= 500 || answer.status === 429) {
      throw new AppError(
        'vendor_unavailable',
        `${server} answered ${answer.status}. ${said?.detail ?? ''}`.trim(),
      );
    }
    if (answer.status === 404 || answer.status === 409) throw new AppError('cancelled', said.detail);
    throw new AppError(answer.status === 401 ? 'unauthorized' : 'invalid', said.detail);
  };
}

async function send(url: string, key: string | null, body: unknown, stop?: AbortSignal): Promise<Response> {
  const late = AbortSignal.timeout(timeoutMs);
  try {
    return await fetch(url, {
      method: 'POST',
      // Elsewhere than where it was registered, an agent tells nobody its key.
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        ...(key !== null && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
      signal: stop ? AbortSignal.any([late, stop]) : late,
    });
  } catch (cause) {
    if (stop?.aborted) throw new AppError('cancelled', 'It was stopped.');
    throw new AppError('vendor_unavailable', `${new URL(url).origin} does not answer.`, { cause });
  }
}

/** The same, again and again while the server cannot be asked: what was read of a vendor is not given up lightly. */
export function persistently(post: Post, clock: Pick<Clock, 'sleep'>): Post {
  return async (path, body, signal) => {
    for (let waitMs = 500; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
      try {
        return await post(path, body, signal);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'vendor_unavailable') throw error;
        await clock.sleep(waitMs, signal);
      }
    }
  };
}
