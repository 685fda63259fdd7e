import { z } from 'zod';
import { type Approval, approvalLifeMs } from '../domain/approval.ts';
import { capWords } from '../domain/limits.ts';
import type { Held } from '../domain/run.ts';
import type { Version } from '../domain/workflow.ts';
import type { ActiveRun } from './active-run.ts';
import type { Approvals, ApprovalUse, Asker } from './approval-ports.ts';
import type { Guard, Shortage, Wanted } from './guard.ts';
import { versionScope } from './guard-call.ts';
import type { GuardStore } from './guard-ports.ts';
import type { Plan as Compiled } from './plan.ts';
import type { PlanService } from './plan-ports.ts';
import type { Events } from './ports.ts';
import type { RunRow, RunStore } from './run-store-ports.ts';
import type { Vendors } from './vendor-ports.ts';

export interface RunCheckDeps {
  store: RunStore;
  guard: Guard;
  /** How often a version has harmed anybody. */
  uses: Pick<GuardStore, 'used'>;
  plans: PlanService;
  approvals: Pick<Approvals, 'on' | 'request'>;
  clock: { now(): number };
  vendors: Pick<Vendors, 'find'>;
  events: Pick<Events, 'runChanged'>;
  /** Whether everything that a version harms is imitated by this server. */
  isImitated(version: Version): Promise<boolean>;
}

/** What the checks do with runs. */
export interface RunHands {
  versionOf(row: RunRow): Promise<{ version: Version; plan: Compiled }>;
  release(runId: string, code: string, limit?: number): Promise<unknown>;
  /** Ends a waiting run; nothing more of it happens. */
  end(runId: string, reason: string): Promise<void>;
  planFirst(row: RunRow, of: 'queued' | 'limit', held: Held): Promise<void>;
  /** Somebody looked at the first call of a version: runs that are under way learn it. */
  lookedAt(versionId: string): void;
}

export interface RunChecks {
  /** Whether a run with so many records has to say first what it would do. */
  mustPlan(run: ActiveRun, records: number): Promise<boolean>;
  /** The dry run of a waiting run has ended: it goes on, or somebody is asked. */
  planned(row: RunRow): Promise<void>;
  /** A run waits: what its records are held for may want a plan or a look, or is over when the guard changed meanwhile. */
  resting(row: RunRow, hasChanged: boolean): Promise<void>;
  /** After a start: nothing that was decided meanwhile is left lying. */
  resume(): Promise<void>;
  /** Stops were released, or limits raised: what was held for them is judged anew. */
  loosened(): Promise<void>;
}

const planSubject = z.object({ runId: z.string(), planId: z.string(), planHash: z.string() });
const lookSubject = z.object({ runId: z.string(), versionId: z.string() });

/** Codes of what a stop, a freeze or safe mode holds. */
const guardCodes = ['stopped', 'breaker', 'freeze', 'safe_mode'];
/** After a first call that came to nothing, a few others may try. */
const fewAtOnce = 8;

/** The sentence of a run that finds out first what it would do. */
export const planningHeld: Held = {
  code: 'plan',
  sentence: 'A dry run finds out first what this run would do. Nothing is sent meanwhile.',
};

/** Stands between a run and its first call that takes something from somebody. */
export function createRunChecks(deps: RunCheckDeps, hands: RunHands): RunChecks {
  const { store, guard, uses, plans, approvals, clock } = deps;

  const handler = {
    async moved({ subject }: Approval) {
      const about = planSubject.safeParse(subject).data;
      if (!about) return null;
      const { runId, planId, planHash } = about;
      const row = await store.find(runId);
      if (row?.status !== 'waiting' || row.planId !== planId || row.approvalId !== null) {
        return 'The run does not wait for this any more.';
      }
      return (await plans.find(planId)).hash === planHash ? null : 'The plan is not what it was.';
    },
    async ended({ id, status, subject, decidedByName, reason }: Approval, use: ApprovalUse) {
      const about = planSubject.safeParse(subject).data;
      if (!about) return;
      const { runId, planId } = about;
      if (status === 'approved') {
        await store.approve({ runId, planId, approvalId: id }, use);
        await hands.release(runId, 'approval');
        return;
      }
      const row = await store.find(runId);
      if (row?.status !== 'waiting' || row.planId !== planId || row.approvalId !== null) return;
      await hands.end(runId, endWords(status, decidedByName, reason));
    },
  };
  approvals.on('plan', handler);
  approvals.on('imitated_plan', handler);

  approvals.on('canary', {
    async moved({ subject }) {
      const about = lookSubject.safeParse(subject).data;
      if (!about) return null;
      return (await store.isLookedAt(about.versionId)) ? 'Somebody has looked at it already.' : null;
    },
    async ended({ status, subject, decidedByName, reason }, use) {
      const about = lookSubject.safeParse(subject).data;
      if (!about) return;
      const { runId, versionId } = about;
      if (status !== 'approved') {
        const row = await store.find(runId);
        const isHeld = row?.status === 'waiting' && (await store.heldCodes(row.key)).includes('canary');
        if (isHeld) await hands.end(runId, endWords(status, decidedByName, reason));
        return;
      }
      await store.look(versionId, use);
      hands.lookedAt(versionId);
      for (const { row, codes } of await store.heldRuns()) {
        if (row.versionId === versionId && codes.includes('canary')) await hands.release(row.id, 'canary');
      }
    },
  });

  const asker = (row: RunRow): Asker => ({ id: row.starterId ?? row.startedBy, name: row.startedBy });

  async function ask(row: RunRow, planId: string, short: readonly Shortage[]): Promise<void> {
    const { version } = await hands.versionOf(row);
    const plan = await plans.find(planId);
    const over = short.map(shortageWords);
    const harm = plan.harmful.map((one) => harmWords(one, deps.vendors)).join(' and ');
    const kind = (await deps.isImitated(version)) ? 'imitated_plan' : 'plan';
    await approvals.request({
      kind,
      title: `Let a run of “${row.workflowName}” ${harm}`,
      subject: {
        ...{ runId: row.id, workflowId: row.workflowId, workflowName: row.workflowName },
        ...{ versionId: row.versionId, versionNumber: row.versionNumber, planId, planHash: plan.hash },
        ...{ records: plan.records, counts: plan.counts, skips: plan.skips, harmful: plan.harmful, over },
      },
      workflowId: row.workflowId,
      runId: row.id,
      by: asker(row),
      authors: version.authors,
      confirmation: `I alone let it ${harm}`,
    });
    const sentence = `Its plan would ${harm}, which is more than ${over.join(' and ')} allows. It waits until somebody agrees, at most ${approvalLifeMs / 3_600_000} hours.`;
    await store.rehold(row.key, 'plan', { code: 'approval', sentence });
    deps.events.runChanged(row.id);
  }

  async function planned(row: RunRow): Promise<void> {
    const { planId } = row;
    if (planId === null || row.status !== 'waiting') return;
    const plan = await plans.find(planId);
    if (!plan.isComplete) {
      await hands.end(row.id, 'Its dry run was cancelled, so nothing was sent.');
      return;
    }
    const short = await guard.shortages({ run: row.key, workflowId: row.workflowId }, plan.harmful);
    if (short.length > 0) return ask(row, planId, short);
    await hands.release(row.id, 'plan');
    await hands.release(row.id, 'approval');
  }

  async function askForLook(row: RunRow): Promise<void> {
    const evidence = await store.firstHarm(row);
    const scope = { scope: versionScope(row.versionId), kind: 'delete', isDaily: false } as const;
    // The first call came to nothing, and what was counted for it is free again.
    if (!evidence || (await uses.used(scope, clock.now())) === 0) {
      await hands.release(row.id, 'canary', fewAtOnce);
      return;
    }
    const { version } = await hands.versionOf(row);
    await approvals.request({
      kind: 'canary',
      title: `Look at the first call of “${row.workflowName}”, version ${row.versionNumber}`,
      subject: {
        ...{ runId: row.id, workflowId: row.workflowId, workflowName: row.workflowName },
        ...{ versionId: row.versionId, versionNumber: row.versionNumber, evidence },
      },
      workflowId: row.workflowId,
      runId: row.id,
      by: asker(row),
      authors: version.authors,
      confirmation: 'I have looked at it',
    });
  }

  async function resting(row: RunRow, hasChanged: boolean): Promise<void> {
    const codes = await store.heldCodes(row.key);
    // Whoever released something saw only the records that were held by then.
    if (hasChanged) await lookAgain(row, codes);
    if (codes.includes('limit')) await hands.planFirst(row, 'limit', planningHeld);
    else if (codes.includes('canary')) await askForLook(row);
  }

  /** Whether a stop, a freeze or safe mode holds all harm of a run still. */
  async function isStillHeld(row: RunRow): Promise<boolean> {
    const { plan } = await hands.versionOf(row);
    const now = clock.now();
    const vendors = harmfulBlocks(plan).map(({ vendorId }) => vendorId);
    return vendors.every((vendorId) => guard.hold({ workflowId: row.workflowId, vendorId }, now) !== null);
  }

  async function lookAgain(row: RunRow, codes: readonly string[]): Promise<void> {
    const held = codes.filter((code) => guardCodes.includes(code));
    if (held.length > 0 && !(await isStillHeld(row))) {
      for (const code of held) await hands.release(row.id, code);
    }
    if (codes.includes('approval')) await planned(row);
  }

  return {
    async mustPlan({ row, plan }, records) {
      if (row.mode === 'plan' || !plan.isHarmful || records === 0) return false;
      // Nobody looks at what starts by itself.
      if (row.lane !== 'manual') return true;
      const possible = harmfulBlocks(plan).map(({ times, ...block }) => ({
        ...block,
        count: records * times,
      }));
      const scope = { scope: versionScope(row.versionId), kind: 'delete', isDaily: false } as const;
      const isCareful =
        guard.content().settings.hasCanary && possible.reduce((sum, { count }) => sum + count, 0) > 1;
      if (isCareful && (await uses.used(scope, clock.now())) === 0) return true;
      const short = await guard.shortages({ run: row.key, workflowId: row.workflowId }, possible);
      return short.length > 0;
    },

    planned,
    resting,

    async resume() {
      for (const { row, codes } of await store.heldRuns()) {
        const last = await store.lastApproval(row.id);
        const isEnded = last && ['denied', 'expired', 'withdrawn'].includes(last.status);
        if (codes.includes('plan')) {
          const child = row.planId === null ? undefined : await store.find(row.planId);
          if (child?.finishedAt != null) await planned(row);
        } else if (codes.includes('approval') && row.approvalId !== null) {
          await hands.release(row.id, 'approval');
        } else if (isEnded && (codes.includes('approval') || codes.includes('canary'))) {
          await hands.end(row.id, endWords(last.status, null, ''));
        } else if (codes.includes('canary') && (await store.isLookedAt(row.versionId))) {
          await hands.release(row.id, 'canary');
        } else {
          await resting(row, false);
          await lookAgain(row, codes);
        }
      }
    },

    async loosened() {
      for (const { row, codes } of await store.heldRuns()) await lookAgain(row, codes);
    },
  };
}

function harmfulBlocks({ blocks }: Compiled): (Omit<Wanted, 'count'> & { times: number })[] {
  return [...blocks.values()].flatMap(({ effect, times }) =>
    effect && effect.limitKind !== null ? [{ vendorId: effect.vendorId, kind: effect.limitKind, times }] : [],
  );
}

/** `delete 487 accounts at Webex`. */
function harmWords({ kind, count, vendorId }: Wanted, vendors: RunCheckDeps['vendors']): string {
  const verb = kind === 'delete' ? 'delete' : 'take something from';
  return `${verb} ${count === 1 ? 'one account' : `${count} accounts`} at ${vendors.find(vendorId)?.title ?? 'a vendor of its own'}`;
}

function shortageWords({ cap, used }: Shortage): string {
  return used === 0 ? capWords(cap) : `${capWords(cap)} (${used} used)`;
}

function endWords(status: string, by: string | null, reason: string): string {
  const why = reason === '' ? '' : `: ${reason}`;
  if (status === 'denied') return `${by ?? 'Somebody'} said no${why}. Nothing more was sent.`;
  if (status === 'expired') return 'Nobody agreed in time. Nothing more was sent.';
  return `The request was taken back${why}. Nothing more was sent.`;
}
