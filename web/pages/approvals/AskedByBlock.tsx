import type { BlockQuestion } from '#contract';
import { KeyValues } from '../../ui/KeyValues.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { runRow, versionRows } from './subject-rows.tsx';

/** What an Approval block asks, and which records wait for the answer. */
export function AskedByBlock({ question: asked }: { question: BlockQuestion }) {
  const { question, block, runId, planId, records } = asked;
  const more = records.count - records.labels.length;
  return (
    <>
      <Panel title="What is asked">
        <p style={{ margin: '0 0 12px', fontWeight: 600 }}>{question}</p>
        <KeyValues
          rows={[
            ...versionRows(asked),
            ['Block', block],
            runRow(runId),
            [
              'Plan',
              planId && (
                <RouteLink key="plan" to={`/runs/${planId}`}>
                  What a dry run found
                </RouteLink>
              ),
            ],
          ]}
        />
      </Panel>
      <Panel title={records.count === 1 ? 'One record waits' : `${records.count} records wait`}>
        <ul style={{ margin: 0, paddingLeft: 18, columns: '220px' }}>
          {records.labels.map((label, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and the list never changes
            <li key={at}>{label}</li>
          ))}
        </ul>
        {more > 0 && <p style={{ margin: '12px 0 0' }}>and {more} more</p>}
      </Panel>
    </>
  );
}
