import { type BlockType, type Graph, typeOfBlock } from '#contract';
import { addIntoEdge } from './add-block.ts';
import { isAllowed } from './graph.ts';
import { type BlockSeed, insertIntoEdge, type Point } from './graph-changes.ts';

type BlockTypes = ReadonlyMap<string, BlockType>;

/** How far beside an edge somebody may drop: as far on the screen when the canvas is small. */
const reach = 10;
const around: readonly Point[] = [
  { x: 0, y: 0 },
  { x: 0, y: reach },
  { x: 0, y: -reach },
  { x: reach, y: 0 },
  { x: -reach, y: 0 },
];

/** The edge at a place on the screen, or just beside it. */
export function edgeAt(at: Point): string | null {
  for (const { x, y } of around) {
    for (const element of document.elementsFromPoint(at.x + x, at.y + y)) {
      const edge = element.closest<SVGElement>('.react-flow__edge');
      if (edge?.dataset.id) return edge.dataset.id;
    }
  }
  return null;
}

/** A block that is dropped on an edge goes into it; null when it has no input, and so cannot. */
export function dropIntoEdge(graph: Graph, blockTypes: BlockTypes, seed: BlockSeed, edgeId: string | null) {
  if (edgeId === null || blockTypes.get(seed.type)?.hasInput === false) return null;
  return addIntoEdge(graph, blockTypes, seed, edgeId);
}

/** A block that is joined to nothing yet and is dragged onto an edge goes into it. */
export function joinIntoEdge(
  graph: Graph,
  blockTypes: BlockTypes,
  blockId: string,
  edgeId: string | null,
): Graph {
  const block = graph.blocks.find((one) => one.id === blockId);
  const edge = graph.edges.find((one) => one.id === edgeId);
  if (!block || !edge || !isLoose(graph, blockId)) return graph;
  if (!isAllowed(graph, blockTypes, edge.from, blockId)) return graph;
  return insertIntoEdge(graph, edge.id, blockId, typeOfBlock(blockTypes, block)?.exits[0]?.id ?? null);
}

/** Whether no edge comes to a block or leaves it. */
export const isLoose = (graph: Graph, blockId: string): boolean =>
  !graph.edges.some((edge) => edge.from === blockId || edge.to === blockId);
