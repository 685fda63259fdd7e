import type { PlanDifference, Run } from '#contract';
import { usePlanComparison } from '../../api/use-plan.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { toNumberText } from '../../ui/words.ts';
import { PlannedRow } from './PlannedRow.tsx';
import classes from './PlanPanel.module.css';

interface Props {
  runId: string;
  earlier: Run;
  onOpen: (n: number, step: number) => void;
}

const changeWords: Record<PlanDifference['change'], string> = {
  added: 'New',
  removed: 'Not any more',
  changed: 'Different',
};

/** What is different from the plan before. */
export function PlanComparison({ runId, earlier, onOpen }: Props) {
  const comparison = usePlanComparison(runId, earlier.id);
  return (
    <Loaded query={comparison} rows={4}>
      {({ items, counts, total }) => (
        <>
          <p className={classes.none}>
            Since the plan of <TimeAgo at={earlier.startedAt} />: {toNumberText(counts.added)} new,{' '}
            {toNumberText(counts.removed)} not any more, {toNumberText(counts.changed)} different,{' '}
            {toNumberText(counts.same)} as before.
            {items.length < total && ` The first ${toNumberText(items.length)} are shown.`}
          </p>
          {items.map(({ change, before, after }) => {
            const effect = after ?? before;
            if (!effect) return null;
            return (
              <div
                key={`${change} ${effect.recordId} ${effect.block} ${effect.does}`}
                className={classes.difference}
              >
                <span className={classes.change} data-change={change}>
                  {changeWords[change]}
                </span>
                <PlannedRow effect={effect} onOpen={onOpen} />
              </div>
            );
          })}
        </>
      )}
    </Loaded>
  );
}
