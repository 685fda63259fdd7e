import { isFinished, type RunFamily } from '#contract';
import { usePlan } from '../../api/use-plan.ts';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { toNumberText } from '../../ui/words.ts';
import classes from './PlanPanel.module.css';
import { kindsOf, kindWords, toneOfKind } from './plan-words.ts';

/**
 * What the workflows that it starts would do. Their numbers are not added to those of the plan: limits and approvals
 * are about runs, and each of those runs is judged by itself.
 */
export function ChildPlans({ started }: Pick<RunFamily, 'started'>) {
  if (started.length === 0) return null;
  return (
    <section className={classes.children} aria-label="Plans of the workflows that it starts">
      <p className={classes.quiet}>
        Not among these numbers is what the workflows that it starts would do. Each of their runs has limits
        and a plan of its own:
      </p>
      <ul>
        {started.map((child) => (
          <ChildPlan key={child.runId} {...child} />
        ))}
      </ul>
    </section>
  );
}

function ChildPlan({ runId, workflowName, status }: RunFamily['started'][number]) {
  const isOver = isFinished(status);
  const plan = usePlan(runId, isOver);
  const kinds = plan.data ? kindsOf(plan.data) : [];
  return (
    <li>
      <RouteLink to={`/runs/${runId}`}>{workflowName}</RouteLink>
      {kinds.map(([kind, count]) => (
        <span key={kind} className={classes.badge} data-tone={toneOfKind(kind)}>
          {toNumberText(count)} {kindWords[kind]}
        </span>
      ))}
      {plan.data && kinds.length === 0 && (
        <span className={classes.quiet}>{isOver ? 'Nothing would be done.' : 'Still being made.'}</span>
      )}
    </li>
  );
}
