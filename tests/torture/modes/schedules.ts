import { nextSlots } from '#domain/schedule-times';
import { addScheduled, createScheduleProcess } from '../../support/schedule-world.ts';
import { type Figure, type Tell, toFigure } from '../figure.ts';
import { type ClockChange, changesOf, wallAround } from '../world/clock-changes.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const hoursAround = 26;
const first = Date.UTC(2021, 0, 1);
const yearMs = 365.25 * 24 * hourMs;

/** A schedule of every day: at these hours, or at every one, in these minutes. */
interface Pattern {
  cron: string;
  hours: readonly number[] | null;
  minutes: readonly number[];
}

/**
 * R9: schedules around every change of the clocks of every zone, against what the clocks show minute by minute. Each
 * distinct change goes through the engine, too: its process is gone while the clocks are changed, and another one goes
 * on.
 */
export async function schedules(years: number, tell: Tell = () => {}): Promise<Figure> {
  const found: string[] = [];
  const seen = new Map<string, ClockChange>();
  let changes = 0;
  let times = 0;
  const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
  for (const [i, zone] of zones.entries()) {
    for (const change of changesOf(zone, first, first + years * yearMs)) {
      changes += 1;
      for (const pattern of patternsAround(change)) {
        const expected = expectedTimes(change, pattern);
        times += expected.length;
        const actual = timesOf(change, pattern.cron);
        const isSame = expected.length === actual.length && expected.every((at, n) => at === actual[n]);
        if (!isSame) found.push(complaint(change, pattern, expected, actual));
      }
      const key = `${change.at} ${change.before} ${change.after}`;
      if (!seen.has(key)) seen.set(key, change);
    }
    if ((i + 1) % 100 === 0) tell(`${i + 1} of ${zones.length} zones`);
  }
  let starts = 0;
  for (const change of seen.values()) starts += await throughEngine(change, found);
  const sentence = `${zones.length} zones, ${changes} changes of clocks in ${years} years, ${times} times of schedules, ${starts} of them started by the engine: ${found.length} changes with a time lost or doubled`;
  return toFigure('R9', sentence, found);
}

/** Schedules that fall into what is skipped or repeated, and some that go on over it. */
function patternsAround({ at, before, after }: ClockChange): Pattern[] {
  const middle = new Date(at + ((before + after) / 2) * minuteMs);
  const hour = middle.getUTCHours();
  const minute = middle.getUTCMinutes();
  const quarters = [0, 15, 30, 45];
  const even = Array.from({ length: 12 }, (_, n) => n * 2);
  return [
    { cron: `${minute} ${hour} * * *`, hours: [hour], minutes: [minute] },
    { cron: `59 ${hour} * * *`, hours: [hour], minutes: [59] },
    { cron: `*/15 ${hour} * * *`, hours: [hour], minutes: quarters },
    { cron: '20 */2 * * *', hours: even, minutes: [20] },
    { cron: '10 * * * *', hours: null, minutes: [10] },
  ];
}

/** The oracle: walks through real minutes and looks at the clock on the wall. */
function expectedTimes(change: ClockChange, { hours, minutes }: Pattern): number[] {
  const walls = wallAround(change, hoursAround);
  const isNamed = (wall: number): boolean => {
    const shown = new Date(wall);
    return minutes.includes(shown.getUTCMinutes()) && (hours?.includes(shown.getUTCHours()) ?? true);
  };
  if (!hours) return walls.filter(({ wall }) => isNamed(wall)).map(({ at }) => at);
  const firstShown = new Map<number, number>();
  for (const { at, wall } of walls) if (!firstShown.has(wall)) firstShown.set(wall, at);
  const times = new Set<number>();
  for (let wall = walls[0]!.wall; wall <= walls.at(-1)!.wall; wall += minuteMs) {
    if (isNamed(wall)) times.add(firstShown.get(wall) ?? change.at);
  }
  return [...times].sort((a, b) => a - b);
}

function timesOf({ zone, at }: ClockChange, cron: string): number[] {
  const until = at + hoursAround * hourMs;
  const times: number[] = [];
  for (let after = at - hoursAround * hourMs - 1; ; ) {
    const slots = nextSlots({ cron, timeZone: zone }, after, 32);
    for (const slot of slots) {
      if (slot.at >= until) return times;
      times.push(slot.at);
    }
    const last = slots.at(-1);
    if (!last) return times;
    after = last.at;
  }
}

/** A process looks every ten minutes; for 50 minutes around the change there is none, and then there is a new one. */
async function throughEngine(change: ClockChange, found: string[]): Promise<number> {
  const [pattern] = patternsAround(change);
  const begin = change.at - hoursAround * hourMs;
  const expected = expectedTimes(change, pattern!);
  let process = createScheduleProcess(begin - 1);
  const { database } = process;
  addScheduled(process, { schedule: { cron: pattern!.cron, timeZone: change.zone } });
  await process.schedules.startDue();
  const reports: string[] = [];
  const isAway = (ms: number): boolean => ms >= change.at - 20 * minuteMs && ms < change.at + 30 * minuteMs;
  let wasAway = false;
  for (let ms = begin; ms <= change.at + hoursAround * hourMs; ms += 10 * minuteMs) {
    if (isAway(ms)) {
      wasAway = true;
      continue;
    }
    if (wasAway) {
      reports.push(...process.reports);
      process = createScheduleProcess(ms, database);
      wasAway = false;
    }
    process.clock.set(ms);
    await process.schedules.startDue();
    for (const { id } of process.runs()) await process.runner.waitFor(id, 0);
  }
  const started = process.slots().filter(({ status }) => status === 'started').length;
  const runs = process.runs().length;
  if (
    started !== expected.length ||
    runs !== expected.length ||
    reports.length + process.reports.length > 0
  ) {
    found.push(
      `${change.zone} ${toText(change.at)}: ${runs} runs of ${expected.length} for ${pattern!.cron}`,
    );
  }
  await process.runner.stop();
  database.$client.close();
  return runs;
}

function complaint(change: ClockChange, { cron }: Pattern, expected: number[], actual: number[]): string {
  const lost = expected.filter((at) => !actual.includes(at)).map(toText);
  const added = actual.filter((at) => !expected.includes(at)).map(toText);
  return `${change.zone} at ${toText(change.at)}, ${cron}: lost ${lost.join(' ')}; not expected ${added.join(' ')}`;
}

const toText = (ms: number): string => new Date(ms).toISOString().slice(0, 16);
