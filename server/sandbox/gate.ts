import type { FastifyReply } from 'fastify';

/** Counts the calls that are on their way at once. */
export interface Gate {
  /** False when as many as may be are inside already; else the call is inside until it has been answered. */
  enter(name: string, reply: FastifyReply): boolean;
}

export function createGate(most: number): Gate {
  const inside = new Map<string, number>();

  return {
    enter(name, reply) {
      const count = inside.get(name) ?? 0;
      if (count >= most) return false;
      inside.set(name, count + 1);
      reply.raw.once('close', () => leave(name));
      return true;
    },
  };

  function leave(name: string): void {
    const count = inside.get(name) ?? 0;
    if (count > 1) inside.set(name, count - 1);
    else inside.delete(name);
  }
}
