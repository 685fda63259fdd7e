import { expect, test } from 'vitest';
import { type Graph, graphSchema } from '#domain/workflow';
import { inStableOrder } from '#engine/workflow-file';

const at = { x: 0, y: 0 };
const size = { width: 240, height: 96 };
const graph: Graph = {
  blocks: [
    { id: 'end', type: 'end', name: 'End', position: at, settings: {} },
    { id: 'begin', type: 'begin', name: 'Begin', position: at, settings: { b: 1, a: 2 } },
  ],
  edges: [{ id: 'begin.next.end', from: 'begin', exit: 'next', to: 'end' }],
  notes: [
    { id: 'note:b', text: 'later', position: at, ...size },
    { id: 'note:a', text: 'first', position: at, ...size },
  ],
  groups: [{ id: 'group:1', title: 'Look', members: ['note:a', 'end'] }],
};

test('writes notes and groups into the file, in one order', () => {
  const turned: Graph = {
    ...graph,
    blocks: graph.blocks.toReversed(),
    notes: graph.notes?.toReversed(),
    groups: [{ id: 'group:1', title: 'Look', members: ['end', 'note:a'] }],
  };

  const text = JSON.stringify(inStableOrder(graph));

  expect(JSON.stringify(inStableOrder(turned))).toBe(text);
  expect(graphSchema.parse(JSON.parse(text)).notes?.map((note) => note.text)).toEqual(['first', 'later']);
  expect(graphSchema.parse(JSON.parse(text)).groups?.[0]?.members).toEqual(['end', 'note:a']);
});

test('says nothing of notes and groups that are not there', () => {
  const { notes: _, groups: __, ...plain } = graph;

  expect(Object.keys(inStableOrder({ ...plain, notes: [], groups: [] }))).toEqual(['blocks', 'edges']);
});

test('refuses a note with the id of a block', () => {
  const note = { id: 'end', text: '', position: at, ...size };

  expect(graphSchema.safeParse({ ...graph, notes: [note] }).success).toBe(false);
});
