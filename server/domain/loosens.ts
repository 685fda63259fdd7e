import type { Freeze, GuardSettings } from './guard.ts';
import { type Limit, type LimitKind, limitKinds, type OwnLimits, raisesLimit } from './limits.ts';

const none: Limit = { number: null, sharePercent: null };
const spans = ['run', 'day'] as const;
type Span = (typeof spans)[number];

/**
 * What a change of the settings lets happen that was held before, in sentences; empty when it only tightens. Nothing is
 * weighed up: one thing that loosens makes the whole change one, whatever else tightens.
 */
export function loosens(from: GuardSettings, to: GuardSettings, now: number): string[] {
  return [
    ...limitsThatRise(from, to),
    ...(from.protectsAdministrators && !to.protectsAdministrators
      ? ['Administrators at vendors are not protected any more.']
      : []),
    ...(from.hasCanary && !to.hasCanary
      ? ['The first run of a new version no longer waits after one call.']
      : []),
    ...(isFaster(from.deletionsPerMinute, to.deletionsPerMinute)
      ? [
          `Deletions go faster: ${paceWords(to.deletionsPerMinute)} instead of ${paceWords(from.deletionsPerMinute)}.`,
        ]
      : []),
    ...from.freezes
      .filter((freeze) => !isCovered(freeze, to.freezes, now))
      .map(({ title }) => `The freeze "${title}" no longer holds for all of its time.`),
  ];
}

function limitsThatRise(from: GuardSettings, to: GuardSettings): string[] {
  const sentences: string[] = [];
  const compare = (before: Limit, after: Limit, what: string): void => {
    if (!raisesLimit(before, after)) return;
    sentences.push(`${what}: ${limitWords(after)} instead of ${limitWords(before)}.`);
  };
  const each = (look: (span: Span, kind: LimitKind) => void): void => {
    for (const span of spans) for (const kind of limitKinds) look(span, kind);
  };

  each((span, kind) => compare(from.limits[span][kind], to.limits[span][kind], titleOf(span, kind)));
  for (const id of keysOf(from.vendors, to.vendors)) {
    const own = (settings: GuardSettings, span: Span, kind: LimitKind) =>
      settings.vendors[id]?.[span]?.[kind] ?? none;
    each((span, kind) =>
      compare(own(from, span, kind), own(to, span, kind), `${titleOf(span, kind)} at the vendor ${id}`),
    );
  }
  for (const id of keysOf(from.workflows, to.workflows)) {
    each((span, kind) => {
      // In a run the workflow's own limit takes the place of the general one; a day's holds besides it.
      const own = ({ workflows, limits }: GuardSettings): Limit =>
        workflows[id]?.[span]?.[kind] ?? (span === 'run' ? limits.run[kind] : none);
      const isGeneral = isAsAll(from.workflows[id], span, kind) && isAsAll(to.workflows[id], span, kind);
      if (!isGeneral) compare(own(from), own(to), `${titleOf(span, kind)} by the workflow ${id}`);
    });
  }
  return sentences;
}

const isAsAll = (own: OwnLimits | undefined, span: Span, kind: LimitKind): boolean =>
  own?.[span]?.[kind] === undefined;

const keysOf = (a: object, b: object): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])];

const isFaster = (from: number | null, to: number | null): boolean =>
  from !== null && (to === null || to > from);

/** Whether freezes, taken together, hold for all that is left of this one. */
function isCovered(freeze: Freeze, others: readonly Freeze[], now: number): boolean {
  const until = Date.parse(freeze.until);
  let at = Math.max(Date.parse(freeze.from), now);
  const sorted = others
    .map((other) => ({ from: Date.parse(other.from), until: Date.parse(other.until) }))
    .sort((a, b) => a.from - b.from);
  for (const other of sorted) if (other.from <= at) at = Math.max(at, other.until);
  return at >= until;
}

const titleOf = (span: Span, kind: LimitKind): string =>
  `${kind === 'delete' ? 'Deletions' : 'Accounts that lose something'} in a ${span}`;

function limitWords({ number, sharePercent }: Limit): string {
  const parts = [
    ...(number === null ? [] : [String(number)]),
    ...(sharePercent === null ? [] : [`${sharePercent} % of the accounts`]),
  ];
  return parts.length === 0 ? 'any number' : parts.join(' or ');
}

const paceWords = (perMinute: number | null): string =>
  perMinute === null ? 'without a pause' : `${perMinute} a minute`;
