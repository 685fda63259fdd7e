import { AppError } from './errors.ts';
import { PlannedAnswer } from './planned-answer.ts';

/** One step into a value: a name, an index, or `[*]` for every entry of a list. */
export type PathSegment =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'every' };

export type Path = readonly PathSegment[];

export const maxPathSegments = 32;
const maxPathLength = 1_000;

const plainName = /[^\s.[\]"'{}()|<>,;]+/y;
const digits = /^\d{1,9}$/;

/**
 * Reads a path such as `items[0].id`, `items.[0].id`, `a["b-c"]`, `a['b']` or `emails[*].value`.
 * There are no filters and no expressions. Throws `invalid` with the position, counted from 1.
 */
export function parsePath(text: string): Path {
  if (text.length > maxPathLength) refuse(maxPathLength, `a path has at most ${maxPathLength} characters`);
  const segments: PathSegment[] = [];
  let at = 0;
  while (at < text.length || segments.length === 0) {
    if (segments.length === maxPathSegments) refuse(at, `a path has at most ${maxPathSegments} parts`);
    if (segments.length > 0 && text[at] === '.') at += 1;
    else if (segments.length > 0 && text[at] !== '[') refuse(at, 'a dot or [ is expected here');

    const read = text[at] === '[' ? readBracket(text, at) : readName(text, at);
    segments.push(read.segment);
    at = read.end;
  }
  return segments;
}

/**
 * Writes a path so that `parsePath` reads it back: `items.0.id`, `emails.[*]`, `settings.["a.b"]`. There is a dot
 * after every part, so whatever starts with `name.` belongs to `name`.
 */
export function formatPath(path: Path): string {
  return path.map(formatSegment).join('.');
}

/**
 * Follows a path through own properties only. Gives `undefined` when something on the way is absent.
 * `[*]` gives the list of the values that were found; several `[*]` give one flat list.
 */
export function readPath(value: unknown, path: Path): unknown {
  let current = value;
  for (const [position, segment] of path.entries()) {
    if (segment.kind === 'every') return readEvery(current, path.slice(position + 1));
    current = readOwn(current, segment.kind === 'index' ? String(segment.index) : segment.name);
    if (current === undefined) return undefined;
  }
  return current;
}

const stated = new Map<string, Path>();

/** As `readPath`, by a path that a vendor's data states: there are few of them, so each is parsed once. */
export function readStatedPath(value: unknown, text: string): unknown {
  let path = stated.get(text);
  if (!path) {
    path = parsePath(text);
    stated.set(text, path);
  }
  return readPath(value, path);
}

/** The own property of a list or record; text has no parts. */
export function readOwn(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof PlannedAnswer) return value;
  if (!Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function readEvery(value: unknown, rest: Path): unknown[] | undefined {
  if (value instanceof PlannedAnswer) return [value];
  if (!Array.isArray(value)) return undefined;
  const isNested = rest.some((segment) => segment.kind === 'every');
  const found: unknown[] = [];
  for (const entry of value as unknown[]) {
    const inner = readPath(entry, rest);
    if (isNested && Array.isArray(inner)) for (const one of inner as unknown[]) found.push(one);
    else if (inner !== undefined) found.push(inner);
  }
  return found;
}

function readName(text: string, at: number): { segment: PathSegment; end: number } {
  plainName.lastIndex = at;
  const name = plainName.exec(text)?.[0];
  if (name === undefined)
    refuse(at, at >= text.length ? 'a name is missing' : `"${text[at]}" cannot stand here`);
  return { segment: { kind: 'name', name }, end: at + name.length };
}

function readBracket(text: string, at: number): { segment: PathSegment; end: number } {
  const quote = text[at + 1];
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(`${quote}]`, at + 2);
    if (close === -1) refuse(at, `the bracket is not closed with ${quote}]`);
    const name = text.slice(at + 2, close);
    if (name === '') refuse(at, 'the name between the quotes is missing');
    return { segment: { kind: 'name', name }, end: close + 2 };
  }
  const close = text.indexOf(']', at);
  if (close === -1) refuse(at, 'the bracket is not closed');
  const inner = text.slice(at + 1, close);
  if (inner === '*') return { segment: { kind: 'every' }, end: close + 1 };
  if (digits.test(inner)) return { segment: { kind: 'index', index: Number(inner) }, end: close + 1 };
  refuse(at, `"[${inner}]" is neither [0], [*] nor ["name"]`);
}

function formatSegment(segment: PathSegment): string {
  if (segment.kind === 'every') return '[*]';
  if (segment.kind === 'index') return String(segment.index);
  return isPlainName(segment.name) ? segment.name : quoted(segment.name);
}

function isPlainName(name: string): boolean {
  plainName.lastIndex = 0;
  return plainName.exec(name)?.[0] === name;
}

function quoted(name: string): string {
  return name.includes('"]') ? `['${name}']` : `["${name}"]`;
}

function refuse(at: number, reason: string): never {
  const place = `character ${at + 1}`;
  throw new AppError(
    'invalid',
    `The path cannot be read at ${place}: ${reason}. Write it like items[0].id.`,
    {
      place,
    },
  );
}
