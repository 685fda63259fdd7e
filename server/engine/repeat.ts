import type { Clock } from './ports.ts';

export interface Repetition {
  clock: Pick<Clock, 'sleep'>;
  everyMs: number;
  /** Begins nothing more once the signal is aborted. */
  work: (signal: AbortSignal) => Promise<void>;
  report: (error: unknown) => void;
}

/** Does some work again and again. What it throws is reported and ends nothing. Gives the way to stop it and wait. */
export function repeat({ clock, everyMs, work, report }: Repetition): () => Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const goOn = async () => {
    while (!signal.aborted) {
      await work(signal).catch(report);
      await clock.sleep(everyMs, signal);
    }
  };
  const end = goOn();
  return async () => {
    controller.abort();
    await end;
  };
}
