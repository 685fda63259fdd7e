import { Button } from '@mantine/core';
import { FileUp, Plus, Workflow as WorkflowIcon } from 'lucide-react';
import { z } from 'zod';
import { useCan } from '../api/use-session.ts';
import { useWorkflows } from '../api/use-workflows.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FilterBar } from '../ui/FilterBar.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { Panel } from '../ui/Panel.tsx';
import { SearchInput } from '../ui/SearchInput.tsx';
import { useFilter } from '../ui/use-filter.ts';
import { countOf } from '../ui/words.ts';
import { ImportWorkflowModal } from './workflows/ImportWorkflowModal.tsx';
import { NewWorkflowModal } from './workflows/NewWorkflowModal.tsx';
import { WorkflowsTable } from './workflows/WorkflowsTable.tsx';

const filterSchema = z.object({ search: z.string().catch(''), new: z.string().optional() });

/** What happens to people's accounts, drawn. */
export function WorkflowsPage() {
  const [filter, change] = useFilter(filterSchema);
  const workflows = useWorkflows();
  const canWrite = useCan('workflows.write');
  const add = canWrite && (
    <>
      <Button
        variant="default"
        leftSection={<FileUp size={16} aria-hidden />}
        onClick={() => change({ new: 'import' })}
      >
        Import…
      </Button>
      <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => change({ new: '1' })}>
        New workflow
      </Button>
    </>
  );
  const wanted = filter.search.trim().toLowerCase();
  const shown = workflows.data?.filter(({ name, description }) =>
    `${name} ${description}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <PageHeader
        title="Workflows"
        summary="What happens to people's accounts, drawn on a canvas and run over every record that matches."
        actions={(workflows.data?.length ?? 0) > 0 && add}
      />
      {(workflows.data?.length ?? 0) > 0 && (
        <FilterBar count={shown && countOf(shown.length, 'workflow')}>
          <SearchInput
            label="Search workflows"
            value={filter.search}
            onChange={(search) => change({ search })}
          />
        </FilterBar>
      )}
      <Panel flush>
        <Loaded query={workflows} rows={4}>
          {(all) =>
            all.length > 0 ? (
              <WorkflowsTable workflows={shown ?? []} />
            ) : (
              <EmptyState icon={WorkflowIcon} title="No workflows yet" action={add}>
                A workflow decides about each record and acts: start from a recipe, or draw your own.
              </EmptyState>
            )
          }
        </Loaded>
      </Panel>
      {filter.new === 'import' && <ImportWorkflowModal onClose={() => change({ new: undefined })} />}
      {filter.new && filter.new !== 'import' && (
        <NewWorkflowModal
          prefersRecipe={filter.new === 'recipe'}
          onClose={() => change({ new: undefined })}
        />
      )}
    </>
  );
}
