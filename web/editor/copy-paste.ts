import type { Graph, Note } from '#contract';
import { addBlock, connect, isBegin, type Point, withMarks } from './graph-changes.ts';
import { freeMarkId, membersAmong } from './marks.ts';

/** The part of a graph that holds these blocks and notes, and the edges and groups among them. */
export function pickItems(graph: Graph, ids: readonly string[]): Graph {
  const picked = new Set(membersAmong(graph, ids));
  return withMarks(
    {
      blocks: graph.blocks.filter((block) => picked.has(block.id)),
      edges: graph.edges.filter((edge) => picked.has(edge.from) && picked.has(edge.to)),
    },
    graph.notes?.filter((note) => picked.has(note.id)),
    graph.groups?.filter((group) => group.members.every((member) => picked.has(member))),
  );
}

/** Adds copies of blocks, notes and groups with the edges among them. There is one Begin, so it is never copied. */
export function pasteItems(
  graph: Graph,
  copied: Graph,
  offset: Point = { x: 32, y: 48 },
): { graph: Graph; ids: string[] } {
  const newIds = new Map<string, string>();
  const beside = ({ position }: { position: Point }) => ({
    x: position.x + offset.x,
    y: position.y + offset.y,
  });
  let next = graph;
  for (const block of copied.blocks.filter((one) => !isBegin(one))) {
    const added = addBlock(next, block, beside(block));
    next = added.graph;
    newIds.set(block.id, added.id);
  }
  for (const edge of copied.edges) {
    const from = newIds.get(edge.from);
    const to = newIds.get(edge.to);
    if (from && to) next = connect(next, { from, exit: edge.exit }, to);
  }
  const notes: Note[] = [...(graph.notes ?? [])];
  for (const note of copied.notes ?? []) {
    const id = freeMarkId('note', notes);
    notes.push({ ...note, id, position: beside(note) });
    newIds.set(note.id, id);
  }
  const groups = [...(graph.groups ?? [])];
  for (const group of copied.groups ?? []) {
    const members = group.members.flatMap((member) => newIds.get(member) ?? []);
    if (members.length > 0) groups.push({ ...group, id: freeMarkId('group', groups), members });
  }
  return { graph: withMarks(next, notes, groups), ids: [...newIds.values()] };
}
