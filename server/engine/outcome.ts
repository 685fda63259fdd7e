import { type AnswerRule, says } from '../domain/answer-rule.ts';
import { AppError } from '../domain/errors.ts';
import { parseJson } from '../domain/json.ts';
import { parsePath, readPath } from '../domain/path.ts';
import { retryAfter } from '../domain/retry-after.ts';
import type { CallClass } from '../domain/vendor.ts';
import type { VendorReply } from './vendor-ports.ts';

/** What counts as success and what as "not there" for one call. */
export interface SuccessRule {
  statuses: readonly number[];
  mediaType: 'json' | 'none' | 'any';
  /** What the body must say besides, rendered; an answer that does not is a failure. */
  says?: readonly AnswerRule[] | undefined;
  notFound:
    | {
        statuses: readonly number[];
        /** What the body must say besides, rendered: the vendor's own word that it is this account. */
        says?: readonly AnswerRule[];
        done: boolean;
      }
    | undefined;
}

export type OutcomeKind =
  | 'ok'
  | 'not_found'
  | 'rejected'
  | 'unauthorized'
  | 'forbidden'
  | 'rate_limited'
  | 'unavailable'
  | 'malformed'
  | 'not_sent'
  /** The call may have had its effect. Only calls that are not reads can end like this. */
  | 'unknown';

/** What a vendor's reply means: data for the block, the journal and the decision to try again. */
export interface Outcome {
  kind: OutcomeKind;
  status: number | null;
  headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or text, or null where there was no body. */
  body: unknown;
  /** A sentence for people; empty when all is well. */
  message: string;
  retryAfterMs: number | null;
  isPermanent: boolean;
}

const nothing = { status: null, headers: {}, body: null, retryAfterMs: null, isPermanent: false };

/** Judges a reply by the call's rule. Whatever leaves open if a change was made is `unknown`. */
export function toOutcome(
  reply: VendorReply,
  rule: SuccessRule,
  callClass: CallClass,
  vendor: string,
  now: number,
): Outcome {
  if (reply.kind === 'not_sent') {
    const kind = reply.isUnauthorized ? 'unauthorized' : 'not_sent';
    return { ...nothing, kind, message: reply.reason, isPermanent: reply.isPermanent };
  }
  if (reply.kind === 'no_answer') {
    if (callClass === 'read')
      return { ...nothing, kind: 'unavailable', message: `${vendor} did not answer: ${reply.reason}.` };
    return {
      ...nothing,
      kind: 'unknown',
      message: `${vendor} did not answer (${reply.reason}), so nobody knows whether it was done.`,
    };
  }

  const { status, headers } = reply;
  const isJson = /\bjson\b/i.test(headers['content-type'] ?? '');
  const { body, problem } = readBody(reply, isJson, rule);
  const retryAfterMs = retryAfter(headers['retry-after'], now);
  const base = { status, headers, body, retryAfterMs, isPermanent: false };

  if (rule.statuses.includes(status)) {
    const unsaid = problem === undefined ? rule.says?.find((one) => !says(one, body)) : undefined;
    if (unsaid)
      return {
        ...base,
        kind: 'rejected',
        message: `${vendor} answered ${status}, but ${unsaidWords(unsaid)}.`,
      };
    if (problem === undefined)
      return { kind: 'ok', status, headers, body, message: '', retryAfterMs, isPermanent: false };
    if (callClass === 'read')
      return { ...base, kind: 'malformed', message: `${vendor} answered ${status}, but ${problem}.` };
    return {
      ...base,
      kind: 'unknown',
      message: `${vendor} answered ${status}, but ${problem}, so nobody knows whether it was done.`,
    };
  }
  const said = `${vendor} answered ${status}${vendorMessage(body)}`;
  const mayBeGone = rule.notFound?.statuses.includes(status) === true;
  if (rule.notFound && mayBeGone && (rule.notFound.says ?? []).every((one) => says(one, body))) {
    if (rule.notFound.done) return { ...base, kind: 'ok', message: `${said}: it was done before.` };
    return { ...base, kind: 'not_found', message: `${said}: there is no such account.` };
  }
  if (status === 429 || status === 423)
    return { ...base, kind: 'rate_limited', message: `${said}: too many requests.` };
  if (status === 401) {
    return { ...base, kind: 'unauthorized', message: `${said}. Authenticate the credential again.` };
  }
  if (status === 403) {
    return {
      ...base,
      kind: 'forbidden',
      message: `${said}. Check that the credential has the scopes this request needs.`,
    };
  }
  if (status >= 400 && status < 500 && status !== 408) {
    const doubt = mayBeGone
      ? ' That is not its word for a missing account: it may be about another one, or come from a proxy or a wrong URL.'
      : '';
    return { ...base, kind: 'rejected', message: `${said}.${doubt}` };
  }
  if (callClass === 'read') {
    const kind = status >= 500 || status === 408 ? 'unavailable' : 'rejected';
    return {
      ...base,
      kind,
      message: kind === 'rejected' ? `${said}, which does not count as success.` : `${said}.`,
    };
  }
  // A 5xx may come after the work was done, and a 2xx or 3xx nobody foresaw proves nothing either.
  return { ...base, kind: 'unknown', message: `${said}, so nobody knows whether it was done.` };
}

function unsaidWords({ path, test, value }: AnswerRule): string {
  const what = path === '' ? 'the answer' : `"${path}"`;
  const wanted = value === '' ? '' : ` "${value.slice(0, 80)}"`;
  return `${what} does not say what counts as success (${test.replaceAll('-', ' ')}${wanted})`;
}

function readBody(
  reply: { body: string; isTooLarge: boolean; headers: Record<string, string> },
  isJson: boolean,
  rule: SuccessRule,
): { body: unknown; problem: string | undefined } {
  if (reply.isTooLarge)
    return {
      body: null,
      problem: 'the answer is over 10 MB and was not read. Ask for fewer fields or a smaller page',
    };
  if (rule.mediaType === 'none' && reply.body === '') return { body: null, problem: undefined };
  if (isJson) {
    try {
      return { body: reply.body === '' ? null : parseJson(reply.body), problem: undefined };
    } catch (error) {
      const why = error instanceof AppError ? ` (${error.message})` : '';
      return { body: reply.body, problem: `the answer is not valid JSON${why}` };
    }
  }
  const text = reply.body === '' ? null : reply.body;
  if (rule.mediaType !== 'json') return { body: text, problem: undefined };
  const found = reply.headers['content-type'] ?? 'no media type';
  return {
    body: text,
    problem: `it sent ${found} where JSON was promised. Check the URL, and whether a proxy or a login page answers instead`,
  };
}

const messagePaths = [
  'message',
  'error.message',
  'error_description',
  'errors[0].description',
  'errors[0].message',
  'errorMessage',
  'errorMessage.code',
  'description',
  // RFC 7644, section 3.12, and RFC 9457.
  'detail',
  'error',
].map(parsePath);

/** The vendor's own words behind a colon; empty where its body has none. */
export function vendorMessage(body: unknown): string {
  if (typeof body === 'string') return isSentence(body) ? `: ${body.trim().replace(/\.$/, '')}` : '';
  for (const path of messagePaths) {
    const found = readPath(body, path);
    if (typeof found === 'string' && found !== '') return `: ${found.slice(0, 300).replace(/\.$/, '')}`;
  }
  return '';
}

/** Some vendors answer with nothing but a few words; pages and other formats are not for a message. */
const isSentence = (text: string): boolean => /^[\p{L}\d][^<>{}\n\r]{2,199}$/u.test(text.trim());
