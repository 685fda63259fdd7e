import type { Preset, Vendor } from '../domain/vendor.ts';
import { fieldsOf, keptBy } from './known-names.ts';

/** A made-up person with every field that the vendor knows of, and what earlier presets would have kept. */
export function sampleRecord(vendor: Vendor): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { externalId, type } of fieldsOf(vendor))
    values[externalId] = type === 'number' || type === 'decimal' ? 12 : `${externalId}-1`;
  const kept = keptBy(vendor).map((name) => [name, answerNamed(vendor, name)] as const);
  return {
    ...values,
    ...Object.fromEntries(kept),
    ...{ username: 'ada@acme.test', email: 'ada@acme.test', first_name: 'Ada', last_name: 'Lovelace' },
  };
}

/** Values for the inputs of a preset: their defaults, or something for those that have none. */
export function sampleInputs({ inputs }: Preset, given: Readonly<Record<string, string>> = {}) {
  return Object.fromEntries(
    inputs.map(({ name, default: value }) => [name, given[name] ?? (value === '' ? '1' : value)]),
  );
}

/** The sample of the preset that keeps the variable. */
function answerNamed({ presets }: Vendor, name: string): unknown {
  const keeps = presets.find(
    ({ response, sample }) =>
      sample !== undefined &&
      response.success.some(({ target, value }) => target.name === name && value === '{{response}}'),
  );
  return keeps?.sample ?? { id: '1' };
}
