import {
  type Connection,
  type Edge as FlowEdge,
  type Node,
  type NodeChange,
  type NodeHandle,
  Position,
} from '@xyflow/react';
import { type Block, type BlockType, type Edge, type Exit, type Graph, typeOfBlock } from '#contract';
import { cardHeight, cardWidth, handleTop, inputSize, outputSize } from './card-size.ts';
import type { ExitRef, Point } from './graph-changes.ts';

/** React Flow's words stop in this file: outside, a node is a block, a source handle is an exit. */
export type BlockNode = Node<{ block: Block }, 'block'>;
export type ExitEdge = FlowEdge<EdgeFacts, 'exit'>;

type EdgeFacts = {
  edge: Edge;
  label: string;
  tone: Exit['tone'];
  /** How far behind its exit an edge turns: the lower exit first, so that edges of one block do not cross. */
  turn: number;
};

/** The one target handle of every block. */
export const inputHandle = 'in';

/** Blocks as nodes; a node whose block and selection did not change stays the same object, so it is not drawn again. */
export function toNodes(
  graph: Graph,
  blockTypes: ReadonlyMap<string, BlockType>,
  selected: readonly string[],
  previous: readonly BlockNode[] = [],
): BlockNode[] {
  const known = new Map(previous.map((node) => [node.id, node]));
  const chosen = new Set(selected);
  return graph.blocks.map((block) => {
    const old = known.get(block.id);
    const isSelected = chosen.has(block.id);
    if (old && old.data.block === block && (old.selected ?? false) === isSelected && isAt(old, block))
      return old;
    return {
      ...(old?.data.block === block ? old : shapeOf(typeOfBlock(blockTypes, block))),
      id: block.id,
      type: 'block',
      position: block.position,
      data: old?.data.block === block ? old.data : { block },
      selected: isSelected,
      deletable: block.type !== 'begin',
      ariaLabel: `${block.name}, ${blockTypes.get(block.type)?.title ?? block.type}`,
    };
  });
}

export function toEdges(
  graph: Graph,
  blockTypes: ReadonlyMap<string, BlockType>,
  selectedEdge: string | null,
  previous: readonly ExitEdge[] = [],
): ExitEdge[] {
  const known = new Map(previous.map((edge) => [edge.id, edge]));
  const blocks = new Map(graph.blocks.map((block) => [block.id, block]));
  return graph.edges.map((edge) => {
    const fromType = typeOfBlock(blockTypes, blocks.get(edge.from));
    const exit = exitOf(fromType, edge.exit);
    const old = known.get(edge.id);
    const isSelected = edge.id === selectedEdge;
    const isSame = old?.data?.tone === exit.tone && old.data.label === exit.label;
    if (old && isSame && (old.selected ?? false) === isSelected) return old;
    return {
      id: edge.id,
      type: 'exit',
      className: exit.tone,
      source: edge.from,
      sourceHandle: edge.exit,
      target: edge.to,
      targetHandle: inputHandle,
      data: { edge, label: exit.label, tone: exit.tone, turn: turnOf(fromType, edge.exit) },
      selected: isSelected,
      ariaLabel: `${nameOf(edge.from)}, ${exit.label}, goes to ${nameOf(edge.to)}`,
    };
  });

  function nameOf(id: string): string {
    return blocks.get(id)?.name ?? id;
  }
}

/** Where blocks came to rest: positions that change while a drag goes on are left out. */
export function restedPositions(changes: readonly NodeChange[]): Record<string, Point> {
  const rested: Record<string, Point> = {};
  for (const change of changes) {
    if (change.type === 'position' && change.dragging !== true && change.position)
      rested[change.id] = change.position;
  }
  return rested;
}

/** What a finished connection means for us; null when it cannot be. */
export function toExit(connection: Pick<Connection, 'source' | 'sourceHandle'>): ExitRef | null {
  return connection.sourceHandle ? { from: connection.source, exit: connection.sourceHandle } : null;
}

/** Whether an edge may lead there: not to a block without an input, and never back in a circle. */
export function isAllowed(
  graph: Graph,
  blockTypes: ReadonlyMap<string, BlockType>,
  from: string,
  to: string,
): boolean {
  return allowedTargets(graph, blockTypes, from).some((block) => block.id === to);
}

/** The blocks that an edge from this one may lead to. */
export function allowedTargets(
  graph: Graph,
  blockTypes: ReadonlyMap<string, BlockType>,
  from: string,
): Block[] {
  const before = blocksBefore(graph, from);
  return graph.blocks.filter(
    (block) => blockTypes.get(block.type)?.hasInput !== false && !before.has(block.id),
  );
}

/** The exit as its block type states it; one that the block type does not have is drawn as a plain way forward. */
export function exitOf(blockType: BlockType | undefined, id: string): Exit {
  return blockType?.exits.find((exit) => exit.id === id) ?? { id, label: id, tone: 'other' };
}

/** What React Flow knows of an edge when it draws it. */
type EdgeEnds = {
  sourceX: number;
  sourceY: number;
  targetX: number;
  targetY: number;
  data?: EdgeFacts | undefined;
};

/**
 * Where an edge bends: soon behind its exit when it leads to the right; when it leads back to the left into a row
 * below, in the free lane above the card that it leads to.
 */
export function bendOf({ sourceX, sourceY, targetX, targetY, data }: EdgeEnds): Bend {
  const turn = data?.turn ?? 0;
  if (targetX - sourceX > turn + 12) return { borderRadius: 12, centerX: sourceX + turn };
  const lane = targetY - handleTop(0) - 20;
  const isBelow = targetX < sourceX && lane > sourceY + 24;
  return { borderRadius: 12, offset: turn - 34, ...(isBelow ? { centerY: lane } : {}) };
}

type Bend = { borderRadius: number; centerX?: number; centerY?: number; offset?: number };

function turnOf(blockType: BlockType | undefined, exit: string): number {
  const exits = blockType?.exits ?? [];
  const below =
    exits.length -
    1 -
    Math.max(
      0,
      exits.findIndex((one) => one.id === exit),
    );
  return 50 + below * 8;
}

/** A block, and all from which it can be reached. */
function blocksBefore(graph: Graph, id: string): ReadonlySet<string> {
  const into = Map.groupBy(graph.edges, (edge) => edge.to);
  const found = new Set([id]);
  // A set gives out what is added while it is gone through.
  for (const at of found) for (const edge of into.get(at) ?? []) found.add(edge.from);
  return found;
}

/**
 * What a card measures and where its handles are, known before it is drawn: so edges find their ends, and a large
 * workflow opens without drawing what is out of sight.
 */
function shapeOf(blockType: BlockType | undefined): Pick<BlockNode, 'measured' | 'handles'> {
  const input: NodeHandle = {
    id: inputHandle,
    type: 'target',
    position: Position.Left,
    ...inputSize,
    x: 1 - inputSize.width / 2,
    y: 1 + handleTop(0) - inputSize.height / 2,
  };
  const outputs = (blockType?.exits ?? []).map(
    (exit, row): NodeHandle => ({
      id: exit.id,
      type: 'source',
      position: Position.Right,
      ...outputSize,
      x: cardWidth - 1 - outputSize.width / 2,
      y: 1 + handleTop(row) - outputSize.height / 2,
    }),
  );
  return {
    measured: { width: cardWidth, height: cardHeight(blockType) },
    handles: blockType?.hasInput === false ? outputs : [input, ...outputs],
  };
}

const isAt = (node: BlockNode, block: Block): boolean =>
  node.position.x === block.position.x && node.position.y === block.position.y;
