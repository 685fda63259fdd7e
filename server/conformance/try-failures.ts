import type { OutcomeKind } from '../engine/outcome.ts';
import type { Account } from './accounts.ts';
import { error, type Finding } from './finding.ts';
import { preparePreset } from './prepare-preset.ts';
import { sampleInputs } from './sample-record.ts';
import { sendCall, type Trial } from './trial.ts';

const waitSeconds = 7;

/** Whether misfortunes in the vendor's own words are understood, change nothing, and are told in its words. */
export async function tryFailures(trial: Trial, accounts: readonly Account[]): Promise<Finding[]> {
  const { vendor, workshop } = trial;
  const [account] = accounts;
  if (!workshop || !account) return [];
  const found: Finding[] = [];
  const before = await workshop.people();
  for (const preset of vendor.presets) {
    const place = `presets.${preset.id}`;
    const record = { ...trial.inputs, ...account.record, ...keptBySamples(vendor.presets) };
    const made = preparePreset(vendor, preset, sampleInputs(preset, trial.inputs)).call(record);
    if (typeof made === 'string') {
      found.push(error(place, made));
      continue;
    }
    const isRead = preset.class === 'read';
    const expected: [status: number, kind: OutcomeKind][] = [
      ...([
        [401, 'unauthorized'],
        [403, 'forbidden'],
        [429, 'rate_limited'],
      ] as [number, OutcomeKind][]),
      ...([500, 502, 503].map((status) => [status, isRead ? 'unavailable' : 'unknown']) as [
        number,
        OutcomeKind,
      ][]),
    ];
    for (const [status, kind] of expected) {
      await workshop.fail({ status, headers: status === 429 ? { 'retry-after': String(waitSeconds) } : {} });
      const outcome = await sendCall(trial, made);
      if (outcome.kind !== kind)
        found.push(
          error(place, `A ${status} of ${vendor.title} counts as "${outcome.kind}" instead of "${kind}".`),
        );
      else if (!outcome.message.includes('Injected fault'))
        found.push(
          error(place, `${vendor.title}'s own words for a ${status} are not shown: ${outcome.message}`),
        );
      if (status === 429 && outcome.retryAfterMs !== waitSeconds * 1000)
        found.push(error(place, 'The wait that a 429 asks for is not kept to.'));
    }
    await workshop.fail({ status: 404, body: '<html>Not Found</html>' });
    const strange = await sendCall(trial, made);
    if (strange.kind === 'ok' || strange.kind === 'not_found')
      found.push(error(`${place}.notFound`, 'A 404 of a proxy counts as a missing account.'));
  }
  if (JSON.stringify(await workshop.people()) !== JSON.stringify(before))
    found.push(error('presets', 'Calls that were refused have changed somebody.'));
  return found;
}

/** The bodies of updates need what a read would have kept. */
function keptBySamples(presets: Trial['vendor']['presets']): Record<string, unknown> {
  return Object.fromEntries(
    presets.flatMap(({ response, sample }) =>
      sample === undefined ? [] : response.success.map(({ target }) => [target.name, sample]),
    ),
  );
}
