import { AppError } from '../domain/errors.ts';
import { mostDepth } from '../domain/event-trigger.ts';
import { isFinished, type Run } from '../domain/run.ts';
import type { ChildStart, ChildStore } from './child-ports.ts';
import type { Plan } from './plan.ts';
import type { Events } from './ports.ts';
import type { StartOptions } from './run-service.ts';
import type { RunRow, RunStore } from './run-store-ports.ts';

/** A record that wants a run to be started. It is, when its own run rests, once for all records that want it. */
const wants = 'start:';
/** A record whose run goes on. */
const waitsFor = 'child:';

export const startCode = (block: string): string => wants + block;
export const childCode = (runId: string): string => waitsFor + runId;

/** More records than this go into another run. */
const mostRecords = 10_000;

export interface ChildRunDeps {
  store: RunStore;
  children: ChildStore;
  events: Pick<Events, 'runChanged'>;
}

export interface ChildRunHands {
  versionOf(row: RunRow): Promise<{ plan: Plan }>;
  start(workflowId: string, options: StartOptions & { parentStep: string; child?: ChildStart }): Promise<Run>;
  release(runId: string, code: string): Promise<unknown>;
  /** Its records were queued in the transaction that started another run. */
  goOn(row: RunRow): void;
  cancel(runId: string, reason: string): Promise<void>;
}

export interface ChildRuns {
  /** A run waits: what its records want to have started is started. */
  resting(row: RunRow): Promise<void>;
  /** A run that another one has started is over, or needs attention: who waits for it looks at it. */
  ended(row: RunRow): Promise<void>;
  /** What a run waits for is cancelled with it. */
  cancelled(row: RunRow): Promise<void>;
  /** The dry run of what a dry run would start. */
  planThrough(row: RunRow, plan: Plan): Promise<void>;
  resume(): Promise<void>;
}

/**
 * Starts runs for records of other runs. All records that wait at a block get one run together, so that its plan, its
 * limits and what somebody agrees to are about all of them. That they have it is written in the transaction that
 * starts it: no crash starts it twice.
 */
export function createChildRuns(deps: ChildRunDeps, hands: ChildRunHands): ChildRuns {
  const { store, children } = deps;

  const optionsOf = (row: RunRow) => ({
    startedBy: `Workflow “${row.workflowName}”`,
    starterId: row.starterId ?? undefined,
    lane: row.lane,
    depth: row.depth + 1,
  });

  /** True when there may be more. */
  async function start(row: RunRow, plan: Plan, code: string): Promise<boolean> {
    const block = plan.blocks.get(code.slice(wants.length));
    if (!block?.starts) return false;
    const { workflowId, waits } = block.starts;
    const waiting = await children.waiting(row.key, code, block.id, mostRecords);
    if (waiting.length === 0) return false;
    const parent: ChildStart = {
      parent: row.key,
      block: block.id,
      ns: waiting.map(({ n }) => n),
      held: null,
    };
    const name = (await children.workflow(workflowId))?.name ?? 'a workflow';
    const sentence = `Waits for the run of “${name}” that it has started.`;
    const number = (await children.count(row.id, block.id)) + 1;
    try {
      await hands.start(workflowId, {
        ...optionsOf(row),
        recordIds: [...new Set(waiting.flatMap(({ ids }) => ids))],
        parentStep: `${row.id}/${block.id}/${number}`,
        child: { ...parent, held: waits ? { code: '', sentence } : null },
      });
    } catch (error) {
      if (!(error instanceof AppError) || !['conflict', 'not_found'].includes(error.code)) throw error;
      await store.refuseChild(parent, error.message);
      hands.goOn(row);
    }
    if (!waits) hands.goOn(row);
    return waiting.length === mostRecords;
  }

  async function resting(row: RunRow): Promise<void> {
    const codes = await store.heldCodes(row.key);
    for (const code of codes.filter((one) => one.startsWith(wants))) {
      const { plan } = await hands.versionOf(row);
      while (await start(row, plan, code));
      deps.events.runChanged(row.id);
    }
    for (const code of codes.filter((one) => one.startsWith(waitsFor))) {
      const child = await store.find(code.slice(waitsFor.length));
      // What needs attention may still go on: whoever waits for it has looked already.
      if (!child || (isFinished(child.status) && child.status !== 'needs_attention')) {
        await hands.release(row.id, code);
      }
    }
  }

  return {
    resting,

    async ended({ id, parentStep }) {
      const parentId = parentStep?.split('/')[0];
      if (parentId) await hands.release(parentId, childCode(id));
    },

    async cancelled(row) {
      for (const code of await store.heldCodes(row.key)) {
        const id = code.startsWith(waitsFor) ? code.slice(waitsFor.length) : undefined;
        const child = id === undefined ? undefined : await store.find(id);
        if (!child || isFinished(child.status)) continue;
        await hands.cancel(child.id, 'The run that waited for it was cancelled.').catch(ignoreConflict);
      }
    },

    async planThrough(row, plan) {
      if (![...plan.blocks.values()].some(({ starts }) => starts) || row.depth >= mostDepth) return;
      for (const { block, recordIds } of await children.planned(row.key)) {
        const found = plan.blocks.get(block)?.starts;
        // After a crash it is there already.
        if (!found || (await children.count(row.id, block)) > 0) continue;
        const options = { ...optionsOf(row), recordIds, mode: 'plan' as const };
        try {
          await hands.start(found.workflowId, { ...options, parentStep: `${row.id}/${block}/1` });
        } catch (error) {
          // It was deactivated a moment ago: then nothing would be started either.
          if (!(error instanceof AppError)) throw error;
        }
      }
    },

    async resume() {
      for (const { row } of await store.heldRuns()) await resting(row);
    },
  };
}

/** It has ended by itself meanwhile. */
function ignoreConflict(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
}
