import type { BlockType } from '#contract';
import { wayAfter } from './add-block.ts';
import type { InsertPlace } from './Canvas.tsx';
import { cardWidth, handleTop } from './card-size.ts';
import type { DraftState } from './draft.ts';
import type { View } from './use-view.ts';

/** Where the keyboard inserts: into the selected edge, else after the selected block; null when neither is. */
export function insertPlaceOf(
  { graph, selected, selectedEdge }: DraftState,
  blockTypes: ReadonlyMap<string, BlockType>,
  view: View,
): InsertPlace | null {
  const edge = graph.edges.find((one) => one.id === selectedEdge);
  const block = graph.blocks.find((one) => one.id === (edge?.from ?? selected[0]));
  if (!block) return null;
  const at = view.onScreen({
    x: block.position.x + cardWidth + 40,
    y: block.position.y + handleTop(0),
  });
  if (edge) return { edgeId: edge.id, at };
  const way = wayAfter(graph, blockTypes, block);
  const near = { x: block.position.x + cardWidth + 96, y: block.position.y };
  return way && ('edgeId' in way ? { ...way, at } : { ...way, at, near });
}
