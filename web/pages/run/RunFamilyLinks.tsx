import type { RunDetails } from '#contract';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './RerunLinks.module.css';

/** From a run to the one that started it, and to those that it has started. */
export function RunFamilyLinks({ family }: Pick<RunDetails, 'family'>) {
  const { parent, started } = family;
  return (
    <>
      {parent && (
        <p className={classes.line}>
          <span>
            Started by a run of <RouteLink to={`/runs/${parent.runId}`}>{parent.workflowName}</RouteLink>
          </span>
        </p>
      )}
      {started.length > 0 && (
        <p className={classes.line}>
          <span>Has started:</span>
          {started.map(({ runId, workflowName, status }) => (
            <span key={runId} className={classes.rerun}>
              <RouteLink to={`/runs/${runId}`}>{workflowName}</RouteLink>
              <StatusBadge status={status} />
            </span>
          ))}
        </p>
      )}
    </>
  );
}
