import type { Integration } from '#contract';
import { useChangeIntegration } from '../../api/use-integrations.ts';
import { sayDone, sayFailed } from '../../ui/toast.ts';

/** Lets the schedule stand still, or go on. */
export function usePauseSchedule({ id, isPaused }: Integration) {
  const change = useChangeIntegration(id);
  const done = isPaused ? 'The schedule goes on.' : 'The schedule stands still. Loads start by hand only.';
  return {
    isPending: change.isPending,
    words: isPaused ? 'Resume schedule' : 'Pause schedule',
    toggle: (): void =>
      change.mutate(
        { isPaused: !isPaused },
        {
          onSuccess: () => sayDone(done),
          onError: (error) => sayFailed('The schedule is as it was', error),
        },
      ),
  };
}
