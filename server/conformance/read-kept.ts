import type { Preset } from '../domain/vendor.ts';
import { parseTemplate, renderValue } from '../engine/template.ts';
import { preparePreset } from './prepare-preset.ts';
import { sendCall, type Trial } from './trial.ts';

/** What an earlier block of the workflow would have kept: the preset's request names it, and a read keeps it. */
export async function readKept(
  trial: Trial,
  preset: Preset,
  known: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const text = JSON.stringify(preset.request);
  const kept: Record<string, unknown> = {};
  for (const read of trial.vendor.presets.filter((one) => one.id === preset.target?.read)) {
    for (const { value, target } of read.response.success) {
      if (target.kind !== 'variable' || !new RegExp(`\\b${target.name}\\b`).test(text)) continue;
      const made = preparePreset(trial.vendor, read).call(known);
      if (typeof made === 'string') continue;
      const { kind, body } = await sendCall(trial, made);
      if (kind === 'ok') kept[target.name] = renderValue(parseTemplate(value), { response: body });
    }
  }
  return kept;
}
