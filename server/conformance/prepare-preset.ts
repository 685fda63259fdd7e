import { api } from '../blocks/api.ts';
import { type ApiSettings, settingsFromPreset } from '../domain/api-settings.ts';
import type { Preset, Vendor } from '../domain/vendor.ts';
import type { Call, Decide } from '../engine/block.ts';
import { type Findings, toPrepareContext } from '../engine/prepare.ts';
import { fieldsOf } from './known-names.ts';
import { sampleInputs } from './sample-record.ts';

export interface PreparedPreset {
  findings: Findings;
  /** The call that a run would make for a record with these values; a sentence where it makes none. */
  call(variables: Readonly<Record<string, unknown>>): Call | string;
}

/** Prepares a preset as the API block does that was made from it: the questions ask what a run would do. */
export function preparePreset(
  vendor: Vendor,
  preset: Preset,
  inputs: Readonly<Record<string, string>> = sampleInputs(preset),
): PreparedPreset {
  const settings: ApiSettings = { ...settingsFromPreset(vendor, preset, 'check'), inputs: { ...inputs } };
  const { context, findings } = toPrepareContext('preset', {
    vendors: { find: (id) => (id === vendor.id ? vendor : undefined), list: () => [vendor] },
    fields: fieldsOf(vendor),
    records: { kind: 'people' },
  });
  const decide: Decide = api.prepare(settings, context);
  return {
    findings,
    call(variables) {
      const decision = decide({
        ...{ now: 0, waitingSince: null, subject: { person: null, saasUser: null } },
        ...{ names: new Map(), variables },
      });
      if (decision.kind === 'call') return decision;
      return (decision.kind === 'done' && decision.error) || 'It makes no call.';
    },
  };
}
