import type { Block, Graph } from '../domain/workflow.ts';

type Translate = (kind: 'credential' | 'integration', value: string) => string;

/** A copy of a graph whose credentials and integrations are named otherwise; order and everything else stay. */
export function translateReferences(graph: Graph, translate: Translate): Graph {
  return {
    ...graph,
    blocks: graph.blocks.map((block) => ({ ...block, settings: translateSettings(block, translate) })),
  };
}

function translateSettings({ settings }: Block, translate: Translate): Record<string, unknown> {
  const copy: Record<string, unknown> = { ...settings };
  if (typeof copy.credentialId === 'string') copy.credentialId = translate('credential', copy.credentialId);
  if (typeof copy.integrationId === 'string')
    copy.integrationId = translate('integration', copy.integrationId);
  const { authorization } = copy;
  if (isStatic(authorization)) {
    copy.authorization = {
      ...authorization,
      credentialId: translate('credential', authorization.credentialId),
    };
  }
  return copy;
}

function isStatic(value: unknown): value is { mode: 'static'; credentialId: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'credentialId' in value &&
    typeof value.credentialId === 'string'
  );
}

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
