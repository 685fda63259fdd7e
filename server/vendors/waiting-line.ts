import { type Lane, lanes } from '#domain/pace';

/** Things that wait for their turn. */
export interface WaitingLine<T> {
  readonly size: number;
  add(item: T, lane: Lane, group: string): void;
  /** Takes an item out that does not want to wait any longer. */
  remove(item: T, lane: Lane, group: string): void;
  /** Takes the next one out; undefined when nothing waits. */
  next(): T | undefined;
  has(group: string): boolean;
}

/** Of 15 turns when all lanes wait. */
const turns: Record<Lane, number> = { manual: 8, event: 4, schedule: 2, load: 1 };

interface Track<T> {
  turns: number;
  /** What it has to its credit: the one with the most is next. */
  credit: number;
  /** The first group is next, and goes behind the others then. */
  groups: Map<string, Set<T>>;
}

/**
 * Shares turns out: between lanes by their weight, so that urgent ones wait least and nobody waits for ever; in a lane
 * to one group after the other, so that a run of 10,000 records does not hold up one of three; in a group first come,
 * first served.
 */
export function createWaitingLine<T>(): WaitingLine<T> {
  const tracks: Record<Lane, Track<T>> = {
    manual: { turns: turns.manual, credit: 0, groups: new Map() },
    event: { turns: turns.event, credit: 0, groups: new Map() },
    schedule: { turns: turns.schedule, credit: 0, groups: new Map() },
    load: { turns: turns.load, credit: 0, groups: new Map() },
  };
  let size = 0;

  /** Every lane that waits earns its turns; whoever is chosen pays for all of them. */
  const chooseTrack = (): Track<T> | undefined => {
    let chosen: Track<T> | undefined;
    let earned = 0;
    for (const lane of lanes) {
      const track = tracks[lane];
      if (track.groups.size === 0) continue;
      track.credit += track.turns;
      earned += track.turns;
      if (chosen === undefined || track.credit > chosen.credit) chosen = track;
    }
    if (chosen) chosen.credit -= earned;
    return chosen;
  };

  const drop = (track: Track<T>, group: string) => {
    track.groups.delete(group);
    // Turns are not saved up while nobody waits, and not owed either.
    if (track.groups.size === 0) track.credit = 0;
  };

  return {
    get size() {
      return size;
    },
    add(item, lane, group) {
      const { groups } = tracks[lane];
      const items = groups.get(group);
      if (items) items.add(item);
      else groups.set(group, new Set([item]));
      size += 1;
    },
    remove(item, lane, group) {
      const track = tracks[lane];
      const items = track.groups.get(group);
      if (!items?.delete(item)) return;
      size -= 1;
      if (items.size === 0) drop(track, group);
    },
    next() {
      const track = chooseTrack();
      if (!track) return undefined;
      const [group, items] = track.groups.entries().next().value as [string, Set<T>];
      const item = items.values().next().value as T;
      items.delete(item);
      size -= 1;
      if (items.size === 0) {
        drop(track, group);
      } else {
        track.groups.delete(group);
        track.groups.set(group, items);
      }
      return item;
    },
    has: (group) => lanes.some((lane) => tracks[lane].groups.has(group)),
  };
}
