import type { Permit } from '#domain/permit';
import type { VendorReply } from '#engine/vendor-ports';
import type { Account } from './accounts.ts';
import { checkUrl, type EgressRules } from './egress.ts';
import { notSent } from './not-sent.ts';
import type { Signature } from './signature.ts';

/** Where a checked call goes. */
export interface Target {
  href: string;
  origin: string;
  host: string;
  /** With its query. */
  path: string;
}

/** A path that reads the same to everybody: nothing to normalise, no dot segment, no second slash at its start. */
const plainPath = /^(?!\/\/)(?!.*\/(?:\.|%2e){1,2}(?:\/|\?|$))\/[A-Za-z0-9\-._~%!$&'()*+,;=:@/?]*$/i;

// A credential's base URL is checked once for as long as its account is kept, not for every call below it.
const bases = new WeakMap<Account, URL | VendorReply>();

/** The target of a call, when the credential may be sent there. */
export function targetOf(account: Account, text: string, rules: EgressRules): Target | VendorReply {
  if (!plainPath.test(text)) {
    const isPath = text.startsWith('/');
    if (isPath && text.startsWith('//'))
      return notSent('The URL starts with two slashes. Use one.', true, false);
    return toTarget(checkedUrl(account, isPath ? account.baseUrl + text : text, rules));
  }
  const base = bases.get(account) ?? checkedUrl(account, account.baseUrl, rules);
  bases.set(account, base);
  if (!(base instanceof URL)) return base;
  const path = `${base.pathname === '/' ? '' : base.pathname}${text}`;
  return { href: base.origin + path, origin: base.origin, host: base.host, path };
}

function checkedUrl(account: Account, text: string, rules: EgressRules): URL | VendorReply {
  const url = checkUrl(text, rules);
  if (!(url instanceof URL)) return notSent(url.reason, true, false);
  return account.hosts.has(url.host) ? url : hostRefusal(account, url);
}

function toTarget(url: URL | VendorReply): Target | VendorReply {
  if (!(url instanceof URL)) return url;
  return { href: url.href, origin: url.origin, host: url.host, path: `${url.pathname}${url.search}` };
}

/** Why a call may not go there. */
export function hostRefusal(account: Account, url: Pick<URL, 'host'>): VendorReply {
  const hosts = [...account.hosts].join(', ');
  const reason = `The credential "${account.credential.name}" may be sent to ${hosts} only, not to ${url.host}. Change the URL, or the credential's base URL.`;
  return notSent(reason, true, false);
}

/** Why the account is of no use now; undefined when it is. */
export function accountProblem(account: Account): VendorReply | undefined {
  const { name, status, problem } = account.credential;
  if (status === 'authenticated' && (account.signature !== null || account.canRenew)) return undefined;
  const reason = problem ?? 'It is not authenticated. Open it and choose Authenticate.';
  return notSent(`Credential "${name}": ${reason}`, true, true);
}

/** Why a permit is not good for this account: stops, limits and protections are those of a vendor. */
export function permitProblem({ credential }: Account, permit: Permit | undefined): VendorReply | undefined {
  if (!permit || permit.vendorId === credential.vendorId) return undefined;
  const judged = permit.vendorId === '' ? 'no vendor' : `the vendor "${permit.vendorId}"`;
  const reason = `The credential "${credential.name}" belongs to the vendor "${credential.vendorId}", but the request was checked as one to ${judged}. Choose the vendor of the credential in the block.`;
  return notSent(reason, true, false);
}

const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;
/**
 * What says where a request goes or how long it is: ours to set. Some servers take another method from a header than the
 * one that the guard has judged.
 */
const ownHeaders =
  /^(?:host|authorization|cookie|content-length|transfer-encoding|connection|keep-alive|upgrade|te|trailer|expect|accept-encoding|proxy-.*|x-http-method(?:-override)?|x-method-override)$/i;

/** Why a call's headers cannot be sent; undefined when they can. */
export function headerProblem(
  headers: Record<string, string>,
  signature: Signature | null,
): VendorReply | undefined {
  const signed = signature?.in === 'header' ? signature.name.toLowerCase() : '';
  for (const name in headers) {
    if (ownHeaders.test(name) || name.toLowerCase() === signed) {
      return notSent(`The header "${name}" is set by the credential or by Rollcall. Remove it.`, true, false);
    }
    if (!headerName.test(name) || !headerValue.test(headers[name] ?? '')) {
      return notSent(
        `The header "${name}" holds a character that a header cannot hold, such as a line break.`,
        true,
        false,
      );
    }
  }
  return undefined;
}
