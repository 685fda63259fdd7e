import { z } from 'zod';
import { stepStatuses } from '#contract';
import { useRecordSteps } from '../../api/use-run.ts';
import { Json } from '../../ui/Json.tsx';
import { KeyValues } from '../../ui/KeyValues.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { RouteLink } from '../../ui/RouteLink.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { toExactText } from '../../ui/words.ts';
import { runRow, versionRows } from './subject-rows.tsx';

export const lookSubject = z.object({
  runId: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  versionNumber: z.int(),
  evidence: z.object({ runId: z.string(), recordN: z.int(), stepN: z.int(), status: z.enum(stepStatuses) }),
});

/** The first call of a new version that took something from somebody: was it the right one, and did it do what was meant? */
export function AskedLook({ subject }: { subject: z.infer<typeof lookSubject> }) {
  const { evidence, runId } = subject;
  const record = useRecordSteps(evidence.runId, evidence.recordN);
  return (
    <>
      <Panel title="What is asked">
        <p style={{ margin: '0 0 12px' }}>
          The version has made one call that takes something from somebody, and waits. Look whether it was the
          right account, and whether at the vendor that happened which was meant. Then the others go on,
          within the limits.
        </p>
        <KeyValues rows={[...versionRows(subject), runRow(runId)]} />
      </Panel>
      <Panel title="The first call">
        <Loaded query={record} rows={4}>
          {({ record: of, steps }) => {
            const step = steps.find(({ n }) => n === evidence.stepN);
            if (!step) return <p>The details of this call are no longer kept.</p>;
            return (
              <>
                <KeyValues
                  rows={[
                    [
                      'Whom',
                      <RouteLink
                        key="whom"
                        to={`/runs/${evidence.runId}?record=${evidence.recordN}&step=${evidence.stepN}`}
                      >
                        {of.label}
                      </RouteLink>,
                    ],
                    ['When', toExactText(step.startedAt)],
                    ['What came of it', <StatusBadge key="status" status={step.status} />],
                    ['Sent', step.request && <code>{`${step.request.method} ${step.request.url}`}</code>],
                    ['Answer', step.answer && `${step.answer.status ?? ''} ${step.answer.outcome}`.trim()],
                    ['Note', step.note ?? step.error],
                  ]}
                />
                {step.answer?.body !== undefined && step.answer.body !== null && step.answer.body !== '' && (
                  <Json value={step.answer.body} label="answer" />
                )}
              </>
            );
          }}
        </Loaded>
      </Panel>
    </>
  );
}
