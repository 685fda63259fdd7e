import type { RunDetails } from '#contract';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import classes from './RerunLinks.module.css';
import { originWords } from './rerun-words.ts';

/** From a re-run to the run whose records it takes up, and from that one to its re-runs. */
export function RerunLinks({ run, reruns }: Pick<RunDetails, 'run' | 'reruns'>) {
  return (
    <>
      {run.origin && (
        <p className={classes.line}>
          {originWords[run.origin.records]}{' '}
          <RouteLink to={`/runs/${run.origin.runId}`}>an earlier run</RouteLink>
        </p>
      )}
      {reruns.length > 0 && (
        <p className={classes.line}>
          <span>Run again:</span>
          {reruns.map(({ id, status, startedAt }) => (
            <span key={id} className={classes.rerun}>
              <RouteLink to={`/runs/${id}`}>
                <TimeAgo at={startedAt} />
              </RouteLink>
              <StatusBadge status={status} />
            </span>
          ))}
        </p>
      )}
    </>
  );
}
