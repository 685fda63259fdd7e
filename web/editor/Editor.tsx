import { ReactFlowProvider } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useMemo, useRef, useState } from 'react';
import type { Workflow } from '#contract';
import { useCan } from '../api/use-session.ts';
import { createActions } from './actions.ts';
import type { InsertPlace } from './Canvas.tsx';
import { useCatalogue } from './catalogue.ts';
import { createDraft } from './draft.ts';
import { EditorFrame } from './EditorFrame.tsx';
import { EditorContext } from './editor-world.ts';
import { lookedAt } from './looked-at.ts';
import { useView } from './use-view.ts';

type Props = { workflow: Workflow };

/** The editor of one workflow. Mount it anew for another workflow. */
export function Editor({ workflow }: Props) {
  return (
    <ReactFlowProvider>
      <World workflow={workflow} />
    </ReactFlowProvider>
  );
}

function World({ workflow }: Props) {
  const catalogue = useCatalogue();
  const current = useRef(catalogue);
  current.current = catalogue;
  const view = useView();
  const mayChange = useCan('workflows.write');
  const [made] = useState(() => createDraft(workflow.draft));
  const draft = useMemo(() => (mayChange ? made : lookedAt(made)), [mayChange, made]);
  const [insert, setInsert] = useState<InsertPlace | null>(null);
  const actions = useMemo(
    () => createActions({ draft, view, catalogue: () => current.current }),
    [draft, view],
  );
  const world = useMemo(
    () => ({
      workflow,
      draft,
      actions,
      mayChange,
      openInsert: (edgeId: string, at: { x: number; y: number }) => setInsert({ edgeId, at }),
    }),
    [workflow, draft, actions, mayChange],
  );
  return (
    <EditorContext value={world}>
      <EditorFrame view={view} insert={insert} onInsert={setInsert} />
    </EditorContext>
  );
}
