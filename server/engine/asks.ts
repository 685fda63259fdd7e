import { type BlockQuestion, blockQuestionSchema } from '../domain/approval.ts';
import { AppError } from '../domain/errors.ts';
import type { Approvals } from './approval-ports.ts';
import type { AskStore } from './ask-ports.ts';
import type { RunCheckDeps, RunHands } from './run-checks.ts';
import type { RunRow } from './run-store-ports.ts';

/** A record that wants to ask. Its question is asked when the run rests, together with those of the others. */
const wants = 'ask:';
/** A record whose question waits for its answer. */
const asked = 'asked:';

/** What records of a block are held for: all of them together, or each by itself. */
export const askCode = (block: string, own: { n: number; step: number } | null): string =>
  `${wants}${block}${own ? `:${own.n}:${own.step}` : ''}`;

const blockOfCode = (code: string): string => code.slice(wants.length).split(':')[0] ?? '';

export interface AskDeps extends Pick<RunCheckDeps, 'store' | 'events'> {
  asks: AskStore;
  approvals: Pick<Approvals, 'on' | 'request' | 'find' | 'consume'>;
}

export interface Asks {
  /** A run waits: what its records want to ask is asked. */
  resting(row: RunRow): Promise<void>;
  /** After a start: nothing that was answered meanwhile is left lying. */
  resume(): Promise<void>;
}

const hourMs = 3_600_000;

/** Asks for Approval blocks, and lets their records go on with the answer. */
export function createAsks(deps: AskDeps, hands: Pick<RunHands, 'versionOf' | 'release'>): Asks {
  const { store, asks, approvals } = deps;

  approvals.on('block', {
    async moved({ id, subject }) {
      const about = blockQuestionSchema.safeParse(subject).data;
      const row = about && (await store.find(about.runId));
      const codes = row ? await store.heldCodes(row.key) : [];
      return codes.includes(asked + id) || codes.includes(about?.code ?? '')
        ? null
        : 'The run does not wait for this any more.';
    },
    async ended({ id, hash, status, subject }) {
      const about = blockQuestionSchema.safeParse(subject).data;
      if (!about) return;
      await hands.release(about.runId, asked + id);
      // Its records find the answer by themselves; from here on it is done with.
      if (status === 'approved') await approvals.consume(id, hash);
    },
  });

  async function ask(row: RunRow, code: string): Promise<void> {
    const { version, plan } = await hands.versionOf(row);
    const block = plan.blocks.get(blockOfCode(code));
    const waiting = await asks.waiting(row.key, code);
    if (!block?.asks || !waiting) return;
    const { question, since, ...records } = waiting;
    // It was asked and answered, and a crash came in between.
    if (await asks.answer(row.id, code, since)) {
      await hands.release(row.id, code);
      return;
    }
    const { operatorIds, roles, hours } = block.asks;
    const subject: BlockQuestion = {
      ...{ runId: row.id, workflowId: row.workflowId, workflowName: row.workflowName },
      ...{ versionNumber: row.versionNumber, block: block.name, code, question },
      ...{ operatorIds: [...operatorIds], roles: [...roles], records, planId: row.planId },
    };
    const approval = await approvals.request({
      kind: 'block',
      title: question,
      subject,
      workflowId: row.workflowId,
      runId: row.id,
      by: { id: row.starterId ?? row.startedBy, name: row.startedBy },
      authors: version.authors,
      confirmation: '',
      lifeMs: hours * hourMs,
    });
    await store.rehold(row.key, code, { code: asked + approval.id, sentence: question });
    // Somebody may have been quicker than that.
    if ((await approvals.find(approval.id)).status !== 'waiting')
      await hands.release(row.id, asked + approval.id);
    deps.events.runChanged(row.id);
  }

  async function resting(row: RunRow): Promise<void> {
    for (const code of await store.heldCodes(row.key)) {
      if (code.startsWith(wants)) await ask(row, code);
    }
  }

  return {
    resting,

    async resume() {
      for (const { row, codes } of await store.heldRuns()) {
        for (const code of codes.filter((one) => one.startsWith(asked))) {
          const id = code.slice(asked.length);
          const approval = await approvals.find(id).catch((error: unknown) => {
            if (error instanceof AppError && error.code === 'not_found') return undefined;
            throw error;
          });
          if (approval?.status !== 'waiting') await hands.release(row.id, code);
        }
        await resting(row);
      }
    },
  };
}
