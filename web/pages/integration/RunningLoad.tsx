import { Button } from '@mantine/core';
import type { Integration } from '#contract';
import { useCancelLoad } from '../../api/use-loads.ts';
import { useCan } from '../../api/use-session.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { sayFailed } from '../../ui/toast.ts';
import { LoadProgress } from './LoadProgress.tsx';
import { isUnderWay, useLiveLoad } from './use-live-load.ts';

/** The load that is under way, as it goes on. */
export function RunningLoad({ integration }: { integration: Integration }) {
  const { lastLoad } = integration;
  return lastLoad && isUnderWay(lastLoad) ? <Running id={lastLoad.id} /> : null;
}

function Running({ id }: { id: string }) {
  const load = useLiveLoad(id).data;
  const cancel = useCancelLoad(id);
  const canCancel = useCan('loads.start');
  if (!load) return null;
  return (
    <LoadProgress
      load={load}
      actions={
        <>
          <LinkButton to={`/loads/${id}`} variant="default" size="xs">
            Open load
          </LinkButton>
          {canCancel && isUnderWay(load) && (
            <Button
              variant="default"
              size="xs"
              loading={cancel.isPending}
              onClick={() =>
                cancel.mutate(undefined, { onError: (error) => sayFailed('The load goes on', error) })
              }
            >
              Cancel load
            </Button>
          )}
        </>
      }
    />
  );
}
