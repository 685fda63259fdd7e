import { addressesIn } from '../domain/account-address.ts';
import { isAdministrator } from '../domain/administrator.ts';
import { type AnswerRule, says } from '../domain/answer-rule.ts';
import { type ApiSettings, isAtPlaceOf } from '../domain/api-settings.ts';
import { readStatedPath } from '../domain/path.ts';
import type { Preset, Vendor } from '../domain/vendor.ts';
import { prepareAnswerRules } from './answer-rules.ts';
import type { Outcome, SuccessRule } from './outcome.ts';
import { type Parse, prepareRequest } from './request.ts';
import type { VendorCall } from './vendor-ports.ts';
import { overwrittenBy, writeBackOf } from './write-back.ts';

type Variables = Readonly<Record<string, unknown>>;

/** Whom a call acts on, and how to look at them first. */
export interface Target {
  read: VendorCall;
  rule: SuccessRule;
  /** The id that the record names. */
  id: string;
  email: string;
  /** The id is the vendor's own of an account, as a preset says; a URL of the author's may end in anything. */
  isAccountId: boolean;
  /** Null when the answer is about the account that is meant; otherwise what does not fit, as the end of a sentence. */
  mismatch(body: unknown): string | null;
  /** Whether the answer shows the account as the call wants it; null where no answer can show that. */
  isSettled(outcome: Outcome): boolean | null;
  /** Null when the answer does not tell. */
  isAdministrator(body: unknown): boolean | null;
  /** Of a call that writes a whole record back: what it would overwrite besides its changes; null for nothing. */
  overwrites: ((account: unknown) => string | null) | null;
}

/** `call` is the one that is about to be made. */
export type PrepareTarget = (variables: Variables, call: Pick<VendorCall, 'credential' | 'body'>) => Target;

/**
 * How to look at the account before a call: by the preset's own target, or, for a request of the author's own or one
 * whose path was edited, by reading the URL that is about to be changed. Throws `template_error` while it renders.
 */
export function prepareTarget(
  settings: ApiSettings,
  vendor: Vendor | undefined,
  preset: Preset | undefined,
  context: Parse,
  own: readonly string[],
): PrepareTarget {
  const target = preset && isAtPlaceOf(preset, settings) ? preset.target : undefined;
  const reading = target && vendor?.presets.find((each) => each.id === target.read);
  const byUrl = {
    url: settings.url,
    params: [],
    headers: settings.headers,
    bodyKind: 'none' as const,
    body: '',
  };
  const request = reading ? { ...byUrl, ...reading.request, url: reading.request.path } : byUrl;
  const render = prepareRequest(request, context, true, own);
  const saysGone = prepareAnswerRules(reading?.notFound?.says ?? [], context, own);
  const { timeoutMs } = settings;
  const rights = vendor?.administrator;

  const wanted = prepareAnswerRules(target ? [target.id, target.email] : [], context, own);
  const settled = prepareAnswerRules(
    target?.settled.kind === 'values' ? target.settled.all : [],
    context,
    own,
  );

  const whole = writeBackOf(settings.body);

  return (variables, { credential, body: written }) => {
    const call: VendorCall = { credential, class: 'read', method: 'GET', timeoutMs, ...render(variables) };
    const notFound = reading?.notFound && { ...reading.notFound, says: saysGone(variables), done: false };
    const [wantedId = lastSegment(call.url), wantedEmail] = wanted(variables);
    const values = settled(variables);
    const email = wantedEmail?.value ?? String(variables.email ?? '');
    const mismatch = (body: unknown): string | null => {
      if (!says(wantedId, body)) return `it does not name the id ${wantedId.value}`;
      if (wantedEmail && !says(wantedEmail, body)) {
        const found = readStatedPath(body, wantedEmail.path);
        return `it names ${found === undefined ? 'no e-mail address' : String(found)}, not ${wantedEmail.value}`;
      }
      return wantedEmail ? null : somebodyElse(body, email);
    };
    return {
      read: call,
      rule: { ...(reading?.success ?? anyObject), notFound },
      id: wantedId.value,
      email,
      isAccountId: target !== undefined,
      mismatch,
      // Somebody else's account may well look as this one should.
      isSettled: (outcome) =>
        isSettled(
          target,
          (body) => mismatch(body) === null && values.every((value) => says(value, body)),
          outcome,
        ),
      isAdministrator: (body) => (rights ? isAdministrator(rights, body) : false),
      overwrites: whole && ((account) => overwrittenBy(whole, written, account)),
    };
  };
}

/** An answer to a URL of the author's own that names people has to name the one of the record among them. */
function somebodyElse(body: unknown, email: string): string | null {
  const found = addressesIn(body);
  if (found.length === 0 || found.includes(email.toLowerCase())) return null;
  return `it names ${found[0]}, not ${email === '' ? 'an address of the record, which has none' : email}`;
}

const anyObject = { statuses: [200], mediaType: 'json' as const };

/** A URL that ends in the account's id is read back as an object that names this id. */
function lastSegment(url: string): AnswerRule {
  const [path = ''] = url.split('?');
  return { path: 'id', test: 'is', value: decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)) };
}

function isSettled(
  target: Preset['target'],
  showsIt: (body: unknown) => boolean,
  outcome: Outcome,
): boolean | null {
  if (outcome.kind === 'not_found')
    return target === undefined || target.settled.kind === 'gone' ? true : null;
  if (outcome.kind !== 'ok' || !target) return target ? null : false;
  if (target.settled.kind === 'unreadable') return null;
  if (target.settled.kind === 'values') return showsIt(outcome.body);
  if (target.settled.items === null) return false;
  const { items } = target.settled;
  const list = items === '' ? outcome.body : readStatedPath(outcome.body, items);
  return Array.isArray(list) ? list.length === 0 : null;
}
