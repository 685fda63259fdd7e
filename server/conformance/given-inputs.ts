import type { Preset } from '../domain/vendor.ts';
import type { Trial } from './trial.ts';

/** Values for the inputs of a preset: given ones, else defaults; null where one has neither. */
export function inputsFor({ inputs: given }: Trial, { id, inputs }: Preset): Record<string, string> | null {
  const values: Record<string, string> = {};
  for (const { name, default: value, required } of inputs) {
    const chosen = given[`${id}.${name}`] ?? given[name] ?? value;
    if (chosen.trim() === '' && required) return null;
    values[name] = chosen;
  }
  return values;
}
