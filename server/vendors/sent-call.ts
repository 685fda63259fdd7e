import { holdsSecret, maskSecrets } from '#domain/mask';
import type { SentCall, VendorCall, VendorReply } from '#engine/vendor-ports';
import type { Account } from './accounts.ts';
import { withKey } from './signature.ts';

/** In place of a credential that is not there, or cannot be opened. */
export const nobody = { signature: null, secrets: [] };

/**
 * What is kept of a call: whatever its credential added is masked, in the answer too, because some servers repeat what
 * they were sent. Nobody behind this client gets to read it, so nobody can keep it.
 */
export function sent(
  { signature, secrets }: Pick<Account, 'signature' | 'secrets'>,
  call: VendorCall,
  href: string,
  reply: VendorReply,
  durationMs: number,
): SentCall {
  const isInQuery = signature?.in === 'query';
  const isInPath = signature?.in === 'path';
  const shown = isInPath ? new URL(href).origin + signature.shown : href;
  const url = isInQuery ? withKey(href, signature.name, signature.shown) : shown;
  const added = signature === null || isInQuery || isInPath ? {} : { [signature.name]: signature.shown };
  const headers = { ...call.headers, ...added };
  const request = { method: call.method, url, headers, ...(call.body === null ? {} : { body: call.body }) };
  const isLeaking =
    secrets.length > 0 && textsOf(call, url, reply).some((text) => holdsSecret(text, secrets));
  if (!isLeaking) return { reply, request, durationMs, secrets };
  return {
    reply: maskSecrets(reply, secrets),
    request: maskSecrets(request, secrets),
    durationMs,
    secrets,
  };
}

/**
 * Everything of a call and its answer where a secret could stand. The body is by itself: an escape in a URL must not
 * make the search of a long list slow.
 */
function textsOf(call: VendorCall, url: string, reply: VendorReply): string[] {
  let text = `${url}\n${call.body ?? ''}`;
  for (const name in call.headers) text += `\n${name}\n${call.headers[name]}`;
  if (reply.kind !== 'answered') return [`${text}\n${reply.reason}`];
  for (const name in reply.headers) text += `\n${reply.headers[name]}`;
  return [text, reply.body];
}
