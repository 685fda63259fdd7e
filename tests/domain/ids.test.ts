import { validate, version } from 'uuid';
import { expect, it } from 'vitest';
import { newId } from '#domain/ids';

const toUuid = (id: string): string =>
  id.replace(/^run_/, '').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

it('makes ids that sort by the time they were made, also within a millisecond', () => {
  const ids = Array.from({ length: 5_000 }, () => newId('run'));
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
});

it('makes UUIDs of version 7 that nobody can guess from the one before', () => {
  const uuids = Array.from({ length: 600 }, () => toUuid(newId('run')));
  expect(uuids.every((uuid) => validate(uuid) && version(uuid) === 7)).toBe(true);
  expect(new Set(uuids.map((uuid) => uuid.slice(-12))).size).toBe(uuids.length);
});
