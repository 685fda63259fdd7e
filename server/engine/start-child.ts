import { mostDepth } from '../domain/event-trigger.ts';
import type { StartRun } from './block.ts';
import type { Started } from './child-ports.ts';
import { childCode, startCode } from './child-runs.ts';
import { toOwnEffectText } from './effect.ts';
import type { RecordState } from './journal-ports.ts';
import type { PlanBlock } from './plan.ts';
import type { Ended, RecordWork, StepState } from './record-work.ts';
import { finishStep, waitAtStep } from './step-end.ts';

/** Where a record keeps what its blocks have started; no field and no variable can be called so. */
export const startedSpace = '_started';

type Standing = Pick<RecordState, 'variables'>;

const startedOf = ({ variables }: Standing) => variables[startedSpace] as Record<string, Started> | undefined;

function put(state: Standing, block: string, started: Started | undefined): void {
  const { [block]: _before, ...others } = startedOf(state) ?? {};
  const all = started ? { ...others, [block]: started } : others;
  if (Object.keys(all).length > 0) state.variables[startedSpace] = all;
  else delete state.variables[startedSpace];
}

/** A block wants a run of another workflow: it waits until there is one, and where it is to, until that has ended. */
export async function startChild(
  work: RecordWork,
  block: PlanBlock,
  { workflowId, waits, conclude }: StartRun,
  step: StepState,
): Promise<Ended> {
  const { state, deps } = work;
  const since = state.waits?.since ?? step.startedAt;
  const known = startedOf(state)?.[block.id];
  const finish = (done: Parameters<typeof finishStep>[2]): Ended => {
    put(state, block.id, undefined);
    return finishStep(work, block, done, { ...step, startedAt: since });
  };
  const fail = (error: string): Ended => finish({ kind: 'done', exit: 'failure', error });

  if (known?.error != null) return fail(known.error);
  if (known?.run != null) {
    const outcome = await deps.children.outcome(known.run, known.ids);
    if (!outcome) return fail('The run that it has started is gone.');
    const done = conclude(outcome);
    if (done) return finish(done);
    const sentence = `Waits for the run of “${outcome.workflowName}” that it has started.`;
    return waitAtStep(work, block, { until: null, held: { code: childCode(known.run), sentence } }, step);
  }

  const found = await recordsFor(work, workflowId);
  if (typeof found === 'string') return fail(found);
  if (work.isPlan) {
    const effect = toOwnEffectText('start-run', { ids: found.ids });
    const note = `Would start “${found.name}” for ${found.ids.length === 1 ? 'one record' : `${found.ids.length} records`}.`;
    return finishStep(work, block, { kind: 'done', exit: 'success', note }, { ...step, effect });
  }
  put(state, block.id, { ids: found.ids, run: null, error: null });
  const when = waits ? 'and waits for its end' : 'and goes on';
  const sentence = `Starts “${found.name}” as soon as nothing else of this run can be done, ${when}.`;
  return waitAtStep(work, block, { until: null, held: { code: startCode(block.id), sentence } }, step);
}

/** The records that the other workflow is to run for, or why there are none. */
async function recordsFor(
  { run, deps, subject }: RecordWork,
  workflowId: string,
): Promise<{ name: string; ids: string[] } | string> {
  const workflow = await deps.children.workflow(workflowId);
  if (!workflow) return 'The workflow that it starts does not exist any more. Choose another.';
  const { name, records, isActive } = workflow;
  if (!isActive)
    return `“${name}” is not active, so it was not started. Launch it, then run this record again.`;
  if (run.row.depth >= mostDepth) {
    return `Workflows have started each other ${mostDepth} times in a row, so “${name}” was not started. Look for a circle among them.`;
  }
  const { person, saasUser } = subject;
  if (records.kind === 'people') {
    return person
      ? { name, ids: [person.id] }
      : `The account belongs to nobody, and “${name}” runs over people.`;
  }
  if (saasUser?.appId === records.appId) return { name, ids: [saasUser.id] };
  const accounts = person ? await deps.accounts.ofPerson(person.id) : [];
  const ids = accounts.filter(({ app }) => app.id === records.appId).map(({ account }) => account.id);
  return ids.length > 0 ? { name, ids } : `The person has no account in the app that “${name}” runs over.`;
}
