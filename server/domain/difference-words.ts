import { z } from 'zod';
import { type BlockType, exitsOf, type FormField } from './block-type.ts';
import { conditionGroupSchema, describeCondition } from './condition.ts';
import {
  type BlockChange,
  findDifference,
  type GraphDifference,
  type ValueChange,
} from './graph-difference.ts';
import { scheduleSchema } from './schedule.ts';
import { toScheduleWords } from './schedule-times.ts';
import type { Block, Edge, Graph } from './workflow.ts';

/** One setting that is different, in words; null where there was or is nothing. */
export const settingChangeSchema = z.strictObject({
  label: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type SettingChangeWords = z.infer<typeof settingChangeSchema>;

export const blockChangeSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
  name: z.string(),
  /** The block type's title. */
  type: z.string(),
  changes: z.array(settingChangeSchema),
});
export type BlockChangeWords = z.infer<typeof blockChangeSchema>;

export const edgeChangeSchema = z.strictObject({
  kind: z.enum(['added', 'removed']),
  from: z.string(),
  exit: z.string(),
  to: z.string(),
  /** Such as `Inactive for 90 days, inactive, leads to Delete user`. */
  words: z.string(),
});

/** In what two graphs differ, in words: short enough to be read before agreeing to it. */
export const differenceWordsSchema = z.strictObject({
  blocks: z.array(blockChangeSchema),
  edges: z.array(edgeChangeSchema),
  /** Notes and groups, which no run ever reads. */
  marks: z.array(
    z.strictObject({
      what: z.enum(['note', 'group']),
      kind: z.enum(['added', 'removed', 'changed']),
      text: z.string(),
    }),
  ),
  /** Blocks that only stand elsewhere. */
  moved: z.array(z.string()),
  /** All of it as sentences. */
  sentences: z.array(z.string()),
});
export type DifferenceWords = z.infer<typeof differenceWordsSchema>;

/** What the words are made with. */
export interface DifferenceNames {
  types: ReadonlyMap<string, Omit<BlockType, 'exits'> & { exits: readonly BlockType['exits'][number][] }>;
  /** The name of what an id stands for, such as a credential or a vendor; undefined when nobody knows it. */
  nameOf(kind: 'credential' | 'integration' | 'vendor' | 'field', id: string): string | undefined;
}

/** Controls whose value is one thing, whatever it is made of. */
const wholeControls: ReadonlySet<FormField['control']> = new Set(['conditions', 'schedule']);

/** Compares two graphs and says in words what is different. */
export function describeDifference(before: Graph, after: Graph, names: DifferenceNames): DifferenceWords {
  const difference = findDifference(before, after, {
    defaultsOf: (type) => names.types.get(type)?.defaults,
    isWhole: (type, key) => wholeControls.has(fieldOf(names, type, key)?.control ?? 'text'),
  });
  const blocks = difference.blocks.map((change) => toBlockWords(change, names));
  const old = new Map(before.blocks.map((block) => [block.id, block]));
  const now = new Map(after.blocks.map((block) => [block.id, block]));
  const edges = difference.edges.map(({ kind, edge }) => {
    const own = kind === 'added' ? now : old;
    const { from, exit, to } = edge;
    return { kind, from, exit, to, words: toEdgeWords(edge, own, names) };
  });
  const { marks, moved } = difference;
  return { blocks, edges, marks, moved, sentences: toSentences(blocks, edges, difference) };
}

function toBlockWords(
  { id, kind, before, after, values }: BlockChange,
  names: DifferenceNames,
): BlockChangeWords {
  const block = (after ?? before) as Block;
  const titleOf = (type: string): string => names.types.get(type)?.title ?? type;
  const changes: SettingChangeWords[] = [];
  if (before && after && before.name !== after.name)
    changes.push({ label: 'Name', before: before.name, after: after.name });
  if (before && after && before.type !== after.type)
    changes.push({ label: 'Block type', before: titleOf(before.type), after: titleOf(after.type) });
  for (const value of values) changes.push(toChangeWords(block.type, value, names));
  return { id, kind, name: block.name, type: titleOf(block.type), changes };
}

function toChangeWords(
  type: string,
  { path, before, after }: ValueChange,
  names: DifferenceNames,
): SettingChangeWords {
  const key = String(path[0]);
  const field = fieldOf(names, type, key);
  const words = (value: unknown): string | null => toValueWords(value, path, field, names);
  return { label: toLabel(path, field), before: words(before), after: words(after) };
}

const fieldOf = (names: DifferenceNames, type: string, key: string): FormField | undefined =>
  names.types.get(type)?.form.find((field) => field.key === key);

/** Names of settings that stand in no form, or whose own names do not read well. */
const ownLabels: Record<string, string> = {
  url: 'URL',
  vendorId: 'Vendor',
  presetId: 'Preset',
  credentialId: 'Credential',
  integrationId: 'Integration',
  timeoutMs: 'Timeout (ms)',
  actsOn: 'Acts on',
  bodyKind: 'Kind of body',
  params: 'Parameter',
  headers: 'Header',
  inputs: 'Input',
};

/** `['response', 'success', 0, 'value']` becomes `Response, success 1, value`. */
function toLabel(path: readonly (string | number)[], field: FormField | undefined): string {
  const parts: string[] = [];
  for (const part of path) {
    if (typeof part === 'number') parts.push(`${parts.pop() ?? ''} ${part + 1}`.trim());
    else if (parts.length === 0) parts.push(field?.label ?? ownLabels[part] ?? toWords(part));
    else parts.push((ownLabels[part] ?? toWords(part)).toLowerCase());
  }
  // A credential is chosen there; how it is chosen is no news.
  return parts.join(', ').replace(/^Authorization, credential$/, 'Credential');
}

/** `setStatus` becomes `Set status`. */
const toWords = (key: string): string => {
  const words = key
    .replace(/_/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};

function toValueWords(
  value: unknown,
  path: readonly (string | number)[],
  field: FormField | undefined,
  names: DifferenceNames,
): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  const last = String(path.at(-1));
  if (typeof value === 'string') {
    const option = path.length === 1 && field?.options?.find((one) => one.value === value);
    if (option) return option.label;
    const kind = referenceKinds[last];
    return (kind && names.nameOf(kind, value)) ?? value;
  }
  if (field?.control === 'conditions') {
    const read = conditionGroupSchema.safeParse(value);
    if (read.success) return describeCondition(read.data, (name) => names.nameOf('field', name) ?? name);
  }
  if (field?.control === 'schedule') {
    const read = scheduleSchema.safeParse(value);
    if (read.success) return toScheduleWords(read.data);
  }
  return toPlainWords(value);
}

const referenceKinds: Record<string, 'credential' | 'integration' | 'vendor'> = {
  credentialId: 'credential',
  integrationId: 'integration',
  vendorId: 'vendor',
};

/** Rows and groups in one line; what is empty is left out. */
function toPlainWords(value: unknown): string | null {
  if (Array.isArray(value)) return value.map(toPlainWords).filter(Boolean).join('; ') || null;
  if (typeof value !== 'object' || value === null) return value === null ? null : String(value);
  const { key, value: held, ...rest } = value as Record<string, unknown>;
  if (typeof key === 'string' && Object.keys(rest).length === 0) return `${key}: ${String(held ?? '')}`;
  const parts = Object.entries(value).map(([name, part]) => {
    const words = toPlainWords(part);
    return words && `${toWords(name).toLowerCase()} ${words}`;
  });
  return parts.filter(Boolean).join(', ') || null;
}

function toEdgeWords(
  { from, exit, to }: Edge,
  blocks: ReadonlyMap<string, Block>,
  names: DifferenceNames,
): string {
  const source = blocks.get(from);
  const type = source && names.types.get(source.type);
  const found = type && exitsOf(type, source.settings).find((one) => one.id === exit);
  return `${source?.name ?? from}, ${(found?.label ?? exit).toLowerCase()}, leads to ${blocks.get(to)?.name ?? to}`;
}

/** Longer values are for the page that shows them beside each other. */
const longestInSentence = 80;

function toSentences(
  blocks: readonly BlockChangeWords[],
  edges: DifferenceWords['edges'],
  { marks, moved }: GraphDifference,
): string[] {
  const value = (text: string | null): string =>
    text === null
      ? 'nothing'
      : `“${text.length > longestInSentence ? `${text.slice(0, longestInSentence)}…` : text}”`;
  const sentences: string[] = [];
  for (const { kind, name, type, changes } of blocks) {
    if (kind === 'added') sentences.push(`“${name}” (${type}) was added.`);
    if (kind === 'removed') sentences.push(`“${name}” (${type}) was removed.`);
    for (const { label, before, after } of changes)
      sentences.push(`“${name}”: ${label} was ${value(before)} and is ${value(after)}.`);
  }
  for (const { kind, words } of edges)
    sentences.push(kind === 'added' ? `New edge: ${words}.` : `Edge removed: ${words}.`);
  for (const { what, kind, text } of marks) sentences.push(`The ${what} ${value(text)} was ${kind}.`);
  if (sentences.length === 0 && moved.length > 0)
    sentences.push(
      `Nothing but the place of ${moved.length === 1 ? 'one block' : `${moved.length} blocks`} on the canvas.`,
    );
  return sentences;
}
