import type { Graph, WorkflowDifference } from '#contract';

export type Mark = 'added' | 'removed' | 'changed';

/** How each block and each edge is marked, by its id and by what it joins. */
export interface Marks {
  blocks: ReadonlyMap<string, Mark>;
  edges: ReadonlyMap<string, Mark>;
}

/** What an edge says; the same edge drawn anew has another id. */
export const edgeKey = ({ from, exit, to }: { from: string; exit: string; to: string }): string =>
  JSON.stringify([from, exit, to]);

export function marksOf({ blocks, edges }: Pick<WorkflowDifference, 'blocks' | 'edges'>): Marks {
  return {
    blocks: new Map(blocks.map(({ id, kind }) => [id, kind])),
    edges: new Map(edges.map((edge) => [edgeKey(edge), edge.kind])),
  };
}

/** The older graph with its blocks where the newer one has them, so that both can be read across. */
export function inPlace(before: Graph, after: Graph): Graph {
  const places = new Map(after.blocks.map(({ id, position }) => [id, position]));
  return {
    ...before,
    blocks: before.blocks.map((block) => ({ ...block, position: places.get(block.id) ?? block.position })),
  };
}
