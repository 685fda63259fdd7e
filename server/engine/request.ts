import type { ApiSettings } from '../domain/api-settings.ts';
import { AppError } from '../domain/errors.ts';
import type { PrepareContext } from './block.ts';
import { type Encode, encodeHeaderValue, encodePathSegment, encodeQueryValue, plain } from './encode.ts';
import { renderJsonTemplate } from './json-template.ts';
import { renderText } from './template.ts';

type Variables = Readonly<Record<string, unknown>>;
type Render = (variables: Variables) => string;
/** What parses templates and takes in what is wrong with them. */
export type Parse = Pick<PrepareContext, 'template' | 'jsonTemplate' | 'issue'>;

export interface RenderedCall {
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

export type RequestSettings = Pick<ApiSettings, 'url' | 'params' | 'headers' | 'bodyKind' | 'body'>;

/**
 * Turns the templates of a request into a function that renders it. Each place encodes for itself: a path segment is
 * percent-encoded, a JSON body stays JSON, a header refuses line breaks. An empty variable in the path, or with
 * `isStrict` anywhere, throws `template_error` instead of sending something else than what was meant.
 */
export function prepareRequest(
  settings: RequestSettings,
  context: Parse,
  isStrict: boolean,
  own: readonly string[],
): (variables: Variables) => RenderedCall {
  const text = (template: string, setting: string, encode: Encode, strict = isStrict): Render => {
    const parsed = context.template(template, setting, own);
    return (variables) => renderText(parsed, variables, { encode, strict });
  };
  checkUrl(settings.url, context);

  const [path = '', query] = splitQuery(settings.url);
  const renderPath = text(path, 'url', encodePathSegment, true);
  const renderQuery = query === undefined ? undefined : text(query, 'url', encodeQueryValue);
  const params = namedRows(settings, 'params', context).map(
    ({ name, value, place }) => [encodeURIComponent(name), text(value, place, encodeQueryValue)] as const,
  );
  const headers = namedRows(settings, 'headers', context).map(
    ({ name, value, place }) =>
      [headerName(name, place, context), text(value, place, encodeHeaderValue)] as const,
  );
  const body = prepareBody(settings, context, isStrict, own);

  return (variables) => {
    const queries = renderQuery === undefined ? [] : [renderQuery(variables)];
    for (const [key, render] of params) queries.push(`${key}=${render(variables)}`);
    const rendered: Record<string, string> = {};
    for (const [name, render] of headers) rendered[name] = render(variables);
    if (body) rendered['content-type'] ??= body.type;
    const pathText = renderPath(variables);
    return {
      url: queries.length === 0 ? pathText : `${pathText}?${queries.join('&')}`,
      headers: rendered,
      body: body ? body.render(variables) : null,
    };
  };
}

/** Cuts at the first question mark outside of a template. */
function splitQuery(url: string): [path: string, query?: string] {
  let depth = 0;
  for (let i = 0; i < url.length; i += 1) {
    if (url.startsWith('{{', i) || url.startsWith('<<', i)) depth += 1;
    if (url.startsWith('}}', i) || url.startsWith('>>', i)) depth -= 1;
    if (url[i] === '?' && depth === 0) return [url.slice(0, i), url.slice(i + 1)];
  }
  return [url];
}

function checkUrl(url: string, context: Parse): void {
  if (url.trim() === '') {
    context.issue('url', 'Enter the URL: a path such as /people/{{webex_user_id}}, or a whole https URL.');
  } else if (!/^\/(?![/\\])/.test(url) && !/^https?:\/\/[^/{<?#\s]+(?=[/?]|$)/.test(url)) {
    context.issue(
      'url',
      'The URL must start with a slash, or with https:// and a host that holds no variable.',
    );
  } else if (/#/.test(url.replace(/\{\{.*?\}\}/gs, ''))) {
    context.issue('url', 'A URL to a vendor has no fragment. Remove the part from # on.');
  }
}

const forbiddenHeaders = new Set([
  'host',
  'authorization',
  'content-length',
  'connection',
  'transfer-encoding',
  'cookie',
  // Some servers take another method from these than the one that the call is judged by.
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
]);

/** The rows that have a name, each with its place on the screen. A value without a name would be lost unseen. */
function namedRows(settings: RequestSettings, setting: 'params' | 'headers', context: Parse) {
  return settings[setting].flatMap(({ key, value }, at) => {
    const place = `${setting}[${at}]`;
    if (key.trim() !== '') return [{ name: key.trim(), value, place }];
    if (value.trim() !== '')
      context.issue(place, 'This row has a value and no name. Enter its name, or remove the row.');
    return [];
  });
}

function headerName(key: string, place: string, context: Parse): string {
  const name = key.toLowerCase();
  if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) {
    context.issue(place, `"${key}" is not a header name. Use letters, digits and hyphens.`);
  }
  if (forbiddenHeaders.has(name)) {
    context.issue(place, `The header "${key}" is set by the credential or by Rollcall. Remove the row.`);
  }
  return name;
}

interface Body {
  type: string;
  render: Render;
}

function prepareBody(
  settings: RequestSettings,
  context: Parse,
  isStrict: boolean,
  own: readonly string[],
): Body | undefined {
  const { bodyKind, body } = settings;
  if (bodyKind === 'none') return undefined;

  if (bodyKind === 'json') {
    if (body.trim() === '') context.issue('body', 'The JSON body is empty. Enter one, or choose "No body".');
    const template = context.jsonTemplate(body.trim() === '' ? 'null' : body, 'body', own);
    return {
      type: 'application/json',
      render: (variables) => JSON.stringify(renderJsonTemplate(template, variables, { strict: isStrict })),
    };
  }

  const encode = bodyKind === 'form' ? encodeQueryValue : plain;
  const template = context.template(body, 'body', own);
  return {
    type: bodyKind === 'form' ? 'application/x-www-form-urlencoded' : 'text/plain; charset=utf-8',
    render: (variables) => renderText(template, variables, { encode, strict: isStrict }),
  };
}

/** A rendering failure as the end of a step; anything else goes on up. */
export function renderFailure(error: unknown): string {
  if (error instanceof AppError) return error.message;
  throw error;
}
