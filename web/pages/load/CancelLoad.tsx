import { Button } from '@mantine/core';
import type { Load } from '#contract';
import { useCancelLoad } from '../../api/use-loads.ts';
import { useCan } from '../../api/use-session.ts';
import { sayFailed } from '../../ui/toast.ts';
import { isUnderWay } from '../integration/use-live-load.ts';

/** Stops a load after the page that it is at. */
export function CancelLoad({ load }: { load: Load }) {
  const cancel = useCancelLoad(load.id);
  const canCancel = useCan('loads.start');
  if (!canCancel || !isUnderWay(load)) return null;
  return (
    <Button
      variant="default"
      size="xs"
      loading={cancel.isPending}
      onClick={() => cancel.mutate(undefined, { onError: (error) => sayFailed('The load goes on', error) })}
    >
      Cancel load
    </Button>
  );
}
