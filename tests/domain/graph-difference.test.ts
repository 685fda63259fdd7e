import { describe, expect, it } from 'vitest';
import { describeDifference } from '#domain/difference-words';
import { findDifference, isSameGraph } from '#domain/graph-difference';
import type { Graph } from '#domain/workflow';
import { toBlockType } from '#engine/block';
import { recipes } from '#presets';
import { aGraph, types } from '../support/engine-world.ts';
import { partsFor } from '../support/recipe-parts.ts';

const blockTypes = new Map([...types].map(([type, block]) => [type, toBlockType(block)]));
const credentials: Record<string, string> = { crd_1: 'Webex admin', crd_2: 'Webex test' };
const names = {
  types: blockTypes,
  nameOf: (kind: string, id: string) => (kind === 'credential' ? credentials[id] : undefined),
};

const base = aGraph(
  {
    begin: ['begin'],
    idle: ['inactive-for', { lastActivity: '{{last_activity}}', days: 90 }],
    call: [
      'api',
      {
        authorization: { mode: 'static', credentialId: 'crd_1' },
        headers: [
          { key: 'accept', value: 'json' },
          { key: 'x-a', value: '1' },
        ],
      },
    ],
  },
  ['begin.next > idle', 'idle.inactive > call'],
);

const changed = (change: (graph: Graph) => void): Graph => {
  const copy = structuredClone(base);
  change(copy);
  return copy;
};
const words = (graph: Graph, from = base) => describeDifference(from, graph, names).sentences;
const settingsOf = (graph: Graph, id: string) =>
  graph.blocks.find((block) => block.id === id)?.settings as Record<string, never> & { days: number };

describe('what is different in two graphs', () => {
  it('is nothing in a graph and its copy, whatever order its keys and blocks have', () => {
    const copy = changed((graph) => {
      graph.blocks.reverse();
      const call = graph.blocks.find((block) => block.id === 'call');
      if (call) call.settings = Object.fromEntries(Object.entries(call.settings).reverse());
      for (const edge of graph.edges) edge.id = `other ${edge.id}`;
    });

    const difference = findDifference(base, copy);

    expect(isSameGraph(difference)).toBe(true);
    expect(difference.moved).toEqual([]);
  });

  it('names changed settings with before and after', () => {
    expect(words(changed((graph) => void Object.assign(settingsOf(graph, 'idle'), { days: 30 })))).toEqual([
      '“idle”: Inactive for (days) was “90” and is “30”.',
    ]);
  });

  it('says by name which credential another took the place of', () => {
    const other = changed((graph) => {
      Object.assign(settingsOf(graph, 'call'), { authorization: { mode: 'static', credentialId: 'crd_2' } });
    });

    expect(words(other)).toEqual(['“call”: Credential was “Webex admin” and is “Webex test”.']);
  });

  it('takes a row put between others for one change', () => {
    const other = changed((graph) => {
      Object.assign(settingsOf(graph, 'call'), {
        headers: [
          { key: 'accept', value: 'json' },
          { key: 'x-new', value: '2' },
          { key: 'x-a', value: '1' },
        ],
      });
    });

    expect(words(other)).toEqual(['“call”: Header 2 was nothing and is “x-new: 2”.']);
  });

  it('tells added, removed and renamed blocks, and edges by what they join', () => {
    const other = changed((graph) => {
      graph.blocks.pop();
      graph.blocks.push({ id: 'end', type: 'end', name: 'Done', position: { x: 0, y: 0 }, settings: {} });
      graph.blocks[1]!.name = 'Unused';
      graph.edges = [graph.edges[0]!, { id: 'e', from: 'idle', exit: 'active', to: 'end' }];
    });

    expect(words(other)).toEqual([
      '“Unused”: Name was “idle” and is “Unused”.',
      '“Done” (End) was added.',
      '“call” (API) was removed.',
      'New edge: Unused, active, leads to Done.',
      'Edge removed: idle, inactive, leads to call.',
    ]);
  });

  it('tells that blocks only stand elsewhere', () => {
    expect(
      words(changed((graph) => void Object.assign(graph.blocks[1]!, { position: { x: 8, y: 8 } }))),
    ).toEqual(['Nothing but the place of one block on the canvas.']);
  });

  it('counts a setting that an older copy does not name as its default', () => {
    const older = changed(
      (graph) => void delete (settingsOf(graph, 'idle') as Partial<{ days: number }>).days,
    );

    expect(words(base, older)).toEqual([]);
  });

  it('tells of notes by their text', () => {
    const note = { id: 'note:1', text: 'Ask first', position: { x: 0, y: 0 }, width: 200, height: 80 };

    expect(words({ ...base, notes: [note] })).toEqual(['The note “Ask first” was added.']);
    expect(
      words({ ...base, notes: [{ ...note, position: { x: 9, y: 9 } }] }, { ...base, notes: [note] }),
    ).toEqual([]);
  });

  it('finds every single change of a value in the recipes, and none where there is none', () => {
    for (const recipe of recipes) {
      const { graph } = recipe.build(partsFor(recipe));
      expect(words(graph, structuredClone(graph))).toEqual([]);
      for (const [at, block] of graph.blocks.entries()) {
        for (const key of Object.keys(block.settings)) {
          const other = structuredClone(graph);
          other.blocks[at]!.settings[key] = 'something else';
          const { blocks } = describeDifference(graph, other, names);
          expect(blocks.map(({ id }) => id)).toEqual([block.id]);
          expect(blocks[0]?.changes.length).toBeGreaterThan(0);
        }
      }
    }
  });
});
