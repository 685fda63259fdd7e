import type { Pagination } from '#contract';

export type PagingKind = Pagination['kind'];

/** How a list leads from page to page, in words. */
export const pagingTitles: Record<PagingKind, string> = {
  none: 'One page',
  'link-header': 'Link header names the next page',
  'body-token': 'A token in the answer leads on',
  offset: 'Count on by an offset',
  'start-index': 'Count on from 1, until a total',
  'index-window': 'Index of the last entry, until a total',
};

const starts: { [K in PagingKind]: Extract<Pagination, { kind: K }> } = {
  none: { kind: 'none' },
  'link-header': { kind: 'link-header', sizeParam: 'max', size: 100 },
  'body-token': {
    kind: 'body-token',
    sizeParam: 'page_size',
    size: 100,
    tokenParam: 'next_page_token',
    token: 'next_page_token',
  },
  offset: { kind: 'offset', sizeParam: 'limit', size: 100, offsetParam: 'offset' },
  'start-index': {
    kind: 'start-index',
    sizeParam: 'count',
    size: 100,
    offsetParam: 'startIndex',
    total: 'totalResults',
  },
  'index-window': {
    kind: 'index-window',
    sizeParam: 'pageSize',
    size: 100,
    offsetParam: 'offset',
    to: 'toIndex',
    total: 'total',
  },
};

/** A kind of paging with the names that are most common for it. */
export const pagingOf = (kind: PagingKind): Pagination => starts[kind];
