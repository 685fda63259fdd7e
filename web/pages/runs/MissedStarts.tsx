import { Button, Group } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { useState } from 'react';
import type { MissedStart } from '#contract';
import { sentenceOf } from '../../api/problem.ts';
import { useMissedStartDecision, useMissedStarts } from '../../api/use-missed-starts.ts';
import { useCan } from '../../api/use-session.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import classes from './MissedStarts.module.css';

/** Workflows that were to start while no server ran, and that wait for a person's word. */
export function MissedStarts() {
  const missed = useMissedStarts().data?.items ?? [];
  if (missed.length === 0) return null;
  return (
    <div className={classes.missed}>
      {missed.map((start) => (
        <MissedNotice key={start.id} start={start} />
      ))}
    </div>
  );
}

function MissedNotice({ start }: { start: MissedStart }) {
  const [isAsking, setIsAsking] = useState(false);
  const navigate = useNavigate();
  const decision = useMissedStartDecision();
  const canStart = useCan('runs.start');
  const begin = (): void =>
    decision.mutate(
      { id: start.id, choice: 'start' },
      { onSuccess: ({ runId }) => runId && void navigate({ to: `/runs/${runId}` }) },
    );
  return (
    <Notice
      tone="warning"
      title={`${start.workflowName} did not start`}
      action={
        canStart && (
          <Group gap="xs" wrap="nowrap">
            <Button
              size="xs"
              variant="default"
              disabled={decision.isPending}
              onClick={() => decision.mutate({ id: start.id, choice: 'skip' })}
            >
              Skip
            </Button>
            <Button
              size="xs"
              leftSection={<Play size={13} aria-hidden />}
              disabled={decision.isPending}
              onClick={() => setIsAsking(true)}
            >
              Start now
            </Button>
          </Group>
        )
      }
    >
      It was due <TimeAgo at={start.dueAt} />. {start.reason}{' '}
      <RouteLink to={`/workflows/${start.workflowId}`}>Look at the workflow</RouteLink>
      {decision.error && !isAsking && <div role="alert">{sentenceOf(decision.error)}</div>}
      {isAsking && (
        <ConfirmDialog
          title={`Start ${start.workflowName} now`}
          action="Start now"
          isPending={decision.isPending}
          error={decision.error}
          onConfirm={begin}
          onClose={() => setIsAsking(false)}
        >
          It runs over all records that match now. The workflow may take accounts or access from people.
        </ConfirmDialog>
      )}
    </Notice>
  );
}
