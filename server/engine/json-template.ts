import { maxJsonDepth } from '#domain/json';
import { plain } from './encode.ts';
import type { RenderOptions } from './template.ts';
import { type ParseBudget, type ParsedTemplate, parseSegments } from './template-parse.ts';
import {
  isMissing,
  type Rendering,
  startRendering,
  takeRoom,
  type Variables,
  valueToWrite,
  writeParts,
} from './template-run.ts';
import {
  checkTemplateText,
  maxTags,
  nextOpening,
  type Refuse,
  readTag,
  refuseIn,
  type Segment,
  type Tag,
} from './template-scan.ts';

/** A JSON text with variables in it, parsed once and rendered often. */
export interface JsonTemplate {
  readonly text: string;
  readonly place: string | undefined;
  readonly parsed: { readonly build: Build; readonly variables: ReadonlySet<string> };
}

/** Makes one value of the body. */
type Build = (rendering: Rendering) => unknown;

/** Where the reading of a body has come to. */
interface Reading {
  readonly text: string;
  readonly refuse: Refuse;
  readonly budget: ParseBudget;
  readonly variables: Set<string>;
  at: number;
  tags: number;
}

const blockInPlaceOfValue = 'only a name can stand in place of a value. Put quotes around blocks and notes.';
const whiteSpace = /[ \t\r\n]*/y;
const numberText = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const words: readonly [string, unknown][] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/**
 * Parses a JSON body with tags within its texts (`"{{first_name}} {{last_name}}"`) and in place of values
 * (`"enabled": {{enabled}}`). The structure is fixed here, so no value can break out of its place later.
 * Throws `template_error` with line and column.
 */
export function parseJsonTemplate(text: string, place?: string): JsonTemplate {
  checkTemplateText(text, place);
  const budget = { nodes: 0, tokens: 0 };
  const reading: Reading = {
    text,
    refuse: refuseIn(text, place),
    budget,
    variables: new Set(),
    at: 0,
    tags: 0,
  };
  skipSpace(reading);
  if (reading.at === text.length)
    reading.refuse(0, 'the body is empty. Write JSON such as {"email": "{{email}}"}.');
  const build = readValue(reading, 0);
  skipSpace(reading);
  if (reading.at < text.length)
    reading.refuse(reading.at, 'the JSON has ended, but more text follows. Take it away.');
  return { text, place, parsed: { build, variables: reading.variables } };
}

/**
 * Fills in the variables and gives a value, ready for `JSON.stringify`. A tag in place of a value keeps its type and
 * becomes `null` when missing; a tag within quotes always makes text. When strict, an empty variable throws.
 */
export function renderJsonTemplate(
  template: JsonTemplate,
  variables: Variables,
  options: Omit<RenderOptions, 'encode'>,
): unknown {
  const { strict, onMissing } = options;
  const rendering = startRendering({ variables, encode: plain, strict, onMissing, place: template.place });
  return template.parsed.build(rendering);
}

/** As `variablesOf`, for a JSON body. */
export function jsonTemplateVariables(template: JsonTemplate): string[] {
  return [...template.parsed.variables];
}

function readValue(reading: Reading, depth: number): Build {
  const { text, at } = reading;
  const refuse: Refuse = reading.refuse;
  if (depth > maxJsonDepth) refuse(at, `the JSON is nested deeper than ${maxJsonDepth} levels.`);
  if (nextOpening(text.slice(at, at + 2), 0) === 0) return readBareTag(reading);
  if (text[at] === '{') return readRecord(reading, depth);
  if (text[at] === '[') return readList(reading, depth);
  if (text[at] === '"') return readText(reading);
  for (const [word, value] of words) {
    if (!text.startsWith(word, at)) continue;
    reading.at += word.length;
    return () => value;
  }
  return readNumber(reading);
}

function readRecord(reading: Reading, depth: number): Build {
  const entries: { key: string; build: Build }[] = [];
  reading.at += 1;
  skipSpace(reading);
  while (reading.text[reading.at] !== '}') {
    if (entries.length > 0) expect(reading, ',', 'a comma or } is missing here');
    const key = readKey(reading);
    expect(reading, ':', 'a colon is missing after the name');
    entries.push({ key, build: readValue(reading, depth + 1) });
    skipSpace(reading);
  }
  reading.at += 1;
  return (rendering) => {
    const record: Record<string, unknown> = {};
    for (const { key, build } of entries) record[key] = build(rendering);
    return record;
  };
}

function readList(reading: Reading, depth: number): Build {
  const entries: Build[] = [];
  reading.at += 1;
  skipSpace(reading);
  while (reading.text[reading.at] !== ']') {
    if (entries.length > 0) expect(reading, ',', 'a comma or ] is missing here');
    entries.push(readValue(reading, depth + 1));
    skipSpace(reading);
  }
  reading.at += 1;
  return (rendering) => entries.map((build) => build(rendering));
}

function readKey(reading: Reading): string {
  const start = reading.at;
  if (reading.text[start] !== '"') reading.refuse(start, 'a name in double quotes is expected here.');
  const segments = readQuoted(reading);
  const [first] = segments;
  if (segments.length > 1 || first?.kind === 'tag') {
    reading.refuse(start, 'a tag cannot stand in a name. Write the name out and put the tag in its value.');
  }
  const key = first?.text ?? '';
  if (key === '__proto__') reading.refuse(start, 'the name "__proto__" cannot be used.');
  skipSpace(reading);
  return key;
}

/** Text in quotes; without tags it never changes. */
function readText(reading: Reading): Build {
  const segments = readQuoted(reading);
  const [first] = segments;
  if (first === undefined) return () => '';
  if (segments.length === 1 && first.kind === 'text') return () => first.text;
  const { parts } = parse(reading, segments);
  return (rendering) => {
    rendering.out = '';
    writeParts(rendering, parts);
    return rendering.out;
  };
}

/** Reads a quoted text up to its closing quote, and splits it into decoded text and tags. */
function readQuoted(reading: Reading): Segment[] {
  const { text } = reading;
  const refuse: Refuse = reading.refuse;
  const segments: Segment[] = [];
  const start = reading.at;
  let from = start + 1;
  let at = from;
  while (text[at] !== '"') {
    if (at >= text.length) refuse(start, 'the quote is not closed. Add ".');
    const read = nextOpening(text.slice(at, at + 2), 0) === 0 ? readTag(text, at, refuse) : undefined;
    if (read === undefined) {
      at += text[at] === '\\' ? 2 : 1;
      continue;
    }
    if (at > from) segments.push({ kind: 'text', text: decode(reading, from, at) });
    segments.push({ kind: 'tag', tag: decodeTag(read.tag, at, refuse), start: at });
    countTag(reading, at);
    at = read.end;
    from = at;
  }
  if (at > from) segments.push({ kind: 'text', text: decode(reading, from, at) });
  reading.at = at + 1;
  return segments;
}

function readBareTag(reading: Reading): Build {
  const { text, at } = reading;
  const refuse: Refuse = reading.refuse;
  const read = readTag(text, at, refuse);
  if (read === undefined) refuse(at, 'a value is expected here. Put text in double quotes.');
  countTag(reading, at);
  if (read.tag.inner.trimStart().startsWith('#')) refuse(at, blockInPlaceOfValue);
  const { only } = parse(reading, [{ kind: 'tag', tag: decodeTag(read.tag, at, refuse), start: at }]);
  if (only === undefined) refuse(at, blockInPlaceOfValue);
  reading.at = read.end;
  return (rendering) => {
    const value = valueToWrite(rendering, only);
    if (isMissing(value)) return null;
    takeRoom(rendering, (typeof value === 'object' ? (JSON.stringify(value) ?? '') : String(value)).length);
    return value;
  };
}

function readNumber(reading: Reading): Build {
  const { text, at } = reading;
  const refuse: Refuse = reading.refuse;
  numberText.lastIndex = at;
  const found = numberText.exec(text)?.[0];
  if (found === undefined) {
    refuse(
      at,
      at >= text.length ? 'the JSON ends too early. Close all brackets.' : 'a value is expected here.',
    );
  }
  const value = Number(found);
  const isInteger = /^-?\d+$/.test(found);
  if (!Number.isFinite(value) || (isInteger && !Number.isSafeInteger(value))) {
    refuse(at, `the number ${found.slice(0, 40)} cannot be kept exactly. Put it in quotes.`);
  }
  reading.at += found.length;
  return () => value;
}

function parse(reading: Reading, segments: readonly Segment[]): ParsedTemplate {
  const parsed = parseSegments(segments, reading.refuse, reading.budget);
  for (const path of parsed.variables) reading.variables.add(path);
  return parsed;
}

function countTag(reading: Reading, at: number): void {
  reading.tags += 1;
  if (reading.tags > maxTags) reading.refuse(at, `a template has at most ${maxTags} tags. Split it.`);
}

function decode(reading: Reading, from: number, to: number): string {
  try {
    return JSON.parse(`"${reading.text.slice(from, to)}"`) as string;
  } catch {
    reading.refuse(
      from,
      'the text in quotes holds a line break or a wrong escape. Write \\n for a line break.',
    );
  }
}

/** In a body that went through a JSON writer, the quotes within a tag are written `\"`. */
function decodeTag(tag: Tag, at: number, refuse: Refuse): Tag {
  const quote = tag.inner.indexOf('"');
  if (quote < 1 || tag.inner[quote - 1] !== '\\') return tag;
  try {
    return { ...tag, inner: JSON.parse(`"${tag.inner}"`) as string };
  } catch {
    refuse(at, 'the quotes within the tag do not match. Use single quotes there.');
  }
}

function expect(reading: Reading, mark: string, reason: string): void {
  if (reading.text[reading.at] !== mark)
    reading.refuse(reading.at, `${reason}. Check quotes, commas and brackets.`);
  reading.at += 1;
  skipSpace(reading);
}

function skipSpace(reading: Reading): void {
  whiteSpace.lastIndex = reading.at;
  reading.at += whiteSpace.exec(reading.text)?.[0].length ?? 0;
}
