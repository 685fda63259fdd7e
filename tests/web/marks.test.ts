import { describe, expect, test } from 'vitest';
import { align, boxesOf, distribute } from '../../web/editor/arrange.ts';
import { pasteItems, pickItems } from '../../web/editor/copy-paste.ts';
import { createDraft } from '../../web/editor/draft.ts';
import { toNodes } from '../../web/editor/graph.ts';
import { moveBlocks, removeItems } from '../../web/editor/graph-changes.ts';
import { withMarkNodes, withMembers } from '../../web/editor/mark-nodes.ts';
import {
  addNote,
  changeNote,
  groupItems,
  renameGroup,
  resizeNotes,
  ungroup,
} from '../../web/editor/marks.ts';
import { neighbourOf } from '../../web/editor/walk.ts';
import { aChain, blockTypes } from './editor-graph.ts';

const noted = () => addNote(aChain('ask', 'tell'), { x: 0, y: 200 }).graph;
const grouped = (...ids: string[]) => groupItems(noted(), ids)?.graph ?? noted();

describe('notes', () => {
  test('are undone and redone like everything else', () => {
    const draft = createDraft(noted());

    draft.change((graph) => changeNote(graph, 'note:1', { text: 'Ask HR first' }));
    draft.change((graph) => removeItems(graph, ['note:1']));
    draft.undo();
    expect(draft.store.getState().graph.notes?.[0]?.text).toBe('Ask HR first');
    draft.undo();

    expect(draft.store.getState().graph.notes?.[0]?.text).toBe('');
  });

  test('leave no trace in a graph without any', () => {
    expect(removeItems(noted(), ['note:1'])).toEqual(aChain('ask', 'tell'));
  });

  test('are resized within bounds, and only they', () => {
    const before = addNote(noted(), { x: 0, y: 400 }).graph;
    const wider = resizeNotes(before, ['ask', 'note:1'], { dx: 16, dy: -16 });
    const least = resizeNotes(wider, ['note:1'], { dx: -4000, dy: -4000 });

    expect(wider.notes?.map(({ width, height }) => [width, height])).toEqual([
      [256, 80],
      [240, 96],
    ]);
    expect(wider.blocks).toEqual(before.blocks);
    expect(least.notes?.[0]).toMatchObject({ width: 120, height: 56 });
    expect(resizeNotes(least, ['note:1'], { dx: 9000, dy: 9000 }).notes?.[0]).toMatchObject({
      width: 1200,
      height: 1200,
    });
  });

  test('are moved with blocks', () => {
    const moved = moveBlocks(noted(), { 'note:1': { x: 8, y: 8 }, ask: { x: 16, y: 16 } });

    expect(moved.notes?.[0]?.position).toEqual({ x: 8, y: 8 });
    expect(moved.blocks.find((block) => block.id === 'ask')?.position).toEqual({ x: 16, y: 16 });
  });
});

describe('groups', () => {
  test('take a block from the group that it was in, and an empty one is gone', () => {
    const first = grouped('ask');
    const second = groupItems(first, ['ask', 'tell', 'note:1'], 'All');

    expect(second?.graph.groups).toEqual([
      { id: 'group:2', title: 'All', members: ['ask', 'tell', 'note:1'] },
    ]);
  });

  test('are renamed, taken apart, and lose what is removed', () => {
    expect(renameGroup(grouped('ask'), 'group:1', 'Look').groups?.[0]?.title).toBe('Look');
    expect(ungroup(grouped('ask', 'tell'), ['ask']).groups).toBeUndefined();
    expect(removeItems(grouped('ask', 'tell'), ['ask']).groups?.[0]?.members).toEqual(['tell']);
    expect(removeItems(grouped('ask'), ['group:1']).blocks).toHaveLength(4);
  });

  test('have a frame around their members', () => {
    const graph = grouped('ask', 'tell');
    const nodes = withMarkNodes(graph, toNodes(graph, blockTypes, []), [], []);
    const frame = nodes.find((node) => node.id === 'group:1');

    expect(frame?.position).toEqual({ x: 336 - 24, y: -48 });
    expect(frame?.width).toBe(336 + 240 + 48);
  });

  test('take their members along, and nobody twice', () => {
    const graph = grouped('ask', 'tell');
    const nodes = withMarkNodes(graph, toNodes(graph, blockTypes, []), [], []);
    const changes = withMembers(
      [
        { type: 'position', id: 'group:1', position: { x: 352, y: 0 }, dragging: true },
        { type: 'position', id: 'ask', position: { x: 500, y: 0 }, dragging: true },
      ],
      nodes,
    );

    expect(changes.slice(2)).toEqual([
      { type: 'position', id: 'tell', position: { x: 672 + 40, y: 48 }, dragging: true },
    ]);
  });

  test('are copied with what is in them', () => {
    const graph = grouped('ask', 'note:1');
    const pasted = pasteItems(graph, pickItems(graph, ['group:1']));

    expect(pasted.ids).toEqual(['ask_2', 'note:2']);
    expect(pasted.graph.groups?.[1]).toEqual({
      id: 'group:2',
      title: 'Group',
      members: ['ask_2', 'note:2'],
    });
  });
});

describe('arranging', () => {
  test('puts what is named on one line', () => {
    const graph = moveBlocks(aChain('ask', 'tell'), { ask: { x: 336, y: 80 } });
    const top = align(graph, blockTypes, ['ask', 'tell'], 'top');
    const right = align(graph, blockTypes, ['ask', 'tell'], 'right');

    expect(top.blocks.map((block) => block.position.y)).toEqual([0, 0, 0, 0]);
    expect(right.blocks.find((block) => block.id === 'ask')?.position).toEqual({ x: 672, y: 80 });
  });

  test('makes gaps alike and leaves the outermost', () => {
    const graph = moveBlocks(aChain('ask', 'tell'), { ask: { x: 250, y: 0 }, tell: { x: 500, y: 0 } });
    const spread = distribute(graph, blockTypes, ['begin', 'ask', 'tell', 'end'], 'across');

    expect(spread.blocks.map((block) => block.position.x)).toEqual([0, 336, 672, 1008]);
  });

  test('leaves one thing alone', () => {
    const graph = aChain('ask');

    expect(align(graph, blockTypes, ['ask'], 'bottom')).toBe(graph);
  });
});

test('the arrow keys walk to what is straight ahead rather than near but aside', () => {
  const graph = moveBlocks(aChain('ask', 'tell'), { tell: { x: 300, y: 300 } });
  const boxes = boxesOf(graph, blockTypes);

  expect(neighbourOf(boxes, 'begin', 'right')).toBe('ask');
  expect(neighbourOf(boxes, 'ask', 'down')).toBe('tell');
  expect(neighbourOf(boxes, 'begin', 'left')).toBeNull();
});
