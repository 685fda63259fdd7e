import type { Pace, PaceLimits } from '#domain/pace';
import type { Clock } from '#engine/ports';
import type { VendorCall } from '#engine/vendor-ports';
import { createQuotaGuard } from './quota.ts';
import { createRate } from './rate.ts';
import { createWaitingLine } from './waiting-line.ts';

/** Who makes a call. */
export type Caller = Pick<VendorCall, 'lane' | 'group'>;

/** What one credential may do, shared by everything in this process. Never blocks other credentials. */
export interface Allowance {
  /** Waits for the caller's turn; at once where nothing stands in the way. False when the signal was aborted first. */
  enter(caller: Caller, signal: AbortSignal): boolean | Promise<boolean>;
  leave(): void;
  /** The vendor answered a call that was sent at `sentAt`, and did not call it too much. */
  accepted(sentAt: number, headers: Readonly<Record<string, string>>): void;
  /** The vendor refused a call that was sent at `sentAt`; `waitMs` is what it said about the next one. */
  refused(sentAt: number, waitMs: number | null, caller: Caller): void;
  limit(limits: PaceLimits): void;
  state(): AllowanceState;
  /** Whether calls of this group wait, or were refused and are to be sent again after the pause. */
  isHolding(group: string): boolean;
  /** Sends away whoever waits. */
  close(): void;
}

export type AllowanceState = Omit<Pace, 'credentialId' | 'credentialName' | 'vendorId'>;

/** Where every credential begins: a vendor that refuses then refuses few. */
const firstPlaces = 16;
/** Four answers bring a place more, until the vendor refuses for the first time. */
const placesPerAnswer = 0.25;
/** How much the latest answer counts in the usual time of an answer. */
const latestShare = 0.05;
/** Answers do not all take the usual time. */
const spare = 1.25;
/** Where the vendor says nothing: half a second, doubled with every refusal that follows without an answer between. */
const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** `Retry-After: 0` is no invitation to ask again at once, over and over. */
const shortestPauseMs = 100;

export function createAllowance(limits: PaceLimits, clock: Clock): Allowance {
  const line = createWaitingLine<Waiting>();
  const rate = createRate();
  const quota = createQuotaGuard();
  let { atOnce: most } = limits;
  rate.limit(limits.perSecond);

  /** May be broken: it grows by parts of a place. */
  let places = Math.min(firstPlaces, most);
  let isStarting = true;
  let inside = 0;
  let usualMs = 0;

  let pause: { from: number; until: number } | null = null;
  let refusedAt = Number.NEGATIVE_INFINITY;
  let refusalsInTurn = 0;
  let refusals = 0;
  const refusedGroups = new Set<string>();
  let alarm: { at: number; end: AbortController } | null = null;

  /** When the next call may start; a time that has passed means at once. */
  const opensAt = (now: number): number => {
    if (pause !== null) {
      // A clock that was set back must not make the pause longer.
      if (now < pause.until && now >= pause.from) return pause.until;
      pause = null;
      refusedGroups.clear();
      rate.resumed(now);
      // Fewer places than what was learned needs would make it slower than the vendor wants it.
      const needed = ((rate.allowed(now) ?? 0) / 1000) * usualMs * spare;
      places = Math.min(most, Math.max(places, needed));
    }
    return Math.max(rate.opensAt(now), quota.opensAt(now));
  };

  const isOpen = (): boolean => {
    if (pause === null && rate.isFree && quota.isFree) return true;
    return opensAt(clock.now()) <= clock.now();
  };

  const take = () => {
    inside += 1;
    if (!rate.isFree) rate.take(clock.now());
    quota.take();
  };

  const admit = () => {
    while (line.size > 0 && inside + 1 <= places) {
      const now = clock.now();
      const at = opensAt(now);
      if (at > now) return wakeAt(at);
      take();
      line.next()?.end(true);
    }
  };

  /** One alarm for all who wait. */
  const wakeAt = (at: number) => {
    if (alarm !== null && alarm.at <= at) return;
    alarm?.end.abort();
    const end = new AbortController();
    const mine = { at, end };
    alarm = mine;
    void clock.sleep(Math.ceil(at - clock.now()), end.signal).then(() => {
      if (alarm !== mine) return;
      alarm = null;
      admit();
    });
  };

  const wait = ({ lane = 'manual', group = '' }: Caller, signal: AbortSignal) =>
    new Promise<boolean>((resolve) => {
      const stop = () => {
        line.remove(entry, lane, group);
        resolve(false);
      };
      const entry: Waiting = {
        end(isIn) {
          signal.removeEventListener('abort', stop);
          resolve(isIn);
        },
      };
      if (signal.aborted) return resolve(false);
      signal.addEventListener('abort', stop, { once: true });
      line.add(entry, lane, group);
      admit();
    });

  return {
    enter(caller, signal) {
      if (line.size > 0 || inside + 1 > places || signal.aborted || !isOpen()) return wait(caller, signal);
      take();
      return true;
    },

    leave() {
      inside -= 1;
      if (line.size > 0) admit();
    },

    accepted(sentAt, headers) {
      const now = clock.now();
      usualMs += (now - sentAt - usualMs) * latestShare;
      rate.accepted(sentAt);
      quota.note(headers, inside - 1, now);
      refusalsInTurn = 0;
      // Places that nobody uses prove nothing about the vendor.
      if (places < most && inside * 2 >= places) {
        places = Math.min(most, places + (isStarting ? placesPerAnswer : 1 / places));
      }
    },

    refused(sentAt, waitMs, { group = '' }) {
      const now = clock.now();
      // Of a pause that is over the lesson is learned first.
      opensAt(now);
      // Many calls are refused together; they count as one complaint.
      if (sentAt > refusedAt) {
        refusedAt = now;
        isStarting = false;
        places = Math.max(1, places / 2);
        refusalsInTurn += 1;
      }
      refusals += 1;
      refusedGroups.add(group);
      const ownMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(refusalsInTurn - 1, 10));
      const pauseMs = Math.max(shortestPauseMs, waitMs ?? ownMs);
      rate.refused(sentAt, pauseMs);
      pause = { from: pause?.from ?? now, until: Math.max(pause?.until ?? 0, now + pauseMs) };
    },

    limit(next) {
      rate.limit(next.perSecond);
      most = next.atOnce;
      places = Math.min(places, most);
      admit();
    },

    state() {
      const now = clock.now();
      const opens = opensAt(now);
      const allowed = rate.allowed(now);
      const isPaused = pause !== null || quota.opensAt(now) > now;
      return {
        perSecond: allowed === null ? null : Math.round(allowed * 10) / 10,
        isLearned: rate.isLearned(now),
        atOnce: Math.floor(places),
        mostAtOnce: most,
        underWay: inside,
        waiting: line.size,
        pausedUntil: isPaused ? new Date(opens).toISOString() : null,
        refused: refusals,
      };
    },

    isHolding: (group) => line.has(group) || (refusedGroups.has(group) && opensAt(clock.now()) > clock.now()),

    close() {
      alarm?.end.abort();
      alarm = null;
      for (let next = line.next(); next; next = line.next()) next.end(false);
    },
  };
}

interface Waiting {
  end(isIn: boolean): void;
}
