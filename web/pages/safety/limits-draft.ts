import {
  type GuardSettings,
  type Limit,
  type LimitKind,
  type Limits,
  limitKinds,
  type OwnLimits,
} from '#contract';

/** All workflows, one vendor, or one workflow. */
export type LimitPlace = { kind: 'all' } | { kind: 'vendor' | 'workflow'; id: string };

export const spans = ['run', 'day'] as const;
export type Span = (typeof spans)[number];

/** One limit as it is typed: empty for none. */
export interface TypedLimit {
  number: string;
  share: string;
}
export type LimitsDraft = Record<Span, Record<LimitKind, TypedLimit>>;

export const placeKey = (place: LimitPlace): string =>
  place.kind === 'all' ? 'all' : `${place.kind}:${place.id}`;

/** Limits that hold at a place; absent where it has none of its own. */
export function limitsAt(settings: GuardSettings, place: LimitPlace): Limits | OwnLimits {
  if (place.kind === 'all') return settings.limits;
  const own = place.kind === 'vendor' ? settings.vendors : settings.workflows;
  return own[place.id] ?? {};
}

export function toDraft(limits: Limits | OwnLimits): LimitsDraft {
  const typed = (limit: Limit | undefined): TypedLimit => ({
    number: String(limit?.number ?? ''),
    share: String(limit?.sharePercent ?? ''),
  });
  const of = (span: Span) => ({
    delete: typed(limits[span]?.delete),
    disable: typed(limits[span]?.disable),
  });
  return { run: of('run'), day: of('day') };
}

/** The settings with what was typed; null where something typed is no number that a limit can have. */
export function withLimits(
  settings: GuardSettings,
  place: LimitPlace,
  draft: LimitsDraft,
): GuardSettings | null {
  const limits: Record<Span, Partial<Record<LimitKind, Limit>>> = { run: {}, day: {} };
  for (const span of spans) {
    for (const kind of limitKinds) {
      const limit = toLimit(draft[span][kind]);
      if (limit === null) return null;
      const isEmpty = limit.number === null && limit.sharePercent === null;
      // What is left empty at a vendor or a workflow is as it is for all.
      if (place.kind === 'all' || !isEmpty) limits[span][kind] = limit;
    }
  }
  if (place.kind === 'all') return { ...settings, limits: limits as Limits };

  const own: OwnLimits = {};
  for (const span of spans) if (Object.keys(limits[span]).length > 0) own[span] = limits[span];
  const places = { ...(place.kind === 'vendor' ? settings.vendors : settings.workflows) };
  if (Object.keys(own).length > 0) places[place.id] = own;
  else delete places[place.id];
  return place.kind === 'vendor' ? { ...settings, vendors: places } : { ...settings, workflows: places };
}

function toLimit({ number, share }: TypedLimit): Limit | null {
  const count = number.trim() === '' ? null : Number(number);
  const percent = share.trim() === '' ? null : Number(share);
  if (count !== null && !(Number.isInteger(count) && count >= 0 && count <= 10_000_000)) return null;
  if (percent !== null && !(percent >= 0 && percent <= 100)) return null;
  return { number: count, sharePercent: percent };
}

/** `5 or 1 %`; what holds is the smaller. */
export function limitText(limit: Limit | undefined): string | null {
  if (!limit) return null;
  const { number, sharePercent } = limit;
  if (number === null && sharePercent === null) return 'No limit';
  const parts = [number === null ? '' : String(number), sharePercent === null ? '' : `${sharePercent} %`];
  return parts.filter(Boolean).join(' or ');
}

/** Places with limits of their own, vendors first. */
export const placesOf = ({ vendors, workflows }: GuardSettings): LimitPlace[] => [
  { kind: 'all' },
  ...Object.keys(vendors).map((id) => ({ kind: 'vendor' as const, id })),
  ...Object.keys(workflows).map((id) => ({ kind: 'workflow' as const, id })),
];
