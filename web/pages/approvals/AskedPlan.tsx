import { Button } from '@mantine/core';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import { limitKinds, type Plan, type PlannedEffect } from '#contract';
import { type PlanFilter, planFile, usePlan, usePlannedEffects } from '../../api/use-plan.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { KeyValues } from '../../ui/KeyValues.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { MoreRows } from '../../ui/MoreRows.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { TimeAgo } from '../../ui/TimeAgo.tsx';
import { countOf } from '../../ui/words.ts';
import { PlanTotals } from '../plan/PlanTotals.tsx';
import { kindsOf, kindWords, skipWords, toneOfKind } from '../plan/plan-words.ts';
import { runRow, versionRows } from './subject-rows.tsx';

export const planSubject = z.object({
  runId: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  versionNumber: z.int(),
  planId: z.string(),
  records: z.int(),
  harmful: z.array(z.object({ vendorId: z.string(), kind: z.enum(limitKinds), count: z.int() })),
  over: z.array(z.string()),
});

const columns: Column<PlannedEffect>[] = [
  {
    key: 'who',
    header: 'Who',
    cell: ({ target, label }) => target?.email || label,
    isCut: true,
    width: '34%',
  },
  {
    key: 'what',
    header: 'Would be',
    width: 120,
    cell: ({ skip, does }) => (skip ? `left alone, ${skipWords[skip.code]}` : kindWords[does]),
  },
  {
    key: 'request',
    header: 'Call',
    isCut: true,
    from: 'md',
    cell: ({ request }) =>
      request && (
        <code title={`${request.method} ${request.url}`}>{`${request.method} ${pathOf(request.url)}`}</code>
      ),
  },
  {
    key: 'read',
    header: 'Account read',
    width: 120,
    from: 'lg',
    cell: ({ target }) => <TimeAgo at={target?.readAt ?? null} />,
  },
];

/** A run above a limit: the numbers and the list of its plan, of which every line is agreed to and nothing else. */
export function AskedPlan({ subject }: { subject: z.infer<typeof planSubject> }) {
  const { planId, runId, over } = subject;
  const [chosen, setFilter] = useState<PlanFilter>();
  const plan = usePlan(planId, true);
  // Whoever decides sees first who would be harmed; the rest is one press away.
  const filter = chosen ?? harmOf(plan.data);
  const effects = usePlannedEffects(planId, filter, true);
  return (
    <>
      <Panel title="What is asked">
        <p style={{ margin: '0 0 12px' }}>
          The run may do exactly what its plan says, which is more than {over.join(' and ')}. What is not in
          the plan is left alone, whatever is true by then.
          {(plan.data?.counts['start-run'] ?? 0) > 0 &&
            ' What the workflows that it starts would do is no part of it: each of their runs is judged by itself.'}
        </p>
        <KeyValues rows={[...versionRows(subject), runRow(runId, countOf(subject.records, 'record'))]} />
      </Panel>
      <Panel
        title="The plan"
        action={
          <>
            <LinkButton to={`/runs/${planId}`} variant="subtle" size="compact-sm">
              Open on the canvas
            </LinkButton>
            <Button
              component="a"
              href={planFile(planId, 'csv')}
              download
              variant="subtle"
              size="compact-sm"
              leftSection={<Download size={14} aria-hidden />}
            >
              CSV
            </Button>
          </>
        }
      >
        <Loaded query={plan} rows={1}>
          {(found) => <PlanTotals plan={found} filter={filter} onFilter={setFilter} />}
        </Loaded>
      </Panel>
      <Panel flush>
        <DataTable
          label="What the run would do"
          columns={columns}
          rows={effects.items}
          rowKey={({ recordN, stepN }) => `${recordN} ${stepN}`}
        />
        <MoreRows list={effects} />
      </Panel>
    </>
  );
}

/** The end of an address, which tells one account from another; the address itself is the same for all. */
const pathOf = (url: string): string => (URL.canParse(url) ? url.slice(new URL(url).origin.length) : url);

/** The worst of what the plan would do to accounts; everything, where it harms nobody. */
function harmOf(plan: Plan | undefined): PlanFilter {
  const [worst] = plan ? kindsOf(plan) : [];
  return worst && toneOfKind(worst[0]) !== 'neutral' ? { kind: worst[0] } : {};
}
