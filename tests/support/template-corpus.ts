import { AppError } from '#domain/errors';
import { type Encode, encodeHeaderValue, encodePathSegment, encodeQueryValue, plain } from '#engine/encode';
import { parseJsonTemplate, renderJsonTemplate } from '#engine/json-template';
import { parseTemplate, renderText } from '#engine/template';
import { endless, large, tooLarge } from './hostile-giants.ts';
import { reaching } from './hostile-reach.ts';
import { foreign, notText } from './hostile-syntax.ts';
import {
  formValues,
  headerValues,
  jsonValues,
  notInPath,
  pathValues,
  queryValues,
  templateValues,
} from './hostile-values.ts';

/** One attack by a template or by a value; `broken` says what went wrong, null when it held. */
export interface HostileCase {
  kind: string;
  name: string;
  broken(): string | null;
}

type Values = Record<string, unknown>;

const known = {
  a: 'x',
  list: [1, 2, 3],
  text: 'abc',
  record: { b: 1 },
  l: [1],
  response: { items: [{ id: 1 }] },
};

function render(text: string, values: Values, encode: Encode = plain, strict = false): string {
  return renderText(parseTemplate(text), values, { encode, strict });
}

/** Null when it is refused as a template must be: with our own error, never by another or not at all. */
function unlessRefused(attempt: () => unknown): string | null {
  try {
    return `it was taken as ${JSON.stringify(attempt())?.slice(0, 200)}`;
  } catch (error) {
    return error instanceof AppError && error.code === 'template_error' ? null : `it threw ${String(error)}`;
  }
}

/** Null when both are the same. */
function unlessSame(found: unknown, wanted: unknown): string | null {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  return one === other ? null : `${one} instead of ${other}`;
}

const spelled = (value: unknown): string => JSON.stringify(value) ?? 'undefined';

/** Where else the value could have come to: the URL's other parts are looked at as well as its own. */
function inPath(value: string): string | null {
  const url = new URL(
    render('https://acme.test/v1/people/{{id}}/roles', { id: value }, encodePathSegment, true),
  );
  const parts = url.pathname.split('/');
  return unlessSame(
    [url.host, parts.length, decodeURIComponent(parts[3] ?? ''), url.search + url.hash],
    ['acme.test', 5, value, ''],
  );
}

function inQuery(value: string): string | null {
  const url = new URL(render('https://acme.test/?a={{v}}&b=1', { v: value }, encodeQueryValue, true));
  return unlessSame(
    [[...url.searchParams], url.hash],
    [
      [
        ['a', value],
        ['b', '1'],
      ],
      '',
    ],
  );
}

function inForm(value: string): string | null {
  const body = render('name={{v}}&role=user', { v: value }, encodeQueryValue, true);
  return unlessSame(
    [...new URLSearchParams(body)],
    [
      ['name', value],
      ['role', 'user'],
    ],
  );
}

function inJson(value: string): string | null {
  const template = parseJsonTemplate('{"name":"{{v}}","greeting":"Hi {{v}}!","bare":{{v}},"list":[{{v}}]}');
  const body = JSON.stringify(
    renderJsonTemplate(template, { v: value, b: 'no', a: 'no' }, { strict: false }),
  );
  return unlessSame(JSON.parse(body), { name: value, greeting: `Hi ${value}!`, bare: value, list: [value] });
}

const each = <T>(
  kind: string,
  all: readonly T[],
  name: (one: T) => string,
  broken: (one: T) => string | null,
) => all.map((one): HostileCase => ({ kind, name: name(one), broken: () => broken(one) }));

/** Every attack that the templates of this product must withstand. */
export const templateCorpus: readonly HostileCase[] = [
  ...each('reaches for what no record owns', reaching, String, (text) => unlessSame(render(text, known), '')),
  ...each('is no template of ours', foreign, String, (text) => unlessRefused(() => parseTemplate(text))),
  ...each(
    'is no text',
    notText,
    ([name]) => name,
    ([, text]) =>
      unlessRefused(() => parseTemplate(text as string)) ??
      unlessRefused(() => parseJsonTemplate(text as string)),
  ),
  ...each('leaves its part of the path', pathValues, spelled, inPath),
  ...each('is no part of a path', notInPath, spelled, (value) =>
    unlessRefused(() => render('/people/{{id}}', { id: value }, encodePathSegment, true)),
  ),
  ...each('leaves its parameter', queryValues, spelled, inQuery),
  ...each('leaves its header', headerValues, spelled, (value) =>
    unlessRefused(() => render('Bearer {{v}}', { v: value }, encodeHeaderValue, true)),
  ),
  ...each('leaves its JSON text', jsonValues, spelled, inJson),
  ...each('leaves its form field', formValues, spelled, inForm),
  ...each('is read as a template again', templateValues, spelled, (value) =>
    unlessSame(render('[{{v}}]', { v: value, secret: 'seen' }), `[${value}]`),
  ),
  ...each(
    'is too large',
    tooLarge,
    ([name]) => name,
    ([, text]) =>
      unlessRefused(() => parseTemplate(text)) ?? unlessRefused(() => parseJsonTemplate(`"${text}"`)),
  ),
  ...each(
    'is large, and allowed',
    large,
    ([name]) => name,
    ([, text]) => (render(text, known) === '' ? 'it wrote nothing' : null),
  ),
  ...each(
    'goes on without end',
    endless,
    ([name]) => name,
    ([, text, values]) => unlessRefused(() => render(text, values)),
  ),
];
