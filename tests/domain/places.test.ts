import { expect, it } from 'vitest';
import { createPlaces, inTurn } from '#domain/places';

/** Asks for places by names such as `a1`, whose owner is the letter, and notes who got one. */
function asking(inAll: number, ofOne: number) {
  const places = createPlaces({ inAll, ofOne });
  const entered: string[] = [];
  const leave = new Map<string, () => void>();
  return {
    entered,
    ask: (...names: string[]) => {
      for (const name of names)
        leave.set(
          name,
          places.take(name[0]!, () => void entered.push(name)),
        );
    },
    leave: (name: string) => leave.get(name)!(),
  };
}

it('gives out as many places as there are, in the order in which they were asked for', () => {
  const { ask, leave, entered } = asking(2, 2);
  ask('a1', 'a2', 'a3', 'a4');
  expect(entered).toEqual(['a1', 'a2']);

  leave('a2');
  expect(entered).toEqual(['a1', 'a2', 'a3']);
});

it('one owner does not keep the others waiting', () => {
  const { ask, leave, entered } = asking(3, 2);
  ask('a1', 'a2', 'a3', 'b1', 'b2');
  expect(entered).toEqual(['a1', 'a2', 'b1']);

  leave('a1');
  expect(entered.at(-1)).toBe('a3');
});

it('whoever leaves the line is never called, and nobody leaves twice', () => {
  const { ask, leave, entered } = asking(1, 1);
  ask('a1', 'a2', 'a3', 'a4');
  leave('a2');
  leave('a1');
  leave('a1');
  expect(entered).toEqual(['a1', 'a3']);
});

it('work waits for its place, and gives it back also when it fails', async () => {
  const places = createPlaces({ inAll: 1, ofOne: 1 });
  const first = Promise.withResolvers<string>();
  const done: string[] = [];
  const work = [
    inTurn(places, 'a', () => first.promise).catch(() => void done.push('a failed')),
    inTurn(places, 'b', async () => void done.push('b')),
  ];
  await new Promise((resolve) => setImmediate(resolve));
  expect(done).toEqual([]);

  first.reject(new Error('gone'));
  await Promise.all(work);
  expect(done.toSorted()).toEqual(['a failed', 'b']);
});
