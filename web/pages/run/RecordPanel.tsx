import { ActionIcon, Anchor, Skeleton, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, ExternalLink } from 'lucide-react';
import type { RecordSteps, RunRecord, Step } from '#contract';
import { useWorkflow } from '../../api/use-versions.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { statusLooks } from '../../ui/statuses.ts';
import { AttentionBox } from './AttentionBox.tsx';
import classes from './RecordPanel.module.css';
import panel from './RecordsPanel.module.css';
import { recordWaitWords } from './run-words.ts';
import { useRunWorld } from './run-world.ts';
import { StatusIcon } from './StatusIcon.tsx';
import { StepRow } from './StepRow.tsx';

type Props = {
  n: number;
  steps: { data: RecordSteps | undefined; error: Error | null; refetch: () => unknown };
  openStep: number | null;
  onOpenStep: (step: number) => void;
  onBack: () => void;
};

/** One record and all that was done for it, in order; record 0 is the run itself. */
export function RecordPanel({ n, steps, openStep, onOpenStep, onBack }: Props) {
  const { details } = useRunWorld();
  const { data, error } = steps;
  const record = data?.record;
  const parked = data?.steps.findLast(
    (step) => step.status === 'needs_attention' || step.status === 'sending',
  );

  return (
    <aside className={panel.panel} aria-label={n === 0 ? 'The run itself' : 'Record'}>
      <header className={classes.head}>
        <Tooltip label="All records">
          <ActionIcon variant="subtle" color="gray" aria-label="Back to all records" onClick={onBack}>
            <ArrowLeft size={17} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <div className={panel.runWords}>
          <span className={classes.title}>{n === 0 ? 'The run itself' : (record?.label ?? '…')}</span>
          {n === 0 ? (
            <span className={panel.place}>What happens once per run</span>
          ) : (
            record && <RecordState record={record} />
          )}
        </div>
      </header>
      <div className={panel.list}>
        {error && <ErrorState error={error} onRetry={() => void steps.refetch()} />}
        {!data && !error && [0, 1, 2, 3].map((row) => <Skeleton key={row} h={36} my={10} mx={16} w="auto" />)}
        {record && n > 0 && record.status === 'needs_attention' && parked && (
          <AttentionBox runId={details.run.id} record={record} step={parked} />
        )}
        {record?.error && record.status !== 'needs_attention' && (
          <p className={classes.error}>{record.error}</p>
        )}
        {record?.waits && <p className={classes.waits}>{recordWaitWords(record.waits)}</p>}
        {data && <Steps steps={data.steps} openStep={openStep} onOpenStep={onOpenStep} />}
      </div>
    </aside>
  );
}

function RecordState({ record }: { record: RunRecord }) {
  const { details } = useRunWorld();
  const records = useWorkflow(details.run.workflowId).data?.records;
  const account =
    records?.kind === 'saas_users' ? `/apps/${records.appId}/users/${record.recordId}` : undefined;
  const [to, word] =
    record.recordType === 'person' ? [`/people/${record.recordId}`, 'person'] : [account, 'SaaS user'];
  return (
    <span className={classes.state}>
      <StatusIcon status={record.status} size={13} />
      {statusLooks[record.status].word}
      {to && (
        <Anchor component={Link} to={to} size="xs" className={classes.link}>
          Open {word} <ExternalLink size={11} aria-hidden />
        </Anchor>
      )}
    </span>
  );
}

function Steps({ steps, openStep, onOpenStep }: { steps: Step[] } & Pick<Props, 'openStep' | 'onOpenStep'>) {
  if (steps.length === 0) return <p className={classes.none}>Nothing has been done for it yet.</p>;
  return (
    <ol className={classes.steps}>
      {steps.map((step) => (
        <StepRow key={step.n} step={step} isOpen={step.n === openStep} onOpen={() => onOpenStep(step.n)} />
      ))}
    </ol>
  );
}
