import { type Converter, type MappingSource, parsePath, prepareConverters, readPath } from '#contract';
import type { Example } from './mapping-world.ts';

/** One of the vendor's first records on its way through a row. */
export interface RowSample {
  read: unknown;
  /** What the converters make of it, or why they cannot. */
  result: { ok: true; value: unknown } | { ok: false; reason: string };
}

/** What a source holds in a record; undefined for a path that cannot be read yet. */
export function readSource(source: MappingSource, { record, fields }: Example): unknown {
  if (source.kind === 'constant') return source.value;
  if (source.kind === 'field') return fields[source.key];
  try {
    return readPath(record, parsePath(source.path));
  } catch {
    return undefined;
  }
}

/** Sends the first records through the converters of a row. */
export function sampleRow(
  source: MappingSource,
  converters: readonly Converter[],
  examples: readonly Example[],
): RowSample[] {
  return examples.map((example) => {
    const read = readSource(source, example);
    try {
      const result = prepareConverters(converters)(read, (other) => readSource(other, example));
      return { read, result };
    } catch (error) {
      return { read, result: { ok: false, reason: error instanceof Error ? error.message : String(error) } };
    }
  });
}

const maxDepth = 5;
const maxPaths = 300;

/** Every path that leads to a single value in the vendor's records, in their order. */
export function findPaths(examples: readonly Example[]): string[] {
  const paths = new Set<string>();
  const walk = (value: unknown, path: string, depth: number): void => {
    if (paths.size >= maxPaths) return;
    if (typeof value !== 'object' || value === null) {
      if (path !== '') paths.add(path);
      return;
    }
    if (depth === maxDepth) return;
    for (const [name, inner] of Object.entries(value)) {
      walk(inner, Array.isArray(value) ? `${path}[${name}]` : joinName(path, name), depth + 1);
    }
  };
  for (const { record } of examples) walk(record, '', 0);
  return [...paths];
}

function joinName(path: string, name: string): string {
  if (!/^[\w-]+$/.test(name)) return `${path}["${name}"]`;
  return path === '' ? name : `${path}.${name}`;
}
