import type { Credential } from '../domain/credential.ts';
import { AppError } from '../domain/errors.ts';
import { parsePath, readPath } from '../domain/path.ts';
import type { Vendor } from '../domain/vendor.ts';
import { toOutcome } from './outcome.ts';
import type { Clock, VendorClient } from './ports.ts';
import { nextAttemptMs } from './retry.ts';

export interface PageReader {
  client: VendorClient;
  clock: Clock;
  /** 0 to 1: spreads the waits between attempts. */
  random: () => number;
  vendor: Vendor;
  credential: Pick<Credential, 'id' | 'baseUrl'>;
  signal: AbortSignal;
}

/** One page of a vendor's list. */
export interface VendorPage {
  /** Counts from 1. */
  n: number;
  items: unknown[];
}

export const maxPages = 1_000;
const timeoutMs = 60_000;
const attempts = 5;
const rule = { statuses: [200], mediaType: 'json', notFound: undefined } as const;

interface List {
  path: string;
  items: string;
  pagination: Vendor['load']['pagination'];
}

/**
 * Reads a list page by page, each one only when it is asked for. Throws an `AppError` that names the page when the
 * vendor refuses, sends something else than a list, or leads in a circle; `cancelled` when the signal is aborted.
 */
export async function* readPages(reader: PageReader, list: List): AsyncGenerator<VendorPage> {
  const items = parsePath(list.items);
  const first = firstUrl(reader.credential.baseUrl, list);
  const seen = new Map<string, number>();
  let url: URL | null = first;

  for (let n = 1; url !== null; n += 1) {
    if (n > maxPages) {
      throw new AppError(
        'vendor_rejected',
        `${list.path} has more than ${maxPages} pages, so the rest was not read.`,
      );
    }
    const before = seen.get(url.href);
    if (before !== undefined) {
      throw new AppError(
        'vendor_rejected',
        `The vendor repeated page ${before} of ${list.path} as page ${n}.`,
      );
    }
    seen.set(url.href, n);

    const { body, headers } = await readOne(reader, url, `Page ${n} of ${list.path}`);
    const found = readPath(body, items);
    if (!Array.isArray(found)) {
      const reason = `${reader.vendor.title} answered without the list "${list.items}"`;
      throw new AppError(
        'vendor_rejected',
        `Page ${n} of ${list.path}: ${reason}. Check the base URL of the credential.`,
      );
    }
    yield { n, items: found };
    url = list.pagination.kind === 'none' ? null : nextUrl(headers.link, url, first);
  }
}

/** Reads one page; a read may be repeated as often as it is worth it. */
async function readOne(reader: PageReader, url: URL, place: string) {
  const { client, clock, random, vendor, credential, signal } = reader;
  const call = {
    credential: { id: credential.id },
    class: 'read',
    method: 'GET',
    url: url.href,
    headers: {},
    body: null,
    timeoutMs,
  } as const;

  for (let attempt = 1; ; attempt += 1) {
    if (signal.aborted) throw new AppError('cancelled', 'The load was cancelled.');
    const { reply } = await client.send(call, signal);
    if (signal.aborted) throw new AppError('cancelled', 'The load was cancelled.');
    const outcome = toOutcome(reply, rule, 'read', vendor.title, clock.now());
    if (outcome.kind === 'ok') return outcome;

    const wait = attempt < attempts ? nextAttemptMs('read', outcome, attempt, attempts, random()) : null;
    if (wait === null) {
      const isPassing = outcome.kind === 'unavailable' || outcome.kind === 'rate_limited';
      throw new AppError(
        isPassing ? 'vendor_unavailable' : 'vendor_rejected',
        `${place}: ${outcome.message}`,
      );
    }
    if (outcome.kind === 'rate_limited') client.pause(call.credential, wait);
    await clock.sleep(wait, signal);
  }
}

/** Whole URLs throughout: what a vendor links to may lie beside the base URL's path. */
function firstUrl(baseUrl: string, { path, pagination }: List): URL {
  const url = new URL(baseUrl.replace(/\/+$/, '') + path);
  if (pagination.kind === 'link-header') url.searchParams.set(pagination.sizeParam, String(pagination.size));
  return url;
}

/** Some vendors drop parameters of the first request from their link: those are put back. */
function nextUrl(link: string | undefined, current: URL, first: URL): URL | null {
  const target = link === undefined ? undefined : findNext(link);
  if (target === undefined) return null;
  const url = URL.parse(target, current);
  if (url === null) {
    throw new AppError(
      'vendor_rejected',
      `The vendor's link to the next page cannot be read: ${target.slice(0, 200)}`,
    );
  }
  for (const [name, value] of first.searchParams) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, value);
  }
  return url;
}

const linkPart = /<([^<>]*)>((?:\s*;\s*[^\s=;,]+\s*=\s*(?:"[^"]*"|[^\s;,"]+))*)/g;
const relPart = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i;

/** The target of `rel="next"` in a Link header (RFC 8288). */
export function findNext(link: string): string | undefined {
  for (const [, target, parameters] of link.matchAll(linkPart)) {
    const rel = relPart.exec(parameters ?? '');
    const names = (rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/);
    if (names.includes('next')) return target;
  }
  return undefined;
}
