import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { ArrowLeftRight, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import type { VersionSummary, Workflow } from '#contract';
import { useCan } from '../api/use-session.ts';
import { type Side, useDifference, useVersionList, useWorkflow } from '../api/use-versions.ts';
import { CatalogueContext } from '../editor/catalogue.ts';
import { useReadCatalogue } from '../editor/use-read-catalogue.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { useFilter } from '../ui/use-filter.ts';
import { countOf } from '../ui/words.ts';
import classes from './CompareVersionsPage.module.css';
import { Comparison } from './versions/Comparison.tsx';
import { RestoreDialog } from './versions/RestoreDialog.tsx';
import { SideSelect } from './versions/SideSelect.tsx';

const sideSchema = z.union([z.literal('draft'), z.coerce.number().int().min(1)]);
const filterSchema = z.object({ from: sideSchema.catch(1), to: sideSchema.catch('draft') });

/** Two versions of a workflow beside each other, or one and the draft. */
export function CompareVersionsPage() {
  const { id = '' } = useParams({ strict: false });
  const workflow = useWorkflow(id);
  const versions = useVersionList(id);
  return (
    <Loaded query={workflow}>
      {(read) => <Loaded query={versions}>{(all) => <Compared workflow={read} versions={all} />}</Loaded>}
    </Loaded>
  );
}

function Compared({ workflow, versions }: { workflow: Workflow; versions: readonly VersionSummary[] }) {
  const [{ from, to }, change] = useFilter(filterSchema);
  const difference = useDifference(workflow.id, from, to);
  const { catalogue } = useReadCatalogue();
  const canWrite = useCan('workflows.write');
  const [restores, setRestores] = useState<number | null>(null);
  const older = from === 'draft' ? to : from;
  const put = (sides: { from: Side; to: Side }): void =>
    change({ from: String(sides.from) as never, to: String(sides.to) as never });

  return (
    <div className={classes.page}>
      <PageHeader
        title={`Compare versions of ${workflow.name}`}
        summary={difference.data && summaryOf(difference.data.sentences.length)}
        actions={
          canWrite &&
          older !== 'draft' && (
            <Button
              variant="default"
              leftSection={<Undo2 size={16} aria-hidden />}
              onClick={() => setRestores(older)}
            >
              {`Restore version ${older}…`}
            </Button>
          )
        }
      />
      <div className={classes.sides}>
        <SideSelect
          label="Before"
          versions={versions}
          value={from}
          onChange={(side) => put({ from: side, to })}
        />
        <Button
          variant="subtle"
          color="gray"
          px={8}
          aria-label="Swap both sides"
          onClick={() => put({ from: to, to: from })}
        >
          <ArrowLeftRight size={16} aria-hidden />
        </Button>
        <SideSelect
          label="After"
          versions={versions}
          value={to}
          onChange={(side) => put({ from, to: side })}
        />
      </div>
      <Loaded query={difference} rows={6}>
        {(read) =>
          catalogue && (
            <CatalogueContext value={catalogue}>
              <Comparison key={`${from} ${to}`} difference={read} />
            </CatalogueContext>
          )
        }
      </Loaded>
      {restores !== null && (
        <RestoreDialog workflow={workflow} number={restores} onClose={() => setRestores(null)} />
      )}
    </div>
  );
}

const summaryOf = (count: number): string =>
  count === 0 ? 'Both are the same.' : `${countOf(count, 'difference')}.`;
