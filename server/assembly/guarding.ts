import { inSafeMode, stoppedAt } from '#domain/guard';
import { createClockWatch, jumpReason } from '#engine/clock-watch';
import { createGuard } from '#engine/guard';
import { createSafety } from '#engine/safety';
import { createGuardStore } from '../store/guard.ts';
import type { Foundation } from './foundation.ts';

export type Guarding = Awaited<ReturnType<typeof createGuarding>>;

/** What every destructive call is judged by: stops, limits, protections and the clock. */
export async function createGuarding(foundation: Foundation, clockJumped: () => void) {
  const { database, common, approvals, audit, workflowStore, steady, tell } = foundation;
  const { clock, events } = common;
  const guardStore = createGuardStore(database);
  const guard = createGuard(
    {
      store: guardStore,
      clock,
      clockWatch: { jump: () => clockWatch.jump(), note: (now) => clockWatch.note(now) },
    },
    await guardStore.read(),
  );
  const clockWatch = createClockWatch({
    ...common,
    steady,
    tell,
    async onClockJump({ words }) {
      const reason = jumpReason(words);
      guard.learn(await guardStore.change((content) => inSafeMode(content, reason, clock.now())));
      clockJumped();
    },
  });
  const safety = createSafety({
    ...common,
    store: guardStore,
    guard,
    approvals,
    audit,
    hasWorkflow: async (id) => (await workflowStore.find(id)) !== undefined,
  });

  return {
    ...{ guard, guardStore, clockWatch, safety },
    /** Stops what harms at a vendor whose list cannot be believed. */
    async distrust(vendorId: string, reason: string) {
      const scope = { kind: 'vendor', id: vendorId } as const;
      guard.learn(await guardStore.change((content) => stoppedAt(content, scope, reason, clock.now())));
      events.listChanged('safety');
    },
  };
}
