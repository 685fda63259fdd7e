import Handlebars from 'handlebars';
import { readOwn } from '#domain/path';
import { PlannedAnswer } from '#domain/planned-answer';
import { type Building, buildExpression } from './template-expression.ts';
import {
  type Expression,
  fail,
  isEmpty,
  isMissing,
  type Part,
  type Rendering,
  spend,
  type Turn,
  throwEmpty,
  writeExpression,
  writeParts,
} from './template-run.ts';
import type { Refuse, Segment } from './template-scan.ts';
import { maxDepth, type SpelledTag, type Spelling, spellTag } from './template-spelling.ts';

export interface ParsedTemplate {
  readonly parts: readonly Part[];
  /** The expression, if the template is nothing but one. */
  readonly only: Expression | undefined;
  /** Written path of each variable used. */
  readonly variables: ReadonlySet<string>;
}

/** The size of what is being parsed; shared by all texts of one JSON body. */
export interface ParseBudget {
  nodes: number;
  tokens: number;
}

interface Frame extends Building {
  readonly segments: readonly Segment[];
}

const maxNodes = 2_000;

/**
 * Parses the segments of a template. Only the tags pass through the Handlebars parser, one a line, and only after
 * they were counted; texts stay here. Its compiler is never called: it would turn templates into code.
 */
export function parseSegments(
  segments: readonly Segment[],
  refuse: Refuse,
  budget: ParseBudget = { nodes: 0, tokens: 0 },
): ParsedTemplate {
  const spelling: Spelling = { literals: [], tokens: budget.tokens };
  const texts = trimAroundTags(segments);
  const source = spellSegments(texts, spelling, refuse);
  budget.tokens = spelling.tokens;

  const refuseLine = (line: number, reason: string): never => refuse(startOf(segments[line - 1]), reason);
  const frame: Frame = {
    segments: texts,
    literals: spelling.literals,
    variables: new Set(),
    refuse: (node, reason) => refuseLine(node.loc.start.line, reason),
    count: (node) => {
      budget.nodes += 1;
      if (budget.nodes > maxNodes)
        refuseLine(node.loc.start.line, `a template has at most ${maxNodes} parts. Split it.`);
    },
  };
  const program = parseSource(source, refuseLine);
  const only = onlyExpression(program, texts, frame);
  const parts = only === undefined ? buildProgram(program, 0, frame) : [writes(only)];
  return { parts, only, variables: frame.variables };
}

/** `{{~` and `~}}` take white space away from the neighbouring texts. */
function trimAroundTags(segments: readonly Segment[]): Segment[] {
  return segments.map((segment, index): Segment => {
    if (segment.kind === 'tag') return segment;
    const [before, after] = [segments[index - 1], segments[index + 1]];
    let text = segment.text;
    if (before?.kind === 'tag' && before.tag.trimsAfter) text = text.trimStart();
    if (after?.kind === 'tag' && after.tag.trimsBefore) text = text.trimEnd();
    return { kind: 'text', text };
  });
}

/** One line for each segment: a tag in plain Handlebars, or the number of a text. Also checks that blocks close. */
function spellSegments(segments: readonly Segment[], spelling: Spelling, refuse: Refuse): string {
  const open: { block: string; at: number; levels: number }[] = [];
  const lines = segments.map((segment, index) => {
    if (segment.kind === 'text') return String(index);
    const at = segment.start;
    const tag = spellTag(segment.tag.inner, spelling, (reason) => refuse(at, reason));
    trackBlock(tag, open, (reason) => refuse(at, reason), at);
    return tag.source;
  });
  const last = open.at(-1);
  if (last !== undefined) refuse(last.at, `the block "${last.block}" is not closed. Add {{/${last.block}}}.`);
  return lines.join('\n');
}

function trackBlock(
  tag: SpelledTag,
  open: { block: string; at: number; levels: number }[],
  refuse: (reason: string) => never,
  at: number,
): void {
  const last = open.at(-1);
  if (tag.kind === 'open') open.push({ block: tag.block, at, levels: 1 });
  else if (tag.kind === 'close') {
    if (last?.block !== tag.block) refuse(`{{/${tag.block}}} closes a block that is not open here.`);
    open.pop();
  } else if (tag.kind === 'else' || tag.kind === 'chain') {
    if (last === undefined)
      refuse('{{else}} stands outside a block. Put it between {{#if name}} and {{/if}}.');
    if (tag.kind === 'chain') last.levels += 1;
  }
  let depth = 0;
  if (tag.kind === 'open' || tag.kind === 'chain') for (const entry of open) depth += entry.levels;
  if (depth > maxDepth) refuse(`blocks are nested deeper than ${maxDepth} levels.`);
}

function parseSource(source: string, refuseLine: (line: number, reason: string) => never): hbs.AST.Program {
  try {
    return Handlebars.parseWithoutProcessing(source);
  } catch (cause) {
    const found = cause instanceof Error ? /line (\d+)|- (\d+):/.exec(cause.message) : null;
    refuseLine(
      Number(found?.[1] ?? found?.[2] ?? 1),
      'the tag is not written correctly. Write it like {{first_name}}.',
    );
  }
}

function buildProgram(program: hbs.AST.Program | undefined, loops: number, frame: Frame): Part[] {
  const parts: Part[] = [];
  for (const node of program?.body ?? []) {
    if (node.type === 'ContentStatement') parts.push(...textsOf(node as hbs.AST.ContentStatement, frame));
    else if (node.type === 'MustacheStatement') {
      parts.push(writes(buildExpression(node, loops, frame)));
    } else if (node.type === 'BlockStatement')
      parts.push(buildBlock(node as hbs.AST.BlockStatement, loops, frame));
    else
      frame.refuse(
        node,
        'this kind of tag is not supported. Use {{name}}, {{#if}}, {{#unless}} or {{#each}}.',
      );
  }
  return parts;
}

function writes(expression: Expression): Part {
  return (rendering) => writeExpression(rendering, expression);
}

/** The texts whose numbers stand between two tags. */
function textsOf(node: hbs.AST.ContentStatement, frame: Frame): string[] {
  frame.count(node);
  const numbers = node.value.split('\n').filter((line) => line !== '');
  return numbers.flatMap((line) => {
    const segment = frame.segments[Number(line)];
    return segment?.kind === 'text' && segment.text !== '' ? [segment.text] : [];
  });
}

function buildBlock(node: hbs.AST.BlockStatement, loops: number, frame: Frame): Part {
  frame.count(node);
  const [param, ...more] = node.params;
  if (param === undefined || more.length > 0)
    frame.refuse(node, 'a block takes exactly one value. Put functions in ( ).');
  const value = buildExpression(param, loops, frame);
  const isEach = node.path.original === 'each';
  const body = buildProgram(node.program, isEach ? loops + 1 : loops, frame);
  const otherwise = buildProgram(node.inverse, loops, frame);
  if (isEach) return (rendering) => writeEach(rendering, value, { body, otherwise });

  const wanted = node.path.original === 'if';
  return (rendering) => {
    writeParts(rendering, isTruthy(value.evaluate(rendering)) === wanted ? body : otherwise);
  };
}

function writeEach(
  rendering: Rendering,
  expression: Expression,
  { body, otherwise }: { body: readonly Part[]; otherwise: readonly Part[] },
): void {
  const value = expression.evaluate(rendering);
  if (isEmpty(value)) {
    if (rendering.strict && otherwise.length === 0) throwEmpty(rendering, expression.label);
    if (isMissing(value)) rendering.onMissing?.(expression.label);
    writeParts(rendering, otherwise);
    return;
  }
  if (typeof value !== 'object' || value === null) {
    fail(rendering, `{{#each}} needs a list, but "${expression.label}" is none.`);
  }
  const list = value instanceof PlannedAnswer ? [value] : value;
  const keys = Array.isArray(list) ? undefined : Object.keys(list);
  const { length } = keys ?? (list as unknown[]);
  if (length === 0) writeParts(rendering, otherwise);

  const outer = rendering.turn;
  for (let index = 0; index < length; index += 1) {
    spend(rendering, 1);
    const turn: Turn = {
      value: readOwn(list, keys?.[index] ?? String(index)),
      parent: outer,
      index,
      key: keys?.[index] ?? index,
      isLast: index === length - 1,
    };
    rendering.turn = turn;
    writeParts(rendering, body);
  }
  rendering.turn = outer;
}

/** As in Handlebars: nothing, no text, 0, `false` and an empty list are false. */
function isTruthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function onlyExpression(
  program: hbs.AST.Program,
  segments: readonly Segment[],
  frame: Frame,
): Expression | undefined {
  const [node] = program.body;
  const isAlone = segments.length === 1 && program.body.length === 1 && node?.type === 'MustacheStatement';
  return isAlone && node !== undefined ? buildExpression(node, 0, frame) : undefined;
}

function startOf(segment: Segment | undefined): number {
  return segment?.kind === 'tag' ? segment.start : 0;
}
