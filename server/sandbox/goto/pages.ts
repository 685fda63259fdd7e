import { notValid } from './refusal.ts';

const defaultSize = 100;
const largestSize = 1000;

export interface WindowQuery {
  offset?: string;
  pageSize?: string;
}

/** A part of a list with where it stands in the whole; `toIndex` is the last one's place, not the one behind it. */
export function toWindow<T>(all: readonly T[], { offset, pageSize }: WindowQuery) {
  const from = readNumber('offset', offset ?? '0', { min: 0, max: Number.MAX_SAFE_INTEGER });
  const size = readNumber('pageSize', pageSize ?? String(defaultSize), { min: 1, max: largestSize });
  const results = all.slice(from, from + size);
  return { results, fromIndex: from, toIndex: from + results.length - 1, total: all.length };
}

function readNumber(name: string, text: string, { min, max }: { min: number; max: number }): number {
  const number = Number(text);
  if (text !== '' && Number.isInteger(number) && number >= min && number <= max) return number;
  throw notValid(`${name} must be a whole number from ${min} to ${max}.`);
}
