import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Load, ServerMessage } from '#contract';
import { createLiveTopics, type LiveTopics } from '../../server/http/live-topics.ts';

/** What a load shows is its number of pages here. */
function openTopics() {
  let pages = 0;
  let failures = 0;
  const topics = createLiveTopics(async () => {
    const load = { pages } as Load;
    await nextTurn();
    if (failures > 0) {
      failures -= 1;
      throw new Error('The database is locked.');
    }
    return { kind: 'load', load };
  });
  return {
    topics,
    change: () => {
      pages += 1;
      topics.touch('load:1');
    },
    failOnce: () => {
      failures += 1;
    },
  };
}

/** A browser that takes nothing while it is blocked. */
function join(topics: LiveTopics) {
  const heard: ServerMessage[] = [];
  let isBlocked = false;
  const watcher = topics.join({
    hasRoom: () => !isBlocked,
    send: (message) => void heard.push(message),
  });
  return {
    watcher,
    heard,
    pages: () => heard.flatMap((message) => (message.kind === 'load' ? [message.load.pages] : [])),
    lists: () => heard.flatMap((message) => (message.kind === 'changed' ? [message.what] : [])),
    block() {
      isBlocked = true;
    },
    release() {
      isBlocked = false;
      watcher.onRoom();
    },
  };
}

afterEach(() => void vi.useRealTimers());

describe('what a browser is told', () => {
  test('one that reads too slowly gets the newest snapshot as soon as it has room', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const { topics, change } = openTopics();
    const browser = join(topics);
    browser.watcher.watch('load:1');
    await settle();
    browser.block();
    for (let i = 0; i < 5; i += 1) {
      change();
      await settle();
    }
    expect(browser.pages()).toEqual([0]);

    browser.release();
    await settle();

    expect(browser.pages()).toEqual([0, 5]);
    const numbers = browser.heard.map(({ n }) => n);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  test('lists that changed while it read too slowly are told once each', () => {
    const { topics } = openTopics();
    const browser = join(topics);
    browser.watcher.watch('all');
    browser.block();
    for (const what of ['runs', 'loads', 'runs', 'safety', 'runs'] as const) topics.listChanged(what);
    expect(browser.lists()).toEqual([]);

    browser.release();

    expect(browser.lists()).toEqual(['loads', 'safety', 'runs']);
  });

  test('who comes back is told what changed since, and whoever has an unknown number asks for everything', () => {
    const { topics } = openTopics();
    const first = join(topics);
    first.watcher.watch('all', topics.newest());
    topics.listChanged('runs');
    const last = first.heard.at(-1)!.n;
    first.watcher.leave();
    topics.listChanged('loads');

    const again = join(topics);
    again.watcher.watch('all', last);
    const stranger = join(topics);
    stranger.watcher.watch('all', last - 1_000_000_000);

    expect(again.heard[0]).toMatchObject({ kind: 'joined', isComplete: true });
    expect(again.lists()).toEqual(['loads']);
    expect(stranger.heard).toMatchObject([{ kind: 'joined', isComplete: false, n: topics.newest() }]);
  });

  test('a snapshot that could not be read is read again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const { topics, change, failOnce } = openTopics();
    const browser = join(topics);
    browser.watcher.watch('load:1');
    await settle();
    failOnce();
    change();
    await settle();

    expect(browser.pages()).toEqual([0, 1]);
  });

  test('what takes long to read is read more rarely', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
    let reads = 0;
    const topics = createLiveTopics(async () => {
      reads += 1;
      await new Promise((resolve) => setTimeout(resolve, 60));
      return { kind: 'load', load: {} as Load };
    });
    join(topics).watcher.watch('load:1');
    await settle();
    topics.touch('load:1');
    await vi.advanceTimersByTimeAsync(60);
    expect(reads).toBe(2);

    topics.touch('load:1');
    await vi.advanceTimersByTimeAsync(500);
    expect(reads).toBe(2);
    await vi.advanceTimersByTimeAsync(100);

    expect(reads).toBe(3);
  });

  test('nothing is read that nobody watches any more', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const { topics, change } = openTopics();
    const browser = join(topics);
    browser.watcher.watch('load:1');
    await settle();
    browser.watcher.unwatch('load:1');
    change();
    await settle();

    expect(browser.pages()).toEqual([0]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

/** Lets every timer come, and all that follows from it. */
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i += 1) {
    await nextTurn();
    await vi.advanceTimersByTimeAsync(1_000);
  }
}
