import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { BlockCard } from './BlockCard.tsx';
import { useBlockIssues } from './editor-world.ts';
import type { BlockNode } from './graph.ts';

type Props = NodeProps<BlockNode>;

/**
 * A block as the editor draws it. Where it stands and whether it is selected is drawn by the node around it, so that
 * 500 blocks can be moved and selected at once.
 */
export const EditorBlock = memo(
  function EditorBlock({ id, data }: Props) {
    return <BlockCard block={data.block} issues={useBlockIssues(id)} />;
  },
  (before: Props, now: Props) => before.id === now.id && before.data === now.data,
);
