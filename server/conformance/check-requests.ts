import type { Preset, Vendor } from '../domain/vendor.ts';
import { error, type Finding } from './finding.ts';
import { accountFieldsOf, fieldsOf, keptBy } from './known-names.ts';
import { preparePreset } from './prepare-preset.ts';
import { sampleRecord } from './sample-record.ts';

/** What would lead elsewhere if it were not encoded. */
const hostile = 'a/b?c=d&e#f';

/** Whether every preset makes a request of a record, the right one, and none of a record that lacks what it needs. */
export function checkRequests(vendor: Vendor): Finding[] {
  return vendor.presets.flatMap((preset) => {
    const issues = checkPreparation(vendor, preset);
    if (issues.length > 0) return issues;
    return [...checkRendering(vendor, preset), ...checkEmptiness(vendor, preset)];
  });
}

function checkPreparation(vendor: Vendor, preset: Preset): Finding[] {
  const { findings } = preparePreset(vendor, preset);
  const known = new Set([...fieldsOf(vendor).map(({ externalId }) => externalId), ...keptBy(vendor)]);
  const unknown = findings.reads.filter(({ variable }) => !known.has(variable.split('.')[0] ?? ''));
  return [
    ...findings.issues.map(({ setting, message }) => error(placeOf(preset, setting ?? ''), message)),
    ...unknown.map(({ variable, setting }) =>
      error(
        placeOf(preset, setting),
        `Nothing sets "${variable}": it is no field that the load suggests, and no preset keeps it.`,
      ),
    ),
  ];
}

function checkRendering(vendor: Vendor, preset: Preset): Finding[] {
  const record = sampleRecord(vendor);
  const made = preparePreset(vendor, preset).call(record);
  const place = `presets.${preset.id}.request`;
  if (typeof made === 'string')
    return [error(place, `For a record that has everything it makes no request. ${made}`)];
  const found: Finding[] = [];
  const { body } = made.call;
  if (preset.request.bodyKind === 'json' && (body === null || !isStructure(body)))
    found.push(
      error(`${place}.body`, `The body for a sample record is neither a JSON object nor a list: ${body}`),
    );

  for (const name of accountFieldsOf(vendor)) {
    if (!withDefaults(preset, preset.request.path).includes(name)) continue;
    const odd = preparePreset(vendor, preset).call({ ...record, [name]: hostile });
    const path = typeof odd === 'string' ? '' : odd.call.url.split('?')[0];
    const parts = made.call.url.split('?')[0]?.split('/').length;
    if (typeof odd !== 'string' && (path?.split('/').length !== parts || path?.includes('#')))
      found.push(error(`${place}.path`, `A value such as "${hostile}" would lead to another address.`));
  }
  return found;
}

/** An empty id or address names nobody, and to some vendors nobody is everybody. */
function checkEmptiness(vendor: Vendor, preset: Preset): Finding[] {
  const record = sampleRecord(vendor);
  const text = withDefaults(preset, JSON.stringify(preset.request));
  const names = [...accountFieldsOf(vendor), 'email'].filter((name) =>
    new RegExp(`\\b${name}\\b`).test(text),
  );
  return names.flatMap((name) => {
    // Changes of the values that a record has are the preset's business; whom it acts on must be named.
    if (preset.class === 'non-idempotent' && preset.effect.does !== 'create' && name === 'email') return [];
    const made = preparePreset(vendor, preset).call({ ...record, [name]: '' });
    if (typeof made === 'string' || !isNamedBy(preset, name)) return [];
    return [
      error(
        `presets.${preset.id}.request`,
        `With an empty "${name}" it would still be sent, to ${made.call.url}. Put it into the path, or write {{required ${name}}}.`,
      ),
    ];
  });
}

/** Whether the value says who is meant: in the path, in the query, or as the id in the body. */
function isNamedBy(preset: Preset, name: string): boolean {
  const { request, class: stated } = preset;
  const asWhom = [request.path, ...request.params.map(({ value }) => value)];
  const isIn = (text: string) => new RegExp(`\\b${name}\\b`).test(withDefaults(preset, text));
  return stated === 'destructive' || asWhom.some(isIn);
}

/** What the request names once its inputs are filled in by their defaults. */
function withDefaults({ inputs }: Preset, text: string): string {
  return inputs.reduce((filled, { name, default: value }) => filled.replaceAll(`input.${name}`, value), text);
}

function isStructure(text: string): boolean {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null;
}

/** The block names its settings a little differently from the definition. */
function placeOf({ id }: Preset, setting: string): string {
  if (setting === '') return `presets.${id}`;
  if (/^(url|params|headers|body)/.test(setting))
    return `presets.${id}.request.${setting.replace('url', 'path')}`;
  if (setting === 'presetId') return `presets.${id}.target`;
  return `presets.${id}.${setting}`;
}
