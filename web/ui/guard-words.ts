import {
  type Freeze,
  newestPressOf,
  type Press,
  placeOfStop,
  type SafetyState,
  type Stop,
  type StopScope,
} from '#contract';

/** Something that keeps destructive calls here now. */
export interface Holding {
  key: string;
  kind: 'stop' | 'safe_mode' | 'freeze';
  /** What is held, such as *Everything destructive is stopped*. */
  title: string;
  /** Who held it; null where Rollcall did or a date does. */
  by: string | null;
  at: string | null;
  until: string | null;
  reason: string;
  /** The stop's place; null for safe mode and freezes. */
  place: string | null;
  /** Of a stop or safe mode: its newest press or reason, which whoever releases it has to have seen. */
  seen: number | undefined;
  /** Nothing at all leaves, reads included. */
  isClosed: boolean;
}

/** Names of vendors and workflows by their ids. */
export type NameOf = (kind: 'vendor' | 'workflow', id: string) => string;

const iso = (ms: number): string => new Date(ms).toISOString();

/** What holds now, the widest first. */
export function holdingsNow(
  { stops, safeMode, settings }: Pick<SafetyState, 'stops' | 'safeMode' | 'settings'>,
  nameOf: NameOf,
  nowMs: number,
): Holding[] {
  const held: Holding[] = stops.map((stop) => ofStop(stop, nameOf));
  held.sort((a, b) => Number(b.place === 'all') - Number(a.place === 'all'));
  if (safeMode) {
    held.unshift({
      key: 'safe_mode',
      kind: 'safe_mode',
      title: safeMode.isClosed
        ? 'Safe mode: nothing leaves this server'
        : 'Safe mode: everything destructive waits',
      by: null,
      at: iso(safeMode.at),
      until: null,
      reason: safeMode.reason,
      place: null,
      seen: safeMode.at,
      isClosed: safeMode.isClosed === true,
    });
  }
  return [...held, ...settings.freezes.filter((freeze) => isOn(freeze, nowMs)).map(ofFreeze)];
}

export const isOn = ({ from, until }: Freeze, nowMs: number): boolean =>
  Date.parse(from) <= nowMs && nowMs < Date.parse(until);

function ofStop(stop: Stop, nameOf: NameOf): Holding {
  const { scope, by, at, reason, again = [] } = stop;
  const isOurs = by === 'breaker';
  return {
    key: placeOfStop(scope),
    kind: 'stop',
    title: `${scopeWords(scope, nameOf)} is stopped`,
    by: isOurs ? null : by,
    at: iso(at),
    until: null,
    reason: again.length === 0 ? reason : sentences([reason, ...again.map(againWords)]),
    place: placeOfStop(scope),
    seen: newestPressOf(stop),
    isClosed: false,
  };
}

/** *Also Ben: they are the wrong people* */
const againWords = ({ by, reason }: Press): string =>
  `Also ${by === 'breaker' ? 'Rollcall' : by}${reason === '' ? '' : `: ${reason}`}`;

const sentences = (parts: readonly string[]): string =>
  parts
    .filter((part) => part !== '')
    .map((part) => `${part.replace(/\.$/, '')}.`)
    .join(' ');

function ofFreeze({ title, from, until }: Freeze): Holding {
  return {
    key: `freeze ${title} ${from}`,
    kind: 'freeze',
    title: `Freeze “${title}”: everything destructive waits`,
    by: null,
    at: from,
    until,
    reason: '',
    place: null,
    seen: undefined,
    isClosed: false,
  };
}

/** *Everything destructive*, *Everything destructive in Webex*. */
export function scopeWords(scope: StopScope, nameOf: NameOf): string {
  if (scope.kind === 'all') return 'Everything destructive';
  if (scope.kind === 'vendor') return `Everything destructive in ${nameOf('vendor', scope.id)}`;
  return `Everything destructive of “${nameOf('workflow', scope.id)}”`;
}
