import dagre from '@dagrejs/dagre';
import { type BlockType, type Graph, typeOfBlock } from '#contract';
import { cardHeight, cardWidth } from './card-size.ts';
import type { Point } from './graph-changes.ts';

const gapX = 96;
const gapY = 40;
const rowGap = 64;
/** From here on a quicker way to find the columns is taken: it makes some edges longer. */
const manyBlocks = 150;

/**
 * Positions for all blocks, left to right; the first exits stay on one line where the graph allows it. A workflow with
 * more columns than `columns` goes on in a row below, as text does, so that a long one can be read without scrolling.
 */
export function layout(
  graph: Graph,
  blockTypes: ReadonlyMap<string, BlockType>,
  columns = Number.POSITIVE_INFINITY,
): Record<string, Point> {
  const sheet = new dagre.graphlib.Graph({ multigraph: true });
  const ranker = graph.blocks.length > manyBlocks ? 'longest-path' : 'network-simplex';
  sheet.setGraph({ rankdir: 'LR', ranksep: gapX, nodesep: gapY, marginx: 0, marginy: 0, ranker });
  sheet.setDefaultEdgeLabel(() => ({}));
  for (const block of graph.blocks) {
    sheet.setNode(block.id, { width: cardWidth, height: cardHeight(typeOfBlock(blockTypes, block)) });
  }
  const blocks = new Map(graph.blocks.map((block) => [block.id, block]));
  for (const edge of graph.edges) {
    const exits = typeOfBlock(blockTypes, blocks.get(edge.from))?.exits ?? [];
    const row = exits.findIndex((exit) => exit.id === edge.exit);
    sheet.setEdge(edge.from, edge.to, { weight: row === 0 ? 8 : 1 }, edge.id);
  }
  dagre.layout(sheet);

  const tops = new Map(graph.blocks.map((block) => [block.id, topOf(sheet.node(block.id))]));
  straighten(graph, blockTypes, tops);
  wrap(graph, blockTypes, tops, columns);
  return Object.fromEntries(tops);
}

/** Cuts the columns into rows of about the same length and puts each row below the one before. */
function wrap(
  graph: Graph,
  blockTypes: ReadonlyMap<string, BlockType>,
  tops: Map<string, Point>,
  columns: number,
): void {
  const lefts = [...new Set([...tops.values()].map((top) => top.x))].sort((a, b) => a - b);
  if (lefts.length <= columns) return;
  const perRow = Math.ceil(lefts.length / Math.ceil(lefts.length / columns));
  const rowOf = (id: string) => Math.floor(lefts.indexOf(tops.get(id)?.x ?? 0) / perRow);
  const heights = heightsOf(graph, blockTypes);
  const bottomOf = (id: string) => (tops.get(id)?.y ?? 0) + (heights.get(id) ?? 0);

  const rows = Map.groupBy([...tops.keys()], rowOf);
  let offset = 0;
  for (let row = 0; row * perRow < lefts.length; row += 1) {
    const ids = rows.get(row) ?? [];
    const height = Math.max(0, ...ids.map(bottomOf));
    for (const id of ids) {
      const { x, y } = tops.get(id) ?? { x: 0, y: 0 };
      tops.set(id, { x: x - (lefts[row * perRow] ?? 0), y: y + offset });
    }
    offset += height + rowGap;
  }
}

type Placed = { x: number; y: number; width: number; height: number };

const topOf = (node: Placed): Point => ({
  x: Math.round(node.x - node.width / 2),
  y: Math.round(node.y - node.height / 2),
});

/**
 * Lifts the way that starts at the block without an input onto one line: dagre centres cards of different heights,
 * but the handles sit at the same distance from the top of each.
 */
function straighten(
  graph: Graph,
  blockTypes: ReadonlyMap<string, BlockType>,
  tops: Map<string, Point>,
): void {
  const start = graph.blocks.find((block) => blockTypes.get(block.type)?.hasInput === false);
  const line = start ? tops.get(start.id)?.y : undefined;
  if (!start || line === undefined) return;
  const onLine = mainWay(graph, blockTypes, start.id);
  const highest = Math.min(...onLine.map((id) => tops.get(id)?.y ?? line));
  for (const id of onLine) tops.set(id, { x: tops.get(id)?.x ?? 0, y: highest });
  for (const [id, top] of tops) tops.set(id, { x: top.x, y: top.y - highest });
  separate(graph, blockTypes, tops, new Set(onLine));
}

/** The blocks that are reached from one block by first exits alone. */
function mainWay(graph: Graph, blockTypes: ReadonlyMap<string, BlockType>, start: string): string[] {
  const way: string[] = [];
  let at: string | undefined = start;
  while (at !== undefined && !way.includes(at)) {
    const id: string = at;
    way.push(id);
    const block = graph.blocks.find((one) => one.id === id);
    const first = typeOfBlock(blockTypes, block)?.exits[0]?.id;
    at = graph.edges.find((edge) => edge.from === id && edge.exit === first)?.to;
  }
  return way;
}

/** Moves blocks beside the main way down until no two cards of a column overlap. */
function separate(
  graph: Graph,
  blockTypes: ReadonlyMap<string, BlockType>,
  tops: Map<string, Point>,
  fixed: ReadonlySet<string>,
): void {
  const heights = heightsOf(graph, blockTypes);
  const boxOf = (id: string) => ({ ...(tops.get(id) ?? { x: 0, y: 0 }), height: heights.get(id) ?? 0 });
  const placed = [...fixed].map(boxOf);
  const rest = graph.blocks.map((block) => block.id).filter((id) => !fixed.has(id));
  rest.sort((a, b) => (tops.get(a)?.y ?? 0) - (tops.get(b)?.y ?? 0));
  for (const id of rest) {
    const { x, y: wanted, height } = boxOf(id);
    const beside = placed
      .filter((other) => Math.abs(other.x - x) < cardWidth + gapX / 2)
      .sort((a, b) => a.y - b.y);
    let y = Math.max(wanted, 0);
    for (const other of beside) {
      if (y < other.y + other.height + gapY && other.y < y + height + gapY) y = other.y + other.height + gapY;
    }
    tops.set(id, { x, y });
    placed.push({ x, y, height });
  }
}

const heightsOf = (graph: Graph, blockTypes: ReadonlyMap<string, BlockType>): Map<string, number> =>
  new Map(graph.blocks.map((block) => [block.id, cardHeight(typeOfBlock(blockTypes, block))]));
