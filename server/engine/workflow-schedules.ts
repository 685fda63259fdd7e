import { AppError } from '../domain/errors.ts';
import type { NewId } from '../domain/ids.ts';
import { nextSlots, type Slot } from '../domain/schedule-times.ts';
import type { Plan } from './plan.ts';
import type { Clock, Events } from './ports.ts';
import type { Runner } from './runner.ts';
import type { DueStart, MissedStarts, NewSlot, ScheduleStore } from './schedule-ports.ts';

const heldMs = 60_000;
const minuteMs = 60_000;

export interface WorkflowScheduleDeps {
  store: ScheduleStore;
  runner: Pick<Runner, 'start' | 'planOf'>;
  clock: Pick<Clock, 'now'>;
  events: Pick<Events, 'listChanged'>;
  newId: NewId;
  report(message: string, error: unknown): void;
}

export interface WorkflowSchedules extends MissedStarts {
  /** Starts every workflow that is due. Several processes may do so at once: each time is started by one of them. */
  startDue(signal?: AbortSignal): Promise<void>;
  /** Workflows were launched or deactivated: their next times are set anew. */
  changed(): Promise<void>;
}

/**
 * Starts workflows by their schedules. Only active versions start. A start that is late by no more than its grace time
 * is made; what is later than that is made up for once, unless the workflow takes something from people: then a person
 * decides. While an earlier start still goes on, the next one is left out.
 */
export function createWorkflowSchedules(deps: WorkflowScheduleDeps): WorkflowSchedules {
  const { store, runner, clock, events, newId } = deps;

  async function changed(): Promise<void> {
    const now = clock.now();
    const rows = [];
    for (const { workflowId, versionId } of await store.unknown()) {
      const plan = await planOf(versionId);
      const trigger = plan?.trigger ?? null;
      const nextAt = trigger && (nextSlots(trigger.schedule, now, 1)[0]?.at ?? null);
      rows.push({ workflowId, versionId, trigger, isHarmful: plan?.isHarmful ?? true, nextAt });
    }
    if (rows.length > 0) await store.put(rows);
    const removed = await store.removeInactive();
    if (rows.length + removed > 0) events.listChanged('workflows');
  }

  /** One version that cannot be compiled any more must not stop the schedules of all others. */
  async function planOf(versionId: string): Promise<Plan | undefined> {
    try {
      return await runner.planOf(versionId);
    } catch (error) {
      deps.report(`The schedule of version ${versionId} could not be read`, error);
      return undefined;
    }
  }

  async function startOne(due: DueStart): Promise<void> {
    const { workflowId, trigger, dueAt } = due;
    const now = clock.now();
    const graceMs = trigger.graceMinutes * minuteMs;
    const [first] = nextSlots(trigger.schedule, dueAt - 1, 1);
    const [following] = nextSlots(trigger.schedule, now, 1);
    const next = following?.at ?? null;
    if (!first) return store.advance(workflowId, dueAt, next);

    const timely = newestSlot(trigger.schedule, Math.max(dueAt - 1, now - graceMs - 1), now);
    const ending = (slot: Slot, status: NewSlot['status'], reason: string): NewSlot => {
      const { at, name } = slot;
      const base = { id: newId('slot'), workflowId, slot: name, dueAt: at, at: now, runId: null };
      return { ...base, status, reason, from: dueAt, next };
    };
    if (await store.goesOn(workflowId)) {
      const reason = 'The run that it started before still goes on.';
      return close(due, ending(timely ?? first, 'skipped', reason), 'was left out');
    }
    if (timely) return start(ending(timely, 'started', ''));
    if (due.isHarmful) {
      const reason = `Rollcall was not running at that time. The workflow takes something from people, so it waits for you.`;
      return close(due, ending(first, 'missed', reason), 'did not start');
    }
    if (trigger.late === 'run') return start(ending(first, 'started', 'Made up for: it was late.'));
    const reason = 'Rollcall was not running at that time. It waits for its next time.';
    return close(due, ending(first, 'skipped', reason), 'did not start');
  }

  async function start(slot: NewSlot): Promise<void> {
    try {
      await runner.start(slot.workflowId, { startedBy: 'Schedule', lane: 'schedule', slot });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
      // Somebody else has started it, or it was deactivated a moment ago.
      await store.advance(slot.workflowId, slot.from, slot.next);
    }
  }

  async function close({ workflowName }: DueStart, slot: NewSlot, what: string): Promise<void> {
    const isMissed = slot.status === 'missed';
    const isTold = await store.close(slot, {
      id: newId('notification'),
      level: 'warning',
      title: `${workflowName} ${what}`,
      message: `It was due at ${toText(slot.dueAt)}. ${slot.reason}${isMissed ? ' Start it now, or skip it.' : ''}`,
      link: isMissed ? '/runs' : `/workflows/${slot.workflowId}`,
    });
    if (!isTold) return store.advance(slot.workflowId, slot.from, slot.next);
    events.listChanged('notifications');
    events.listChanged('runs');
  }

  return {
    changed,

    async startDue(signal) {
      await changed();
      while (!signal?.aborted) {
        const now = clock.now();
        const due = await store.takeDue(now, now + heldMs);
        if (!due) return;
        try {
          await startOne(due);
        } catch (error) {
          // It stays held for a moment and is tried again; the others must not wait for it.
          deps.report(`The schedule of ${due.workflowId} did not go on`, error);
        }
        events.listChanged('workflows');
      }
    },

    list: () => store.missed(),

    async decide(slotId, choice, by) {
      const found = await store.find(slotId);
      if (!found) throw new AppError('not_found', `There is no missed start "${slotId}".`);
      const at = clock.now();
      let runId: string | null = null;
      if (choice === 'start') {
        runId = (await runner.start(found.workflowId, { startedBy: by, missed: { id: slotId, by } })).id;
      } else await store.decide({ id: slotId, status: 'skipped', runId, by, at });
      events.listChanged('runs');
      return runId;
    },
  };
}

/** The last time in a span, its end included. */
function newestSlot(schedule: Parameters<typeof nextSlots>[0], after: number, until: number): Slot | null {
  let found: Slot | null = null;
  for (let from = after; ; from = found.at) {
    const [slot] = nextSlots(schedule, from, 1);
    if (!slot || slot.at > until) return found;
    found = slot;
  }
}

const toText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
