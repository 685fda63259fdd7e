import { Button, Menu, SegmentedControl, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Download, Search } from 'lucide-react';
import { useState } from 'react';
import { isFinished } from '#contract';
import { type PlanFilter, planFile, useEarlierPlan, usePlan, usePlannedEffects } from '../../api/use-plan.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { countOf, toNumberText } from '../../ui/words.ts';
import { useRunWorld } from '../run/run-world.ts';
import { ChildPlans } from './ChildPlans.tsx';
import { PlanComparison } from './PlanComparison.tsx';
import { PlannedRow } from './PlannedRow.tsx';
import classes from './PlanPanel.module.css';
import { PlanTotals } from './PlanTotals.tsx';

interface Props {
  /** Opens a record's way on the canvas. */
  onOpen: (n: number, step: number) => void;
}

/** What a run would do: how many of each kind, to whom, with what, and what it would leave alone and why. */
export function PlanPanel({ onOpen }: Props) {
  const { details } = useRunWorld();
  const { run, family } = details;
  const isOver = isFinished(run.status);
  const [filter, setFilter] = useState<PlanFilter>({});
  const [search, setSearch] = useState('');
  const [view, setView] = useState<'effects' | 'compare'>('effects');
  const [typed] = useDebouncedValue(search, 250);
  const plan = usePlan(run.id, isOver);
  const isComplete = plan.data?.isComplete === true;
  const earlier = useEarlierPlan(run.workflowId, run.id).data ?? null;
  const effects = usePlannedEffects(run.id, { ...filter, search: typed.trim() || undefined }, isOver);

  return (
    <aside className={classes.panel} aria-label="Plan">
      <div className={classes.head}>
        <h2 className={classes.title}>
          {isComplete ? 'What would happen' : 'What would happen, as far as is known'}
        </h2>
        {plan.data && <PlanTotals plan={plan.data} filter={filter} onFilter={setFilter} />}
        {plan.error && <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />}
        <ChildPlans started={family.started} />
        <div className={classes.tools}>
          <TextInput
            size="xs"
            className={classes.search}
            placeholder="Find somebody"
            aria-label="Find in the plan"
            leftSection={<Search size={14} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          {earlier && isOver && (
            <SegmentedControl
              size="xs"
              aria-label="What to show"
              data={[
                { value: 'effects', label: 'All' },
                { value: 'compare', label: 'Since last plan' },
              ]}
              value={view}
              onChange={(value) => setView(value as typeof view)}
            />
          )}
          <Menu>
            <Menu.Target>
              <Button size="xs" variant="default" leftSection={<Download size={14} aria-hidden />}>
                Export
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item component="a" href={planFile(run.id, 'csv')} download>
                As CSV
              </Menu.Item>
              <Menu.Item component="a" href={planFile(run.id, 'json')} download>
                As JSON
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      </div>
      <div className={classes.list}>
        {view === 'compare' && earlier ? (
          <PlanComparison runId={run.id} earlier={earlier} onOpen={onOpen} />
        ) : (
          <>
            {effects.isPending &&
              [0, 1, 2, 3].map((n) => <Skeleton key={n} h={36} my={10} mx={16} w="auto" />)}
            {effects.error && <ErrorState error={effects.error} onRetry={() => void effects.refetch()} />}
            {effects.items.map((effect) => (
              <PlannedRow key={`${effect.recordN} ${effect.stepN}`} effect={effect} onOpen={onOpen} />
            ))}
            {effects.data && effects.items.length === 0 && (
              <p className={classes.none}>
                {isOver ? 'Nothing would be done.' : 'Nothing yet. The plan is still being made.'}
              </p>
            )}
            {effects.hasNextPage && (
              <Button
                size="xs"
                variant="subtle"
                m="sm"
                loading={effects.isFetchingNextPage}
                onClick={() => void effects.fetchNextPage()}
              >
                Show more of {toNumberText(effects.total ?? 0)}
              </Button>
            )}
          </>
        )}
      </div>
      {/* Before its end nobody knows who is left as they are, and the numbers of a moment ago would say so of all. */}
      {plan.data?.isComplete && (
        <p className={classes.foot}>
          {countOf(plan.data.records, 'record')} looked at, {toNumberText(plan.data.unchanged)} left as they
          are.
        </p>
      )}
    </aside>
  );
}
