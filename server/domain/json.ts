import { AppError } from './errors.ts';

/** Any value that JSON can hold. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The deepest nesting of lists and records that is read. */
export const maxJsonDepth = 64;
/** The most values that are read: in 10 MB of `{}` there are three million, which take 200 MB. */
export const maxJsonValues = 1_000_000;

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

/** `JSON.parse` with the reviver's third argument, which the compiler's library does not know yet. */
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown;

const longDigits = /\d{16}/;
const integer = /^-?\d+$/;

/**
 * Reads JSON without losing a digit: an integer that a number cannot hold exactly is kept as text, because vendors
 * use such integers as ids. Keys called `__proto__` are dropped. Throws `invalid` on broken or too deep text.
 */
export function parseJson(text: string): unknown {
  checkSize(text);
  try {
    if (!longDigits.test(text) && !mayHoldProtoKey(text)) return JSON.parse(text) as unknown;
    return parseWithSource(text, (key, value, context) => {
      if (key === '__proto__') return undefined;
      if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
      const source = context.source;
      return source !== undefined && integer.test(source) ? source : value;
    });
  } catch (cause) {
    throw new AppError('invalid', 'This is not valid JSON. Check quotes, commas and brackets.', { cause });
  }
}

/** A key may also be written with escapes (`\u005f`), so any escaped underscore takes the careful path. */
function mayHoldProtoKey(text: string): boolean {
  return text.includes('__proto__') || /\\u00(?:5f|70|72|6f|74)/i.test(text);
}

/** Counts brackets and commas outside strings, before any memory is spent on the values. */
function checkSize(text: string): void {
  let depth = 0;
  let values = 1;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = endOfString(text, at);
      continue;
    }
    if (code === 0x2c) values += 1;
    else if (code === 0x7d || code === 0x5d) depth -= 1;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      values += 1;
    }
    if (values > maxJsonValues) {
      throw new AppError('invalid', 'This JSON holds more than 1,000,000 values. Ask for a smaller page.');
    }
    if (depth > maxJsonDepth) {
      throw new AppError(
        'invalid',
        `This JSON is nested deeper than ${maxJsonDepth} levels. Send a flatter one.`,
      );
    }
    at += 1;
  }
}

/** The position after the closing quote of the string that starts at `start`. */
function endOfString(text: string, start: number): number {
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return text.length;
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    from = quote + 1;
  }
}
