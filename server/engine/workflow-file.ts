import type { Graph } from '../domain/workflow.ts';

/** Names of settings and of request headers whose value, written out, lets somebody in. */
const secretKey = /^(secret|token|password|api[_-]?key|client[_-]?secret)$/i;
const secretHeader = /authorization|cookie|secret|token|password|passwd|api[_-]?key/i;

/** A copy of a graph without what looks like a secret; templates stay, because they only name where it comes from. */
export function withoutSecrets(graph: Graph): Graph {
  const isPlain = (value: unknown): boolean => typeof value === 'string' && !value.includes('{{');
  const clear = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clear);
    if (typeof value !== 'object' || value === null) return value;
    const row = value as Record<string, unknown>;
    const { key, value: held } = row;
    const isSecretRow = typeof key === 'string' && secretHeader.test(key) && isPlain(held);
    return Object.fromEntries(
      Object.entries(row).map(([name, part]) => {
        if (isSecretRow && name === 'value') return [name, ''];
        return [name, secretKey.test(name) && isPlain(part) ? '' : clear(part)];
      }),
    );
  };
  return {
    ...graph,
    blocks: graph.blocks.map((block) => ({
      ...block,
      settings: clear(block.settings) as Record<string, unknown>,
    })),
  };
}

/** The text that goes into the file: the same for the same workflow, and with a line for each value. */
export const toFileText = (file: object): string => `${JSON.stringify(file, null, 2)}\n`;

/** Keys in one order, blocks and edges by id: two exports of one graph are the same text. */
export function inStableOrder(graph: Graph): Graph {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  return {
    blocks: [...graph.blocks].sort(byId).map(({ id, type, name, position, settings }) => ({
      id,
      type,
      name,
      position,
      settings: sortKeys(settings) as Record<string, unknown>,
    })),
    edges: [...graph.edges].sort(byId).map(({ id, from, exit, to }) => ({ id, from, exit, to })),
    ...(graph.notes?.length && {
      notes: [...graph.notes].sort(byId).map(({ id, text, position, width, height }) => ({
        id,
        text,
        position,
        width,
        height,
      })),
    }),
    ...(graph.groups?.length && {
      groups: [...graph.groups].sort(byId).map(({ id, title, members }) => ({
        id,
        title,
        members: [...members].sort(),
      })),
    }),
  };
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sortKeys(part)]),
  );
}
