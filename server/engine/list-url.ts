import { AppError } from '../domain/errors.ts';
import type { Pagination } from '../domain/vendor.ts';
import { preparePaging } from './next-page.ts';

/** Paths below a credential's base URL have no host of their own. */
const noHost = 'https://path.invalid';

/** The address of a list's first page: with the size that is asked for, and where it begins. */
export function firstPageUrl(url: string, pagination: Pagination): string {
  return toCallUrl(preparePaging(pagination, new URL(url, noHost)).first);
}

export type NextPage =
  | { kind: 'page'; url: string }
  | { kind: 'end' }
  /** `reason` is the end of a sentence. */
  | { kind: 'refused'; reason: string };

/** Leads from page to page of a list whose first page lies at `url`. */
export function findNextPage(
  url: string,
  pagination: Pagination,
): (page: { headers: Readonly<Record<string, string>>; body: unknown; count: number }) => NextPage {
  let current = new URL(url, noHost);
  const { findNext } = preparePaging(pagination, current);
  return (page) => {
    try {
      const next = findNext({ ...page, url: current });
      if (next === null) return { kind: 'end' };
      current = next;
      return { kind: 'page', url: toCallUrl(next) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { kind: 'refused', reason: error.message };
    }
  };
}

function toCallUrl(url: URL): string {
  return url.origin === noHost ? `${url.pathname}${url.search}` : url.href;
}
