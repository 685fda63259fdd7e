import type { Load } from '../domain/load.ts';

/** Milliseconds since 1970, and waiting that a cancelled run can cut short. */
export interface Clock {
  now(): number;
  /** Resolves after the time, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Resolves when the work is done, or after the time. */
  atMost(ms: number, work: Promise<unknown>): Promise<void>;
}

/** Starts a user load and waits for its end. */
export interface LoadRunner {
  run(integrationId: string, startedBy: string, signal: AbortSignal): Promise<Load>;
  /** The newest load that has ended; undefined where there is none. */
  last(integrationId: string): Promise<Load | undefined>;
}

/** Lists that browsers are told of. */
export type Listed =
  | 'runs'
  | 'loads'
  | 'notifications'
  | 'credentials'
  | 'workflows'
  | 'approvals'
  | 'safety'
  | 'operators';

/** Tells whoever watches. Called after the commit, never before. */
export interface Events {
  runChanged(runId: string): void;
  listChanged(what: Listed): void;
}
