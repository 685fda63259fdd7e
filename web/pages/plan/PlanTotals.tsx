import type { Plan, SkipCode } from '#contract';
import type { PlanFilter } from '../../api/use-plan.ts';
import { toNumberText } from '../../ui/words.ts';
import classes from './PlanPanel.module.css';
import { kindsOf, kindWords, skipWords, toneOfKind } from './plan-words.ts';

interface Props {
  plan: Plan;
  filter: PlanFilter;
  onFilter: (filter: PlanFilter) => void;
}

/** How many of each kind, the harmful ones first; pressed, only those are listed. */
export function PlanTotals({ plan, filter, onFilter }: Props) {
  const kinds = kindsOf(plan);
  const skips = (Object.entries(plan.skips) as [SkipCode, number][]).filter(([, count]) => count > 0);
  if (kinds.length + skips.length === 0) {
    return <p className={classes.total}>{plan.isComplete ? 'Nothing would be done.' : 'Nothing so far.'}</p>;
  }
  return (
    <fieldset className={classes.totals} aria-label="What would happen">
      {kinds.map(([kind, count]) => (
        <button
          key={kind}
          type="button"
          className={classes.kind}
          data-tone={toneOfKind(kind)}
          aria-pressed={filter.kind === kind}
          onClick={() => onFilter(filter.kind === kind ? {} : { kind })}
        >
          <strong>{toNumberText(count)}</strong> {kindWords[kind]}
        </button>
      ))}
      {skips.map(([skip, count]) => (
        <button
          key={skip}
          type="button"
          className={classes.kind}
          data-tone="neutral"
          data-skip
          aria-pressed={filter.skip === skip}
          onClick={() => onFilter(filter.skip === skip ? {} : { skip })}
        >
          <strong>{toNumberText(count)}</strong> left alone, {skipWords[skip]}
        </button>
      ))}
    </fieldset>
  );
}
