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

/** Lets an exit lead to a block as well: all blocks that an exit leads to happen side by side. */
export function connect(graph: Graph, exit: ExitRef, to: string): Graph {
  if (targetsOf(graph, exit).includes(to)) return graph;
  return { ...graph, edges: [...graph.edges, toEdge(exit, to)] };
}

/** The blocks that an exit leads to. */
export const targetsOf = (graph: Graph, exit: ExitRef): string[] =>
  graph.edges.filter((edge) => isFrom(edge, exit)).map((edge) => edge.to);

/** Lets an exit lead to exactly these blocks; edges that stay keep their ids. */
export function setTargets(graph: Graph, exit: ExitRef, targets: readonly string[]): Graph {
  const kept = graph.edges.filter((edge) => !isFrom(edge, exit) || targets.includes(edge.to));
  return targets.reduce((next, to) => connect(next, exit, to), { ...graph, edges: kept });
}

/** Lets an edge end at another block; where its exit leads there already, the edge is no longer needed. */
export function redirectEdge(graph: Graph, edgeId: string, to: string): Graph {
  const edge = graph.edges.find((one) => one.id === edgeId);
  if (!edge || edge.to === to) return graph;
  if (targetsOf(graph, edge).includes(to)) return removeEdges(graph, [edgeId]);
  return { ...graph, edges: graph.edges.map((one) => (one.id === edgeId ? toEdge(edge, to) : one)) };
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
  const joined = redirectEdge(graph, edgeId, blockId);
  return firstExit === null ? joined : connect(joined, { from: blockId, exit: firstExit }, edge.to);
}

/** Removes blocks with their edges, notes and groups; Begin stays, and so do the blocks of a group. */
export function removeItems(graph: Graph, ids: readonly string[]): Graph {
  const wanted = new Set(ids);
  const isGone = (block: Block) => wanted.has(block.id) && !isBegin(block);
  const gone = new Set(graph.blocks.filter(isGone).map((block) => block.id));
  for (const mark of [...(graph.notes ?? []), ...(graph.groups ?? [])])
    if (wanted.has(mark.id)) gone.add(mark.id);
  if (gone.size === 0) return graph;
  return withMarks(
    {
      blocks: graph.blocks.filter((block) => !gone.has(block.id)),
      edges: graph.edges.filter((edge) => !gone.has(edge.from) && !gone.has(edge.to)),
    },
    graph.notes?.filter((note) => !gone.has(note.id)),
    graph.groups
      ?.filter((group) => !gone.has(group.id))
      .map((group) => ({ ...group, members: group.members.filter((id) => !gone.has(id)) }))
      .filter((group) => group.members.length > 0),
  );
}

export function removeEdges(graph: Graph, ids: readonly string[]): Graph {
  if (!graph.edges.some((edge) => ids.includes(edge.id))) return graph;
  return { ...graph, edges: graph.edges.filter((edge) => !ids.includes(edge.id)) };
}

/** Puts blocks and notes elsewhere. */
export function moveBlocks(graph: Graph, positions: Readonly<Record<string, Point>>): Graph {
  const isMoved = (item: Placed) => {
    const to = positions[item.id];
    return to !== undefined && (to.x !== item.position.x || to.y !== item.position.y);
  };
  const moved = <T extends Placed>(item: T): T =>
    isMoved(item) ? { ...item, position: rounded(positions[item.id] ?? item.position) } : item;
  if (!graph.blocks.some(isMoved) && !graph.notes?.some(isMoved)) return graph;
  return withMarks(
    { blocks: graph.blocks.map(moved), edges: graph.edges },
    graph.notes?.map(moved),
    graph.groups,
  );
}

export function changeBlock(graph: Graph, id: string, change: (block: Block) => Block): Graph {
  return { ...graph, blocks: graph.blocks.map((block) => (block.id === id ? change(block) : block)) };
}

/** A graph with these notes and groups; without the keys where there are none, as a graph without marks is stored. */
export function withMarks(
  { blocks, edges }: Pick<Graph, 'blocks' | 'edges'>,
  notes: Graph['notes'],
  groups: Graph['groups'],
): Graph {
  return { blocks, edges, ...(notes?.length && { notes }), ...(groups?.length && { groups }) };
}

/** The exit that a new block is joined to: the first way forward that leads nowhere yet. */
export function firstFreeExit(graph: Graph, block: Block, blockType: BlockType): string | null {
  const isFree = (exit: string) => !graph.edges.some((edge) => edge.from === block.id && edge.exit === exit);
  const forward = blockType.exits.filter((exit) => exit.tone === 'main' || exit.tone === 'other');
  return forward.find((exit) => isFree(exit.id))?.id ?? null;
}

export const isBegin = (block: Pick<Block, 'type'>): boolean => block.type === 'begin';

type Placed = { id: string; position: Point };

const isFrom = (edge: Edge, exit: ExitRef): boolean => edge.from === exit.from && edge.exit === exit.exit;

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
