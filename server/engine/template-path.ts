import { formatPath, maxPathSegments, type Path, type PathSegment, readOwn } from '#domain/path';
import { PlannedAnswer } from '#domain/planned-answer';
import { type Evaluate, type Rendering, spend } from './template-run.ts';

/** Turns the parts of a Handlebars path into ours: digits are indexes, `*` is every entry. */
export function toPath(parts: readonly string[]): Path {
  return parts.map((part): PathSegment => {
    if (part === '*') return { kind: 'every' };
    return /^\d{1,9}$/.test(part) ? { kind: 'index', index: Number(part) } : { kind: 'name', name: part };
  });
}

export function isTooLong(path: Path): boolean {
  return path.length > maxPathSegments;
}

/** Reads a variable. Only own properties count, whatever the variables were made from. */
export function readVariable(path: Path): Evaluate {
  const read = reader(path);
  return (rendering) => read(rendering.variables, rendering);
}

/** Reads within the value of an enclosing `each`; 0 is the innermost. */
export function readTurn(path: Path, outwards: number): Evaluate {
  const read = reader(path);
  return (rendering) => {
    let turn = rendering.turn;
    for (let step = 0; step < outwards; step += 1) turn = turn?.parent;
    return read(turn?.value, rendering);
  };
}

/** How a path is named in messages and in the list of a template's variables. */
export function labelOf(path: Path): string {
  return path.length === 0 ? 'this' : formatPath(path);
}

type Read = (value: unknown, rendering: Rendering) => unknown;

function reader(path: Path): Read {
  if (path.some((segment) => segment.kind === 'every'))
    return (value, rendering) => readFrom(value, path, rendering);
  const names = path.map((segment) => nameOf(segment));
  const last = names.length - 1;
  const isHeader = names.at(-2) === 'response_headers';
  return (value, rendering) => {
    let current = value;
    for (let index = 0; index <= last; index += 1) {
      const name = names[index] ?? '';
      current = index === last && isHeader ? readHeader(current, name, rendering) : readOwn(current, name);
    }
    return current;
  };
}

/** As `readPath`, but each visited entry is a step, so that loops over large answers end. */
function readFrom(value: unknown, path: Path, rendering: Rendering): unknown {
  let current = value;
  for (const [position, segment] of path.entries()) {
    if (segment.kind !== 'every') {
      current = readOwn(current, nameOf(segment));
      continue;
    }
    if (current instanceof PlannedAnswer) return current;
    if (!Array.isArray(current)) return undefined;
    const rest = path.slice(position + 1);
    const isNested = rest.some((other) => other.kind === 'every');
    const found: unknown[] = [];
    for (const entry of current as unknown[]) {
      spend(rendering, 1);
      const inner = readFrom(entry, rest, rendering);
      if (isNested && Array.isArray(inner)) for (const one of inner as unknown[]) found.push(one);
      else if (inner !== undefined) found.push(inner);
    }
    return found;
  }
  return current;
}

/** Header names are not case-sensitive. */
function readHeader(headers: unknown, name: string, rendering: Rendering): unknown {
  const exact = readOwn(headers, name);
  if (exact !== undefined || typeof headers !== 'object' || headers === null) return exact;
  const lowerName = name.toLowerCase();
  const names = Object.keys(headers);
  spend(rendering, 1 + Math.floor(names.length / 16));
  const found = names.find((other) => other.toLowerCase() === lowerName);
  return found === undefined ? undefined : readOwn(headers, found);
}

function nameOf(segment: PathSegment): string {
  if (segment.kind === 'name') return segment.name;
  return segment.kind === 'index' ? String(segment.index) : '*';
}
