import { Button } from '@mantine/core';
import type { Integration, Load } from '#contract';
import { useCancelLoad } from '../../api/use-loads.ts';
import { useCan } from '../../api/use-session.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { sayFailed } from '../../ui/toast.ts';
import { HeldNotice } from '../load/HeldNotice.tsx';
import { LoadProgress } from './LoadProgress.tsx';
import { isUnderWay, useLiveLoad } from './use-live-load.ts';

/** The latest load, as it goes on and as it ended. */
export function LatestLoad({ integration }: { integration: Integration }) {
  const { lastLoad, appId } = integration;
  return lastLoad && <Latest key={lastLoad.id} lastLoad={lastLoad} appId={appId} />;
}

function Latest({ lastLoad, appId }: { lastLoad: Load; appId: string | null }) {
  const { id } = lastLoad;
  // As it was a moment ago, until it is asked for: nothing below jumps when the answer comes.
  const load = useLiveLoad(id).data ?? lastLoad;
  const cancel = useCancelLoad(id);
  const canCancel = useCan('loads.start');
  return (
    <>
      {load.status === 'held' && <HeldNotice load={load} />}
      {load.status === 'failed' && load.error && (
        <Notice tone="danger" title="The latest load stopped">
          {load.error}
        </Notice>
      )}
      <LoadProgress
        load={load}
        actions={
          <>
            {!isUnderWay(load) && load.tally.read > 0 && (
              <LinkButton to={appId ? `/apps/${appId}` : '/people'} variant="default" size="xs">
                {appId ? 'Show SaaS users' : 'Show people'}
              </LinkButton>
            )}
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
    </>
  );
}
