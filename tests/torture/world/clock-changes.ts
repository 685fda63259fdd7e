/** One change of the clocks of a zone. */
export interface ClockChange {
  zone: string;
  /** The first moment at which the clocks have been changed. */
  at: number;
  /** How far they were ahead of UTC before and after it, in minutes. */
  before: number;
  after: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How far a zone's clocks are ahead of UTC, in minutes, as the runtime's own name of the offset says. */
export function offsetReader(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  return (ms) => {
    const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign = '+', hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
}

/** Every change of a zone's clocks between two moments. */
export function changesOf(zone: string, from: number, until: number): ClockChange[] {
  const offsetAt = offsetReader(zone);
  const changes: ClockChange[] = [];
  const step = 7 * 24 * hourMs;
  for (let week = from; week < until; week += step) {
    const [before, after] = [offsetAt(week), offsetAt(week + step)];
    // Morocco changes its clocks back after four weeks, never within one.
    if (before === after) continue;
    let [low, high] = [week, week + step];
    while (high - low > minuteMs) {
      const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs;
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    changes.push({ zone, at: high, before, after });
  }
  return changes;
}

/** What the clocks of a zone show around a change, minute by minute; as milliseconds as if it were UTC. */
export function wallAround(
  { at, before, after }: ClockChange,
  hours: number,
): { at: number; wall: number }[] {
  const minutes: { at: number; wall: number }[] = [];
  for (let ms = at - hours * hourMs; ms < at + hours * hourMs; ms += minuteMs) {
    minutes.push({ at: ms, wall: ms + (ms < at ? before : after) * minuteMs });
  }
  return minutes;
}
