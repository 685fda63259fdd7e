import { isHarmful } from '../domain/effect.ts';
import { parsePath, readPath } from '../domain/path.ts';
import type { Preset, Vendor } from '../domain/vendor.ts';
import { type Outcome, type OutcomeKind, toOutcome } from '../engine/outcome.ts';
import type { VendorReply } from '../engine/vendor-ports.ts';
import { error, type Finding } from './finding.ts';
import { preparePreset } from './prepare-preset.ts';
import { sampleRecord } from './sample-record.ts';

/** Bodies of proxies, wrong paths and login pages: none of them is a vendor's word that an account is gone. */
const strangeBodies = [
  '',
  '<html>Not Found</html>',
  '{"message":"Not Found"}',
  '{"error":"x","code":404}',
  'null',
];

/** Whether every answer is understood as what it is: success, missing, refused, too many, out of order. */
export function checkAnswers(vendor: Vendor): Finding[] {
  return [
    ...checkStatuses('userRole', vendor.userRole.success.statuses, vendor.userRole.notFound?.statuses ?? []),
    ...vendor.presets.flatMap((preset) => {
      const { success, notFound } = preset;
      return [
        ...checkStatuses(`presets.${preset.id}`, success.statuses, notFound?.statuses ?? []),
        ...checkOutcomes(vendor, preset),
        ...checkSample(preset, vendor),
      ];
    }),
  ];
}

function checkStatuses(place: string, success: readonly number[], notFound: readonly number[]): Finding[] {
  return [
    ...success
      .filter((status) => status < 200 || status > 299)
      .map((status) => error(`${place}.success.statuses`, `${status} is no success. Take it away.`)),
    ...notFound
      .filter((status) => status < 400 || status > 499 || [401, 403, 408, 423, 429].includes(status))
      .map((status) =>
        error(
          `${place}.notFound.statuses`,
          `${status} never means that an account is gone: it may be the credential, the limit or the server. Take it away.`,
        ),
      ),
    ...success
      .filter((status) => notFound.includes(status))
      .map((status) =>
        error(`${place}.notFound.statuses`, `${status} is a success, too. It cannot be both.`),
      ),
  ];
}

function checkOutcomes(vendor: Vendor, preset: Preset): Finding[] {
  const made = preparePreset(vendor, preset).call(sampleRecord(vendor));
  if (typeof made === 'string') return [];
  const place = `presets.${preset.id}`;
  const judge = (status: number, body: string, headers: Record<string, string> = {}): Outcome => {
    const reply: VendorReply = { kind: 'answered', status, headers, body, isTooLarge: false };
    return toOutcome(reply, made.rule, made.call.class, vendor.title, 0);
  };
  const isRead = made.call.class === 'read';
  const expected: [status: number, kind: OutcomeKind][] = [
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [429, 'rate_limited'],
    [500, isRead ? 'unavailable' : 'unknown'],
    [503, isRead ? 'unavailable' : 'unknown'],
  ];
  const wrong = expected.flatMap(([status, kind]) => {
    const outcome = judge(status, '{"message":"No"}', {
      'content-type': 'application/json',
      'retry-after': '7',
    });
    if (outcome.kind !== kind)
      return [
        error(`${place}.success`, `A ${status} would count as "${outcome.kind}" instead of "${kind}".`),
      ];
    return outcome.retryAfterMs === 7_000
      ? []
      : [error(place, `The wait that a ${status} asks for is not kept to.`)];
  });
  const mistaken = strangeBodies.filter((body) => {
    const { kind } = judge(404, body, {
      'content-type': body.startsWith('<') ? 'text/html' : 'application/json',
    });
    return kind === 'ok' || kind === 'not_found';
  });
  if (mistaken.length > 0)
    wrong.push(
      error(
        `${place}.notFound.says`,
        `A 404 of a proxy or of a wrong path (${mistaken[0] || 'without a body'}) would count as a missing account. Add what only the vendor says.`,
      ),
    );
  return wrong;
}

/** A sample must show what the preset keeps and what its target compares, or the pages show nothing. */
function checkSample(preset: Preset, { presets }: Vendor): Finding[] {
  const { id, sample, success, response } = preset;
  const place = `presets.${id}.sample`;
  if (sample === undefined) {
    return success.mediaType === 'json'
      ? [error(place, 'The vendor answers with JSON, so show an answer with made-up people.')]
      : [];
  }
  const rows = response.success.flatMap(({ value }) => {
    const path = /^\{\{response\.?(.*)\}\}$/.exec(value)?.[1];
    return path === undefined || path === ''
      ? []
      : [path.replace(/\.?\[(\d+)\]/g, '[$1]').replace(/^\./, '')];
  });
  const compared = presets
    .filter(({ target }) => target?.read === id)
    .flatMap(({ target }) => (target ? [target.id.path, target.email.path] : []));
  const absent = [...new Set([...rows, ...compared])].filter((path) => isAbsent(sample, path));
  const found = absent.map((path) =>
    error(place, `It has nothing at "${path}", which is read from the answer.`),
  );
  if (
    isHarmful(preset.effect.does) &&
    JSON.stringify(sample).includes('@') &&
    !/\.(test|example)\b/.test(JSON.stringify(sample))
  )
    found.push(error(place, 'Show people that nobody is: addresses that end in .test or .example.'));
  return found;
}

function isAbsent(sample: unknown, path: string): boolean {
  try {
    return readPath(sample, parsePath(path)) === undefined;
  } catch {
    return false;
  }
}
