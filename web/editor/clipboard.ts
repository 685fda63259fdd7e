import { z } from 'zod';
import { type Graph, graphSchema, workflowFileSchema } from '#contract';

/** Names of what settings refer to by id, so that another instance can find its own of the same name. */
const namesSchema = z.record(z.string(), z.string().max(200));

const copiedSchema = z.strictObject({
  format: z.literal('rollcall-blocks/1'),
  graph: graphSchema,
  names: namesSchema,
});

/** What ids are called here: of credentials and integrations. */
export type Named = readonly { id: string; name: string }[];

/** Blocks as the text that the clipboard carries. It holds no secret: those are never part of settings. */
export function toClipboard(graph: Graph, named: Named): string {
  const text = JSON.stringify(graph);
  const used = named.filter(({ id }) => text.includes(JSON.stringify(id)));
  const names = Object.fromEntries(used.map(({ id, name }) => [id, name]));
  return JSON.stringify({ format: 'rollcall-blocks/1', graph, names }, null, 2);
}

/**
 * The blocks that a text carries: those that were copied here or at another instance, or a whole exported workflow.
 * Null when it is neither. References are changed to what has the same name here; the others stay and become issues.
 */
export function fromClipboard(text: string, named: Named): Graph | null {
  const carried = parseJson(text);
  const copied = copiedSchema.safeParse(carried);
  if (copied.success) return translate(copied.data.graph, toOwnIds(copied.data.names, named));
  const file = workflowFileSchema.safeParse(carried);
  if (!file.success) return null;
  return translate(file.data.graph, new Map(named.map(({ id, name }) => [name, id])));
}

function toOwnIds(names: Readonly<Record<string, string>>, named: Named): Map<string, string> {
  const own = new Map<string, string>();
  for (const [id, name] of Object.entries(names)) {
    if (named.some((one) => one.id === id)) continue;
    const [match, another] = named.filter((one) => one.name === name);
    if (match && !another) own.set(id, match.id);
  }
  return own;
}

/** Settings with references changed; only the settings that are references, never a text that looks like one. */
function translate(graph: Graph, own: ReadonlyMap<string, string>): Graph {
  const changed = (value: unknown, key: string | null): unknown => {
    if (typeof value === 'string')
      return key && /^(credential|integration)Id$/.test(key) ? (own.get(value) ?? value) : value;
    if (Array.isArray(value)) return value.map((part) => changed(part, null));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, changed(part, name)]));
  };
  const blocks = graph.blocks.map((block) => ({
    ...block,
    settings: changed(block.settings, null) as Record<string, unknown>,
  }));
  return { ...graph, blocks };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
