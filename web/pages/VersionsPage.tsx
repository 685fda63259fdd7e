import { useParams } from '@tanstack/react-router';
import { GitCompareArrows, History } from 'lucide-react';
import type { VersionSummary, Workflow } from '#contract';
import { useVersionList, useWorkflow } from '../api/use-versions.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { LinkButton } from '../ui/LinkButton.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { TimeAgo } from '../ui/TimeAgo.tsx';
import { VersionMenu } from './versions/VersionMenu.tsx';
import { stateLooks } from './versions/version-words.ts';

/** Every version of a workflow: who launched it, when and why, and what may be done with it. */
export function VersionsPage() {
  const { id = '' } = useParams({ strict: false });
  return <Loaded query={useWorkflow(id)}>{(workflow) => <Versions workflow={workflow} />}</Loaded>;
}

function Versions({ workflow }: { workflow: Workflow }) {
  const versions = useVersionList(workflow.id);
  const newest = versions.data?.[0];
  return (
    <>
      <PageHeader
        title={`Versions of ${workflow.name}`}
        summary="Each launch keeps an unchangeable copy of the draft. Runs name the version that they belong to."
        actions={
          newest && (
            <LinkButton
              to={`/workflows/${workflow.id}/compare?from=${newest.number}&to=draft`}
              leftSection={<GitCompareArrows size={16} aria-hidden />}
            >
              Compare with the draft
            </LinkButton>
          )
        }
      />
      <Panel flush>
        <Loaded query={versions} rows={4}>
          {(all) =>
            all.length === 0 ? (
              <EmptyState
                icon={History}
                title="Nothing was launched yet"
                action={<LinkButton to={`/workflows/${workflow.id}`}>Open the draft</LinkButton>}
              >
                Launch the draft, and its first version is kept here.
              </EmptyState>
            ) : (
              <DataTable
                label="Versions"
                columns={columnsOf(workflow)}
                rows={all}
                rowKey={({ id }) => id}
                rowLink={({ number }) => `/workflows/${workflow.id}/compare?from=${number}&to=draft`}
              />
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}

const columnsOf = (workflow: Workflow): Column<VersionSummary>[] => [
  { key: 'number', header: 'Version', cell: ({ number }) => `Version ${number}`, width: 120 },
  {
    key: 'state',
    header: 'State',
    width: 200,
    cell: ({ state }) => <StatusBadge {...stateLooks[state]} />,
  },
  { key: 'note', header: 'What changed', cell: ({ note }) => note, isCut: true, from: 'md' },
  { key: 'author', header: 'By', cell: ({ author }) => author, isCut: true, width: 180, from: 'sm' },
  {
    key: 'when',
    header: 'When',
    cell: ({ createdAt }) => <TimeAgo at={createdAt} />,
    width: 140,
    from: 'sm',
  },
  {
    key: 'menu',
    header: '',
    width: 52,
    align: 'right',
    cell: (version) => <VersionMenu workflow={workflow} version={version} />,
  },
];
