import { holdsSecret, maskSecrets } from '../domain/mask.ts';
import type { Outcome } from './outcome.ts';
import type { SentCall, VendorCall } from './vendor-ports.ts';

/** How much of a body the journal keeps. */
const maxBodyLength = 16 * 1024;

/** Headers worth keeping: what explains an answer, and never a cookie or a token. */
const keptHeaders =
  /^(content-type|retry-after|link|location|trackingid|www-authenticate|x-request-id|x-ratelimit-.*)$/;

/** The request of an intent, before anything was sent: the credential is added later and never stored. */
export function toIntentText(call: VendorCall): string {
  return JSON.stringify({
    method: call.method,
    url: call.url,
    headers: call.headers,
    ...(call.body === null ? {} : { body: readBody(call.body) }),
  });
}

export function toRequestText(sent: SentCall): string {
  return JSON.stringify(sent.request);
}

/** The answer as the journal keeps it: chosen headers, the body capped, every secret masked by its value. */
export function toAnswerText(sent: SentCall, outcome: Outcome): string {
  const headers: Record<string, string> = {};
  for (const name in outcome.headers) if (keptHeaders.test(name)) headers[name] = outcome.headers[name]!;
  const raw = sent.reply.kind === 'answered' ? sent.reply.body : '';
  const isCut = raw.length > maxBodyLength || (sent.reply.kind === 'answered' && sent.reply.isTooLarge);
  const body = isCut ? raw.slice(0, maxBodyLength) : outcome.body;
  const answer = {
    outcome: outcome.kind,
    status: outcome.status,
    headers,
    body,
    isCut,
    durationMs: Math.round(sent.durationMs),
  };
  const text = JSON.stringify(answer);
  return holdsSecret(text, sent.secrets) ? JSON.stringify(maskSecrets(answer, sent.secrets)) : text;
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, maxBodyLength);
  }
}
