import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useDraft, useEditor } from './editor-world.ts';
import classes from './GroupFrame.module.css';
import type { GroupNode } from './mark-nodes.ts';
import { renameGroup } from './marks.ts';

/** The frame around the members of a group. Its title moves all of them; a double click or Enter renames it. */
export const GroupFrame = memo(function GroupFrame({ id, data, selected }: NodeProps<GroupNode>) {
  const { draft, actions } = useEditor();
  const isEditing = useDraft((state) => state.editing === id);
  const { title } = data.group;

  const keep = (typed: string): void => {
    const next = typed.trim();
    if (next !== '' && next !== title) draft.change((graph) => renameGroup(graph, id, next));
    if (draft.store.getState().editing === id) draft.edit(null);
  };
  return (
    <div className={classes.frame} data-selected={selected || undefined}>
      {isEditing ? (
        <input
          // biome-ignore lint/a11y/noAutofocus: it opens because somebody asked to type
          autoFocus
          className={`nodrag nopan ${classes.input}`}
          aria-label="Title of the group"
          maxLength={120}
          defaultValue={title}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={(event) => keep(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'Escape') return;
            event.preventDefault();
            event.stopPropagation();
            keep(event.key === 'Enter' ? event.currentTarget.value : title);
            actions.goTo(id);
          }}
        />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the node around it has the keyboard, and Enter
        <div className={classes.title} data-frame-title onDoubleClick={() => draft.edit(id)}>
          {title}
        </div>
      )}
    </div>
  );
});
