import { type BlockType, type Graph, typeOfBlock } from '#contract';
import { cardHeight, cardWidth } from './card-size.ts';
import { moveBlocks, type Point } from './graph-changes.ts';
import { membersAmong } from './marks.ts';

export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';
export type Direction = 'across' | 'down';

type BlockTypes = ReadonlyMap<string, BlockType>;
export type Box = Point & { id: string; width: number; height: number };

/** Where blocks and notes stand, and how large they are. */
export function boxesOf(graph: Graph, blockTypes: BlockTypes): Box[] {
  return [
    ...graph.blocks.map((block) => ({
      id: block.id,
      ...block.position,
      width: cardWidth,
      height: cardHeight(typeOfBlock(blockTypes, block)),
    })),
    ...(graph.notes ?? []).map(({ id, position, width, height }) => ({ id, ...position, width, height })),
  ];
}

/** The smallest box around others; null around nothing. */
export function boundsOf(boxes: readonly Omit<Box, 'id'>[]): Omit<Box, 'id'> | null {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** Puts the named blocks and notes on one line: that of the outermost, or of the middle of all. */
export function align(graph: Graph, blockTypes: BlockTypes, ids: readonly string[], to: Alignment): Graph {
  const boxes = chosen(graph, blockTypes, ids);
  const all = boundsOf(boxes);
  if (!all || boxes.length < 2) return graph;
  const placed: Record<Alignment, (box: Box) => Point> = {
    left: ({ y }) => ({ x: all.x, y }),
    centre: ({ y, width }) => ({ x: all.x + (all.width - width) / 2, y }),
    right: ({ y, width }) => ({ x: all.x + all.width - width, y }),
    top: ({ x }) => ({ x, y: all.y }),
    middle: ({ x, height }) => ({ x, y: all.y + (all.height - height) / 2 }),
    bottom: ({ x, height }) => ({ x, y: all.y + all.height - height }),
  };
  return moveBlocks(graph, Object.fromEntries(boxes.map((box) => [box.id, placed[to](box)])));
}

/** Leaves the outermost two where they are and makes the gaps between neighbours alike. */
export function distribute(
  graph: Graph,
  blockTypes: BlockTypes,
  ids: readonly string[],
  direction: Direction,
): Graph {
  const [axis, size] = direction === 'across' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const boxes = chosen(graph, blockTypes, ids).sort((a, b) => a[axis] - b[axis]);
  const all = boundsOf(boxes);
  if (!all || boxes.length < 3) return graph;
  const filled = boxes.reduce((sum, box) => sum + box[size], 0);
  const gap = (all[size] - filled) / (boxes.length - 1);
  let at = all[axis];
  const places: Record<string, Point> = {};
  for (const box of boxes) {
    places[box.id] = { x: box.x, y: box.y, [axis]: at };
    at += box[size] + gap;
  }
  return moveBlocks(graph, places);
}

function chosen(graph: Graph, blockTypes: BlockTypes, ids: readonly string[]): Box[] {
  const members = new Set(membersAmong(graph, ids));
  return boxesOf(graph, blockTypes).filter((box) => members.has(box.id));
}
