import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Page } from '#contract';
import { api } from './client.ts';
import type { Noun } from './keys.ts';

export interface ListFilter {
  search?: string | undefined;
  limit?: number | undefined;
  [key: string]: string | number | undefined;
}

/** A list that the server cuts into pages. The rows of the last filter stay until those of the new one arrive. */
export function usePaged<T>(options: {
  key: readonly [Noun, ...unknown[]];
  path: string;
  filter?: ListFilter | undefined;
  schema: z.ZodType<Page<T>>;
  enabled?: boolean;
}) {
  const { key, path, filter = {}, schema, enabled = true } = options;
  const query = useInfiniteQuery({
    queryKey: [...key, filter],
    queryFn: ({ pageParam, signal }) =>
      api.get(path, { query: { ...filter, cursor: pageParam }, schema, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  });
  const pages = query.data?.pages ?? [];
  return { ...query, items: pages.flatMap((page) => page.items), total: pages[0]?.total };
}
