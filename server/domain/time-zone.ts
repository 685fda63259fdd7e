const dayMs = 24 * 60 * 60_000;

/** A time zone: what its clocks show, and when they show something. */
export interface Zone {
  /** How far its clocks are ahead of UTC then, in milliseconds. */
  offsetAt(ms: number): number;
  /**
   * When its clocks show this, given as if it were UTC: the first time of two; for one that they skip, the moment at
   * which they go on.
   */
  instantOf(wallMs: number): number;
}

const zones = new Map<string, Zone>();

/** Throws for a name that is no time zone. */
export function openZone(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const zone = createZone(name);
  zones.set(name, zone);
  return zone;
}

function createZone(timeZone: string): Zone {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });

  function offsetAt(ms: number): number {
    const whole = Math.floor(ms / 1000) * 1000;
    const shown: Record<string, number> = {};
    for (const { type, value } of clock.formatToParts(whole)) shown[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
    return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
  }

  /** The first moment after `from`, and not after `to`, at which the clocks have been changed. */
  function changeBetween(from: number, to: number): number {
    const before = offsetAt(from);
    let [low, high] = [from, to];
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    return high;
  }

  return {
    offsetAt,
    instantOf(wallMs) {
      // No zone changes its clocks twice within two days.
      const before = offsetAt(wallMs - dayMs);
      const after = offsetAt(wallMs + dayMs);
      for (const offset of before === after ? [before] : [before, after]) {
        if (offsetAt(wallMs - offset) === offset) return wallMs - offset;
      }
      return changeBetween(wallMs - Math.max(before, after), wallMs - Math.min(before, after));
    },
  };
}
