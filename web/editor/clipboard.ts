import { z } from 'zod';
import {
  type Graph,
  graphSchema,
  type ReferenceKind,
  translateReferences,
  unmarkApps,
  workflowFileSchema,
} from '#contract';

/** Names of what settings refer to by id, so that another instance can find its own of the same name. */
const namesSchema = z.record(z.string(), z.string().max(200));

const copiedSchema = z.strictObject({
  format: z.literal('rollcall-blocks/1'),
  graph: graphSchema,
  names: namesSchema,
});

/** What ids are called here. */
export type Named = readonly { kind: ReferenceKind; id: string; name: string }[];

/** Apps are named within conditions and templates too. */
const appId = /\bapp_\w+/g;

/** Blocks as the text that the clipboard carries. It holds no secret: those are never part of settings. */
export function toClipboard(graph: Graph, named: Named): string {
  const text = JSON.stringify(graph);
  const used = named.filter(({ id }) => text.includes(id));
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
  if (copied.success) {
    const { graph, names } = copied.data;
    const own = (kind: ReferenceKind, id: string): string => {
      const isHere = named.some((one) => one.id === id);
      return isHere ? id : (onlyOne(named, kind, names[id]) ?? id);
    };
    return translateReferences(graph, own, (part) => part.replaceAll(appId, (id) => own('app', id)));
  }
  const file = workflowFileSchema.safeParse(carried);
  if (!file.success) return null;
  return translateReferences(
    file.data.graph,
    (kind, name) => onlyOne(named, kind, name) ?? name,
    (part) => unmarkApps(part, (name) => onlyOne(named, 'app', name) ?? name),
  );
}

/** What has this name here, if nothing else has it too. */
function onlyOne(named: Named, kind: ReferenceKind, name: string | undefined): string | undefined {
  const [match, another] = named.filter((one) => one.kind === kind && one.name === name);
  return another ? undefined : match?.id;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
