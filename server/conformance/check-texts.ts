import { AppError } from '../domain/errors.ts';
import { parsePath } from '../domain/path.ts';
import type { Preset, Vendor } from '../domain/vendor.ts';
import { parseJsonTemplate } from '../engine/json-template.ts';
import { parseTemplate } from '../engine/template.ts';
import { error, type Finding } from './finding.ts';

type Placed = readonly [place: string, text: string];

/** Whether every path and every template can be read. */
export function checkTexts(vendor: Vendor): Finding[] {
  const { load, userRole, presets } = vendor;
  const paths: Placed[] = [
    ['load.items', load.items],
    ...load.fields.flatMap(({ key, path, fallbacks, orAny }): Placed[] => [
      [`load.fields.${key}.path`, path],
      ...fallbacks.map((one): Placed => [`load.fields.${key}.fallbacks`, one]),
      [`load.fields.${key}.orAny`, orAny?.path ?? ''],
    ]),
    ...load.lookups.flatMap(({ field, items, id, name }): Placed[] =>
      [items, id, name].map((path) => [`load.lookups.${field}`, path]),
    ),
    ...load.inputs.flatMap(({ name, discover }): Placed[] =>
      discover
        ? [discover.items, discover.value, discover.label].map((path) => [
            `load.inputs.${name}.discover`,
            path,
          ])
        : [],
    ),
    ['userRole.items', userRole.items ?? ''],
    ...(['identifier', 'roles', 'licenses', 'status', 'lastActivity'] as const).map(
      (name): Placed => [`userRole.${name}`, userRole[name]],
    ),
    ...userRole.identifierFallbacks.map((path): Placed => ['userRole.identifierFallbacks', path]),
    ...(userRole.notFound?.says ?? []).map(({ path }): Placed => ['userRole.notFound.says', path]),
    ['administrator.path', vendor.administrator?.path ?? ''],
    ...presets.flatMap(pathsOf),
  ];
  const templates: Placed[] = [
    ['load.path', load.path],
    ['userRole.request.path', userRole.request.path],
    ...userRole.request.params.map(({ key, value }): Placed => [`userRole.request.params.${key}`, value]),
    ...presets.flatMap(templatesOf),
  ];
  return [
    ...paths
      .filter(([, path]) => path !== '')
      .flatMap(([place, path]) => unreadable(place, () => parsePath(path))),
    ...templates.flatMap(([place, text]) => unreadable(place, () => parseTemplate(text))),
    ...presets
      .filter(({ request }) => request.bodyKind === 'json')
      .flatMap(({ id, request }) =>
        unreadable(`presets.${id}.request.body`, () => parseJsonTemplate(request.body)),
      ),
    ...presets
      .filter(({ request }) => request.bodyKind === 'none' && request.body !== '')
      .map(({ id }) =>
        error(`presets.${id}.request.body`, 'There is a body, but bodyKind is "none", so it is not sent.'),
      ),
  ];
}

function pathsOf({ id, notFound, target }: Preset): Placed[] {
  const settled = target?.settled;
  const rules = [
    ...(notFound?.says ?? []).map((rule) => ['notFound.says', rule.path]),
    ...(target
      ? [
          ['target.id', target.id.path],
          ['target.email', target.email.path],
        ]
      : []),
    ...(settled?.kind === 'values' ? settled.all.map(({ path }) => ['target.settled', path]) : []),
    ...(settled?.kind === 'gone' ? [['target.settled.items', settled.items ?? '']] : []),
  ];
  return rules.map(([place = '', path = '']): Placed => [`presets.${id}.${place}`, path]);
}

function templatesOf({ id, request, response, target, inputs, notFound }: Preset): Placed[] {
  const at = (place: string, text: string): Placed => [`presets.${id}.${place}`, text];
  const settled = target?.settled.kind === 'values' ? target.settled.all : [];
  return [
    at('request.path', request.path),
    ...request.params.map(({ key, value }) => at(`request.params.${key}`, value)),
    ...request.headers.map(({ key, value }) => at(`request.headers.${key}`, value)),
    ...(request.bodyKind === 'form' || request.bodyKind === 'text' ? [at('request.body', request.body)] : []),
    ...response.success.map(({ value }) => at('response.success', value)),
    ...response.failure.map(({ value }) => at('response.failure', value)),
    ...inputs.map((input) => at(`inputs.${input.name}.default`, input.default)),
    ...(notFound?.says ?? []).map(({ value }) => at('notFound.says', value)),
    ...settled.map(({ value }) => at('target.settled', value)),
    ...(target ? [at('target.id', target.id.value), at('target.email', target.email.value)] : []),
  ];
}

function unreadable(place: string, parse: () => unknown): Finding[] {
  try {
    parse();
    return [];
  } catch (problem) {
    if (problem instanceof AppError) return [error(place, problem.message)];
    throw problem;
  }
}
