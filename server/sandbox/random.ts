import { createHash } from 'node:crypto';

/** A stream of numbers that is the same for the same seed, on every machine. */
export interface Random {
  /** At least 0, below 1. */
  unit(): number;
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number;
  pick<T>(choices: readonly T[]): T;
}

/** Mulberry32: small, fast and even enough for an example company. Never for secrets. */
export function createRandom(seed: number): Random {
  let position = seed >>> 0;

  function unit(): number {
    position = (position + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(position ^ (position >>> 15), position | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  return {
    unit,
    whole: (min, max) => min + Math.floor(unit() * (max - min + 1)),
    pick: (choices) => choices[Math.floor(unit() * choices.length)]!,
  };
}

/** A UUID that is the same for the same text. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
