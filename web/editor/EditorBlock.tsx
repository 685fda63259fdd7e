import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { BlockCard } from './BlockCard.tsx';
import { useBlockIssues } from './editor-world.ts';
import type { BlockNode } from './graph.ts';

/** A block as the editor draws it. */
export const EditorBlock = memo(function EditorBlock({ id, data, selected, dragging }: NodeProps<BlockNode>) {
  const issues = useBlockIssues(id);
  return <BlockCard block={data.block} isSelected={selected} isDragging={dragging} issues={issues} />;
});
