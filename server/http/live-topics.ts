import type { ServerMessage } from '#contract';
import type { Listed } from '#engine/ports';

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;
type Content = Without<Extract<ServerMessage, { kind: 'run' | 'load' }>, 'topic' | 'n'>;

/** What a topic shows now; undefined when there is no such thing. */
export type Snapshot = (topic: string) => Promise<Content | undefined>;

/** A browser's connection. */
export interface Wire {
  /** False while it has not taken what was sent; `onRoom` is called when it has. */
  hasRoom(): boolean;
  send(message: ServerMessage): void;
}

/** One browser and what it has been told. */
export interface Watcher {
  watch(topic: string, after?: number): void;
  unwatch(topic: string): void;
  /** There is room again: what was held back is told. */
  onRoom(): void;
  /** How many topics it watches. */
  count(): number;
  leave(): void;
}

export interface LiveTopics {
  touch(topic: string): void;
  listChanged(what: Listed): void;
  /** The number of the newest change of a list. */
  newest(): number;
  join(wire: Wire): Watcher;
  close(): void;
}

export const lists = 'all';
const everyMs = 200;
/** A snapshot of a large run takes its time: reading it is at most a tenth of what the server does. */
const restPerRead = 9;
const longestRestMs = 1_000;
const retryMs = 1_000;

interface Told {
  wire: Wire;
  /** The number of the last message of each topic that it watches; -1 for none. */
  told: Map<string, number>;
  /** Topics with news that it had no room for. */
  owed: Set<string>;
}

interface Topic {
  /** Of the newest change. */
  n: number;
  watchers: Set<Told>;
  timer: NodeJS.Timeout | undefined;
  isReading: boolean;
  /** When it was last read, and when it may be read again. */
  readAt: number;
  restMs: number;
}

/**
 * Who watches what, and what each browser has been told. Snapshots are read at most five times a second for a topic, one
 * after the other, and never when nobody watches. Whoever has not had the newest one gets it as soon as there is room.
 */
export function createLiveTopics(snapshot: Snapshot): LiveTopics {
  const topics = new Map<string, Topic>();
  const watchers = new Set<Told>();
  const changed = new Map<Listed, number>();
  // Above every number of an earlier start of the server, which gave out far fewer than a thousand a millisecond.
  const first = Date.now() * 1_000;
  let last = first;

  function plan(name: string, topic: Topic, wait = topic.readAt + topic.restMs - Date.now()): void {
    if (topic.timer || topic.isReading) return;
    topic.timer = setTimeout(() => void read(name, topic), Math.max(0, wait));
  }

  async function read(name: string, topic: Topic): Promise<void> {
    clearTimeout(topic.timer);
    Object.assign(topic, { timer: undefined, isReading: true, readAt: Date.now() });
    const { n } = topic;
    const startedAt = performance.now();
    let isRead = true;
    const content = await snapshot(name).catch(() => {
      isRead = false;
      return undefined;
    });
    topic.isReading = false;
    const tookMs = performance.now() - startedAt;
    topic.restMs = Math.min(longestRestMs, Math.max(everyMs, tookMs * (1 + restPerRead)));
    if (isRead) for (const one of topic.watchers) tell(one, name, n, content);
    const isBehind = ({ told, owed }: Told) => !owed.has(name) && (told.get(name) ?? -1) < topic.n;
    if ([...topic.watchers].some(isBehind)) plan(name, topic, isRead ? undefined : retryMs);
  }

  function tell(one: Told, name: string, n: number, content: Content | undefined): void {
    if ((one.told.get(name) ?? -1) >= n) return;
    if (!one.wire.hasRoom()) {
      one.owed.add(name);
      return;
    }
    one.told.set(name, n);
    if (content) one.wire.send({ ...content, topic: name, n });
  }

  /** Every list that has changed since it was told, once. */
  function tellLists(one: Told): void {
    const after = one.told.get(lists);
    if (after === undefined) return;
    const news = [...changed].filter(([, n]) => n > after).sort(([, a], [, b]) => a - b);
    for (const [what, n] of news) {
      if (!one.wire.hasRoom()) {
        one.owed.add(lists);
        return;
      }
      one.told.set(lists, n);
      one.wire.send({ kind: 'changed', what, topic: lists, n });
    }
  }

  function watchLists(one: Told, after: number | undefined): void {
    const isComplete = after !== undefined && after >= first && after <= last;
    const n = isComplete ? after : last;
    one.told.set(lists, n);
    one.wire.send({ kind: 'joined', isComplete, topic: lists, n });
    tellLists(one);
  }

  function watchTopic(one: Told, name: string, after: number | undefined): void {
    let topic = topics.get(name);
    if (!topic) {
      last += 1;
      topic = {
        n: last,
        watchers: new Set(),
        timer: undefined,
        isReading: false,
        readAt: 0,
        restMs: everyMs,
      };
      topics.set(name, topic);
    }
    topic.watchers.add(one);
    one.told.set(name, after === topic.n ? after : -1);
    if (after !== topic.n && !topic.isReading) void read(name, topic);
  }

  function forget(one: Told, name: string): void {
    one.told.delete(name);
    one.owed.delete(name);
    const topic = topics.get(name);
    if (!topic?.watchers.delete(one) || topic.watchers.size > 0) return;
    clearTimeout(topic.timer);
    topics.delete(name);
  }

  return {
    touch(name) {
      const topic = topics.get(name);
      if (!topic) return;
      last += 1;
      topic.n = last;
      plan(name, topic);
    },

    listChanged(what) {
      last += 1;
      changed.set(what, last);
      for (const one of watchers) tellLists(one);
    },

    newest: () => last,

    join(wire) {
      const one: Told = { wire, told: new Map(), owed: new Set() };
      watchers.add(one);
      return {
        count: () => one.told.size,
        watch: (name, after) => (name === lists ? watchLists(one, after) : watchTopic(one, name, after)),
        unwatch: (name) => forget(one, name),
        onRoom() {
          for (const name of [...one.owed]) {
            if (!wire.hasRoom()) return;
            one.owed.delete(name);
            const topic = topics.get(name);
            if (name === lists) tellLists(one);
            else if (topic) plan(name, topic);
          }
        },
        leave() {
          watchers.delete(one);
          for (const name of [...one.told.keys()]) forget(one, name);
        },
      };
    },

    close() {
      for (const { timer } of topics.values()) clearTimeout(timer);
    },
  };
}
