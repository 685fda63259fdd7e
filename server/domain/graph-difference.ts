import { toCanonical } from './canonical.ts';
import type { Block, Edge, Graph } from './workflow.ts';

/** One value in which two copies of a block's settings differ; undefined where one of them has none. */
export interface ValueChange {
  /** From the settings inwards, such as `['headers', 0, 'value']`. */
  path: readonly (string | number)[];
  before: unknown;
  after: unknown;
}

export interface BlockChange {
  id: string;
  kind: 'added' | 'removed' | 'changed';
  /** Null where the block was added. */
  before: Block | null;
  /** Null where it was removed. */
  after: Block | null;
  /** What is different in its settings; empty where it was added or removed, or only has another name. */
  values: ValueChange[];
}

export interface EdgeChange {
  kind: 'added' | 'removed';
  edge: Edge;
}

/** A note or a group, which no run ever reads. */
export interface MarkChange {
  what: 'note' | 'group';
  kind: 'added' | 'removed' | 'changed';
  /** The note's text or the group's title, as it is now or was last. */
  text: string;
}

/** Everything in which two graphs differ that is more than where a block stands on the canvas. */
export interface GraphDifference {
  blocks: BlockChange[];
  edges: EdgeChange[];
  marks: MarkChange[];
  /** Ids of blocks that only stand elsewhere. */
  moved: string[];
}

export interface DifferenceOptions {
  /** What settings hold that nobody filled in: an older copy may not name them. */
  defaultsOf?(type: string): Readonly<Record<string, unknown>> | undefined;
  /** Whether a setting is compared as a whole, such as a condition; else its parts are. */
  isWhole?(type: string, key: string): boolean;
}

/** Compares two graphs block by block, by id; added and changed ones in the order of `after`, then what was removed. */
export function findDifference(
  before: Graph,
  after: Graph,
  options: DifferenceOptions = {},
): GraphDifference {
  const old = new Map(before.blocks.map((block) => [block.id, block]));
  const now = new Map(after.blocks.map((block) => [block.id, block]));
  const blocks: BlockChange[] = [];
  const moved: string[] = [];
  for (const block of now.values()) {
    const known = old.get(block.id);
    if (!known) {
      blocks.push({ id: block.id, kind: 'added', before: null, after: block, values: [] });
      continue;
    }
    const values = compareSettings(known, block, options);
    if (values.length > 0 || known.name !== block.name || known.type !== block.type)
      blocks.push({ id: block.id, kind: 'changed', before: known, after: block, values });
    else if (known.position.x !== block.position.x || known.position.y !== block.position.y)
      moved.push(block.id);
  }
  for (const block of old.values()) {
    if (!now.has(block.id))
      blocks.push({ id: block.id, kind: 'removed', before: block, after: null, values: [] });
  }
  return {
    blocks,
    edges: compareEdges(before.edges, after.edges),
    marks: compareMarks(before, after),
    moved,
  };
}

/** Whether nothing is different but, at most, where blocks stand. */
export const isSameGraph = ({ blocks, edges, marks }: Omit<GraphDifference, 'moved'>): boolean =>
  blocks.length + edges.length + marks.length === 0;

/** What an edge says: the same edge drawn anew has another id and says the same. */
const meaningOf = ({ from, exit, to }: Edge): string => JSON.stringify([from, exit, to]);

function compareEdges(before: readonly Edge[], after: readonly Edge[]): EdgeChange[] {
  const old = new Map(before.map((edge) => [meaningOf(edge), edge]));
  const now = new Map(after.map((edge) => [meaningOf(edge), edge]));
  const changes: EdgeChange[] = [];
  for (const [meaning, edge] of now) if (!old.has(meaning)) changes.push({ kind: 'added', edge });
  for (const [meaning, edge] of old) if (!now.has(meaning)) changes.push({ kind: 'removed', edge });
  return changes;
}

function compareMarks(before: Graph, after: Graph): MarkChange[] {
  const notesOf = ({ notes = [] }: Graph) => notes.map(({ id, text }) => ({ id, text, says: text }));
  const groupsOf = ({ groups = [] }: Graph) =>
    groups.map(({ id, title, members }) => ({ id, text: title, says: [title, ...[...members].sort()] }));
  return [
    ...compareTexts('note', notesOf(before), notesOf(after)),
    ...compareTexts('group', groupsOf(before), groupsOf(after)),
  ];
}

type Mark = { id: string; text: string; says: unknown };

function compareTexts(what: MarkChange['what'], before: Mark[], after: Mark[]): MarkChange[] {
  const old = new Map(before.map((mark) => [mark.id, mark]));
  const now = new Set(after.map(({ id }) => id));
  const changes: MarkChange[] = [];
  for (const { id, text, says } of after) {
    const known = old.get(id);
    if (!known) changes.push({ what, kind: 'added', text });
    else if (!isSame(known.says, says)) changes.push({ what, kind: 'changed', text });
  }
  for (const { id, text } of before) if (!now.has(id)) changes.push({ what, kind: 'removed', text });
  return changes;
}

function compareSettings(before: Block, after: Block, options: DifferenceOptions): ValueChange[] {
  const filled = ({ type, settings }: Block) => ({ ...options.defaultsOf?.(type), ...settings });
  const [a, b] = [filled(before), filled(after)];
  const changes: ValueChange[] = [];
  for (const key of keysOf(a, b)) {
    if (options.isWhole?.(after.type, key)) {
      if (!isSame(a[key], b[key])) changes.push({ path: [key], before: a[key], after: b[key] });
    } else compareValues([key], a[key], b[key], changes);
  }
  return changes;
}

function compareValues(
  path: readonly (string | number)[],
  before: unknown,
  after: unknown,
  changes: ValueChange[],
): void {
  if (isSame(before, after)) return;
  if (Array.isArray(before) && Array.isArray(after)) compareRows(path, before, after, changes);
  else if (isObject(before) && isObject(after)) {
    for (const key of keysOf(before, after)) compareValues([...path, key], before[key], after[key], changes);
  } else changes.push({ path, before, after });
}

/** Rows that are alike at both ends are left aside, so that a row put between others is one change. */
function compareRows(
  path: readonly (string | number)[],
  before: readonly unknown[],
  after: readonly unknown[],
  changes: ValueChange[],
): void {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && isSame(before[head], after[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && isSame(before.at(-1 - tail), after.at(-1 - tail))) tail += 1;
  const [old, now] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  for (let i = 0; i < Math.max(old.length, now.length); i += 1)
    compareValues([...path, head + i], old[i], now[i], changes);
}

const keysOf = (a: object, b: object): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (a !== undefined && b !== undefined && toCanonical(a) === toCanonical(b));
