import { Skeleton } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { RecordSteps, RunDetails, RunRecord } from '#contract';
import { useLive } from '../api/live.ts';
import { useRecordSteps, useRunSnapshot } from '../api/use-run.ts';
import { useRun } from '../api/use-runs.ts';
import { CatalogueContext } from '../editor/catalogue.ts';
import { useReadCatalogue } from '../editor/use-read-catalogue.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { PlanPanel } from './plan/PlanPanel.tsx';
import classes from './RunPage.module.css';
import { RecordPanel } from './run/RecordPanel.tsx';
import { RecordsPanel } from './run/RecordsPanel.tsx';
import { RunCanvas } from './run/RunCanvas.tsx';
import { RunHeader } from './run/RunHeader.tsx';
import { RunContext } from './run/run-world.ts';
import { StepPanel } from './run/StepPanel.tsx';
import { useFreshRecords } from './run/use-fresh-records.ts';
import { useRunAddress } from './run/use-run-address.ts';

/** A run on the canvas of its version: live counts, its records, and the evidence of every step. */
export function RunPage() {
  const { id = '' } = useParams({ strict: false });
  const run = useRun(id);
  const { catalogue, error, retry } = useReadCatalogue();
  const snapshot = useRunSnapshot(id);
  useLive(`run:${id}`, snapshot);
  const problem = run.error ?? error;

  if (problem && !run.data) {
    const again = (): void => {
      void run.refetch();
      retry();
    };
    return (
      <div className={classes.problem}>
        <ErrorState error={problem} onRetry={again} />
      </div>
    );
  }
  if (!run.data || !catalogue) {
    return (
      <div className={classes.page} role="status" aria-label="Opening the run">
        <div className={classes.waiting}>
          <Skeleton h={24} w={280} />
          <Skeleton h={14} w={360} />
        </div>
      </div>
    );
  }
  return (
    <CatalogueContext value={catalogue}>
      <Opened key={id} details={run.data} />
    </CatalogueContext>
  );
}

function Opened({ details }: { details: RunDetails }) {
  const address = useRunAddress();
  const { id } = details.run;
  const steps = useRecordSteps(id, address.record);
  const isCurrent = steps.data?.record.n === address.record;
  const data = address.record !== null && isCurrent ? steps.data : undefined;
  const record = useMemo(() => (data && data.record.n > 0 ? withParkedBlock(data) : null), [data]);
  const step = data?.steps.find((one) => one.n === address.step);
  useFreshRecords(details, address.record);

  const openBlock = step?.block ?? null;
  const { open, record: openRecord, filter, list: onFilter } = address;
  const world = useMemo(
    () => ({ details, record, openBlock, filter, onFilter }),
    [details, record, openBlock, filter, onFilter],
  );

  const onOpenBlock = (block: string): void => {
    const found = data?.steps.findLast((one) => one.block === block);
    if (found) open({ record: openRecord, step: found.n });
  };

  return (
    <RunContext value={world}>
      <div className={classes.page}>
        <RunHeader
          run={details.run}
          isInLine={details.isInLine}
          waitsFor={details.waitsFor}
          waits={details.waits}
          reruns={details.reruns}
          family={details.family}
          globals={details.globals}
        />
        <div className={classes.parts}>
          <div className={classes.middle}>
            <div className={classes.canvas}>
              <RunCanvas onOpenBlock={onOpenBlock} />
            </div>
            {step && (
              <StepPanel
                step={step}
                label={openRecord === 0 ? 'The run itself' : (data?.record.label ?? '')}
                onClose={() => open({ record: openRecord, step: null })}
              />
            )}
          </div>
          {openRecord === null && details.run.mode === 'plan' ? (
            <PlanPanel onOpen={(n, shown) => open({ record: n, step: shown })} />
          ) : openRecord === null ? (
            <RecordsPanel onOpen={(n) => open({ record: n, step: null })} />
          ) : (
            <RecordPanel
              n={openRecord}
              steps={{ data, error: steps.error, refetch: steps.refetch }}
              openStep={address.step}
              onOpenStep={(n) => open({ record: openRecord, step: n })}
              onBack={() => open({ record: null, step: null })}
            />
          )}
        </div>
      </div>
    </RunContext>
  );
}

/** The record with the block that it stands at: its path names only blocks that it has left. */
function withParkedBlock({ record, steps }: RecordSteps): RunRecord {
  const last = steps.at(-1);
  if (!last || last.exit !== null || record.path.some((part) => part.block === last.block)) return record;
  return { ...record, path: [...record.path, { block: last.block, exit: null }] };
}
