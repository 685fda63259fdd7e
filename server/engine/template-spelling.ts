/** What a tag does to the nesting of blocks. */
export type TagKind = 'value' | 'open' | 'else' | 'chain' | 'close' | 'comment';

export interface SpelledTag {
  readonly kind: TagKind;
  /** The tag in plain Handlebars, on one line, with each quoted text replaced by its number in `literals`. */
  readonly source: string;
  /** The block's name, of `open`, `chain` and `close`. */
  readonly block: string;
}

/** Collects what must not pass through the Handlebars parser, and counts what it will have to read. */
export interface Spelling {
  readonly literals: string[];
  tokens: number;
}

/** Refuses the tag that is being spelled. */
type RefuseTag = (reason: string) => never;

interface Token {
  readonly kind: 'space' | 'text' | 'bracket' | 'number' | 'name' | 'mark';
  readonly text: string;
}

export const blockNames = ['if', 'unless', 'each'];
export const maxDepth = 32;
const maxTokens = 4_000;

const tokenKinds: readonly [Token['kind'], RegExp][] = [
  ['space', /\s+/y],
  ['text', /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/sy],
  ['bracket', /\[(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\]"'][^\]]*)\]/sy],
  ['number', /-?\d+(?:\.\d+)?(?=[\s),|]|$)/y],
  // The characters of a Handlebars name, without the colon that separates a filter from its argument.
  ['name', /[^\s!"#%-,./:;->@[-^`{-~]+/y],
  ['mark', /\.\.|[./()|:,@]/y],
];

/**
 * Turns one tag into plain Handlebars. Accepted besides: `a["b-c"]`, `a[0]`, `items.0`, `x|filter`,
 * `x|filter:"argument"` and `x|filter("argument")`.
 */
export function spellTag(inner: string, spelling: Spelling, refuse: RefuseTag): SpelledTag {
  const text = inner.trim();
  const first = text[0];
  if (first === '!') return { kind: 'comment', source: '', block: '' };
  if (first === '>') refuse('partials such as {{> name}} are not supported. Write the text out.');
  if (first === '*') refuse('decorators such as {{* name}} are not supported. Take it out.');
  if (first === '{')
    refuse(
      'a table cannot be written in a tag. Write it as {{map position "IT Manager" "25" "Sales" "30"}}.',
    );
  if (first === '#') return spellBlock('open', text.slice(1), spelling, refuse);
  if (first === '/')
    return { kind: 'close', source: `{{/${text.slice(1).trim()}}}`, block: text.slice(1).trim() };
  if (text === '^' || text === 'else') return { kind: 'else', source: '{{else}}', block: '' };
  if (first === '^') refuse('inverted blocks such as {{^name}} are not supported. Use {{#unless name}}.');
  const chain = /^else\s+(.*)$/s.exec(text)?.[1];
  if (chain !== undefined) return spellBlock('chain', chain, spelling, refuse);

  const tokens = tokenize(first === '&' ? text.slice(1) : text, spelling, refuse);
  if (tokens.length === 0) refuse('the tag is empty. Write a name between the braces.');
  return { kind: 'value', source: `{{${spellExpression(tokens, spelling, refuse).text}}}`, block: '' };
}

function spellBlock(kind: 'open' | 'chain', rest: string, spelling: Spelling, refuse: RefuseTag): SpelledTag {
  const [, block = '', value = ''] = /^\s*([^\s(]*)(.*)$/s.exec(rest) ?? [];
  if (block.startsWith('>') || block.startsWith('*')) refuse('partials and decorators are not supported.');
  if (!blockNames.includes(block)) refuse(`the block "${block}" is not known. Use if, unless or each.`);
  const tokens = tokenize(value, spelling, refuse);
  if (tokens.length === 0) refuse(`the block "${block}" needs a value, such as {{#${block} name}}.`);
  if (hasBlockParameters(tokens)) refuse('names between bars (as |name|) are not supported. Use {{this}}.');
  const expression = spellExpression(tokens, spelling, refuse);
  const written = expression.isCall ? `(${expression.text})` : expression.text;
  return { kind, source: `{{${kind === 'open' ? '#' : 'else '}${block} ${written}}}`, block };
}

function hasBlockParameters(tokens: readonly Token[]): boolean {
  const as = tokens.findLastIndex((token) => token.text === 'as');
  return as > 0 && tokens.slice(as + 1).find((token) => token.kind !== 'space')?.text === '|';
}

/** Without white space at the ends. */
function tokenize(text: string, spelling: Spelling, refuse: RefuseTag): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const last = tokens.at(-1);
    const token = readToken(text, at, last?.text === '.' || last?.text === '/');
    if (token === undefined) refuse(unreadable(text[at] ?? ''));
    tokens.push(token);
    at += token.text.length;
    spelling.tokens += 1;
    if (spelling.tokens > maxTokens) refuse(`all tags together have at most ${maxTokens} words and marks.`);
  }
  return trimmed(tokens);
}

function readToken(text: string, at: number, isPartOfPath: boolean): Token | undefined {
  for (const [kind, pattern] of tokenKinds) {
    if (kind === 'number' && isPartOfPath) continue;
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { kind, text: found };
  }
  return undefined;
}

function unreadable(char: string): string {
  if (char === '=')
    return 'named arguments (name=value) are not supported. List the values one after the other.';
  if (char === '"' || char === "'") return 'a quote is not closed.';
  if (char === '[') return 'a bracket is not closed or empty. Write it like ["name"] or [0].';
  return `"${char}" cannot stand here. Write names such as {{first_name}}.`;
}

/** Turns `x|a|b:"1"` into `b (a x) "1"`; the bars bind weaker than everything else. */
function spellExpression(
  tokens: readonly Token[],
  spelling: Spelling,
  refuse: RefuseTag,
): { text: string; isCall: boolean } {
  const [base = [], ...filters] = stagesOf(tokens, refuse);
  if (base.length === 0) refuse('there is nothing before the bar. Write it like {{name|upper}}.');
  let text = spellTokens(base, spelling, refuse);
  let isCall = base.some((token) => token.kind === 'space') && !isOneGroup(base);
  for (const stage of filters) {
    const [name, ...rest] = stage;
    if (name?.kind !== 'name')
      refuse('the name of a function is missing after the bar, as in {{name|upper}}.');
    // The product whose templates used it needed it to stop a second evaluation. Here there is none.
    if (name.text === 'as_is' && rest.length === 0) continue;
    const value = isCall ? `(${text})` : text;
    const more = spellArguments(rest, spelling, refuse);
    text = `${name.text} ${value}${more === '' ? '' : ` ${more}`}`;
    isCall = true;
  }
  return { text, isCall };
}

function stagesOf(tokens: readonly Token[], refuse: RefuseTag): Token[][] {
  const stages: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.text === '(' && token.kind === 'mark') depth += 1;
    if (token.text === ')' && token.kind === 'mark') depth -= 1;
    if (depth < 0) refuse('a ) has no matching (.');
    if (depth > maxDepth || stages.length > maxDepth)
      refuse(`functions are nested deeper than ${maxDepth} levels.`);
    if (token.kind === 'mark' && token.text === '|') {
      if (depth > 0) refuse('a bar cannot stand inside ( ). Write the function before its value.');
      stages.push([]);
    } else stages.at(-1)?.push(token);
  }
  if (depth > 0) refuse('a ( is not closed.');
  return stages.map(trimmed);
}

/** The arguments of a filter: `:"a","b"` or `("a", "b")`. */
function spellArguments(tokens: readonly Token[], spelling: Spelling, refuse: RefuseTag): string {
  if (tokens.length === 0) return '';
  const opening = tokens[0]?.text;
  if (opening !== ':' && opening !== '(')
    refuse('write the argument of a function like {{name|default:"none"}}.');
  const isList = opening === '(';
  if (isList && tokens.at(-1)?.text !== ')') refuse('the arguments are not closed with ).');
  const inner = tokens.slice(1, isList ? -1 : undefined);
  const spaced = inner.map((token): Token => (token.text === ',' ? { kind: 'space', text: ' ' } : token));
  return spellTokens(trimmed(spaced), spelling, refuse);
}

function spellTokens(tokens: readonly Token[], spelling: Spelling, refuse: RefuseTag): string {
  let text = '';
  let previous: Token | undefined;
  for (const token of tokens) {
    const followsDot = previous?.text === '.' || previous?.text === '/';
    if (token.kind === 'space') text += ' ';
    else if (token.kind === 'text') text += `"${spelling.literals.push(unquoted(token.text)) - 1}"`;
    else if (token.kind === 'bracket') {
      const followsName = previous?.kind === 'name' || previous?.kind === 'bracket';
      text += `${followsName ? '.' : ''}[${bracketName(token.text, followsDot, refuse)}]`;
    } else if (token.kind === 'name' && followsDot && /^\d+$/.test(token.text)) text += `[${token.text}]`;
    else if (token.text === ',' || token.text === ':') {
      refuse(`"${token.text}" cannot stand here. A name with special characters is written like a["b:c"].`);
    } else text += token.text;
    previous = token;
  }
  return text;
}

function bracketName(bracket: string, followsDot: boolean, refuse: RefuseTag): string {
  const inner = bracket.slice(1, -1);
  const isQuoted = inner.startsWith('"') || inner.startsWith("'");
  const name = isQuoted ? unquoted(inner) : inner;
  if (name === '' || /[\]\\\r\n]/.test(name)) refuse(`the name in ${bracket} cannot be used.`);
  if (!isQuoted && !followsDot && !/^(?:\d+|\*)$/.test(name)) {
    refuse(`it is not clear what ${bracket} means. Write ["${name}"] for the field of that name.`);
  }
  return name;
}

function unquoted(quoted: string): string {
  return quoted.slice(1, -1).replaceAll(/\\([\\"'nt])/g, (_, char: string) => {
    if (char === 'n') return '\n';
    return char === 't' ? '\t' : char;
  });
}

/** Whether the tokens are one parenthesis from the first to the last. */
function isOneGroup(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'mark' && token.text === '(') depth += 1;
    if (token.kind === 'mark' && token.text === ')') depth -= 1;
    if (depth === 0 && index < tokens.length - 1) return false;
  }
  return true;
}

function trimmed(tokens: readonly Token[]): Token[] {
  const from = tokens[0]?.kind === 'space' ? 1 : 0;
  const to = tokens.length > from && tokens.at(-1)?.kind === 'space' ? -1 : undefined;
  return tokens.slice(from, to);
}
