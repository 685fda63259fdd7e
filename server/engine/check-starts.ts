import type { Block, Issue } from '../domain/workflow.ts';
import { error, warning } from './issues.ts';
import type { Findings } from './prepare.ts';

/** A workflow that others may start. */
export interface StartableWorkflow {
  id: string;
  name: string;
  isActive: boolean;
  /** Workflows that its active version starts. */
  starts: readonly string[];
}

export interface StartContext {
  /** The workflow that the graph belongs to; absent where it belongs to none yet. */
  workflowId?: string | undefined;
  workflows?: readonly StartableWorkflow[] | undefined;
}

/** Whether the workflows that a block starts are there, and do not come back to this one. */
export function* checkStarts(
  block: Block,
  { workflows: named }: Pick<Findings, 'workflows'>,
  { workflowId, workflows = [] }: StartContext,
): Iterable<Issue> {
  for (const { id, setting } of named) {
    const workflow = workflows.find((one) => one.id === id);
    if (id === workflowId) {
      yield error(block.id, 'A workflow cannot run itself: it would never end. Choose another.', setting);
    } else if (!workflow) {
      yield error(block.id, 'The workflow does not exist any more. Choose another.', setting);
    } else {
      const way = workflowId === undefined ? undefined : wayTo(workflowId, workflow, workflows);
      if (way) {
        const names = [...way, 'this workflow'].join(' → ');
        yield error(
          block.id,
          `The workflows run each other in a circle: this workflow → ${names}. Choose another, or take a block out of one of them.`,
          setting,
        );
      }
      if (!workflow.isActive) {
        const message = `“${workflow.name}” is not active, so records fail here. Launch it before this one runs.`;
        yield warning(block.id, message);
      }
    }
  }
}

/** The names of the workflows over which one leads to another; undefined when it does not. */
function wayTo(
  goal: string,
  from: StartableWorkflow,
  workflows: readonly StartableWorkflow[],
): string[] | undefined {
  const ways = new Map([[from.id, [from.name]]]);
  for (const [id, names] of ways) {
    for (const next of workflows.find((one) => one.id === id)?.starts ?? []) {
      if (next === goal) return names;
      const found = workflows.find((one) => one.id === next);
      if (found && !ways.has(next)) ways.set(next, [...names, found.name]);
    }
  }
  return undefined;
}
