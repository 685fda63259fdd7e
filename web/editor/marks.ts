import type { CanvasGroup, Graph, Note } from '#contract';
import { type Point, withMarks } from './graph-changes.ts';

const noteSize = { width: 240, height: 96 };
/** The smallest and the largest that a note is made by hand. */
export const leastNote = { width: 120, height: 56 };
export const mostNote = 1200;

export const isNote = (id: string): boolean => id.startsWith('note:');
export const isGroup = (id: string): boolean => id.startsWith('group:');

export function addNote(graph: Graph, position: Point): { graph: Graph; id: string } {
  const notes = graph.notes ?? [];
  const id = freeMarkId('note', notes);
  const note: Note = { id, text: '', position, ...noteSize };
  return { graph: withMarks(graph, [...notes, note], graph.groups), id };
}

export function changeNote(graph: Graph, id: string, change: Partial<Omit<Note, 'id'>>): Graph {
  const notes = graph.notes?.map((note) => (note.id === id ? { ...note, ...change } : note));
  return withMarks(graph, notes, graph.groups);
}

/** The notes among these, wider and taller by so much, within what a hand may make of them. */
export function resizeNotes(graph: Graph, ids: readonly string[], by: { dx: number; dy: number }): Graph {
  return ids.filter(isNote).reduce((changed, id) => {
    const note = changed.notes?.find((one) => one.id === id);
    if (!note) return changed;
    const width = between(note.width + by.dx, leastNote.width, mostNote);
    return changeNote(changed, id, {
      width,
      height: between(note.height + by.dy, leastNote.height, mostNote),
    });
  }, graph);
}

const between = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), most);

/** Frames blocks and notes together. What was in another group leaves it; a group without members is gone. */
export function groupItems(graph: Graph, ids: readonly string[], title = 'Group') {
  const members = membersAmong(graph, ids);
  if (members.length === 0) return null;
  const taken = new Set(members);
  const others = (graph.groups ?? [])
    .map((group) => ({ ...group, members: group.members.filter((id) => !taken.has(id)) }))
    .filter((group) => group.members.length > 0);
  const id = freeMarkId('group', graph.groups ?? []);
  return { graph: withMarks(graph, graph.notes, [...others, { id, title, members }]), id };
}

/** Takes away the frames that are named, and those around any of the blocks and notes that are named. */
export function ungroup(graph: Graph, ids: readonly string[]): Graph {
  const stays = (group: CanvasGroup) =>
    !ids.includes(group.id) && !group.members.some((member) => ids.includes(member));
  return withMarks(graph, graph.notes, graph.groups?.filter(stays));
}

export function renameGroup(graph: Graph, id: string, title: string): Graph {
  const groups = graph.groups?.map((group) => (group.id === id ? { ...group, title } : group));
  return withMarks(graph, graph.notes, groups);
}

/** The blocks and notes that these ids stand for: a group stands for its members. */
export function membersAmong(graph: Graph, ids: readonly string[]): string[] {
  const wanted = new Set(ids);
  for (const group of graph.groups ?? [])
    if (wanted.has(group.id)) for (const member of group.members) wanted.add(member);
  const items = [...graph.blocks, ...(graph.notes ?? [])];
  return items.map((item) => item.id).filter((id) => wanted.has(id));
}

/** An id that no mark has yet: the one after the highest number. */
export function freeMarkId(kind: 'note' | 'group', taken: readonly { id: string }[]): string {
  const numbers = taken.map(({ id }) => Number.parseInt(id.split(':')[1] ?? '', 10)).filter(Number.isFinite);
  return `${kind}:${Math.max(0, ...numbers) + 1}`;
}
