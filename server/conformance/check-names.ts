import { AppError } from '../domain/errors.ts';
import type { Vendor } from '../domain/vendor.ts';
import { parseTemplate, variablesOf } from '../engine/template.ts';
import { error, type Finding } from './finding.ts';

/** Whether ids are unique, and everything that is named is there. */
export function checkNames(vendor: Vendor): Finding[] {
  const { load, presets } = vendor;
  return [
    ...repeated(
      presets.map(({ id }) => id),
      (id) => error(`presets.${id}.id`, `Two presets have the id "${id}". Rename one.`),
    ),
    ...repeated(
      load.fields.map(({ key }) => key),
      (key) => error(`load.fields.${key}.key`, `Two fields have the key "${key}". Rename one.`),
    ),
    ...repeated(
      load.fields.map(({ label }) => label),
      (label) => error('load.fields', `Two fields have the label "${label}". Rename one.`),
    ),
    ...checkLoad(vendor),
    ...presets.flatMap((preset) => checkInputs(preset)),
    ...checkScopes(vendor),
  ];
}

function repeated(names: readonly string[], toFinding: (name: string) => Finding): Finding[] {
  const twice = names.filter((name, at) => names.indexOf(name) < at);
  return [...new Set(twice)].map(toFinding);
}

function checkLoad({ load }: Vendor): Finding[] {
  const keys = new Set(load.fields.map(({ key }) => key));
  const asked = new Set(load.inputs.map(({ name }) => name));
  const found: Finding[] = [];
  if (!keys.has(load.identifier))
    found.push(error('load.identifier', `There is no field with the key "${load.identifier}".`));
  for (const { field } of load.lookups)
    if (!keys.has(field))
      found.push(error(`load.lookups.${field}`, `There is no field with the key "${field}".`));
  const paths = [
    ['load.path', load.path] as const,
    ...load.lookups.map(({ field, path }) => [`load.lookups.${field}.path`, path] as const),
  ];
  const named = new Set<string>();
  for (const [place, path] of paths) {
    for (const variable of variablesIn(path)) {
      const name = variable.replace(/^input\./, '');
      named.add(name);
      if (variable === name || !asked.has(name))
        found.push(
          error(place, `"${variable}" is no input of the load. Name it {{input.${name}}} and ask for it.`),
        );
    }
  }
  for (const name of asked)
    if (!named.has(name))
      found.push(error(`load.inputs.${name}`, 'No path of the load uses this input. Take it away.'));
  for (const { key, path, made, input } of load.fields) {
    const place = `load.fields.${key}`;
    if (made === undefined && path === '')
      found.push(error(`${place}.path`, 'The path is empty. Say where the value stands in one item.'));
    if (made !== undefined && path !== '')
      found.push(error(`${place}.path`, 'A value that we make ourselves has no path. Empty it.'));
    if (made === 'input' && !asked.has(input ?? ''))
      found.push(error(`${place}.input`, `The load asks for no input "${input ?? ''}".`));
  }
  return found;
}

function checkInputs({ id, inputs, request }: Vendor['presets'][number]): Finding[] {
  const used = new Set(
    [...JSON.stringify(request).matchAll(/\binput\.([a-z0-9_]+)/g)].map(([, name]) => name),
  );
  const asked = new Set<string | undefined>(inputs.map(({ name }) => name));
  return [
    ...[...used]
      .filter((name) => !asked.has(name))
      .map((name) =>
        error(`presets.${id}.request`, `It names {{input.${name}}}, which the preset does not ask for.`),
      ),
    ...[...asked]
      .filter((name) => !used.has(name))
      .map((name) =>
        error(`presets.${id}.inputs.${name}`, 'The request does not use this input. Take it away.'),
      ),
  ];
}

/** A scope that no way to sign in asks for is never granted. */
function checkScopes({ auth, presets, userRole }: Vendor): Finding[] {
  const offered = new Set(
    auth.flatMap((method) => ('scopes' in method ? method.scopes : [])).map(({ name }) => name),
  );
  const needed = [...presets.map(({ id, scopes }) => ({ place: `presets.${id}`, scopes }))];
  needed.push({ place: 'userRole', scopes: userRole.scopes });
  return needed.flatMap(({ place, scopes }) =>
    scopes
      .filter((scope) => !offered.has(scope))
      .map((scope) => error(`${place}.scopes`, `No way to sign in asks for the scope "${scope}".`)),
  );
}

function variablesIn(text: string): string[] {
  try {
    return variablesOf(parseTemplate(text));
  } catch (problem) {
    // What cannot be parsed is found by the question about templates.
    if (problem instanceof AppError) return [];
    throw problem;
  }
}
