import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath } from '@xyflow/react';
import { Plus, X } from 'lucide-react';
import { memo, useState } from 'react';
import classes from './EditorEdge.module.css';
import { useDraft, useEditor } from './editor-world.ts';
import { bendOf, type ExitEdge } from './graph.ts';
import { type Point, removeEdges } from './graph-changes.ts';

/** An edge as the editor draws it: with a way to put a block into it while the pointer is on it. */
export const EditorEdge = memo(function EditorEdge(props: EdgeProps<ExitEdge>) {
  const { id, selected, data } = props;
  const { openInsert, draft, mayChange } = useEditor();
  const [isOver, setIsOver] = useState(false);
  const isFollowed = useDraft((state) => state.selected.length === 1 && state.selected[0] === props.source);
  const [path, bendX, y] = getSmoothStepPath({ ...props, ...bendOf(props) });
  // On a straight line in its middle: near its end they would cover what leads the edge elsewhere.
  const x = props.sourceY === props.targetY ? (props.sourceX + props.targetX) / 2 : bendX;
  const isOpen = mayChange && (isOver || selected === true);
  const isAimed = useDraft((state) => state.aimedEdge === id);
  const hover = { onPointerEnter: () => setIsOver(true), onPointerLeave: () => setIsOver(false) };

  return (
    <>
      <g
        {...hover}
        data-tone={data?.tone}
        className={isAimed ? classes.aimed : isFollowed ? classes.followed : undefined}
      >
        <BaseEdge id={id} path={path} interactionWidth={26} />
      </g>
      {isOpen && (
        <EdgeLabelRenderer>
          <div
            className={classes.tools}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
            {...hover}
          >
            <button
              type="button"
              className={`nodrag nopan ${classes.tool}`}
              aria-label={`Insert a block after ${data?.label ?? 'this exit'}`}
              title="Insert a block here"
              onClick={(event) => openInsert(id, centreOf(event.currentTarget))}
            >
              <Plus size={14} strokeWidth={2.4} aria-hidden />
            </button>
            {selected && (
              <button
                type="button"
                className={`nodrag nopan ${classes.tool}`}
                aria-label="Remove this edge"
                title="Remove this edge"
                onClick={() => draft.change((graph) => removeEdges(graph, [id]))}
              >
                <X size={14} strokeWidth={2.4} aria-hidden />
              </button>
            )}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

/** The keyboard presses a button at no place, so the list opens where the button is. */
function centreOf(element: HTMLElement): Point {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}
