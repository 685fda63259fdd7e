import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { type RunDetails, runDetails, type ServerMessage } from '#contract';
import { api } from './client.ts';

type News = Omit<RunDetails, 'graph'>;

const newsKey = (id: string) => ['runs', id, 'news'] as const;

/**
 * A run as it is asked for. An answer that was on its way while the socket brought something newer does not take its
 * place.
 */
export function runQuery(client: QueryClient, id: string) {
  return queryOptions({
    queryKey: ['runs', id],
    queryFn: async ({ signal }): Promise<RunDetails> => {
      const asked = await api.get(`/runs/${id}`, { schema: runDetails, signal });
      const news = client.getQueryData<News>(newsKey(id));
      return news && news.seq > asked.seq ? { ...asked, ...news } : asked;
    },
  });
}

/** Takes a snapshot of a run from the socket; one that is older than what is known is left out. */
export function takeRunNews(client: QueryClient, id: string, message: ServerMessage): void {
  if (message.kind !== 'run' || message.run.id !== id) return;
  const { kind: _kind, topic: _topic, n: _n, ...news } = message;
  client.setQueryData<News>(newsKey(id), (old) => (old && old.seq > news.seq ? old : news));
  client.setQueryData<RunDetails>(['runs', id], (old) =>
    !old || news.seq < old.seq ? old : { ...old, ...news },
  );
}
