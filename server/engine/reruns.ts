import { AppError } from '../domain/errors.ts';
import type { RerunOptions } from '../domain/rerun.ts';
import { isFinished } from '../domain/run.ts';
import type { Plan } from './plan.ts';
import type { RerunCounts, RerunReader, RerunService, RunToRepeat } from './rerun-ports.ts';
import type { RunReader } from './run-ports.ts';
import type { Runner } from './runner.ts';

export interface RerunDeps {
  reader: RerunReader;
  runs: Pick<RunReader, 'activeVersion'>;
  runner: Pick<Runner, 'start' | 'planOf'>;
}

/**
 * Runs records of a finished run again, by the version that it used. A re-run is a run like any other: the guard, the
 * limits, approvals and the plan judge it anew. What may have happened without anybody knowing is never repeated by it.
 */
export function createReruns({ reader, runs, runner }: RerunDeps): RerunService {
  async function find(runId: string): Promise<RunToRepeat> {
    const found = await reader.run(runId);
    if (!found) throw new AppError('not_found', `There is no run "${runId}".`);
    return found;
  }

  /** The version, ready to run, or why it cannot. */
  async function compile(run: RunToRepeat): Promise<Plan | string> {
    try {
      return await runner.planOf(run.versionId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return `Version ${run.versionNumber} cannot run any more: ${error.message}`;
    }
  }

  async function look(runId: string): Promise<{ run: RunToRepeat; options: RerunOptions }> {
    const run = await find(runId);
    const active = await runs.activeVersion(run.workflowId);
    const isActive = active?.versionId != null;
    const { versionNumber } = run;
    const activeVersionNumber = isActive ? active.versionNumber : null;
    const refused = (obstacle: string) => ({
      run,
      options: { obstacle, versionNumber, activeVersionNumber, items: [] },
    });

    const obstacle = obstacleOf(run, isActive);
    if (obstacle !== null) return refused(obstacle);
    const plan = await compile(run);
    if (typeof plan === 'string') return refused(plan);
    const counts = await reader.counts(runId, leadingExits(plan));
    const items = counts.map((option) => ({ ...option, blocks: toBlocks(option, plan) }));
    const none = items.every(({ count }) => count === 0) ? noRecordWords : null;
    return { run, options: { obstacle: none, versionNumber, activeVersionNumber, items } };
  }

  return {
    options: async (runId) => (await look(runId)).options,

    async start(runId, records, by) {
      const { run, options } = await look(runId);
      if (options.obstacle !== null) throw new AppError('conflict', options.obstacle);
      const option = options.items.find((item) => item.records === records);
      if (!option || option.count === 0) throw new AppError('conflict', noneWords[records]);
      return runner.start(run.workflowId, {
        startedBy: by.name,
        starterId: by.id,
        again: { runId, records, version: { id: run.versionId, number: run.versionNumber } },
      });
    },
  };
}

function obstacleOf(run: RunToRepeat, isActive: boolean): string | null {
  if (run.mode === 'plan') return 'This is a plan. Make a new one from its workflow.';
  if (!isFinished(run.status)) return 'The run goes on. Wait for its end, or cancel it; then run it again.';
  if (run.isGoingOn) return 'A re-run of this run goes on already. Wait for its end, or cancel it.';
  if (!isActive) return `The workflow "${run.workflowName}" is not active. Launch it first.`;
  if (run.hasSteps) return null;
  return 'The details of this run were removed with age, so nobody can tell what is safe to repeat. Start a new run.';
}

const noRecordWords =
  'None of its records can be run again: it had none, they were removed, or their calls are unclear.';

const noneWords = {
  all: noRecordWords,
  failed: 'No record of this run failed that could be run again.',
  failed_step: 'No record of this run failed at a step that could be decided anew.',
} as const;

/** Exits that lead somewhere, as `block.exit`: a failure that takes one of them is dealt with there. */
export const leadingExits = ({ blocks }: Plan): string[] =>
  [...blocks.values()].flatMap(({ id, next }) =>
    [...next].flatMap(([exit, targets]) => (targets.length > 0 ? [`${id}.${exit}`] : [])),
  );

const toBlocks = ({ blocks }: RerunCounts, plan: Plan) =>
  [...blocks].map(([block, count]) => ({ block, name: plan.blocks.get(block)?.name ?? block, count }));
