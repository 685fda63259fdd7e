import { type Block, type BlockType, type Graph, typeOfBlock } from '#contract';
import { cardHeight, cardWidth } from './card-size.ts';
import {
  addBlock,
  type BlockSeed,
  connect,
  type ExitRef,
  firstFreeExit,
  insertIntoEdge,
  moveBlocks,
  type Point,
} from './graph-changes.ts';

const stepX = cardWidth + 96;

type Added = { graph: Graph; id: string };
type BlockTypes = ReadonlyMap<string, BlockType>;

/**
 * Adds a block after another one, where `wayAfter` says. Without a block to follow it is put at `elsewhere` and joined
 * to nothing.
 */
export function addAfter(
  graph: Graph,
  blockTypes: BlockTypes,
  seed: BlockSeed,
  place: { after: string | null; elsewhere: Point },
): Added {
  const after = graph.blocks.find((block) => block.id === place.after);
  const hasInput = blockTypes.get(seed.type)?.hasInput !== false;
  const way = after && hasInput ? wayAfter(graph, blockTypes, after) : null;
  if (!after || !way) return addBlock(graph, seed, freePlace(graph, blockTypes, place.elsewhere));
  if ('edgeId' in way) return addIntoEdge(graph, blockTypes, seed, way.edgeId);
  const beside = { x: after.position.x + stepX, y: after.position.y };
  return addAtExit(graph, seed, way.exit, freePlace(graph, blockTypes, beside));
}

/**
 * Where a block goes that is added after another one: on the main way while that leads nowhere or straight to an end,
 * else on the first way forward that is free, else into the main way. Null after a block that nothing can follow.
 */
export function wayAfter(
  graph: Graph,
  blockTypes: BlockTypes,
  after: Block,
): { edgeId: string } | { exit: ExitRef } | null {
  const type = typeOfBlock(blockTypes, after);
  const main = type?.exits[0];
  if (!type || !main) return null;
  const taken = graph.edges.find((edge) => edge.from === after.id && edge.exit === main.id);
  const next = graph.blocks.find((block) => block.id === taken?.to);
  const free = firstFreeExit(graph, after, type);
  const isStraightToEnd = next !== undefined && typeOfBlock(blockTypes, next)?.exits.length === 0;
  if (taken && (isStraightToEnd || free === null)) return { edgeId: taken.id };
  return free === null ? null : { exit: { from: after.id, exit: free } };
}

/** Adds a block and lets an exit lead to it. */
export function addAtExit(graph: Graph, seed: BlockSeed, exit: ExitRef, position: Point): Added {
  const added = addBlock(graph, seed, position);
  return { graph: connect(added.graph, exit, added.id), id: added.id };
}

/** Adds a block between the two ends of an edge and moves what follows to the right where it needs the room. */
export function addIntoEdge(graph: Graph, blockTypes: BlockTypes, seed: BlockSeed, edgeId: string): Added {
  const edge = graph.edges.find((one) => one.id === edgeId);
  const from = graph.blocks.find((block) => block.id === edge?.from);
  const to = graph.blocks.find((block) => block.id === edge?.to);
  if (!from || !to) return addBlock(graph, seed, { x: 0, y: 0 });
  const position = { x: from.position.x + stepX, y: to.position.y };
  const missing = position.x + stepX - to.position.x;
  const roomy = missing > 0 ? shift(graph, to.id, missing) : graph;
  const added = addBlock(roomy, seed, position);
  const firstExit = typeOfBlock(blockTypes, seed)?.exits[0]?.id ?? null;
  return { graph: insertIntoEdge(added.graph, edgeId, added.id, firstExit), id: added.id };
}

/** The nearest place below where a card overlaps no other. */
function freePlace(graph: Graph, blockTypes: BlockTypes, wanted: Point): Point {
  let y = wanted.y;
  for (let tries = 0; tries <= graph.blocks.length; tries += 1) {
    const hit = graph.blocks.find(
      (block) =>
        Math.abs(block.position.x - wanted.x) < cardWidth + 16 &&
        y < block.position.y + cardHeight(typeOfBlock(blockTypes, block)) + 16 &&
        block.position.y < y + cardHeight(undefined) + 16,
    );
    if (!hit) break;
    y = hit.position.y + cardHeight(typeOfBlock(blockTypes, hit)) + 32;
  }
  return { x: wanted.x, y };
}

/** Moves a block and all that can be reached from it to the right. */
function shift(graph: Graph, start: string, by: number): Graph {
  const reached = new Set<string>();
  const open = [start];
  while (open.length > 0) {
    const id = open.pop() as string;
    if (reached.has(id)) continue;
    reached.add(id);
    for (const edge of graph.edges) if (edge.from === id) open.push(edge.to);
  }
  const moved = graph.blocks.filter((block) => reached.has(block.id));
  return moveBlocks(
    graph,
    Object.fromEntries(moved.map((block) => [block.id, { x: block.position.x + by, y: block.position.y }])),
  );
}
