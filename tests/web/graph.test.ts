import { describe, expect, test } from 'vitest';
import { addAfter, addIntoEdge } from '../../web/editor/add-block.ts';
import { pasteItems, pickItems } from '../../web/editor/copy-paste.ts';
import { allowedTargets, isAllowed, restedPositions, toEdges, toNodes } from '../../web/editor/graph.ts';
import { addBlock, connect, redirectEdge, removeItems, setTargets } from '../../web/editor/graph-changes.ts';
import { layout } from '../../web/editor/layout.ts';
import { aBlock, aChain, blockTypes } from './editor-graph.ts';

const seed = { type: 'api', name: 'Webex Delete User', settings: {} };
const ways = (graph: ReturnType<typeof aChain>) =>
  graph.edges.map((edge) => `${edge.from}.${edge.exit}>${edge.to}`).sort();

describe('changing a graph', () => {
  test('makes ids that templates can name, and no two alike', () => {
    const first = addBlock(aChain(), seed, { x: 0, y: 0 });
    const second = addBlock(first.graph, seed, { x: 0, y: 0 });

    expect([first.id, second.id]).toEqual(['webex_delete_user', 'webex_delete_user_2']);
    expect(second.graph.blocks.at(-1)?.name).toBe('Webex Delete User 2');
  });

  test('keeps Begin', () => {
    const graph = removeItems(aChain('ask'), ['begin', 'ask']);

    expect(graph.blocks.map((block) => block.id)).toEqual(['begin', 'end']);
    expect(graph.edges).toEqual([]);
  });

  test('lets an exit lead to several blocks, and to each once', () => {
    const once = connect(aChain('ask'), { from: 'begin', exit: 'next' }, 'end');
    const twice = connect(once, { from: 'begin', exit: 'next' }, 'end');

    expect(ways(once)).toEqual(['ask.success>end', 'begin.next>ask', 'begin.next>end']);
    expect(twice).toBe(once);
  });

  test('keeps the edges of an exit that still lead where they are wanted', () => {
    const graph = aChain('ask', 'tell');
    const next = setTargets(graph, { from: 'begin', exit: 'next' }, ['ask', 'end']);

    expect(ways(next)).toContain('begin.next>end');
    expect(next.edges.find((edge) => edge.to === 'ask')).toBe(graph.edges[0]);
    expect(ways(setTargets(next, { from: 'begin', exit: 'next' }, []))).not.toContain('begin.next>ask');
  });

  test('lets an edge end elsewhere, and drops it where its exit leads already', () => {
    const graph = aChain('ask');
    const first = graph.edges[0]?.id ?? '';
    const both = connect(graph, { from: 'begin', exit: 'next' }, 'end');

    expect(ways(redirectEdge(graph, first, 'end'))).toEqual(['ask.success>end', 'begin.next>end']);
    expect(ways(redirectEdge(both, first, 'end'))).toEqual(['ask.success>end', 'begin.next>end']);
  });

  test('pastes blocks with the edges among them, and never Begin', () => {
    const graph = aChain('ask', 'tell');
    const pasted = pasteItems(graph, pickItems(graph, ['begin', 'ask', 'tell']));

    expect(pasted.ids).toEqual(['ask_2', 'tell_2']);
    expect(ways(pasted.graph)).toContain('ask_2.success>tell_2');
  });
});

describe('adding a block', () => {
  test('after one with a free way forward joins it there', () => {
    const graph = { ...aChain('ask'), edges: [] };
    const added = addAfter(graph, blockTypes, seed, { after: 'ask', elsewhere: { x: 0, y: 0 } });

    expect(ways(added.graph)).toEqual(['ask.success>webex_delete_user']);
  });

  test('after one whose way forward is taken goes in between', () => {
    const added = addAfter(aChain('ask'), blockTypes, seed, { after: 'begin', elsewhere: { x: 0, y: 0 } });

    expect(ways(added.graph)).toEqual([
      'ask.success>end',
      'begin.next>webex_delete_user',
      'webex_delete_user.success>ask',
    ]);
  });

  test('goes on the main way while that leads straight to an end, and to another one after that', () => {
    const graph = aChain('ask');
    const first = addAfter(
      graph,
      blockTypes,
      { ...seed, type: 'inactive-for', name: 'Idle' },
      { after: 'ask', elsewhere: { x: 0, y: 0 } },
    );
    const second = addAfter(first.graph, blockTypes, seed, { after: 'idle', elsewhere: { x: 0, y: 0 } });
    const third = addAfter(second.graph, blockTypes, seed, { after: 'idle', elsewhere: { x: 0, y: 0 } });

    expect(ways(first.graph)).toContain('idle.inactive>end');
    expect(ways(second.graph)).toContain('webex_delete_user.success>end');
    expect(ways(third.graph)).toContain('idle.active>webex_delete_user_2');
  });

  test('into one of several edges of an exit leaves the others alone', () => {
    const graph = connect(aChain('ask'), { from: 'begin', exit: 'next' }, 'end');
    const added = addIntoEdge(graph, blockTypes, seed, graph.edges[0]?.id ?? '');

    expect(ways(added.graph)).toContain('begin.next>end');
    expect(ways(added.graph)).toContain('begin.next>webex_delete_user');
    expect(ways(added.graph)).not.toContain('begin.next>ask');
  });

  test('into an edge moves what follows out of the way', () => {
    const graph = aChain('ask');
    const added = addIntoEdge(graph, blockTypes, seed, graph.edges[0]?.id ?? '');
    const xOf = (id: string) => added.graph.blocks.find((block) => block.id === id)?.position.x ?? 0;

    expect(xOf('begin')).toBeLessThan(xOf('webex_delete_user') - 240);
    expect(xOf('webex_delete_user')).toBeLessThan(xOf('ask') - 240);
    expect(xOf('ask')).toBeLessThan(xOf('end') - 240);
  });
});

describe('the canvas', () => {
  test('gets the same node again for a block that did not change', () => {
    const graph = aChain('ask');
    const nodes = toNodes(graph, blockTypes, []);

    const next = toNodes(graph, blockTypes, ['ask'], nodes);

    expect(next[0]).toBe(nodes[0]);
    expect(next[1]).not.toBe(nodes[1]);
    expect(next[1]?.selected).toBe(true);
  });

  test('knows the handles of a card before it is drawn, one for each exit', () => {
    const [begin, ask] = toNodes(aChain('ask'), blockTypes, []);

    expect(begin?.handles?.map(({ id }) => id)).toEqual(['next']);
    expect(ask?.handles?.map(({ id }) => id)).toEqual(['in', 'success', 'failure']);
    expect(ask?.measured).toEqual({ width: 240, height: 120 });
  });

  test('gives a block that became another type the handles of that', () => {
    const graph = aChain('ask');
    const nodes = toNodes(graph, blockTypes, []);
    const blocks = graph.blocks.map((block) =>
      block.id === 'ask' ? { ...block, type: 'inactive-for' } : block,
    );

    const next = toNodes({ ...graph, blocks }, blockTypes, [], nodes);

    expect(next[1]?.handles?.map(({ id }) => id)).toEqual(['in', 'inactive', 'active', 'unknown']);
  });

  test('offers only blocks that do not lead back', () => {
    const graph = aChain('ask', 'tell');

    expect(allowedTargets(graph, blockTypes, 'tell').map(({ id }) => id)).toEqual(['end']);
    expect(allowedTargets(graph, blockTypes, 'begin').map(({ id }) => id)).toEqual(['ask', 'tell', 'end']);
  });

  test('draws an edge in the tone of its exit', () => {
    const graph = connect(aChain('ask'), { from: 'ask', exit: 'failure' }, 'end');
    const edge = toEdges(graph, blockTypes, null).find((one) => one.sourceHandle === 'failure');

    expect(edge?.className).toBe('failure');
    expect(edge?.ariaLabel).toBe('ask, failure, goes to end');
  });

  test('hears of a move when it comes to rest', () => {
    const at = { x: 8, y: 16 };

    expect(restedPositions([{ type: 'position', id: 'ask', position: at, dragging: true }])).toEqual({});
    expect(restedPositions([{ type: 'position', id: 'ask', position: at, dragging: false }])).toEqual({
      ask: at,
    });
  });

  test('refuses edges that run in a circle or into Begin', () => {
    const graph = aChain('ask', 'tell');

    expect(isAllowed(graph, blockTypes, 'tell', 'ask')).toBe(false);
    expect(isAllowed(graph, blockTypes, 'ask', 'ask')).toBe(false);
    expect(isAllowed(graph, blockTypes, 'ask', 'begin')).toBe(false);
    expect(isAllowed(graph, blockTypes, 'begin', 'tell')).toBe(true);
  });
});

describe('the layout', () => {
  test('puts the main way on one line, from left to right', () => {
    const graph = aChain('ask', 'tell');
    const branch = { ...graph, blocks: [...graph.blocks, aBlock('other')] };
    const places = layout(connect(branch, { from: 'ask', exit: 'failure' }, 'other'), blockTypes);
    const line = ['begin', 'ask', 'tell', 'end'].map((id) => places[id]);

    expect(new Set(line.map((place) => place?.y))).toEqual(new Set([0]));
    expect(line.map((place) => place?.x)).toEqual(
      [...line.map((place) => place?.x)].sort((a, b) => (a ?? 0) - (b ?? 0)),
    );
    expect(places.other?.y).toBeGreaterThan(90);
  });

  test('goes on in a row below where there are more columns than fit', () => {
    const places = layout(aChain('a', 'b', 'c', 'd'), blockTypes, 3);

    expect(places.c?.x).toBe(places.begin?.x);
    expect(places.c?.y).toBeGreaterThan(places.begin?.y ?? 0);
    expect(places.end?.y).toBe(places.c?.y);
  });

  test('lets no two cards overlap', () => {
    const graph = aChain('ask', 'tell');
    const more = { ...graph, blocks: [...graph.blocks, aBlock('x'), aBlock('y'), aBlock('z')] };
    const joined = ['x', 'y', 'z'].reduce(
      (sum, id, at) => connect(sum, { from: ['ask', 'tell', 'x'][at] ?? '', exit: 'failure' }, id),
      more,
    );
    const places = Object.values(layout(joined, blockTypes));

    for (const [at, a] of places.entries()) {
      for (const b of places.slice(at + 1))
        expect(Math.abs(a.x - b.x) >= 240 || Math.abs(a.y - b.y) >= 90).toBe(true);
    }
  });
});
