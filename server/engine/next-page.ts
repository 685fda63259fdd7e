import { AppError } from '../domain/errors.ts';
import { parsePath, readPath } from '../domain/path.ts';
import type { Pagination } from '../domain/vendor.ts';

/** One answer, as far as it says where the list goes on. */
export interface AnsweredPage {
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: unknown;
  /** How many entries it holds. */
  count: number;
}

/**
 * The address of the page behind this one, or null at the end of the list. Throws `vendor_rejected` when the answer
 * shows that the list cannot be read to its end.
 */
export type FindNextPage = (page: AnsweredPage) => URL | null;

/** The first page of a list that lies at `url`, and the way from page to page. */
export function preparePaging(pagination: Pagination, url: URL): { first: URL; findNext: FindNextPage } {
  const first = new URL(url);
  if (pagination.kind === 'none') return { first, findNext: () => null };

  first.searchParams.set(pagination.sizeParam, String(pagination.size));
  if (pagination.kind === 'link-header')
    return { first, findNext: ({ url, headers }) => followLink(headers.link, url, first) };
  if (pagination.kind === 'body-token') return { first, findNext: byToken(pagination) };

  first.searchParams.set(pagination.offsetParam, pagination.kind === 'start-index' ? '1' : '0');
  const ways = { offset: byOffset, 'index-window': byWindow, 'start-index': byStartIndex } as const;
  const way = ways[pagination.kind] as (pagination: Pagination) => FindNextPage;
  return { first, findNext: way(pagination) };
}

type Kind<K extends Pagination['kind']> = Extract<Pagination, { kind: K }>;

function byToken({ token, tokenParam }: Kind<'body-token'>): FindNextPage {
  const path = parsePath(token);
  return ({ url, body }) => {
    const found = readPath(body, path);
    if (found === undefined || found === null || found === '') return null;
    if (typeof found === 'object')
      throw refusal(`its "${token}", which leads to the next page, is neither text nor a number`);
    return withParam(url, tokenParam, String(found));
  };
}

function byOffset({ offsetParam, size }: Kind<'offset'>): FindNextPage {
  return ({ url, count }) =>
    count < size ? null : withParam(url, offsetParam, String(offsetOf(url, offsetParam) + size));
}

/** A list that shrinks while it is read moves entries to pages that were read before, where nobody sees them. */
function byWindow({ offsetParam, to, total }: Kind<'index-window'>): FindNextPage {
  const [toPath, totalPath] = [parsePath(to), parsePath(total)];
  let before = 0;
  return ({ url, body, count }) => {
    const offset = offsetOf(url, offsetParam);
    const all = wholeNumber(readPath(body, totalPath));
    if (all !== null && all < before) {
      throw refusal(`the list shrank from ${before} to ${all} entries while it was read. Run it again`);
    }
    before = all ?? before;
    if (count === 0) {
      if (offset < before) throw refusal(`the list ended after ${offset} of ${before} entries`);
      return null;
    }
    const next = (wholeNumber(readPath(body, toPath)) ?? offset + count - 1) + 1;
    return all !== null && next >= all ? null : withParam(url, offsetParam, String(next));
  };
}

/** As a window, but it counts from 1 and says only how many there are in all. */
function byStartIndex({ offsetParam, total }: Kind<'start-index'>): FindNextPage {
  const totalPath = parsePath(total);
  let before = 0;
  return ({ url, body, count }) => {
    const start = offsetOf(url, offsetParam);
    const all = wholeNumber(readPath(body, totalPath));
    if (all === null) throw refusal(`its "${total}" is no number`);
    if (all < before) {
      throw refusal(`the list shrank from ${before} to ${all} entries while it was read. Run it again`);
    }
    before = all;
    const next = start + count;
    if (next > all) return null;
    if (count === 0) throw refusal(`the list ended after ${start - 1} of ${all} entries`);
    return withParam(url, offsetParam, String(next));
  };
}

/** Some vendors drop parameters of the first request from their link: those are put back. */
function followLink(link: string | undefined, current: URL, first: URL): URL | null {
  const target = link === undefined ? undefined : findNext(link);
  if (target === undefined) return null;
  const url = URL.parse(target, current);
  if (url === null) throw refusal(`its link to the next page cannot be read: ${target.slice(0, 200)}`);
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

function withParam(url: URL, name: string, value: string): URL {
  const next = new URL(url);
  next.searchParams.set(name, value);
  return next;
}

const offsetOf = (url: URL, param: string): number => Number(url.searchParams.get(param) ?? 0);

/** Counts may be written as text. */
function wholeNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

const refusal = (reason: string) => new AppError('vendor_rejected', reason);
