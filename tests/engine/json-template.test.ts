import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonTemplateVariables, parseJsonTemplate, renderJsonTemplate } from '#engine/json-template';

const ada = {
  email: 'ada@acme.test',
  first_name: 'Ada',
  last_name: 'O\'Brien & "Co"\nsecond line',
  enabled: true,
  count: 3,
  roles: ['admin', 'user'],
  response: { id: 1 },
};

function render(text: string, variables: Record<string, unknown> = ada): unknown {
  return renderJsonTemplate(parseJsonTemplate(text), variables, { strict: false });
}

describe('renderJsonTemplate', () => {
  it.each<[string, unknown]>([
    [
      '{"emails":["{{email}}"],"loginEnabled":{{enabled}},"displayName":"{{first_name}} {{last_name}}"}',
      { emails: ['ada@acme.test'], loginEnabled: true, displayName: 'Ada O\'Brien & "Co"\nsecond line' },
    ],
    ['{"a":{"b":{{count}}}}', { a: { b: 3 } }],
    ['{"a":{{{count}}}}', { a: 3 }],
    ['[{{roles}}, "{{roles}}"]', [['admin', 'user'], '["admin","user"]']],
    ['"{{response}}"', '{"id":1}'],
    ['{{response}}', { id: 1 }],
    [' <<enabled>> ', true],
    ['"<<email>>"', 'ada@acme.test'],
    ['{"a": {{missing}}, "b": "{{missing}}"}', { a: null, b: '' }],
    ['"{{default missing "none"}}"', 'none'],
    ['"{{default missing \\"none\\"}}"', 'none'],
    ['"{{default missing \\"a\\\\\\"b\\"}}"', 'a"b'],
    ['"{{default missing \'none\'}}"', 'none'],
    ['"{{response["id"]}}"', '1'],
    ['"{{response[\\"id\\"]}}"', '1'],
    ['"{{#if enabled}}on{{else}}off{{/if}}"', 'on'],
    ['"{{#each roles}}{{this}};{{/each}}"', 'admin;user;'],
    ['"C:\\\\{{first_name}}\\u00e9\\n{{first_name}}"', 'C:\\Adaé\nAda'],
    ['"\\u007b\\u007bfirst_name}}"', '{{first_name}}'],
    ['"\\u007b{{first_name}}"', '{Ada'],
    ['"a << b {"', 'a << b {'],
    [
      '{"constructor":1,"a":-1.5e2,"b":[true,false,null],"c":{},"d":[]}',
      { constructor: 1, a: -150, b: [true, false, null], c: {}, d: [] },
    ],
    ['"  {{~first_name~}}  "', 'Ada'],
    ['[{{count|default:1}},{{"text"}},{{first roles}}]', [3, 'text', 'admin']],
  ])('%s', (text, expected) => {
    expect(render(text)).toEqual(expected);
  });

  it.each([
    ['', 'line 1, column 1', 'empty'],
    ['{"a":}', 'line 1, column 6', 'value is expected'],
    ['{"a":1', 'line 1, column 7', 'comma or }'],
    ['[1,2', 'line 1, column 5', 'comma or ]'],
    ['[1,]', 'line 1, column 4', 'value is expected'],
    ['{"a":1,}', 'line 1, column 8', 'name in double quotes'],
    ['{a:1}', 'line 1, column 2', 'name in double quotes'],
    ["{'a':1}", 'line 1, column 2', 'name in double quotes'],
    ['{"a" 1}', 'line 1, column 6', 'colon'],
    ['{\n  "a": "x\n"}', 'line 2, column 9', 'line break'],
    ['"open', 'line 1, column 1', 'not closed'],
    ['"\\x"', 'line 1, column 2', 'wrong escape'],
    ['"\\{{x}}"', 'line 1, column 2', 'wrong escape'],
    ['{"{{name}}":1}', 'line 1, column 2', 'cannot stand in a name'],
    ['{"__proto__":{}}', 'line 1, column 2', '__proto__'],
    ['{"\\u005f_proto__":{}}', 'line 1, column 2', '__proto__'],
    ['{{a}}{{b}}', 'line 1, column 6', 'more text follows'],
    ['{"a":{{a}} {{b}}}', 'line 1, column 12', 'comma or }'],
    ['{"a":x{{a}}}', 'line 1, column 6', 'value is expected'],
    ['{{#if a}}1{{/if}}', 'line 1, column 1', 'quotes around blocks'],
    ['{"a": {{! note }} }', 'line 1, column 7', 'quotes around blocks'],
    ['{"a":"{{#if a}}","b":"{{/if}}"}', 'line 1, column 7', 'not closed'],
    ['{"a":"{{> partial}}"}', 'line 1, column 7', 'partials'],
    ['{"a":\n\n  "x {{#with a}}"}', 'line 3, column 6', '"with" is not known'],
    ['12345678901234567890', 'line 1, column 1', 'exactly'],
    ['1e999', 'line 1, column 1', 'exactly'],
    ['01', 'line 1, column 2', 'more text follows'],
    ['NaN', 'line 1, column 1', 'value is expected'],
    ['"{{a"', 'line 1, column 2', 'not closed'],
    ['<< a b >>', 'line 1, column 1', 'value is expected'],
    [`${'['.repeat(70)}${']'.repeat(70)}`, 'line 1, column 66', 'deeper than 64'],
  ])('%j is refused at %s', (text, where, reason) => {
    expect(() => parseJsonTemplate(text)).toThrow(
      expect.objectContaining({ code: 'template_error', place: where }),
    );
    expect(() => parseJsonTemplate(text, 'the body')).toThrow(expect.objectContaining({ place: 'the body' }));
    expect(() => parseJsonTemplate(text)).toThrow(reason);
    expect(() => parseJsonTemplate(text)).toThrow(where);
  });

  it('stops on an empty variable when strict, within quotes and without', () => {
    for (const text of ['{"id": {{id}}}', '{"id": "{{id}}"}', '{"id": "x{{id}}"}']) {
      const template = parseJsonTemplate(text);
      expect(() => renderJsonTemplate(template, { id: '' }, { strict: true })).toThrow(
        'The variable "id" is empty.',
      );
    }
  });

  it('lists its variables', () => {
    const template = parseJsonTemplate(
      '{"a":"{{first_name}} {{last_name}}","b":{{response.id}},"c":"{{first_name}}"}',
    );

    expect(jsonTemplateVariables(template)).toEqual(['first_name', 'last_name', 'response.id']);
  });

  it('gives each rendering a structure of its own', () => {
    const template = parseJsonTemplate('{"list":[1,{"a":2}]}');
    const first = renderJsonTemplate(template, {}, { strict: true }) as { list: unknown[] };
    first.list.push('changed');

    expect(renderJsonTemplate(template, {}, { strict: true })).toEqual({ list: [1, { a: 2 }] });
  });

  it('a body larger than 1 MiB is refused', () => {
    const half = 'x'.repeat(600_000);

    expect(() => render('["{{a}}","{{a}}"]', { a: half })).toThrow(/1 MiB/);
    expect(() => render('[{{a}},{{a}}]', { a: half })).toThrow(/1 MiB/);
    expect(() => render('[{{a}},{{a}}]', { a: [half] })).toThrow(/1 MiB/);
  });

  it('keeps every value exactly and its structure fixed', () => {
    const template = parseJsonTemplate('{"text":"<{{value}}>","list":["{{value}}",{{value}}],"end":true}');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const body: unknown = JSON.parse(
          JSON.stringify(renderJsonTemplate(template, { value }, { strict: false })),
        );
        expect(body).toEqual({ text: `<${value}>`, list: [value, value], end: true });
      }),
    );
  });

  it('any JSON is a template of itself', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, null, 1);
        fc.pre(!/\{\{|<<|__proto__|\d{16}/.test(text));
        expect(JSON.stringify(render(text))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('any JSON in a bare place arrives unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(render('{"a":{{value}}}', { value })).toEqual({ a: value });
      }),
    );
  });
});
