import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { toCanonical } from '../domain/canonical.ts';
import type { PlanDifference, PlannedEffect } from '../domain/dry-run.ts';
import { AppError } from '../domain/errors.ts';
import type { EffectPlace, PlanService, PlanStore } from './plan-ports.ts';

const pageSize = 100;
const keptPlans = 50;

/** An effect as it is told from others, in a few bytes. */
interface Print extends EffectPlace {
  /** Whom and what for: the same in two plans of one workflow. */
  key: string;
  /** All that would be done. */
  content: string;
  isDone: boolean;
}

/** Answers what dry runs have found, and how one differs from another. */
export function createPlans(store: PlanStore): PlanService {
  /** Of complete plans, which never change. */
  const hashes = new Map<string, string>();

  async function idOf(runId: string): Promise<string> {
    return (await store.planOf(runId)) ?? runId;
  }

  async function* pages(planId: string): AsyncGenerator<PlannedEffect[]> {
    let after: EffectPlace = { recordN: -1, stepN: 0 };
    for (;;) {
      const page = await store.effectsAfter(planId, after, pageSize);
      if (page.length > 0) yield page;
      if (page.length < pageSize) return;
      after = page.at(-1)!;
      // Others are served between two pages.
      await setImmediate();
    }
  }

  async function printsOf(planId: string): Promise<Print[]> {
    const prints: Print[] = [];
    const seen = new Map<string, number>();
    for await (const page of pages(planId)) {
      for (const effect of page) {
        const name = `${effect.recordType} ${effect.recordId} ${effect.block} ${effect.does}`;
        const count = (seen.get(name) ?? 0) + 1;
        seen.set(name, count);
        const { recordN, stepN, skip } = effect;
        const content = sha256(toContent(effect));
        prints.push({ key: `${name} ${count}`, content, isDone: skip === null, recordN, stepN });
      }
    }
    return prints;
  }

  async function hashOf(planId: string): Promise<string> {
    const known = hashes.get(planId);
    if (known !== undefined) return known;
    const contents = (await printsOf(planId)).filter(({ isDone }) => isDone).map(({ content }) => content);
    const hash = sha256(contents.sort().join('\n'));
    if (hashes.size >= keptPlans) hashes.delete(hashes.keys().next().value!);
    hashes.set(planId, hash);
    return hash;
  }

  async function find(runId: string) {
    const planId = await idOf(runId);
    const plan = await store.find(planId);
    if (!plan) {
      throw new AppError('not_found', 'This run has no plan. Start a dry run of its workflow to get one.');
    }
    return { ...plan, hash: plan.isComplete ? await hashOf(planId) : null };
  }

  async function complete(runId: string): Promise<string> {
    const { runId: planId, isComplete } = await find(runId);
    if (isComplete) return planId;
    throw new AppError('conflict', 'A dry run that has not ended cannot be compared. Wait for its end.');
  }

  return {
    find,

    async effects(runId, query) {
      const { runId: planId } = await find(runId);
      return store.effects(planId, query);
    },

    async *all(runId) {
      yield* pages(await idOf(runId));
    },

    async compare(runId, earlierId, { limit, cursor }) {
      const [later, earlier] = [await complete(runId), await complete(earlierId)];
      const before = new Map((await printsOf(earlier)).map((print) => [print.key, print]));
      const found: { change: PlanDifference['change']; before?: Print | undefined; after?: Print }[] = [];
      let same = 0;
      for (const after of await printsOf(later)) {
        const was = before.get(after.key);
        before.delete(after.key);
        if (was?.content === after.content && was.isDone === after.isDone) same += 1;
        else found.push({ change: was ? 'changed' : 'added', before: was, after });
      }
      for (const was of before.values()) found.push({ change: 'removed', before: was });

      const start = cursor === undefined ? 0 : Number(cursor);
      if (!Number.isSafeInteger(start) || start < 0) {
        throw new AppError('invalid', 'The cursor is not one that this list gave out.', { place: 'cursor' });
      }
      const shown = found.slice(start, start + limit);
      const items = await Promise.all(
        shown.map(async ({ change, before: was, after: is }) => ({
          change,
          before: (was && (await store.effectAt(earlier, was))) ?? null,
          after: (is && (await store.effectAt(later, is))) ?? null,
        })),
      );
      const count = (wanted: string): number => found.filter(({ change }) => change === wanted).length;
      const next = start + limit;
      return {
        counts: { added: count('added'), removed: count('removed'), changed: count('changed'), same },
        items,
        total: found.length,
        nextCursor: next < found.length ? String(next) : null,
      };
    },
  };
}

/** The same text for the same deed, whenever it was planned. */
function toContent({ recordType, recordId, block, does, target, request, changes }: PlannedEffect): string {
  return toCanonical([recordType, recordId, block, does, target?.id ?? null, request, changes]);
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
