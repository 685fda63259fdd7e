import { Checkbox } from '@mantine/core';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import type { UnclearCall, UnclearKind } from '#contract';
import { useCan } from '../api/use-session.ts';
import { useUnclearCalls } from '../api/use-unclear-calls.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { MoreRows } from '../ui/MoreRows.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { countOf, toNumberText } from '../ui/words.ts';
import classes from './UnclearCallsPage.module.css';
import { DeskBar } from './unclear/DeskBar.tsx';
import { KindList } from './unclear/KindList.tsx';
import { settlers } from './unclear/settlers.ts';
import { UnclearRow } from './unclear/UnclearRow.tsx';

/** A repetition that became unclear again is another call than the one that was chosen. */
const keyOf = ({ runId, n, step }: UnclearCall): string => `${runId} ${n} ${step}`;

/** Calls of all runs whose outcome nobody knows, and what a person says about them. */
export function UnclearCallsPage() {
  const [kind, setKind] = useState<UnclearKind | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const calls = useUnclearCalls(kind);
  const maySettle = useCan('runs.settle');
  return (
    <>
      <PageHeader
        title="Unclear calls"
        summary={`Calls that were sent, and nobody knows whether they were carried out. ${maySettle ? 'Look the account up in the app, then say what you found.' : settlers}`}
      />
      <Loaded query={calls} rows={6}>
        {({ items, total, kinds }) => {
          const shown = items.filter((call) => chosen.has(keyOf(call)));
          const isAll = shown.length === items.length;
          if (total === 0 && kinds.length === 0) {
            return (
              <Panel>
                <EmptyState icon={CircleCheck} title="Every call has a known outcome">
                  When an answer is lost and looking at the account does not tell, the call waits here for
                  somebody who finds out. Nothing is repeated before.
                </EmptyState>
              </Panel>
            );
          }
          return (
            <div className={classes.parts}>
              <KindList
                kinds={kinds}
                value={kind}
                onChange={(next) => {
                  setKind(next);
                  setChosen(new Set());
                }}
              />
              <Panel
                title={kind ? kind.blockName : 'All of them'}
                note={
                  items.length < total
                    ? `the oldest ${toNumberText(items.length)} of ${toNumberText(total)}`
                    : countOf(total, 'call')
                }
                action={
                  maySettle && (
                    <Checkbox
                      label="Choose all"
                      checked={isAll && items.length > 0}
                      indeterminate={shown.length > 0 && !isAll}
                      onChange={() => setChosen(isAll ? new Set() : new Set(items.map(keyOf)))}
                    />
                  )
                }
                flush
              >
                {shown.length > 0 && <DeskBar calls={shown} onDone={() => setChosen(new Set())} />}
                <ul className={classes.list} aria-label="Unclear calls">
                  {items.map((call) => (
                    <UnclearRow
                      key={keyOf(call)}
                      call={call}
                      maySettle={maySettle}
                      isChosen={chosen.has(keyOf(call))}
                      onChoose={(isChosen) => {
                        const next = new Set(chosen);
                        if (isChosen) next.add(keyOf(call));
                        else next.delete(keyOf(call));
                        setChosen(next);
                      }}
                    />
                  ))}
                </ul>
                <MoreRows list={{ ...calls, items, total }} />
              </Panel>
            </div>
          );
        }}
      </Loaded>
    </>
  );
}
