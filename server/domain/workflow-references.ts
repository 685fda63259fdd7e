import type { Graph } from './workflow.ts';

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

/** The other way round; what `idOf` answers an empty text for stays as it is. */
export const unmarkApps = (text: string, idOf: (name: string) => string): string =>
  text.replaceAll(appMark, (mark, written: string) => {
    const name = decoded(written);
    return (name !== null && idOf(name)) || mark;
  });

function decoded(written: string): string | null {
  try {
    return decodeURIComponent(written);
  } catch {
    return null;
  }
}

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

/** A copy of a value in which every text may be another, by the key it stands at. */
function mapText(value: unknown, change: (key: string, text: string) => string, key = ''): unknown {
  if (typeof value === 'string') return change(key, value);
  if (Array.isArray(value)) return value.map((one) => mapText(one, change, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mapText(part, change, name)]));
}
