import { expect, test } from 'vitest';
import type { Lane } from '#domain/pace';
import { createWaitingLine, type WaitingLine } from '../../server/vendors/waiting-line.ts';

function drain(line: WaitingLine<string>): string[] {
  const found: string[] = [];
  for (let next = line.next(); next !== undefined; next = line.next()) found.push(next);
  return found;
}

test('a workflow of three records is not held up by one of thousands', () => {
  const line = createWaitingLine<string>();
  for (let n = 0; n < 5_000; n += 1) line.add(`big ${n}`, 'manual', 'big');
  for (let n = 0; n < 3; n += 1) line.add(`small ${n}`, 'manual', 'small');

  const first = Array.from({ length: 6 }, () => line.next());

  expect(first).toEqual(['big 0', 'small 0', 'big 1', 'small 1', 'big 2', 'small 2']);
});

test('urgent lanes go first more often, and nobody starves', () => {
  const line = createWaitingLine<{ lane: Lane }>();
  for (let n = 0; n < 1_000; n += 1) {
    for (const lane of ['load', 'schedule', 'event', 'manual'] as const) line.add({ lane }, lane, 'wf');
  }
  const turns = Array.from({ length: 150 }, () => line.next()?.lane);

  const count = (lane: Lane) => turns.filter((each) => each === lane).length;
  expect(turns[0]).toBe('manual');
  expect([count('manual'), count('event'), count('schedule'), count('load')]).toEqual([80, 40, 20, 10]);
  expect(turns.indexOf('load')).toBeLessThan(15);
});

test('turns are not saved up while nobody waits', () => {
  const line = createWaitingLine<string>();
  const loads = Array.from({ length: 100 }, (_, n) => `load ${n}`);
  for (const load of loads) line.add(load, 'load', 'int');
  for (let n = 0; n < 90; n += 1) line.next();
  for (let n = 0; n < 3; n += 1) line.add(`manual ${n}`, 'manual', 'wf');

  expect(drain(line)).toEqual(['manual 0', 'manual 1', 'manual 2', ...loads.slice(90)]);
});

test('whoever stops waiting loses the place, and nobody else does', () => {
  const line = createWaitingLine<string>();
  for (const item of ['ada', 'grace', 'linus']) line.add(item, 'event', 'wf');

  line.remove('grace', 'event', 'wf');
  line.remove('grace', 'event', 'wf');

  expect(line.size).toBe(2);
  expect(drain(line)).toEqual(['ada', 'linus']);
  expect(line.has('wf')).toBe(false);
  expect(line.size).toBe(0);
});
