import { z } from 'zod';
import { type Done, defineBlock } from '#engine/block';
import type { ChildOutcome } from '#engine/child-ports';

/** Runs another workflow for the record, and goes on as that run has ended. */
export const runWorkflow = defineBlock({
  type: 'run-workflow',
  title: 'Run Workflow',
  summary: 'Runs another workflow for this record, or for the person or the accounts that belong to it.',
  group: 'logic',
  level: 'record',
  settings: z.strictObject({
    workflowId: z.string().max(64).default(''),
    waits: z.boolean().default(true),
  }),
  form: [
    {
      key: 'workflowId',
      label: 'Workflow',
      control: 'workflow',
      hint: 'One over people gets the person; one over an app gets the accounts in that app. Its own Begin still says which of them it takes.',
    },
    {
      key: 'waits',
      label: 'Wait until it has ended',
      control: 'switch',
      hint: 'Off: the record goes on as soon as the run has started.',
    },
  ],
  exits: [
    { id: 'success', label: 'Success', tone: 'main' },
    { id: 'failure', label: 'Failure', tone: 'failure' },
  ],

  starts: ({ workflowId, waits }) => ({ workflowId, waits }),

  prepare({ workflowId, waits }, context) {
    if (workflowId === '') context.issue('workflowId', 'Choose the workflow to run.');
    else context.workflow(workflowId, 'workflowId');
    return () => ({
      kind: 'start',
      workflowId,
      waits,
      conclude: (outcome) => (waits ? concludeEnd(outcome) : concludeStart(outcome)),
    });
  },
});

const link = ({ runId }: ChildOutcome): string => `(${runId})`;

const concludeStart = (outcome: ChildOutcome): Done => ({
  kind: 'done',
  exit: 'success',
  note: `Started “${outcome.workflowName}” ${link(outcome)}.`,
});

/** Null while anything of it is still to be done. */
function concludeEnd(outcome: ChildOutcome): Done | null {
  const { workflowName, status, records } = outcome;
  const isOver = status === 'succeeded' || status === 'failed' || status === 'cancelled';
  const isOpen = records.some((one) => !['succeeded', 'failed', 'skipped', 'cancelled'].includes(one.status));
  if (isOpen || !(isOver || status === 'needs_attention')) return null;
  const name = `“${workflowName}” ${link(outcome)}`;
  const fail = (error: string): Done => ({ kind: 'done', exit: 'failure', error });
  if (records.length === 0) {
    if (status === 'cancelled') return fail(`${name} was cancelled.`);
    return fail(
      outcome.error
        ? `${name} has failed. ${outcome.error}`
        : `${name} did nothing: its Begin block leaves this record out.`,
    );
  }
  const bad = records.find((one) => one.status !== 'succeeded');
  if (!bad) {
    const count = records.length === 1 ? '' : ` for ${records.length} records`;
    return { kind: 'done', exit: 'success', note: `${name} has succeeded${count}.` };
  }
  const what = { failed: 'has failed', skipped: 'left the record out', cancelled: 'was cancelled' }[
    bad.status as 'failed' | 'skipped' | 'cancelled'
  ];
  return fail(`${name} ${what}${bad.error ? `. ${bad.error}` : '.'}`);
}
