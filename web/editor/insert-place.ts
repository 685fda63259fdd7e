import { type BlockType, typeOfBlock } from '#contract';
import type { InsertPlace } from './Canvas.tsx';
import { cardWidth, handleTop } from './card-size.ts';
import type { DraftState } from './draft.ts';
import { firstFreeExit } from './graph-changes.ts';
import type { View } from './use-view.ts';

/** Where the keyboard inserts: into the selected edge, else after the selected block; null when neither is. */
export function insertPlaceOf(
  { graph, selected, selectedEdge }: DraftState,
  blockTypes: ReadonlyMap<string, BlockType>,
  view: View,
): InsertPlace | null {
  const edge = graph.edges.find((one) => one.id === selectedEdge);
  const block = graph.blocks.find((one) => one.id === (edge?.from ?? selected[0]));
  const type = typeOfBlock(blockTypes, block);
  if (!block || !type) return null;
  const at = view.onScreen({
    x: block.position.x + cardWidth + 40,
    y: block.position.y + handleTop(0),
  });
  if (edge) return { edgeId: edge.id, at };
  const free = firstFreeExit(graph, block, type);
  const near = { x: block.position.x + cardWidth + 96, y: block.position.y };
  if (free !== null) return { exit: { from: block.id, exit: free }, at, near };
  const taken = graph.edges.find((one) => one.from === block.id && one.exit === type.exits[0]?.id);
  return taken ? { edgeId: taken.id, at } : null;
}
