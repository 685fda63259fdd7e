import type { GuardContent, Hold } from '../domain/guard.ts';
import { closedBy, defaultGuardContent, holdNow, stoppedAt } from '../domain/guard.ts';
import { type Cap, type Limit, type LimitKind, mostOf } from '../domain/limits.ts';
import { type Account, type Protections, toProtections } from '../domain/protection.ts';
import { createBreakers } from './breakers.ts';
import type { ClockJump, ClockWatch } from './clock-watch.ts';
import type { GuardFacts, GuardStore } from './guard-ports.ts';
import type { Clock } from './ports.ts';

/** Whom a destructive call comes from. */
export interface Origin {
  run: number;
  workflowId: string;
  vendorId: string;
}

/** Judges destructive calls by what is in memory; the transaction of the intent proves that it was the latest. */
export interface Guard {
  generation(): number;
  content(): GuardContent;
  /** Whether what was judged under a generation still holds: asked just before the first byte. */
  isCurrent(generation: number): boolean;
  /** Why nothing at all may leave this server; null where it may. */
  closedBy(): string | null;
  /** A step of a workflow that may harm decides by this time of the wall clock. */
  noteTime(now: number): void;
  /** Why a call has to wait now; null when nothing holds it. */
  hold(of: Omit<Origin, 'run'>, now: number): Hold | null;
  /** What came of a call of a workflow that may harm: too much trouble stops it. */
  note(workflowId: string, outcomeKind: string): void;
  /** An account was not the one that was meant, or a list cannot be trusted: stops the workflow at once. */
  distrust(workflowId: string, reason: string): void;
  /** What protects the account; undefined when nothing does. */
  protects: Protections;
  /** Counters that an effect is reserved in. */
  caps(of: Origin, kind: LimitKind): Promise<readonly Cap[]>;
  /** The counters that would not suffice for so many effects of a run. */
  shortages(of: Omit<Origin, 'vendorId'>, wanted: readonly Wanted[]): Promise<Shortage[]>;
  /** Called when something that held calls does not hold them any more. */
  onLoosened(listener: () => void): void;
  /** Waits until the vendor's next deletion may leave. */
  pace(vendorId: string, signal: AbortSignal): Promise<void> | undefined;
  /** Takes in what was changed, here or by another process. */
  refresh(): Promise<void>;
  /** Takes in facts that were just written. */
  learn(facts: GuardFacts): void;
}

/** So many effects at a vendor. */
export interface Wanted {
  vendorId: string;
  kind: LimitKind;
  count: number;
}

export interface Shortage {
  cap: Cap;
  used: number;
  wanted: number;
}

export interface GuardDeps {
  store: GuardStore;
  clock: Clock;
  /** Without it the clock is believed. */
  clockWatch?: Pick<ClockWatch, 'jump' | 'note'> | undefined;
}

/** Where an effect is counted, whatever limits there are. */
export const placesOf = ({ run, workflowId, vendorId }: Origin) =>
  [
    { where: 'run', scope: `run:${run}`, isDaily: false },
    { where: 'workflow', scope: `workflow:${workflowId}`, isDaily: true },
    { where: 'vendor', scope: `vendor:${vendorId}`, isDaily: true },
    { where: 'all', scope: 'all', isDaily: true },
  ] as const;

/** How long a count of accounts may be old. */
const countedForMs = 60_000;

/** `known` is what the store said just now. */
export function createGuard({ store, clock, clockWatch }: GuardDeps, known: GuardFacts): Guard {
  let generation = -1;
  let content: GuardContent = defaultGuardContent;
  let protections: Protections = () => undefined;
  let counted = { at: Number.NEGATIVE_INFINITY, accounts: new Map<string, number | null>() };
  const nextAt = new Map<string, number>();
  const listeners: (() => void)[] = [];

  const breakers = createBreakers(async (workflowId, reason, at) => {
    const scope = { kind: 'workflow' as const, id: workflowId };
    learn(await store.change((before) => stoppedAt(before, scope, reason, at)));
  });

  function learn(facts: GuardFacts): void {
    if (facts.generation < generation) return;
    const before = content;
    const isNew = facts.generation > generation;
    generation = facts.generation;
    content = facts.content;
    if (isNew && mayLetGo(before, content)) for (const listener of listeners) queueMicrotask(listener);
    breakers.learn(content);
    const createdAt = new Date(0).toISOString();
    const own = facts.operators.map((value) => ({
      ...{ id: value, kind: 'address' as const, vendorId: null, value, createdBy: 'Rollcall', createdAt },
      note: 'An operator of Rollcall.',
    }));
    protections = toProtections([...own, ...facts.protections]);
  }

  async function refresh(): Promise<void> {
    learn(await store.read());
  }

  async function accountsOf(vendorId: string): Promise<number | null> {
    const now = clock.now();
    if (now - counted.at > countedForMs) counted = { at: now, accounts: new Map() };
    const known = counted.accounts.get(vendorId);
    if (known !== undefined) return known;
    const { accounts } = counted;
    accounts.set(vendorId, await store.accounts(vendorId));
    return accounts.get(vendorId) ?? null;
  }

  function limitsFor(of: Origin, kind: LimitKind): { scope: string; limits: Limit[]; isDaily: boolean }[] {
    const { limits, vendors, workflows } = content.settings;
    const vendor = vendors[of.vendorId];
    const workflow = workflows[of.workflowId];
    const present = (...list: (Limit | undefined)[]): Limit[] => list.filter((limit) => limit !== undefined);
    const limitsOf = {
      // The workflow's own limit takes the place of the general one; a vendor's holds besides.
      run: present(workflow?.run?.[kind] ?? limits.run[kind], vendor?.run?.[kind]),
      workflow: present(workflow?.day?.[kind]),
      vendor: present(vendor?.day?.[kind]),
      all: [limits.day[kind]],
    };
    return placesOf(of).map(({ where, ...place }) => ({ ...place, limits: limitsOf[where] }));
  }

  async function caps(of: Origin, kind: LimitKind): Promise<Cap[]> {
    const accounts = await accountsOf(of.vendorId);
    return limitsFor(of, kind).map(({ scope, limits, isDaily }) => {
      const most = limits.map((limit) => mostOf(limit, accounts)).filter((one) => one !== null);
      return { scope, kind, isDaily, most: most.length === 0 ? null : Math.min(...most) };
    });
  }

  learn(known);
  return {
    generation: () => generation,
    content: () => content,
    isCurrent: (judgedUnder) => judgedUnder === generation && !clockWatch?.jump(),
    closedBy: () => closedBy(content),
    noteTime: (now) => clockWatch?.note(now),
    hold: (of, now) =>
      holdNow(content, of, now) ?? breakers.hold(of.workflowId) ?? holdForJump(clockWatch?.jump()),
    note: (workflowId, outcomeKind) => breakers.note(workflowId, outcomeKind, clock.now()),
    distrust: (workflowId, reason) => breakers.open(workflowId, reason, clock.now()),
    protects: (account: Account) => protections(account),

    caps,

    async shortages(of, wanted) {
      const sums = new Map<string, { cap: Cap; wanted: number }>();
      for (const { vendorId, kind, count } of wanted) {
        for (const cap of await caps({ ...of, vendorId }, kind)) {
          if (cap.most === null) continue;
          const key = `${cap.kind} ${cap.scope}`;
          const sum = sums.get(key) ?? { cap, wanted: 0 };
          sum.wanted += count;
          if (cap.most < (sum.cap.most ?? 0)) sum.cap = cap;
          sums.set(key, sum);
        }
      }
      const short: Shortage[] = [];
      for (const sum of sums.values()) {
        const used = await store.used(sum.cap, clock.now());
        if (used + sum.wanted > (sum.cap.most ?? 0)) short.push({ ...sum, used });
      }
      return short;
    },

    onLoosened: (listener) => void listeners.push(listener),

    pace(vendorId, signal) {
      const { deletionsPerMinute } = content.settings;
      if (deletionsPerMinute === null) return undefined;
      const now = clock.now();
      const at = Math.max(now, nextAt.get(vendorId) ?? 0);
      nextAt.set(vendorId, at + 60_000 / deletionsPerMinute);
      return at <= now ? undefined : clock.sleep(at - now, signal);
    },

    refresh,
    learn,
  };
}

/** Until the jump is dealt with by safe mode, which then holds in its place. */
function holdForJump(jump: ClockJump | null | undefined): Hold | null {
  if (!jump) return null;
  const sentence = `The clock of this machine jumped ${jump.words}. Check the clock, then release safe mode under Safety.`;
  return { code: 'safe_mode', sentence, until: null };
}

/** Whether something that was held before may go on now: it is judged anew, so this may say so too often. */
function mayLetGo(before: GuardContent, after: GuardContent): boolean {
  const isGone = before.stops.some(({ at }) => !after.stops.some((stop) => stop.at === at));
  return isGone || (before.safeMode !== null && !after.safeMode) || before.settings !== after.settings;
}
