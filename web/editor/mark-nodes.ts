import type { Node, NodeChange, NodePositionChange } from '@xyflow/react';
import type { CanvasGroup, Graph, Note } from '#contract';
import { type Box, boundsOf } from './arrange.ts';
import { cardWidth } from './card-size.ts';
import type { BlockNode } from './graph.ts';
import { isGroup } from './marks.ts';

export type NoteNode = Node<{ note: Note }, 'note'>;
export type GroupNode = Node<{ group: CanvasGroup }, 'frame'>;
/** All that stands on the canvas. */
export type CanvasNode = BlockNode | NoteNode | GroupNode;

/** How far a frame reaches beyond its members; its title stands in the upper part. */
const margin = { side: 24, top: 48, bottom: 24 };

/** Frames first, so that blocks are drawn over them, and notes last. */
export function withMarkNodes(
  graph: Graph,
  blocks: readonly BlockNode[],
  selected: readonly string[],
  previous: readonly CanvasNode[],
): CanvasNode[] {
  const known = new Map(previous.map((node) => [node.id, node]));
  const notes = (graph.notes ?? []).map((note): NoteNode => {
    const old = known.get(note.id) as NoteNode | undefined;
    const isSelected = selected.includes(note.id);
    if (old && old.data.note === note && (old.selected ?? false) === isSelected && isAt(old, note))
      return old;
    return {
      ...old,
      id: note.id,
      type: 'note',
      position: note.position,
      width: note.width,
      height: note.height,
      data: old?.data.note === note ? old.data : { note },
      selected: isSelected,
      ariaLabel: `Note: ${note.text === '' ? 'empty' : note.text}`,
    };
  });
  const groups = (graph.groups ?? []).map((group): GroupNode => {
    const old = known.get(group.id) as GroupNode | undefined;
    const isSelected = selected.includes(group.id);
    if (old && old.data.group === group && (old.selected ?? false) === isSelected) return old;
    return {
      ...old,
      id: group.id,
      type: 'frame',
      position: old?.position ?? { x: 0, y: 0 },
      data: old?.data.group === group ? old.data : { group },
      selected: isSelected,
      dragHandle: '[data-frame-title]',
      zIndex: -1,
      // What lies within a frame is still the canvas.
      style: { pointerEvents: 'none' },
      ariaLabel: `Group ${group.title}, ${group.members.length} members`,
    };
  });
  return withFrames([...groups, ...blocks, ...notes]);
}

/** Lets every frame follow its members. */
export function withFrames(nodes: CanvasNode[]): CanvasNode[] {
  if (!nodes.some(isGroupNode)) return nodes;
  const boxes = new Map(nodes.filter((node) => !isGroupNode(node)).map((node) => [node.id, boxOf(node)]));
  return nodes.map((node) => (isGroupNode(node) ? framed(node, boxes) : node));
}

function framed(node: GroupNode, boxes: ReadonlyMap<string, Box>): GroupNode {
  const bounds = boundsOf(node.data.group.members.flatMap((member) => boxes.get(member) ?? []));
  if (!bounds) return node.hidden ? node : { ...node, hidden: true };
  const x = bounds.x - margin.side;
  const y = bounds.y - margin.top;
  const width = bounds.width + margin.side * 2;
  const height = bounds.height + margin.top + margin.bottom;
  const isSame = node.position.x === x && node.position.y === y;
  if (isSame && node.width === width && node.height === height && !node.hidden) return node;
  return { ...node, hidden: false, position: { x, y }, width, height };
}

/** A moved frame takes its members along; whoever moves by itself already is left alone. */
export function withMembers(
  changes: readonly NodeChange<CanvasNode>[],
  nodes: readonly CanvasNode[],
): NodeChange<CanvasNode>[] {
  const moves = changes.filter((change): change is NodePositionChange => change.type === 'position');
  const frames = moves.filter((change) => isGroup(change.id) && change.position);
  if (frames.length === 0) return [...changes];
  const moving = new Set(moves.map((change) => change.id));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const more: NodePositionChange[] = [];
  for (const { id, position, dragging } of frames) {
    const frame = byId.get(id);
    if (!frame || !isGroupNode(frame) || !position) continue;
    const dx = position.x - frame.position.x;
    const dy = position.y - frame.position.y;
    for (const member of frame.data.group.members) {
      const node = byId.get(member);
      if (!node || moving.has(member)) continue;
      moving.add(member);
      const to = { x: node.position.x + dx, y: node.position.y + dy };
      more.push({ type: 'position', id: member, position: to, ...(dragging !== undefined && { dragging }) });
    }
  }
  return [...changes, ...more];
}

const isGroupNode = (node: CanvasNode): node is GroupNode => node.type === 'frame';

const boxOf = (node: CanvasNode): Box => ({
  id: node.id,
  ...node.position,
  width: node.width ?? node.measured?.width ?? cardWidth,
  height: node.height ?? node.measured?.height ?? node.initialHeight ?? 0,
});

const isAt = (node: NoteNode, note: Note): boolean =>
  node.position.x === note.position.x &&
  node.position.y === note.position.y &&
  node.width === note.width &&
  node.height === note.height;
