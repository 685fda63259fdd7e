import { describe, expect, test } from 'vitest';
import type { Mapping, MappingRow } from '#contract';
import { findPaths, readSource, sampleRow } from '../../web/pages/mapping/examples.ts';
import {
  changesSince,
  syncKeysOf,
  withConverters,
  withOtherTarget,
  withoutTarget,
  withRow,
  withSource,
  withSyncKeyMoved,
  withSyncKeyToggled,
} from '../../web/pages/mapping/mapping-draft.ts';

const target = (externalId: string): MappingRow['target'] => ({ recordType: 'person', externalId });

const aRow = (externalId: string, change: Partial<MappingRow> = {}): MappingRow => ({
  source: { kind: 'field', key: externalId },
  target: target(externalId),
  syncKey: null,
  ...change,
});

const ranks = (rows: readonly MappingRow[]) => syncKeysOf(rows).map((row) => row.target.externalId);

describe('sync keys', () => {
  const rows = [aRow('a', { syncKey: 2 }), aRow('b', { syncKey: 1 }), aRow('c')];

  test('are looked at in the order of their ranks', () => {
    expect(ranks(rows)).toEqual(['b', 'a']);
  });

  test('change places with their neighbour, and stay at the ends', () => {
    expect(ranks(withSyncKeyMoved(rows, target('a'), -1))).toEqual(['a', 'b']);
    expect(ranks(withSyncKeyMoved(rows, target('b'), -1))).toEqual(['b', 'a']);
    expect(ranks(withSyncKeyMoved(rows, target('c'), 1))).toEqual(['b', 'a']);
  });

  test('come last when they are set, and leave no gap when they go', () => {
    expect(ranks(withSyncKeyToggled(rows, target('c')))).toEqual(['b', 'a', 'c']);
    expect(syncKeysOf(withoutTarget(rows, target('b'))).map((row) => row.syncKey)).toEqual([1]);
  });

  test('keep their rank alone when a proposal claims it too', () => {
    expect(ranks(withRow(rows, aRow('c', { syncKey: 1 })))).toEqual(['b', 'a', 'c']);
  });
});

describe('converters', () => {
  const converted = aRow('a', { converters: [{ kind: 'trim' }] });

  test('are set and taken away', () => {
    expect(withConverters([aRow('a')], target('a'), [{ kind: 'trim' }])).toEqual([converted]);
    expect(withConverters([converted], target('a'), [])).toEqual([aRow('a')]);
  });

  test('go along to another target, and away with their source', () => {
    expect(withOtherTarget([converted], converted, target('b'))[0]?.converters).toEqual([{ kind: 'trim' }]);
    expect(withSource([converted], { kind: 'field', key: 'b' }, target('a'))[0]?.converters).toBeUndefined();
  });

  test('stay while a path is typed', () => {
    const row = aRow('a', { source: { kind: 'path', path: 'i', label: '' }, converters: [{ kind: 'trim' }] });

    const [typed] = withSource([row], { kind: 'path', path: 'id', label: '' }, target('a'));

    expect(typed).toMatchObject({ source: { path: 'id' }, converters: [{ kind: 'trim' }] });
  });
});

test('a version is told by the rows that it added, changed and removed', () => {
  const before: Mapping = { rows: [aRow('a'), aRow('b'), aRow('c')] };
  const after: Mapping = { rows: [aRow('a'), aRow('b', { syncKey: 1 }), aRow('d')] };

  const changes = changesSince(before, after).map(({ kind, row }) => `${kind} ${row.target.externalId}`);

  expect(changes).toEqual(['changed b', 'added d', 'removed c']);
});

describe('the first records', () => {
  const examples = [
    { record: { id: 1, emails: ['a@acme.test'], 'x y': { z: true } }, fields: { email: 'a@acme.test' } },
  ];

  test('offer every path that leads to a single value, and each can be read', () => {
    const paths = findPaths(examples);

    expect(paths).toEqual(['id', 'emails[0]', '["x y"].z']);
    const values = paths.map((path) => readSource({ kind: 'path', path, label: '' }, examples[0]!));
    expect(values).toEqual([1, 'a@acme.test', true]);
  });

  test('go through converters, and a format that is not finished only says so', () => {
    const source = { kind: 'field' as const, key: 'email' };

    const split = sampleRow(source, [{ kind: 'split', on: '@', part: 1 }], examples);
    const unfinished = sampleRow(source, [{ kind: 'date', format: 'DD.' }], examples);

    expect(split).toEqual([{ read: 'a@acme.test', result: { ok: true, value: 'a' } }]);
    expect(unfinished[0]?.result).toMatchObject({ ok: false });
  });
});
