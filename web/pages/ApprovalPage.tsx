import { useParams } from '@tanstack/react-router';
import type { ApprovalView } from '#contract';
import { useApproval } from '../api/use-approvals.ts';
import { KeyValues } from '../ui/KeyValues.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Mono } from '../ui/Mono.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { RouteLink } from '../ui/RouteLink.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { TimeAgo } from '../ui/TimeAgo.tsx';
import classes from './ApprovalPage.module.css';
import { Asked } from './approvals/Asked.tsx';
import { kindWords, stateLooks } from './approvals/approval-words.ts';
import { DecisionPanel } from './approvals/DecisionPanel.tsx';

/** One request: what is asked, by whom, and the place to decide. */
export function ApprovalPage() {
  const { id = '' } = useParams({ strict: false });
  return <Loaded query={useApproval(id)}>{(approval) => <Details approval={approval} />}</Loaded>;
}

function Details({ approval }: { approval: ApprovalView }) {
  const { status, word } = stateLooks[approval.status];
  return (
    <>
      <PageHeader
        title={approval.title}
        summary={`${kindWords[approval.kind]}, asked by ${approval.requestedByName}`}
        badge={<StatusBadge status={status} word={word} />}
      />
      {approval.status === 'waiting' && (
        <a href="#decide" className={classes.jump}>
          Go to the decision
        </a>
      )}
      <div className={classes.columns}>
        <div className={classes.column}>
          <Asked approval={approval} />
        </div>
        <div className={classes.column} id="decide">
          {approval.status === 'waiting' && <DecisionPanel approval={approval} />}
          <Panel title="Facts">
            <Facts approval={approval} />
          </Panel>
        </div>
      </div>
    </>
  );
}

function Facts({ approval }: { approval: ApprovalView }) {
  const { workflowId, runId, decidedAt, decidedByName, reason, status } = approval;
  return (
    <KeyValues
      rows={[
        ['Asked by', approval.requestedByName],
        ['Asked', <TimeAgo key="asked" at={approval.requestedAt} />],
        ...(status === 'waiting'
          ? [['Expires', <TimeAgo key="expires" at={approval.expiresAt} />] as const]
          : [
              ['Decided by', decidedByName ?? 'Rollcall'] as const,
              ['Decided', <TimeAgo key="decided" at={decidedAt} />] as const,
              ['Reason', reason] as const,
            ]),
        ...(workflowId
          ? [
              [
                'Workflow',
                <RouteLink key="workflow" to={`/workflows/${workflowId}`}>
                  Open the workflow
                </RouteLink>,
              ] as const,
            ]
          : []),
        ...(runId
          ? [
              [
                'Run',
                <RouteLink key="run" to={`/runs/${runId}`}>
                  Open the run
                </RouteLink>,
              ] as const,
            ]
          : []),
        [
          'Binds to',
          <Mono key="hash" copy="fingerprint">
            {approval.hash.slice(0, 16)}
          </Mono>,
        ],
      ]}
    />
  );
}
