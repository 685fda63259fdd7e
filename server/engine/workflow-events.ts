import { AppError } from '../domain/errors.ts';
import { eventStarter, mostDepth } from '../domain/event-trigger.ts';
import type { NewId } from '../domain/ids.ts';
import type { EventStore, Happened } from './event-ports.ts';
import type { NewNotification } from './journal-ports.ts';
import type { Clock } from './ports.ts';
import type { Runner } from './runner.ts';

/** More records than this begin in the next run. */
const mostRecords = 1_000;

export interface WorkflowEventDeps {
  store: EventStore;
  runner: Pick<Runner, 'start' | 'planOf'>;
  clock: Pick<Clock, 'now'>;
  newId: NewId;
  tell(notification: NewNotification & { id: string }, at: number): Promise<void>;
  report(message: string, error: unknown): void;
}

export interface WorkflowEvents {
  /** Starts every workflow for which something has happened. */
  startDue(signal?: AbortSignal): Promise<void>;
  /** Workflows were launched or deactivated: what is watched is set anew. */
  changed(): Promise<void>;
}

/**
 * Starts workflows because a record is new or was edited, or a load has finished. Nothing is written when such a thing
 * happens: the history of records and the loads say it themselves, in the transaction in which it happened, and each
 * workflow knows how far it has read them. That place moves on together with the start of the run, so a crash neither
 * loses an event nor starts twice. While an earlier run still goes on, what happens gathers for the next one.
 */
export function createWorkflowEvents(deps: WorkflowEventDeps): WorkflowEvents {
  const { store, runner, clock } = deps;

  async function changed(): Promise<void> {
    for (const { workflowId, versionId } of await store.unknown()) {
      try {
        await store.put(workflowId, versionId, (await runner.planOf(versionId)).event);
      } catch (error) {
        deps.report(`What starts version ${versionId} could not be read`, error);
      }
    }
    await store.removeInactive();
  }

  /** True when there may be more. */
  async function startOne(workflowId: string): Promise<boolean> {
    if (await store.isBusy(workflowId)) return false;
    const now = clock.now();
    const happened = await store.look(workflowId, now, mostRecords);
    if (!happened) return false;
    const { from, to, tooDeep } = happened;
    if (tooDeep > 0) await tellTooDeep(happened, now);
    if (!happened.hasAny) return store.advance({ workflowId, from, to });
    const { trigger, recordIds, depth } = happened;
    try {
      const startedBy = eventStarter[trigger.kind];
      const event = { workflowId, from, to };
      await runner.start(workflowId, {
        ...{ startedBy, lane: 'event', depth, event },
        ...(recordIds ? { recordIds } : {}),
      });
    } catch (error) {
      // Somebody else has started it, or it was deactivated a moment ago.
      if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
    }
    return false;
  }

  async function tellTooDeep({ workflowId, workflowName, tooDeep }: Happened, at: number): Promise<void> {
    await deps.tell(
      {
        id: deps.newId('notification'),
        level: 'warning',
        title: `${workflowName} was not started again`,
        message: `Workflows have set each other off ${mostDepth} times in a row, so it left out ${tooDeep} ${tooDeep === 1 ? 'record' : 'records'}. Look at which fields each of them edits and watches.`,
        link: `/workflows/${workflowId}`,
      },
      at,
    );
  }

  return {
    changed,

    async startDue(signal) {
      await changed();
      for (const { workflowId } of await store.watched()) {
        try {
          while (!signal?.aborted && (await startOne(workflowId)));
        } catch (error) {
          // The others must not wait for it.
          deps.report(`What happened for ${workflowId} did not start it`, error);
        }
      }
    },
  };
}
