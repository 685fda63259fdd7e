import { afterEach, describe, expect, it } from 'vitest';
import { encodeHeaderValue, encodePathSegment, encodeQueryValue, plain } from '#engine/encode';
import { parseJsonTemplate, renderJsonTemplate } from '#engine/json-template';
import { parseTemplate, renderText, renderValue } from '#engine/template';

const lenient = { encode: plain, strict: false };
const variables = { a: 'x', list: [1, 2, 3], text: 'abc', record: { b: 1 } };

/** The best of three, because a busy machine says nothing about the code. */
function fastestMs(run: () => unknown): number {
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}

afterEach(() => {
  const pristine: Record<string, unknown> = {};
  expect(pristine.polluted).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});

describe('a template that reaches for what it does not own', () => {
  it.each([
    '{{__proto__}}',
    '{{constructor}}',
    '{{constructor.name}}',
    '{{constructor.constructor}}',
    '{{toString}}',
    '{{valueOf}}',
    '{{hasOwnProperty}}',
    '{{__defineGetter__}}',
    '{{__lookupGetter__}}',
    '{{a.__proto__}}',
    '{{a.constructor}}',
    '{{a.length}}',
    '{{a.at}}',
    '{{a.0}}',
    '{{list.constructor}}',
    '{{list.map}}',
    '{{list.__proto__.push}}',
    '{{list["constructor"]["constructor"]}}',
    '{{record.__proto__.polluted}}',
    '{{record.[__proto__].[toString]}}',
    '{{record.prototype}}',
    '{{process}}',
    '{{process.env.HOME}}',
    '{{globalThis.process}}',
    '{{require}}',
    '{{this.constructor}}',
    '{{@root.constructor}}',
    '{{@root.__proto__.toString}}',
    '{{helpers}}',
    '{{lookup}}',
    '{{#each list}}{{constructor}}{{this.toFixed}}{{/each}}',
    '{{#each record}}{{../constructor}}{{/each}}',
    '{{default constructor ""}}',
    '{{first constructor}}',
    '<<constructor>>',
    '<<a["__proto__"]>>',
    '{{#if __proto__}}reached{{/if}}',
    '{{#each __proto__}}reached{{else}}{{/each}}',
    '{{join list[*].constructor}}',
  ])('%s finds nothing', (text) => {
    expect(renderText(parseTemplate(text), variables, lenient)).toBe('');
  });

  it('sees only own properties of the variables themselves', () => {
    const inherited = Object.create({ secret: 'inherited' }) as Record<string, unknown>;

    expect(renderText(parseTemplate('[{{secret}}]'), inherited, lenient)).toBe('[]');
  });
});

describe('syntax outside the language', () => {
  it.each([
    '{{> partial}}',
    '{{>partial}}',
    '{{~> partial}}',
    '{{#> layout}}x{{/layout}}',
    '{{> (lookup . "x")}}',
    '{{#*inline "x"}}y{{/inline}}',
    '{{* decorator}}',
    '{{{{raw}}}} {{x}} {{{{/raw}}}}',
    '{{#each list as |entry|}}{{entry}}{{/each}}',
    '{{#each list as |entry index|}}{{entry}}{{/each}}',
    '{{#with record}}{{b}}{{/with}}',
    '{{#record}}{{b}}{{/record}}',
    '{{^record}}x{{/record}}',
    '{{^if a}}x{{/if}}',
    '{{#lookup record "b"}}x{{/lookup}}',
    '{{lookup record "constructor"}}',
    '{{log "x"}}',
    '{{helperMissing "x"}}',
    '{{blockHelperMissing a}}',
    '{{#helperMissing}}x{{/helperMissing}}',
    '{{constructor "return process"}}',
    '{{toString "x"}}',
    '{{__defineGetter__ "x" "y"}}',
    '{{#constructor a}}x{{/constructor}}',
    '{{a.b "x"}}',
    '{{"lower" a}}',
    '{{@root.lower a}}',
    '{{lower a name="x"}}',
    '{{#if a includeZero=true}}x{{/if}}',
    '{{lower (constructor a)}}',
    '{{(lower a)}}',
    '{{lower (lower)}}',
    '{{a|constructor}}',
    '{{a|__proto__:"x"}}',
    '{{a|}}',
    '{{|upper}}',
    '{{a||upper}}',
    '{{a ? b : c}}',
    '{{a + b}}',
    '{{a = 1}}',
    '{{a; b}}',
    '{{`a`}}',
    '{{$ {a}}}',
    '{{a()}}',
    '{{a.b()}}',
    '{{() => 1}}',
    '{{...list}}',
    '{{[a]}}',
    '{{a[b]}}',
    '{{a[b.c]}}',
    '{{a["b]}}',
    '{{a["b]c"]}}',
    '{{ {"IT Manager":"25"}[position] }}',
    '{{undefined}}',
    '{{null}}',
    '{{this}}',
    '{{.}}',
    '{{..}}',
    '{{../a}}',
    '{{@index}}',
    '{{@root}}',
    '{{@constructor}}',
    '{{#each list}}{{@level}}{{../../a}}{{/each}}',
    '{{a/../b}}',
    '{{a.this.b}}',
    '{{a..b}}',
    '{{.a.}}',
    '{{a b}}',
    '{{}}',
    '{{ }}',
    '{{else}}',
    '{{#if a}}x',
    '{{#if a}}x{{/each}}',
    '{{/if}}',
    '{{#if}}x{{/if}}',
    '{{#if a list}}x{{/if}}',
    '{{#if a}}x{{else}}y{{else}}z{{/if}}',
    '{{#each list}}{{/if}}',
    '{{a',
    '{{a}',
    '{{{a}}',
    '{{a {{b}} }}',
    '{{"a}}',
    "{{it's}}",
    '{{!-- never closed }}',
    '{{lower}} {{lower a a}}',
    '{{replace a}}',
    `{{${Array(33).fill('a').join('.')}}}`,
  ])('%s is refused with line and column', (text) => {
    expect(() => parseTemplate(`first line\n  ${text}`)).toThrow(
      expect.objectContaining({
        code: 'template_error',
        message: expect.stringMatching(/line 2, column \d+: .+\.$/),
        place: expect.stringMatching(/^line 2, column \d+$/),
      }),
    );
  });

  it.each<[string, unknown]>([
    ['a syntax tree', { type: 'Program', body: [{ type: 'MustacheStatement' }] }],
    ['a list', ['{{a}}']],
    ['a number', 1],
    ['nothing', undefined],
    ['null', null],
    ['a text object', Object('{{a}}')],
    ['something that pretends to be text', { toString: () => '{{a}}', length: 5 }],
  ])('%s is not a template', (_, text) => {
    expect(() => parseTemplate(text as string)).toThrow(/must be text/);
    expect(() => parseJsonTemplate(text as string)).toThrow(/must be text/);
  });
});

describe('values that try to leave their place', () => {
  it.each([
    '../admin',
    'a/b',
    'a?b=c',
    'a#b',
    '%2e%2e/x',
    '..\\x',
    'a\nb',
    '//evil.test',
    '@evil.test',
    ';x=1',
  ])('%j stays one part of a URL path', (value) => {
    const url = renderText(
      parseTemplate('https://acme.test/v1/people/{{id}}'),
      { id: value },
      { encode: encodePathSegment, strict: true },
    );

    expect(new URL(url).pathname.split('/')).toHaveLength(4);
    expect(new URL(url).host).toBe('acme.test');
  });

  it.each(['.', '..', ''])('%j as a part of a URL path is refused and names the variable', (value) => {
    const options = { encode: encodePathSegment, strict: false };

    expect(() => renderText(parseTemplate('/people/{{id}}'), { id: value }, options)).toThrow(
      /"id" cannot be inserted/,
    );
  });

  it('a query value adds no parameter', () => {
    const url = renderText(
      parseTemplate('https://acme.test/?a={{v}}'),
      { v: 'x&admin=1#y' },
      { encode: encodeQueryValue, strict: true },
    );

    expect([...new URL(url).searchParams]).toEqual([['a', 'x&admin=1#y']]);
  });

  it.each(['x\r\nX-Admin: 1', 'x\nX-Admin: 1', 'x\rX-Admin: 1', 'x\0', 'x\u0085', 'x\u010d\u010a'])(
    '%j does not get into a header',
    (value) => {
      const options = { encode: encodeHeaderValue, strict: true };

      expect(() => renderText(parseTemplate('Bearer {{v}}'), { v: value }, options)).toThrow(
        /"v" cannot be inserted/,
      );
    },
  );

  it.each([
    '","admin":true,"x":"',
    '\\',
    '\\"',
    '\n',
    '\u2028',
    '{{b}}',
    '\u0000',
    '\ud800',
    '"}]}',
    '__proto__',
    '</script>',
  ])('%j does not break out of a JSON text', (value) => {
    const template = parseJsonTemplate('{"name":"{{v}}","greeting":"Hi {{v}}!","bare":{{v}}}');
    const body: unknown = JSON.parse(
      JSON.stringify(renderJsonTemplate(template, { v: value, b: 'no' }, { strict: false })),
    );

    expect(body).toEqual({ name: value, greeting: `Hi ${value}!`, bare: value });
  });

  it('a record with an own prototype key pollutes nothing', () => {
    const hostile: unknown = JSON.parse('{"__proto__":{"polluted":true}}');

    expect(renderText(parseTemplate('{{v}}'), { v: hostile }, lenient)).toBe(
      '{"__proto__":{"polluted":true}}',
    );
    expect(renderValue(parseTemplate('{{v}}'), { v: hostile })).toBe(hostile);
  });
});

describe('giants', () => {
  const blocks = (count: number) => `${'{{#if a}}'.repeat(count)}x${'{{/if}}'.repeat(count)}`;
  const limitMs = 50;

  it.each([
    ['12,000 tags', '{{a}}'.repeat(12_000)],
    ['more than 64 KiB', 'x'.repeat(64 * 1024 + 1)],
    ['more than 64 KiB in two-byte letters', 'é'.repeat(33 * 1024)],
    ['100 MB', 'x'.repeat(100_000_000)],
    ['1,001 tags', '{{a}}'.repeat(1_001)],
    ['33 nested blocks', blocks(33)],
    ['3,000 nested blocks', blocks(3_000)],
    ['33 chained blocks', `{{#if a}}${'{{else if a}}'.repeat(33)}{{/if}}`],
    ['33 parentheses', `{{lower ${'(lower '.repeat(33)}a${')'.repeat(33)}}}`],
    ['900 parentheses', `{{lower ${'('.repeat(900)}}}`],
    ['40 filters', `{{a${'|lower'.repeat(40)}}}`],
    ['a tag of 2,100 characters', `{{lower ${' '.repeat(2_100)}a}}`],
    ['more than 4,000 words', '{{default a.a.a.a.a.a.a.a a}}'.repeat(300)],
    ['more than 2,000 parts', '{{default a b}}'.repeat(800)],
    ['12,000 open tags', '{{'.repeat(12_000)],
    ['12,000 open quotes', '{{a "'.repeat(12_000)],
    ['12,000 open brackets', '{{a['.repeat(12_000)],
    ['12,000 open comments', '{{!--'.repeat(12_000)],
    ['30,000 backslashes', `${'\\'.repeat(30_000)}{{a`],
  ])('%s are refused within 50 ms', (_, text) => {
    const templateError = expect.objectContaining({ code: 'template_error' });

    const textMs = fastestMs(() => expect(() => parseTemplate(text)).toThrow(templateError));
    const jsonMs = fastestMs(() => expect(() => parseJsonTemplate(`"${text}"`)).toThrow(templateError));

    expect(Math.max(textMs, jsonMs)).toBeLessThan(limitMs);
  });

  it.each([
    ['32 nested blocks', blocks(32)],
    ['1,000 tags', '{{a}}'.repeat(1_000)],
    ['1,000 tags between texts', '{{a}} x'.repeat(1_000)],
    ['480 blocks', '{{#if a}}x{{/if}}'.repeat(480)],
    ['60,000 line breaks', `${'\n'.repeat(60_000)}x{{~#if a~}}b{{/if}}`],
    ['60,000 spaces', `${' '.repeat(60_000)}x{{~a}}`],
    ['32,000 open angles', '<<'.repeat(32_000)],
    ['20,000 open angles with names', '<<a'.repeat(20_000)],
    ['30,000 escaped tags', '\\{{'.repeat(20_000)],
    ['64 KiB of text', 'x'.repeat(64 * 1024)],
  ])('%s are parsed within 50 ms and render', (_, text) => {
    expect(renderText(parseTemplate(text), variables, lenient).length).toBeGreaterThan(0);
    expect(fastestMs(() => parseTemplate(text))).toBeLessThan(limitMs);
  });

  const many = Array.from({ length: 200 }, (_, index) => index);
  const megabyte = 'x'.repeat(1_000_000);

  it.each<[string, string, Record<string, unknown>]>([
    [
      'three nested loops over 200 entries',
      '{{#each l}}{{#each @root.l}}{{#each @root.l}}{{this}}{{/each}}{{/each}}{{/each}}',
      { l: many },
    ],
    ['a loop over a million entries', '{{#each l}}{{/each}}', { l: Array(1_000_000).fill(1) }],
    [
      'a loop over the fields of a large record',
      '{{#each l}}{{/each}}',
      {
        l: Object.fromEntries(
          megabyte
            .slice(0, 100_000)
            .split('')
            .map((_, i) => [`k${i}`, 1]),
        ),
      },
    ],
    ['a text of 2 MiB', '{{a}}', { a: megabyte.repeat(2) }],
    ['a text doubled past 1 MiB', '{{a}}{{a}}', { a: megabyte }],
    ['a record of 2 MiB', '{{a}}', { a: [megabyte, megabyte] }],
    [
      'text multiplied by replace',
      '{{replace (replace (replace a "x" b) "x" b) "x" b}}',
      { a: 'x'.repeat(1000), b: 'x'.repeat(1000) },
    ],
    ['text multiplied by join', '{{join l a}}', { l: many, a: 'x'.repeat(100_000) }],
    [
      'a large record written in every turn',
      '{{#each l}}{{#if (json @root.a)}}y{{/if}}{{/each}}',
      { l: Array(5_000).fill(1), a: megabyte },
    ],
    [
      'a large list read in every turn',
      '{{#each l}}{{#if @root.l[*].x}}y{{/if}}{{/each}}',
      { l: Array(5_000).fill({ x: 1 }) },
    ],
    [
      'large texts trimmed in every turn',
      '{{#each l}}{{#if (trim @root.a)}}y{{/if}}{{/each}}',
      { l: Array(5_000).fill(1), a: ` ${megabyte} ` },
    ],
  ])('%s stops at its budget', (_, text, values) => {
    const template = parseTemplate(text);
    const start = performance.now();

    expect(() => renderText(template, values, lenient)).toThrow(
      expect.objectContaining({ code: 'template_error' }),
    );
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('a body of 2 KB with 20 variables renders well above 10,000 times a second', () => {
    const names = Array.from({ length: 20 }, (_, index) => `variable_${index}`);
    const values = Object.fromEntries(names.map((name) => [name, `O'Brien & "${name}"`]));
    const fields = names.map((name) => `"${name}":"${'x'.repeat(70)} {{${name}}}"`);
    const template = parseJsonTemplate(`{${fields.join(',')}}`);
    const start = performance.now();

    for (let count = 0; count < 5_000; count += 1)
      JSON.stringify(renderJsonTemplate(template, values, { strict: true }));

    expect(performance.now() - start).toBeLessThan(500);
  });
});
