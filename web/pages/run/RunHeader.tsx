import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleStop, Hourglass, RotateCcw, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { isFinished, type RunDetails } from '#contract';
import { useCancellation } from '../../api/use-run.ts';
import { useCan } from '../../api/use-session.ts';
import { Note } from '../../editor/Note.tsx';
import { useHoldings } from '../../shell/HeldBand.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { toDurationText, toNumberText } from '../../ui/words.ts';
import { PaceNote } from './PaceNote.tsx';
import { RerunDialog } from './RerunDialog.tsx';
import { RerunLinks } from './RerunLinks.tsx';
import { RunFamilyLinks } from './RunFamilyLinks.tsx';
import { RunGlobals } from './RunGlobals.tsx';
import classes from './RunHeader.module.css';
import { RunNotices } from './RunNotices.tsx';
import { RunProgress } from './RunProgress.tsx';
import { progressWords } from './run-words.ts';
import { UndoDialog } from './UndoDialog.tsx';
import { UndoneLine } from './UndoneLine.tsx';

type Props = Pick<RunDetails, 'run' | 'isInLine' | 'waitsFor' | 'waits' | 'reruns' | 'family' | 'globals'>;

/** What ran, by whom, since when and how far it is. */
export function RunHeader({ run, isInLine, waitsFor, waits, reruns, family, globals }: Props) {
  const isClosed = useHoldings().some((held) => held.isClosed);
  const [isAsking, setIsAsking] = useState(false);
  const [isUndoing, setIsUndoing] = useState(false);
  const [isRepeating, setIsRepeating] = useState(false);
  const mayStart = useCan('runs.start');
  const cancellation = useCancellation(run.id);
  const now = useNow(!isFinished(run.status));
  const canCancel = !isFinished(run.status);
  const ms = new Date(run.finishedAt ?? now).getTime() - new Date(run.startedAt).getTime();

  return (
    <header className={classes.header}>
      <div className={classes.top}>
        <div className={classes.identity}>
          <h1 className={classes.title}>
            <Link to={`/workflows/${run.workflowId}`} className={classes.link}>
              {run.workflowName}
            </Link>
          </h1>
          {run.mode === 'plan' && <span className={classes.mode}>Plan</span>}
          <StatusBadge status={run.status} />
        </div>
        {isFinished(run.status) && run.mode === 'run' && (
          <div className={classes.actions}>
            <Button
              size="sm"
              variant="default"
              leftSection={<Undo2 size={15} aria-hidden />}
              onClick={() => setIsUndoing(true)}
            >
              Undo…
            </Button>
            {mayStart && (
              <Button
                size="sm"
                variant="default"
                leftSection={<RotateCcw size={15} aria-hidden />}
                onClick={() => setIsRepeating(true)}
              >
                Run again…
              </Button>
            )}
          </div>
        )}
        {canCancel && mayStart && (
          <Button
            size="sm"
            variant="default"
            leftSection={<CircleStop size={15} aria-hidden />}
            disabled={run.isCancelling}
            onClick={() => setIsAsking(true)}
          >
            {run.isCancelling ? 'Cancelling…' : 'Cancel run'}
          </Button>
        )}
      </div>
      <p className={classes.facts}>
        <span>
          {run.versionNumber === 0 ? (
            'The draft'
          ) : (
            <RouteLink to={`/workflows/${run.workflowId}/versions`}>Version {run.versionNumber}</RouteLink>
          )}
        </span>
        <span>
          started by {run.startedBy} <TimeAgo at={run.startedAt} />
        </span>
        <span>
          {run.finishedAt ? 'took' : 'for'} {toDurationText(Math.max(0, ms))}
        </span>
      </p>
      <div className={classes.progress}>
        {run.counts.total > 0 && <RunProgress counts={run.counts} />}
        <span className={classes.words} role="status">
          {progressWords(run)}
        </span>
      </div>
      {isInLine && (
        <Note tone="interactive" icon={Hourglass}>
          {isClosed
            ? 'It waits: nothing leaves this server before safe mode is released.'
            : 'It waits for its turn: many runs are under way, and it begins when one of them ends.'}
        </Note>
      )}
      {waitsFor.map((pace) => (
        <PaceNote key={pace.credentialId} pace={pace} />
      ))}
      {run.error && (
        <Note tone="danger" icon={CircleAlert}>
          <strong>The run stopped.</strong> {run.error}
        </Note>
      )}
      <RerunLinks run={run} reruns={reruns} />
      <UndoneLine />
      <RunFamilyLinks family={family} />
      <RunGlobals globals={globals} />
      <RunNotices run={run} waits={waits} />
      {isRepeating && <RerunDialog run={run} onClose={() => setIsRepeating(false)} />}
      {isUndoing && <UndoDialog runId={run.id} onClose={() => setIsUndoing(false)} />}
      {isAsking && (
        <ConfirmDialog
          title="Cancel this run"
          action="Cancel run"
          isPending={cancellation.isPending}
          error={cancellation.error}
          onConfirm={() => cancellation.mutate(undefined, { onSuccess: () => setIsAsking(false) })}
          onClose={() => setIsAsking(false)}
        >
          {cancelWords(run.counts.queued + run.counts.waiting)}
        </ConfirmDialog>
      )}
    </header>
  );
}

function cancelWords(queued: number): string {
  const rest = queued > 0 ? ` The ${toNumberText(queued)} that wait are not started.` : '';
  return `Records that are at a block finish it.${rest} What is already done stays done.`;
}

/** The time, renewed each second while something goes on. */
function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isTicking) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}
