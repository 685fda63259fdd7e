import { EventEmitter } from 'node:events';
import type { FastifyReply } from 'fastify';
import { expect, it } from 'vitest';
import { createGate } from '../../server/sandbox/gate.ts';

const newReply = () => ({ raw: new EventEmitter() }) as unknown as FastifyReply;

it('lets in as many as may be at once, and the next one after an answer', () => {
  const gate = createGate(2);
  const [one, two, three] = [newReply(), newReply(), newReply()];

  expect([gate.enter('a', one), gate.enter('a', two), gate.enter('a', three)]).toEqual([true, true, false]);
  expect(gate.enter('b', three)).toBe(true);

  one.raw.emit('close');
  expect(gate.enter('a', three)).toBe(true);
  expect(gate.enter('a', newReply())).toBe(false);
});
