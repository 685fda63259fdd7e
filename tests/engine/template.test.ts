import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeHeaderValue, encodePathSegment, encodeQueryValue, plain } from '#engine/encode';
import { parseTemplate, renderText, renderValue, variablesOf } from '#engine/template';
import { templateHelpers } from '#engine/template-helpers';

const ada = {
  first_name: 'Ada',
  last_name: 'O\'Brien & "Co"',
  email: 'ada@acme.test',
  webex_user_id: 'wx/ada?1',
  enabled: true,
  count: 0,
  nothing: null,
  blank: ' ',
  roles: ['admin', 'user'],
  none: [],
  last_activity: '2026-11-01T09:05:07.042Z',
  response: {
    items: [{ id: 'a', emails: [{ value: 'x@acme.test' }, { value: 'y@acme.test' }] }, { id: 'b' }],
    'x-total-count': 7,
    profile: { first_name: 'Ada' },
  },
  address: { city: 'London', zip: '1815', own: { deep: true } },
  response_headers: { Vary: 'Accept', 'x-request-id': '42' },
  GlobalSetting: { 'Zendesk.Subdomain': 'acme' },
  steps: { get_user: { response: { name: 'Ada' }, response_headers: { ETag: '"1"' } } },
};

function render(text: string, variables: Record<string, unknown> = ada): string {
  return renderText(parseTemplate(text), variables, { encode: plain, strict: false });
}

describe('renderText', () => {
  it.each([
    ['no tags at all', 'no tags at all'],
    ['', ''],
    ['Hello {{first_name}}!', 'Hello Ada!'],
    ['{{last_name}}', 'O\'Brien & "Co"'],
    ['{{{last_name}}}', 'O\'Brien & "Co"'],
    ['{{&last_name}}', 'O\'Brien & "Co"'],
    ['{{ first_name }}', 'Ada'],
    ['{{enabled}} {{count}}', 'true 0'],
    ['[{{nothing}}{{missing}}{{missing.more.still}}]', '[]'],
    ['{{First_Name}}', ''],
    ['{{roles}}', '["admin","user"]'],
    ['{{response.profile}}', '{"first_name":"Ada"}'],
    ['{{response.items.[0].id}}', 'a'],
    ['{{response.items[1].id}}', 'b'],
    ['{{response.items.1.id}}', 'b'],
    ['{{response["x-total-count"]}}', '7'],
    ["{{response['x-total-count']}}", '7'],
    ['{{response.[x-total-count]}}', '7'],
    ['{{response.x-total-count}}', '7'],
    ['{{response.profile["first_name"]}}', 'Ada'],
    ["{{GlobalSetting['Zendesk.Subdomain']}}", 'acme'],
    ['{{response_headers.vary}}', 'Accept'],
    ['{{response_headers["X-Request-ID"]}}', '42'],
    ['{{steps.get_user.response_headers.etag}}', '"1"'],
    ['{{steps.get_user.response.name}}', 'Ada'],
    ['{{"constant"}} {{12}} {{-1.5}} {{true}}', 'constant 12 -1.5 true'],
    ['<<first_name>> << last_name >>', 'Ada O\'Brien & "Co"'],
    ['<<response["x-total-count"]>> <<first_name|upper>>', '7 ADA'],
    ['a << b >> c <<', 'a  c <<'],
    ['a << b c >> <<>> <<<', 'a << b c >> <<>> <<<'],
    ['if (a < b) { c } }}', 'if (a < b) { c } }}'],
    ['\\{{first_name}} {{first_name}}', '{{first_name}} Ada'],
    ['C:\\\\{{first_name}}', 'C:\\Ada'],
    ['a  {{~first_name~}}  b', 'aAdab'],
    ['a{{! a note }}b{{!-- }} --}}c', 'abc'],
    ['{{#if first_name}}yes{{else}}no{{/if}}', 'yes'],
    ['{{#if missing}}yes{{else}}no{{/if}}', 'no'],
    ['{{#if none}}yes{{/if}}{{#if count}}yes{{/if}}', ''],
    ['{{#if missing}}a{{else if enabled}}b{{else}}c{{/if}}', 'b'],
    ['{{#unless missing}}yes{{/unless}}', 'yes'],
    ['{{#if (default missing first_name)}}yes{{/if}}', 'yes'],
    ['{{#if missing|default:"x"}}yes{{/if}}', 'yes'],
    ['{{#each roles}}{{@index}}:{{this}}{{#unless @last}}, {{/unless}}{{/each}}', '0:admin, 1:user'],
    [
      '{{#each response.items}}{{id}}-{{../first_name}}-{{@root.email}};{{/each}}',
      'a-Ada-ada@acme.test;b-Ada-ada@acme.test;',
    ],
    [
      '{{#each response.items}}{{#each emails}}{{value}}{{../id}}{{@first}} {{/each}}{{/each}}',
      'x@acme.testatrue y@acme.testafalse ',
    ],
    ['{{#each response.profile}}{{@key}}={{.}}{{/each}}', 'first_name=Ada'],
    ['{{#each none}}x{{else}}empty{{/each}}', 'empty'],
    ['{{#each missing}}x{{else}}missing{{/each}}', 'missing'],
    ['{{response.items[0].emails[*].value}}', '["x@acme.test","y@acme.test"]'],
  ])('%s', (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it('never reads an inserted value as a template', () => {
    expect(render('{{a}}', { a: '{{b}} <<b>>', b: 'secret' })).toBe('{{b}} <<b>>');
  });

  it('reports variables without a value', () => {
    const missing: string[] = [];
    const options = { encode: plain, strict: false, onMissing: (path: string) => missing.push(path) };

    renderText(parseTemplate('{{first_name}}{{nope}}{{blank}}{{response.items[7].id}}'), ada, options);

    expect(missing).toEqual(['nope', 'response.items.7.id']);
  });

  it('leaves the encoding to the place', () => {
    const url = parseTemplate('/people/{{webex_user_id}}');
    const query = parseTemplate('?name={{last_name}}');

    expect(renderText(url, ada, { encode: encodePathSegment, strict: true })).toBe('/people/wx%2Fada%3F1');
    expect(renderText(query, ada, { encode: encodeQueryValue, strict: true })).toBe(
      "?name=O'Brien%20%26%20%22Co%22",
    );
  });

  it('encodes once where the template asks for it too', () => {
    const url = parseTemplate('/{{webex_user_id|urlencode}}');

    expect(renderText(url, ada, { encode: encodePathSegment, strict: true })).toBe('/wx%2Fada%3F1');
    expect(render('/{{urlencode webex_user_id}}')).toBe('/wx%2Fada%3F1');
    expect(() =>
      renderText(url, { webex_user_id: '..' }, { encode: encodePathSegment, strict: true }),
    ).toThrow(/address/);
  });
});

describe('a strict template', () => {
  const strict = { encode: plain, strict: true };

  it.each(['', null, undefined, ' ', '\n\t', Number.NaN])('stops on %j and names the variable', (value) => {
    const render = () =>
      renderText(parseTemplate('/{{webex_user_id}}', 'the URL'), { webex_user_id: value }, strict);

    expect(render).toThrow('The variable "webex_user_id" is empty.');
    expect(render).toThrow(expect.objectContaining({ code: 'template_error', place: 'the URL' }));
  });

  it.each([
    '{{response.items[9].id}}',
    '{{lower missing}}',
    '{{#each missing}}x{{/each}}',
    '{{join none}}',
    '{{first none}}',
    '{{default missing blank}}',
    '{{""}}',
  ])('stops on %s', (text) => {
    expect(() => renderText(parseTemplate(text), ada, strict)).toThrow(/is empty/);
  });

  it.each([
    '{{count}}',
    '{{default missing "x"}}',
    '{{#if missing}}x{{/if}}',
    '{{#each none}}x{{/each}}',
    '{{enabled}}',
  ])('goes on with %s', (text) => {
    expect(() => renderText(parseTemplate(text), ada, strict)).not.toThrow();
  });
});

describe('functions', () => {
  it.each([
    ['{{default missing "none"}}', 'none'],
    ['{{missing|default:"none"}}', 'none'],
    ['{{missing|default("none")}}', 'none'],
    ['{{first_name|default:"none"|upper}}', 'ADA'],
    ['{{lower first_name | upper}}', 'ADA'],
    ['{{first_name|as_is}}', 'Ada'],
    ['{{join roles}}', 'admin, user'],
    ['{{join roles "\\n"}}', 'admin\nuser'],
    ['{{join response.items[0].emails[*].value "; "}}', 'x@acme.test; y@acme.test'],
    ['{{trim blank}}|', '|'],
    ['{{json first_name}}', '"Ada"'],
    ['{{json roles}}', '["admin","user"]'],
    ['{{date last_activity}}', '2026-11-01'],
    ['{{date last_activity "DD.MM.YYYY HH:mm:ss.SSS"}}', '01.11.2026 09:05:07.042'],
    ['{{last_activity|date:"YYYY-MM"}}', '2026-11'],
    ['{{date missing}}', ''],
    ['{{first roles}} {{last roles}}', 'admin user'],
    ['{{replace email "@acme.test" ""}}', 'ada'],
    ['{{email|replace:"a","$&"}}', '$&d$&@$&cme.test'],
    ['{{replace email "" "x"}}', 'ada@acme.test'],
    ['{{default missing \'it "is"\'}}', 'it "is"'],
    ['{{default missing "}} {{x}}"}}', '}} {{x}}'],
    ['{{upper (default missing (first roles))}}', 'ADMIN'],
  ])('%s', (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it.each([
    '{{join first_name}}',
    '{{lower roles}}',
    '{{date first_name}}',
    '{{first response}}',
    '{{#each first_name}}x{{/each}}',
    '{{number first_name}}',
    '{{number "9007199254740993"}}',
    '{{required missing}}',
    '{{add_days "2026-11-01" "soon"}}',
    '{{add_days "2026-11-01" 1.5}}',
    '{{add_days "9999-12-31" 1}}',
    '{{add_days first_name 1}}',
    '{{map first_name "Grace" "1" "Linus" "2"}}',
    '{{split first_name ""}}',
    '{{count first_name}}',
    '{{change missing "a" 1}}',
    '{{change roles "a" 1}}',
    '{{change response "a" 1 "b"}}',
    '{{without first_name "a"}}',
  ])('%s does not fit its value', (text) => {
    expect(() => render(text)).toThrow(expect.objectContaining({ code: 'template_error' }));
  });

  it('the page about templates tells of every function', async () => {
    const page = await readFile('docs/templates.md', 'utf8');
    const rows = templateHelpers.map(
      ({ name, summary, example }) => `| \`${name}\` | ${summary} | \`${example}\` |`,
    );

    expect(page.split('\n').filter((line) => rows.includes(line))).toEqual(rows);
  });

  it.each(templateHelpers.map((helper) => [helper.name, helper.example]))(
    'the example of %s can be parsed',
    (name, example) => {
      expect(parseTemplate(example).parsed.only).toBeDefined();
      expect(example).toContain(name);
    },
  );
});

describe('renderValue', () => {
  it.each<[string, unknown]>([
    ['{{roles}}', ['admin', 'user']],
    ['{{response}}', ada.response],
    ['{{enabled}}', true],
    ['{{count}}', 0],
    ['{{nothing}}', null],
    ['{{missing}}', undefined],
    ['<<enabled>>', true],
    ['{{first roles}}', 'admin'],
    ['{{number " 12 "}}', 12],
    ['{{number missing}}', undefined],
    ['{{add_days "2026-03-01" -1}}', '2026-02-28'],
    ['{{add_days last_activity 30}}', '2026-12-01T09:05:07.042Z'],
    ['{{add_days missing 1}}', undefined],
    ['{{map first_name "Ada" "25" "Grace" "30"}}', '25'],
    ['{{map missing "Ada" "25" "10"}}', '10'],
    ['{{map missing "Ada" "25" "Grace" "30"}}', undefined],
    ['{{map count 0 "none" "some"}}', 'none'],
    ['{{equals first_name "Ada"}}', true],
    ['{{equals missing ""}}', false],
    ['{{split "a; b ;c" ";"}}', ['a', 'b', 'c']],
    ['{{count response.items}}', 2],
    ['{{count missing}}', 0],
    ['{{required enabled}}', true],
    ['{{without address "city"}}', { zip: '1815', own: { deep: true } }],
    ['{{without missing "city"}}', undefined],
    [
      '{{change (without address "own") "city" "Paris" "zip" missing "isNew" false}}',
      { city: 'Paris', zip: '1815', isNew: false },
    ],
    ['{{12}}', 12],
    [' {{count}}', ' 0'],
    ['{{count}}{{count}}', '00'],
    ['{{#if enabled}}{{count}}{{/if}}', '0'],
    ['constant', 'constant'],
    ['', ''],
  ])('%s keeps its type', (text, expected) => {
    expect(renderValue(parseTemplate(text), ada)).toEqual(expected);
  });

  it('stops on an empty value when strict', () => {
    expect(() => renderValue(parseTemplate('{{missing}}'), ada, { strict: true })).toThrow(
      /"missing" is empty/,
    );
  });
});

describe('variablesOf', () => {
  it.each([
    ['{{a}} {{b.c}} {{a}}', ['a', 'b.c']],
    [
      '{{response.items[0].id}} {{x["b-c"]}} {{y["b.c"]}} {{z[*].id}}',
      ['response.items.0.id', 'x.b-c', 'y.["b.c"]', 'z.[*].id'],
    ],
    ['{{#each list}}{{name}}{{this}}{{../outer}}{{@root.top}}{{@index}}{{/each}}', ['list', 'outer', 'top']],
    ['{{#if a}}{{b}}{{else}}{{c}}{{/if}}', ['a', 'b', 'c']],
    ['{{default a (lower b)}} {{c|upper}} {{"text"}}', ['a', 'b', 'c']],
    ['plain', []],
  ])('%s', (text, expected) => {
    expect(variablesOf(parseTemplate(text))).toEqual(expected);
  });
});

describe('any text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '{{',
      '}}',
      '{{{',
      '}}}',
      '{{#if a}}',
      '{{/if}}',
      '{{#each b}}',
      '{{/each}}',
      '{{else}}',
      '<<',
      '>>',
    ),
    fc.constantFrom(
      'a',
      'b.c',
      '["x"]',
      '[0]',
      '|',
      ':',
      '"',
      "'",
      '(',
      ')',
      '\\',
      '~',
      '!',
      '--',
      '>',
      '*',
      '@index',
      ' ',
      '\n',
      '.',
      '/',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );

  it('is either refused as a template error with a place, or rendered', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        try {
          expect(typeof render(text, { a: 'x', b: ['y'] })).toBe('string');
        } catch (error) {
          expect(error).toMatchObject({ code: 'template_error' });
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('without braces and angles renders as itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('{{') && !text.includes('<<'));
        expect(render(text)).toBe(text);
      }),
    );
  });

  it('inserted into a header never adds a line', () => {
    const header = parseTemplate('Bearer {{token}}');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (token) => {
        try {
          const value = renderText(header, { token }, { encode: encodeHeaderValue, strict: true });
          expect(value).not.toMatch(/[\r\n\0]/);
        } catch (error) {
          expect(error).toMatchObject({ code: 'template_error' });
        }
      }),
    );
  });
});
