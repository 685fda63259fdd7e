import { templateFunctions, templateSpaces } from '#contract';

export type TokenKind =
  | 'text'
  | 'mark'
  | 'name'
  /** A name that nothing is known to set. */
  | 'unknown'
  | 'function'
  | 'word'
  | 'literal'
  /** A tag that is not closed. */
  | 'broken';

export type TemplateToken = { at: number; text: string; kind: TokenKind };

const functions = new Set<string>(templateFunctions);
const always = new Set<string>([...templateSpaces, 'this']);
const words = new Set(['else', 'if', 'unless', 'each', 'as_is', 'true', 'false', 'null']);
const tag = /\{\{[~!#/&^{]*|<<(?=\s{0,8}[\p{L}_])/gu;
const inner =
  /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\[[^\]]*\]|@?[\p{L}_][\p{L}\p{N}_-]*|\d+(?:\.\d+)?|\s+|./gsu;

/** A template cut into what is coloured alike; the texts together are the template. `known` are names of variables. */
export function tokensOf(template: string, known: ReadonlySet<string>): TemplateToken[] {
  const tokens: TemplateToken[] = [];
  const add = (at: number, text: string, kind: TokenKind): void => {
    if (text !== '') tokens.push({ at, text, kind });
  };
  let at = 0;
  tag.lastIndex = 0;
  for (let found = tag.exec(template); found; found = tag.exec(template)) {
    const [open] = found;
    const close = open.startsWith('<') ? '>>' : '}}';
    const from = found.index + open.length;
    const end = template.indexOf(close, from);
    const next = template.indexOf('{{', from);
    add(at, template.slice(at, found.index), 'text');
    if (end === -1 || (next !== -1 && next < end)) {
      at = next === -1 ? template.length : next;
      add(found.index, template.slice(found.index, at), open.startsWith('<') ? 'text' : 'broken');
      tag.lastIndex = at;
      continue;
    }
    add(found.index, open, 'mark');
    addInner(template.slice(from, end), from, known, add);
    at = end + 2;
    if (open.endsWith('{{{') && template[at] === '}') at += 1;
    add(end, template.slice(end, at), 'mark');
    tag.lastIndex = at;
  }
  add(at, template.slice(at), 'text');
  return tokens;
}

function addInner(
  text: string,
  start: number,
  known: ReadonlySet<string>,
  add: (at: number, text: string, kind: TokenKind) => void,
): void {
  let before = '';
  for (const { 0: part, index } of text.matchAll(inner)) {
    add(start + index, part, kindOf(part, before, text.slice(index + part.length), known));
    if (part.trim() !== '') before = part;
    else if (before !== '.' && before !== '|') before = ' ';
  }
}

function kindOf(part: string, before: string, rest: string, known: ReadonlySet<string>): TokenKind {
  if (/^["'\d]/.test(part)) return 'literal';
  if (part.startsWith('@')) return 'word';
  if (!/^[\p{L}_]/u.test(part)) return 'mark';
  if (before === '.' || before === '/') return 'name';
  if (words.has(part)) return 'word';
  // The first of several is called; so is what stands behind a bar.
  if (functions.has(part) && (before === '|' || /^\s+\S/.test(rest))) return 'function';
  return known.has(part) || always.has(part) ? 'name' : 'unknown';
}
