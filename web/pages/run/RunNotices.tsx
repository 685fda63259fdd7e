import { CirclePause, ClipboardList } from 'lucide-react';
import type { RunDetails } from '#contract';
import { useRequestOf } from '../../api/use-approvals.ts';
import { useCan } from '../../api/use-session.ts';
import { Note } from '../../editor/Note.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import classes from './RunNotices.module.css';
import { waitWords } from './run-words.ts';

type Props = Pick<RunDetails, 'run' | 'waits'>;

/** That a plan changed nothing, what a run waits for, and where to go about it. */
export function RunNotices({ run, waits }: Props) {
  return (
    <>
      {run.mode === 'plan' && <PlanNote run={run} />}
      {run.planId !== null && run.mode === 'run' && (
        <p className={classes.line}>
          Goes by <RouteLink to={`/runs/${run.planId}`}>its plan</RouteLink>
          {run.approvalId !== null && (
            <>
              , <RouteLink to={`/approvals/${run.approvalId}`}>for which somebody was asked</RouteLink>
            </>
          )}
        </p>
      )}
      {waits.map((wait) => (
        <Note
          key={`${wait.held?.code} ${wait.held?.sentence}`}
          tone={wait.held ? 'warning' : 'neutral'}
          icon={CirclePause}
        >
          {waitWords(wait)} {wait.held && <WaitLink code={wait.held.code} runId={run.id} />}
        </Note>
      ))}
    </>
  );
}

/** Where the reason of a hold is dealt with. */
function WaitLink({ code, runId }: { code: string; runId: string }) {
  if (code === 'plan') return null;
  if (code.startsWith('ask:') || code.startsWith('start:')) return null;
  if (code.startsWith('child:'))
    return <RouteLink to={`/runs/${code.slice('child:'.length)}`}>Open it</RouteLink>;
  if (code === 'approval' || code === 'canary' || code === 'limit' || code.startsWith('asked:'))
    return <RequestLink runId={runId} />;
  // What a dry run finds out comes by itself.
  return code === 'plan' ? null : <RouteLink to="/safety">Open Safety</RouteLink>;
}

function RequestLink({ runId }: { runId: string }) {
  const request = useRequestOf(runId);
  return request ? <RouteLink to={`/approvals/${request.id}`}>Look at the request</RouteLink> : null;
}

function PlanNote({ run }: Pick<RunDetails, 'run'>) {
  const mayStart = useCan('runs.start');
  const isDraft = run.versionNumber === 0;
  return (
    <div className={classes.plan}>
      <ClipboardList size={17} aria-hidden />
      <span>
        <strong>Plan: nothing was changed.</strong> This is what{' '}
        {isDraft ? 'the draft' : `version ${run.versionNumber}`} would do now.
      </span>
      <span className={classes.actions}>
        {isDraft ? (
          <LinkButton to={`/workflows/${run.workflowId}`} size="compact-sm" variant="default">
            Open the draft to launch it
          </LinkButton>
        ) : (
          mayStart &&
          run.status === 'succeeded' && (
            <LinkButton to={`/workflows/${run.workflowId}?run=1`} size="compact-sm" variant="default">
              Run it…
            </LinkButton>
          )
        )}
      </span>
    </div>
  );
}
