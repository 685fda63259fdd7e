import { AppError } from '#domain/errors';

/** A stretch of a template: text that stays as it is, or one tag `{{…}}` without its braces. */
export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tag'; readonly tag: Tag; readonly start: number };

export interface Tag {
  readonly inner: string;
  /** `{{~` takes the white space before the tag away, `~}}` the white space after it. */
  readonly trimsBefore: boolean;
  readonly trimsAfter: boolean;
}

/** Names the place of a character and throws; every refusal of a template goes through it. */
export type Refuse = (at: number, reason: string) => never;

export const maxTemplateLength = 64 * 1024;
export const maxTags = 1_000;
const maxTagLength = 2_000;

// `<<name>>` is another spelling of `{{name}}`. Anything else between angles is ordinary text.
const angleTag = /<<\s{0,8}([\p{L}_@][^\s<>{}()=]{0,200})\s{0,8}>>/uy;

// Templates of other products have these; sent as they stand they would do something else than what was meant.
const otherStatement = /\{%-?\s{0,8}(?:if|elif|else|endif|for|endfor|set)\b/;

/** Makes the function that refuses a template, with line and column counted from 1. */
export function refuseIn(text: string, place: string | undefined): Refuse {
  return (at, reason) => {
    const where = positionOf(text, at);
    throw new AppError('template_error', `The template cannot be used, ${where}: ${reason}`, {
      place: place ?? where,
    });
  };
}

/** Refuses what is not text or is too long. A template is never a syntax tree, a list or a number. */
export function checkTemplateText(text: unknown, place: string | undefined): asserts text is string {
  const options = place === undefined ? {} : { place };
  if (typeof text !== 'string') {
    throw new AppError(
      'template_error',
      'A template must be text. Write it as text with {{names}} in it.',
      options,
    );
  }
  // Counted in UTF-16 units first, so that a giant is refused without being walked.
  if (text.length > maxTemplateLength || new TextEncoder().encode(text).length > maxTemplateLength) {
    throw new AppError('template_error', 'A template has at most 64 KiB. Shorten it.', options);
  }
  const statement = otherStatement.exec(text);
  if (statement !== null)
    refuseIn(text, place)(
      statement.index,
      'statements in {% %} are not read here. Write {{#if name}}…{{/if}}.',
    );
}

/** Splits a text template into text and tags, in one pass. `\{{` stands for the braces themselves. */
export function scanTemplate(text: string, refuse: Refuse): Segment[] {
  const segments: Segment[] = [];
  let literal = '';
  let from = 0;
  let tags = 0;
  for (let at = nextOpening(text, 0); at !== -1; at = nextOpening(text, at)) {
    const slashes = backslashesBefore(text, at, from);
    if (text[at] === '{' && slashes === 1) {
      literal += `${text.slice(from, at - 1)}{{`;
      at += 2;
      from = at;
      continue;
    }
    const read = readTag(text, at, refuse);
    if (read === undefined) {
      at += 1;
      continue;
    }
    tags += 1;
    if (tags > maxTags) refuse(at, `a template has at most ${maxTags} tags. Split it.`);
    literal += text.slice(from, text[at] === '{' && slashes === 2 ? at - 1 : at);
    if (literal !== '') segments.push({ kind: 'text', text: literal });
    segments.push({ kind: 'tag', tag: read.tag, start: at });
    literal = '';
    at = read.end;
    from = at;
  }
  literal += text.slice(from);
  if (literal !== '') segments.push({ kind: 'text', text: literal });
  return segments;
}

/** The tag that starts here, or nothing when these angle brackets are ordinary text. */
export function readTag(text: string, at: number, refuse: Refuse): { tag: Tag; end: number } | undefined {
  if (text[at] === '<') {
    angleTag.lastIndex = at;
    const inner = angleTag.exec(text)?.[1];
    if (inner === undefined) return undefined;
    return { tag: { inner, trimsBefore: false, trimsAfter: false }, end: angleTag.lastIndex };
  }
  if (text.startsWith('{{{{', at)) refuse(at, 'raw blocks {{{{…}}}} are not supported. Use {{name}}.');
  let start = at + 2;
  const trimsBefore = text[start] === '~';
  if (trimsBefore) start += 1;
  const isTriple = text[start] === '{';
  if (isTriple) start += 1;

  const close = text[start] === '!' ? endOfComment(text, start) : endOfTag(text, start);
  if (close === -1) refuse(at, 'the tag is not closed, or longer than 2,000 characters. Close it with }}.');
  const trimsAfter = text[close - 1] === '~' && close > start;
  let inner = text.slice(start, trimsAfter ? close - 1 : close);
  let end = close + 2;
  if (isTriple) {
    if (text[close + 2] !== '}') refuse(at, 'a tag that starts with {{{ must end with }}}.');
    end += 1;
  }
  if (inner.startsWith('!--')) inner = '!';
  return { tag: { inner, trimsBefore, trimsAfter }, end };
}

/** Where the next `{{` or `<<` begins, or -1. */
export function nextOpening(text: string, from: number): number {
  for (let at = from; at < text.length - 1; at += 1) {
    const code = text.charCodeAt(at);
    if ((code === 0x7b || code === 0x3c) && text.charCodeAt(at + 1) === code) return at;
  }
  return -1;
}

/** "line 2, column 5", counted from 1. */
export function positionOf(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `line ${line}, column ${at - before.lastIndexOf('\n')}`;
}

function backslashesBefore(text: string, at: number, from: number): number {
  if (at - 1 < from || text[at - 1] !== '\\') return 0;
  return at - 2 >= from && text[at - 2] === '\\' ? 2 : 1;
}

function endOfComment(text: string, start: number): number {
  if (!text.startsWith('!--', start)) return text.indexOf('}}', start);
  const close = text.indexOf('--', start + 3);
  for (let at = close; at !== -1; at = text.indexOf('--', at + 1)) {
    if (text.startsWith('}}', at + 2)) return at + 2;
    if (text.startsWith('~}}', at + 2)) return at + 3;
  }
  return -1;
}

/** The position of the closing braces; braces inside quotes and brackets do not count. */
function endOfTag(text: string, start: number): number {
  const limit = Math.min(text.length, start + maxTagLength);
  let at = start;
  while (at < limit) {
    const char = text[at];
    if (char === '}' && text[at + 1] === '}') return at;
    if (char === '{' && text[at + 1] === '{') return -1;
    if (char === '\\' && text[at + 1] === '"') at = endOfEscapedQuotes(text, at + 2, limit);
    else if (char === '"' || char === "'") at = endOfQuotes(text, at, limit);
    else if (char === '[' && text[at + 1] !== '"' && text[at + 1] !== "'") at = endOfBracket(text, at, limit);
    else at += 1;
    if (at === -1) return -1;
  }
  return -1;
}

function endOfQuotes(text: string, start: number, limit: number): number {
  for (let at = start + 1; at < limit; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === text[start]) return at + 1;
  }
  return -1;
}

/** Inside a JSON string the quotes of a tag may be written `\\"`, and then every backslash is doubled too. */
function endOfEscapedQuotes(text: string, start: number, limit: number): number {
  let at = start;
  while (at < limit) {
    if (text[at] === '"') return -1;
    if (text[at] !== '\\') at += 1;
    else if (text[at + 1] === '"') return at + 2;
    else if (text[at + 1] === '\\') at += text[at + 2] === '\\' ? 4 : 3;
    else at += 2;
  }
  return -1;
}

function endOfBracket(text: string, start: number, limit: number): number {
  const close = text.indexOf(']', start);
  return close === -1 || close >= limit ? -1 : close + 1;
}
