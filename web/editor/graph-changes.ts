import { type Block, type BlockType, type Edge, type Graph, toExternalId } from '#contract';

export type Point = { x: number; y: number };

/** A block that is about to be made: what the palette hands to the canvas. */
export type BlockSeed = { type: string; name: string; settings: Record<string, unknown> };

/** One exit of one block. */
export type ExitRef = { from: string; exit: string };

/** The same graph with a block more; its id is made from its name, because templates name steps by it. */
export function addBlock(graph: Graph, seed: BlockSeed, position: Point): { graph: Graph; id: string } {
  const id = freeId(toExternalId(seed.name), new Set(graph.blocks.map((block) => block.id)));
  const block: Block = {
    id,
    type: seed.type,
    name: freeName(seed.name, new Set(graph.blocks.map((other) => other.name))),
    position: rounded(position),
    settings: structuredClone(seed.settings),
  };
  return { graph: { ...graph, blocks: [...graph.blocks, block] }, id };
}

/** Lets an exit lead to a block, or nowhere. An exit leads to one block, so what it led to before is let go. */
export function connect(graph: Graph, exit: ExitRef, to: string | null): Graph {
  const others = graph.edges.filter((edge) => edge.from !== exit.from || edge.exit !== exit.exit);
  if (to === null) return { ...graph, edges: others };
  return { ...graph, edges: [...others, toEdge(exit, to)] };
}

/** Puts a block that is already in the graph into an edge: its first exit goes on to where the edge went. */
export function insertIntoEdge(
  graph: Graph,
  edgeId: string,
  blockId: string,
  firstExit: string | null,
): Graph {
  const edge = graph.edges.find((one) => one.id === edgeId);
  if (!edge) return graph;
  const joined = connect(graph, edge, blockId);
  return firstExit === null ? joined : connect(joined, { from: blockId, exit: firstExit }, edge.to);
}

/** Removes blocks with their edges; Begin stays. */
export function removeBlocks(graph: Graph, ids: readonly string[]): Graph {
  const gone = new Set(
    graph.blocks.filter((block) => ids.includes(block.id) && !isBegin(block)).map((block) => block.id),
  );
  if (gone.size === 0) return graph;
  return {
    blocks: graph.blocks.filter((block) => !gone.has(block.id)),
    edges: graph.edges.filter((edge) => !gone.has(edge.from) && !gone.has(edge.to)),
  };
}

export function removeEdges(graph: Graph, ids: readonly string[]): Graph {
  if (!graph.edges.some((edge) => ids.includes(edge.id))) return graph;
  return { ...graph, edges: graph.edges.filter((edge) => !ids.includes(edge.id)) };
}

export function moveBlocks(graph: Graph, positions: Readonly<Record<string, Point>>): Graph {
  const isMoved = (block: Block) => {
    const to = positions[block.id];
    return to !== undefined && (to.x !== block.position.x || to.y !== block.position.y);
  };
  if (!graph.blocks.some(isMoved)) return graph;
  const moved = (block: Block): Block => ({
    ...block,
    position: rounded(positions[block.id] ?? block.position),
  });
  return { ...graph, blocks: graph.blocks.map((block) => (isMoved(block) ? moved(block) : block)) };
}

export function changeBlock(graph: Graph, id: string, change: (block: Block) => Block): Graph {
  return { ...graph, blocks: graph.blocks.map((block) => (block.id === id ? change(block) : block)) };
}

/** Adds copies of blocks, with the edges among them, a little below the originals. */
export function pasteBlocks(
  graph: Graph,
  copied: Graph,
  offset: Point = { x: 32, y: 48 },
): { graph: Graph; ids: string[] } {
  let next = graph;
  const newIds = new Map<string, string>();
  for (const block of copied.blocks.filter((one) => !isBegin(one))) {
    const position = { x: block.position.x + offset.x, y: block.position.y + offset.y };
    const added = addBlock(next, block, position);
    next = added.graph;
    newIds.set(block.id, added.id);
  }
  for (const edge of copied.edges) {
    const from = newIds.get(edge.from);
    const to = newIds.get(edge.to);
    if (from && to) next = connect(next, { from, exit: edge.exit }, to);
  }
  return { graph: next, ids: [...newIds.values()] };
}

/** The part of a graph that holds these blocks and the edges among them. */
export function pickBlocks(graph: Graph, ids: readonly string[]): Graph {
  return {
    blocks: graph.blocks.filter((block) => ids.includes(block.id)),
    edges: graph.edges.filter((edge) => ids.includes(edge.from) && ids.includes(edge.to)),
  };
}

/** The exit that a new block is joined to: the first way forward that leads nowhere yet. */
export function firstFreeExit(graph: Graph, block: Block, blockType: BlockType): string | null {
  const isFree = (exit: string) => !graph.edges.some((edge) => edge.from === block.id && edge.exit === exit);
  const forward = blockType.exits.filter((exit) => exit.tone === 'main' || exit.tone === 'other');
  return forward.find((exit) => isFree(exit.id))?.id ?? null;
}

export const isBegin = (block: Pick<Block, 'type'>): boolean => block.type === 'begin';

const toEdge = (exit: ExitRef, to: string): Edge => ({
  id: `${exit.from}.${exit.exit}.${to}`,
  from: exit.from,
  exit: exit.exit,
  to,
});

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.slice(0, 60);
  for (let n = 2; ; n += 1) if (!taken.has(`${stem}_${n}`)) return `${stem}_${n}`;
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/ \d+$/, '').slice(0, 110);
  for (let n = 2; ; n += 1) if (!taken.has(`${stem} ${n}`)) return `${stem} ${n}`;
}

const rounded = (point: Point): Point => ({ x: Math.round(point.x), y: Math.round(point.y) });
