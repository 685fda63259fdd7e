import type { Graph } from '../domain/workflow.ts';

/** What settings refer to by an id of this instance. */
export const referenceKinds = ['credential', 'integration', 'workflow', 'app'] as const;
export type ReferenceKind = (typeof referenceKinds)[number];

type Translate = (kind: ReferenceKind, value: string, block: string) => string;

/** Whatever block it is in, a setting of this name is a reference. */
const kindOfKey: Readonly<Record<string, ReferenceKind | undefined>> = {
  credentialId: 'credential',
  integrationId: 'integration',
  watchedIntegrationId: 'integration',
  workflowId: 'workflow',
  appId: 'app',
};

/** How a file writes an app within a text, such as a condition or a template that asks which app an account is in. */
const appMark = /app:<([^<>]*)>/g;
const appId = /\bapp_\w+/g;

/** Writes apps within a text by their names; `nameOf` answers an empty text for what is no app. */
export const markApps = (text: string, nameOf: (id: string) => string): string =>
  text.replaceAll(appId, (id) => {
    const name = nameOf(id);
    return name === '' ? id : `app:<${encodeURIComponent(name)}>`;
  });

/** The other way round. */
export const unmarkApps = (text: string, idOf: (name: string) => string): string =>
  text.replaceAll(appMark, (mark, name: string) => {
    try {
      return idOf(decodeURIComponent(name));
    } catch {
      return mark;
    }
  });

/** A copy of a graph whose references are named otherwise, within other texts too; order and everything else stay. */
export function translateReferences(
  graph: Graph,
  translate: Translate,
  withinText: (text: string, block: string) => string = (text) => text,
): Graph {
  return {
    ...graph,
    blocks: graph.blocks.map((block) => ({
      ...block,
      settings: mapText(block.settings, (key, value) => {
        const kind = Object.hasOwn(kindOfKey, key) ? kindOfKey[key] : undefined;
        if (!kind) return withinText(value, block.name);
        return value === '' ? value : translate(kind, value, block.name);
      }) as Record<string, unknown>,
    })),
  };
}

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

/** A copy of a value in which every text may be another, by the key it stands at. */
function mapText(value: unknown, change: (key: string, text: string) => string, key = ''): unknown {
  if (typeof value === 'string') return change(key, value);
  if (Array.isArray(value)) return value.map((one) => mapText(one, change, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mapText(part, change, name)]));
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
