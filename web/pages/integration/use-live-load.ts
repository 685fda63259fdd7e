import { useQueryClient } from '@tanstack/react-query';
import type { Load } from '#contract';
import { renew } from '../../api/keys.ts';
import { useLive } from '../../api/live.ts';
import { useLoad } from '../../api/use-loads.ts';

export const isUnderWay = (load: Load | null | undefined): boolean =>
  load?.status === 'running' || load?.status === 'queued';

/** A load as it goes on; when it ends, everything that it changed is asked for again. */
export function useLiveLoad(id: string) {
  const client = useQueryClient();
  const query = useLoad(id);
  useLive(query.data && !isUnderWay(query.data) ? null : `load:${id}`, (message) => {
    if (message.kind !== 'load') return;
    client.setQueryData(['loads', id], message.load);
    if (!isUnderWay(message.load)) void renew(client, 'loads', 'integrations', 'overview', 'people', 'apps');
  });
  return query;
}
