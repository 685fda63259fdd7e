import { describe, expect, test } from 'vitest';
import { checkGraph } from '#engine/check';
import { findLoopBodies } from '#engine/loop-bodies';
import { aGraph, types } from '../support/engine-world.ts';

const context = {
  vendors: { find: () => undefined, list: () => [] },
  fields: [],
  records: { kind: 'people' } as const,
  credentials: [],
  integrations: [],
};
const messages = (graph: ReturnType<typeof aGraph>) =>
  checkGraph(graph, types, context).map(({ block, message }) => `${block}: ${message}`);

const overList = (as: string, more: Record<string, unknown> = {}): [string, Record<string, unknown>] => [
  'for-each',
  { list: '{{role}}', as, ...more },
];
const overAccounts: [string, Record<string, unknown>] = ['for-each', { over: 'accounts' }];
const say = (text: string): [string, Record<string, unknown>] => ['stop', { message: text }];

describe('checking loops', () => {
  test('knows the values of SaaS users only where there is one', () => {
    const graph = aGraph(
      {
        begin: ['begin'],
        each: overAccounts,
        inside: say('{{identifier}} {{app.vendor}}'),
        after: say('{{identifier}}'),
      },
      ['begin.next > each', 'each.each > inside', 'each.done > after'],
    );

    expect(messages(graph)).toEqual([
      expect.stringMatching(/^after: Nothing sets the variable "identifier"/),
    ]);
  });

  test('wants another name for the entry of a loop within a loop', () => {
    const graph = aGraph(
      { begin: ['begin'], outer: overList('item'), inner: overList('item'), say: say('{{item}}') },
      ['begin.next > outer', 'outer.each > inner', 'inner.each > say'],
    );

    expect(messages(graph)).toEqual([
      'inner: "outer" around it has an entry "item", too. Call this one something else.',
    ]);
  });

  test('warns of a loop that does nothing', () => {
    const graph = aGraph({ begin: ['begin'], each: overList('item') }, ['begin.next > each']);

    expect(messages(graph)).toEqual([expect.stringMatching(/^each: Each leads nowhere/)]);
  });

  test('counts how often blocks may happen for one record', () => {
    const graph = aGraph(
      {
        begin: ['begin'],
        outer: overList('one', { most: 10 }),
        inner: overList('two', { most: 7 }),
        deep: say('x'),
        after: say('y'),
      },
      ['begin.next > outer', 'outer.each > inner', 'inner.each > deep', 'outer.done > after'],
    );
    const { times } = findLoopBodies(graph, types);

    expect(['outer', 'inner', 'deep', 'after'].map(times)).toEqual([1, 10, 70, 1]);
  });
});
