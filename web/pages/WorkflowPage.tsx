import { Skeleton } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useWorkflowDraft } from '../api/use-workflow-draft.ts';
import { CatalogueContext } from '../editor/catalogue.ts';
import { Editor } from '../editor/Editor.tsx';
import { useReadCatalogue } from '../editor/use-read-catalogue.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import classes from './WorkflowPage.module.css';

/** A workflow on its canvas, to be drawn, checked, launched and run. */
export function WorkflowPage() {
  const { id = '' } = useParams({ strict: false });
  const workflow = useWorkflowDraft(id);
  const { catalogue, error, retry } = useReadCatalogue();
  const problem = workflow.error ?? error;

  if (problem) {
    return (
      <div className={classes.problem}>
        <ErrorState
          error={problem}
          onRetry={() => {
            void workflow.refetch();
            retry();
          }}
        />
      </div>
    );
  }
  if (!workflow.data || !catalogue) return <Waiting />;
  return (
    <div className={classes.page}>
      <CatalogueContext value={catalogue}>
        <Editor key={workflow.data.id} workflow={workflow.data} />
      </CatalogueContext>
    </div>
  );
}

function Waiting() {
  return (
    <div className={classes.page} role="status" aria-label="Opening the workflow">
      <div className={classes.bar}>
        <Skeleton h={22} w={240} />
        <Skeleton h={34} w={150} ml="auto" />
      </div>
      <div className={classes.canvas}>
        {[0, 1, 2].map((n) => (
          <Skeleton key={n} h={94} w={240} radius={10} />
        ))}
      </div>
    </div>
  );
}
