import { Button, Stack } from '@mantine/core';
import { Copy, Trash2 } from 'lucide-react';
import { useDraft, useEditor } from './editor-world.ts';
import { pasteBlocks, pickBlocks, removeBlocks } from './graph-changes.ts';
import classes from './Inspector.module.css';

/** What can be done with several blocks at once. */
export function SelectionPanel() {
  const { draft } = useEditor();
  const selected = useDraft((state) => state.selected);
  const duplicate = (): void => {
    const { graph } = draft.store.getState();
    const pasted = pasteBlocks(graph, pickBlocks(graph, selected));
    draft.change(() => pasted.graph);
    draft.select(pasted.ids);
  };

  return (
    <aside className={classes.inspector} aria-label="Selected blocks">
      <header className={classes.head}>
        <strong>{selected.length} blocks selected</strong>
      </header>
      <div className={classes.body}>
        <p className={classes.summary}>Drag them together, or move them with the arrow keys.</p>
        <Stack gap="xs" align="flex-start">
          <Button
            variant="default"
            size="xs"
            leftSection={<Copy size={14} aria-hidden />}
            onClick={duplicate}
          >
            Duplicate {selected.length} blocks
          </Button>
          <Button
            variant="default"
            size="xs"
            leftSection={<Trash2 size={14} aria-hidden />}
            onClick={() => draft.change((graph) => removeBlocks(graph, selected))}
          >
            Remove {selected.length} blocks
          </Button>
        </Stack>
      </div>
    </aside>
  );
}
