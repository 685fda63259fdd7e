import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath } from '@xyflow/react';
import { memo } from 'react';
import { bendOf, type ExitEdge } from '../../editor/graph.ts';
import { CountChip } from './CountChip.tsx';
import { useRunWorld } from './run-world.ts';

/** An edge of a run, with the number of records that took it. */
export const RunEdge = memo(function RunEdge(props: EdgeProps<ExitEdge>) {
  const { id, data } = props;
  const { details, filter, onFilter } = useRunWorld();
  const [path] = getSmoothStepPath({ ...props, ...bendOf(props) });
  const edge = data?.edge;
  const count = edge ? (details.blocks[edge.from]?.exits[edge.exit] ?? 0) : 0;
  const name = details.graph.blocks.find((block) => block.id === edge?.from)?.name ?? '';

  return (
    <>
      <BaseEdge id={id} path={path} interactionWidth={20} />
      {edge && count > 0 && (
        <EdgeLabelRenderer>
          <div
            style={{
              position: 'absolute',
              transform: `translate(0, -50%) translate(${props.sourceX + 9}px, ${props.sourceY}px)`,
              pointerEvents: 'all',
            }}
          >
            <CountChip
              count={count}
              tone={data.tone}
              label={`${name}, ${data.label}`}
              isChosen={filter.block === edge.from && filter.exit === edge.exit}
              onClick={() => onFilter({ ...filter, block: edge.from, exit: edge.exit })}
            />
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
