import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { Exit } from '#contract';
import { BlockCard } from '../../editor/BlockCard.tsx';
import type { BlockNode } from '../../editor/graph.ts';
import { BlockBadge } from './BlockBadge.tsx';
import { CountChip } from './CountChip.tsx';
import { pathOf, stateOfBlock } from './run-words.ts';
import { useRunWorld } from './run-world.ts';

/** A block of a run: how many records are in it, and by which exits they left. */
export const RunBlock = memo(function RunBlock({ id, data }: NodeProps<BlockNode>) {
  const { details, record, openBlock, filter, onFilter } = useRunWorld();
  const counts = details.blocks[id];
  const isOnPath = record ? pathOf(record).blocks.has(id) : false;
  const path = record ? (isOnPath ? 'path' : 'off') : null;

  const exitMark = (exit: Exit) => {
    const isJoined = details.graph.edges.some((edge) => edge.from === id && edge.exit === exit.id);
    const count = counts?.exits[exit.id] ?? 0;
    if (isJoined || count === 0) return null;
    return (
      <CountChip
        count={count}
        tone={exit.tone}
        label={`${data.block.name}, ${exit.label}`}
        isChosen={filter.block === id && filter.exit === exit.id}
        onClick={() => onFilter({ ...filter, block: id, exit: exit.id })}
      />
    );
  };

  return (
    <BlockCard
      block={data.block}
      isConnectable={false}
      isSelected={openBlock === id}
      state={path ?? stateOfBlock(counts)}
      badge={
        path !== 'off' && (
          <BlockBadge counts={counts} onClick={() => onFilter({ block: id })} name={data.block.name} />
        )
      }
      exitMark={exitMark}
    />
  );
});
