import { AppError } from '../domain/errors.ts';
import type { Integration } from '../domain/integration.ts';
import { nextTimes } from '../domain/schedule-times.ts';
import type { LoadScheduleStore } from './contact-ports.ts';
import type { Clock } from './ports.ts';
import type { LoadService } from './service-ports.ts';

const heldMs = 60_000;
/** Later than this, the server was not there when the load was due. */
const graceMs = 10 * 60_000;

export interface LoadScheduleDeps {
  store: LoadScheduleStore;
  loads: Pick<LoadService, 'start'>;
  /** Tells contacts that a load did not start when it was due. */
  tellNotStarted: (integration: Integration, dueAt: number, reason: string) => Promise<void>;
  clock: Pick<Clock, 'now'>;
  report: (message: string, error: unknown) => void;
}

/**
 * Starts every load that is due. Several processes may do so at once: each load is started by one of them. Of the
 * times that passed while no server ran, one is made up for.
 */
export async function startDueLoads(deps: LoadScheduleDeps, signal?: AbortSignal): Promise<void> {
  const { store, clock, report } = deps;
  while (!signal?.aborted) {
    const integration = await store.takeDue(clock.now(), clock.now() + heldMs);
    if (!integration) return;
    try {
      await startOne(deps, integration);
    } catch (error) {
      // It stays held for a moment and is tried again; the others must not wait for it.
      report(`The schedule of ${integration.id} did not go on`, error);
    }
  }
}

async function startOne(deps: LoadScheduleDeps, integration: Integration): Promise<void> {
  const { store, loads, tellNotStarted, clock, report } = deps;
  const { id, schedule, nextLoadAt } = integration;
  const dueAt = Date.parse(nextLoadAt ?? '');
  if (clock.now() - dueAt > graceMs) {
    await tellNotStarted(integration, dueAt, 'Rollcall was not running at that time. It loads now instead.');
  }
  try {
    await loads.start(id, 'Schedule');
  } catch (error) {
    if (!(error instanceof AppError)) report(`The scheduled load of ${id} did not start`, error);
    const isForeseen = error instanceof AppError;
    const reason = isForeseen ? error.message : 'Something went wrong inside Rollcall: look into its log.';
    await tellNotStarted(integration, dueAt, `${reason} The schedule goes on at its next time.`);
  }
  // Only now: after a crash before this line the load is due still, and what it began is ended as interrupted.
  const [next = null] = schedule ? nextTimes(schedule, clock.now(), 1) : [];
  await store.advance(id, dueAt, next);
}
