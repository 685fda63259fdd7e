import { type NodeProps, NodeResizeControl } from '@xyflow/react';
import { type KeyboardEvent, memo, useEffect, useRef, useState } from 'react';
import { useDraft, useEditor } from './editor-world.ts';
import type { NoteNode } from './mark-nodes.ts';
import { changeNote, leastNote, mostNote } from './marks.ts';
import classes from './NoteCard.module.css';

/** A note on the canvas: a double click or Enter opens its text, Escape or a click elsewhere keeps what was typed. */
export const NoteCard = memo(function NoteCard({ id, data, selected }: NodeProps<NoteNode>) {
  const { draft } = useEditor();
  const isEditing = useDraft((state) => state.editing === id);
  return (
    <div className={classes.note} data-selected={selected || undefined}>
      {isEditing ? (
        <NoteText id={id} text={data.note.text} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the node around it has the keyboard, and Enter
        <div
          className={classes.text}
          data-empty={data.note.text === '' || undefined}
          onDoubleClick={() => draft.edit(id)}
        >
          {data.note.text || 'Double-click to write'}
        </div>
      )}
      {selected && (
        <NodeResizeControl
          position="bottom-right"
          className={classes.corner ?? ''}
          minWidth={leastNote.width}
          minHeight={leastNote.height}
          maxWidth={mostNote}
          maxHeight={mostNote}
          onResizeEnd={(_, { width, height }) =>
            draft.change((graph) =>
              changeNote(graph, id, { width: Math.round(width), height: Math.round(height) }),
            )
          }
        />
      )}
    </div>
  );
});

function NoteText({ id, text }: { id: string; text: string }) {
  const { draft, actions } = useEditor();
  const [typed, setTyped] = useState(text);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.select(), []);

  const keep = (): void => {
    const height = Math.ceil(area.current?.scrollHeight ?? 0) + 2;
    draft.change((graph) => {
      const note = graph.notes?.find((one) => one.id === id);
      if (!note || note.text === typed) return graph;
      return changeNote(graph, id, {
        text: typed,
        height: Math.max(note.height, Math.min(height, mostNote)),
      });
    });
    if (draft.store.getState().editing === id) draft.edit(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isDone = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
    if (!isDone) return;
    event.preventDefault();
    event.stopPropagation();
    keep();
    actions.goTo(id);
  };
  return (
    <textarea
      ref={area}
      // biome-ignore lint/a11y/noAutofocus: it opens because somebody asked to type
      autoFocus
      className={`nodrag nopan nowheel ${classes.input}`}
      aria-label="Text of the note"
      placeholder="What others should know"
      maxLength={4000}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={onKeyDown}
    />
  );
}
