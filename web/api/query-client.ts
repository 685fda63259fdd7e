import { QueryClient } from '@tanstack/react-query';
import { isPassing } from './problem.ts';

/**
 * The one cache of server state. What the server refused is not asked for again; what did not arrive is, twice. Nothing
 * is kept back while the browser is offline: it fails and says so. What is kept back would be sent later, and a run
 * would start when nobody looks any more.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: 15_000,
        retry: (count, error) => isPassing(error) && count < 2,
        refetchOnWindowFocus: true,
        refetchOnReconnect: true,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
