import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { isFinished, type RunDetails } from '#contract';

const renewalMs = 2_000;

/**
 * Asks for the shown records again whenever the run has changed: at most every two seconds while it goes on, and surely
 * after its last change.
 */
export function useFreshRecords({ run, seq, waits }: RunDetails, record: number | null): void {
  const client = useQueryClient();
  const askedAt = useRef(0);
  const isOver = isFinished(run.status);
  // A run that rests has one number for as long as it does, also when it comes to wait for something else.
  const waitsFor = JSON.stringify(waits);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new in the snapshot is the reason to ask again
  useEffect(() => {
    const ask = (): void => {
      askedAt.current = Date.now();
      void client.invalidateQueries({ queryKey: ['runs', run.id, 'records'] });
      if (record !== null) void client.invalidateQueries({ queryKey: ['runs', run.id, 'steps', record] });
    };
    const wait = isOver ? 0 : askedAt.current + renewalMs - Date.now();
    const timer = setTimeout(ask, Math.max(0, wait));
    return () => clearTimeout(timer);
  }, [client, run.id, record, isOver, seq, waitsFor]);
}
