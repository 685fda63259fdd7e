import { and, asc, eq, inArray, isNull, lt, lte, ne, notExists, or, sql } from 'drizzle-orm';
import type { SlotStatus } from '#domain/start-slot';
import { triggerSchema } from '#domain/start-slot';
import type { ScheduleStore } from '#engine/schedule-ports';
import { type Database, inOneWrite } from './database.ts';
import { notifications, scheduleSlots, workflowSchedules, workflows } from './schema.ts';
import { advanceSchedule, decideSlot, writeSlot } from './slot-writes.ts';

/** The schedules of workflows and what became of their times, shared by every process on the database. */
export function createWorkflowScheduleStore(database: Database): ScheduleStore {
  const isOfActive = and(
    eq(workflows.id, workflowSchedules.workflowId),
    eq(workflows.activeVersionId, workflowSchedules.versionId),
  );
  // What waits for a time alone holds up nobody; what is held waits for a person, and the next start would add to it.
  const going = database.$client.prepare<[string], { one: number }>(`
    SELECT 1 AS one FROM schedule_slots s JOIN runs r ON r.id = s.run_id
    WHERE s.workflow_id = ? AND r.finished_at IS NULL AND (r.status <> 'waiting' OR EXISTS (
      SELECT 1 FROM run_records WHERE run = r.key AND status = 'waiting' AND held IS NOT NULL))
    LIMIT 1`);

  return {
    async unknown() {
      return database
        .select({ workflowId: workflows.id, versionId: sql<string>`${workflows.activeVersionId}` })
        .from(workflows)
        .leftJoin(workflowSchedules, eq(workflowSchedules.workflowId, workflows.id))
        .where(sql`${workflows.activeVersionId} IS NOT NULL
          AND ${workflowSchedules.versionId} IS NOT ${workflows.activeVersionId}`)
        .all();
    },

    async put(rows) {
      inOneWrite(database, (tx) => {
        for (const row of rows) {
          const values = { ...row, heldUntil: null };
          tx.insert(workflowSchedules)
            .values(values)
            .onConflictDoUpdate({ target: workflowSchedules.workflowId, set: values })
            .run();
        }
      });
    },

    async removeInactive() {
      const active = database
        .select({ id: workflows.id })
        .from(workflows)
        .where(
          and(eq(workflows.id, workflowSchedules.workflowId), sql`${workflows.activeVersionId} IS NOT NULL`),
        );
      return database.delete(workflowSchedules).where(notExists(active)).run().changes;
    },

    async takeDue(now, heldUntil) {
      return inOneWrite(database, (tx) => {
        const isFree = or(isNull(workflowSchedules.heldUntil), lte(workflowSchedules.heldUntil, now));
        const row = tx
          .select({ due: workflowSchedules, name: workflows.name })
          .from(workflowSchedules)
          .innerJoin(workflows, isOfActive)
          .where(and(lte(workflowSchedules.nextAt, now), isFree))
          .orderBy(asc(workflowSchedules.nextAt))
          .limit(1)
          .get();
        if (!row) return undefined;
        const { workflowId, trigger, isHarmful, nextAt } = row.due;
        tx.update(workflowSchedules)
          .set({ heldUntil })
          .where(eq(workflowSchedules.workflowId, workflowId))
          .run();
        const parsed = triggerSchema.parse(trigger);
        return { workflowId, workflowName: row.name, trigger: parsed, isHarmful, dueAt: nextAt ?? now };
      });
    },

    async advance(workflowId, from, next) {
      advanceSchedule(database, workflowId, from, next);
    },

    async close(slot, notification) {
      return inOneWrite(database, (tx) => {
        const isWritten = writeSlot(tx, slot);
        if (isWritten && notification) {
          tx.insert(notifications)
            .values({ ...notification, at: slot.at, isRead: false })
            .run();
        }
        return isWritten;
      });
    },

    goesOn: async (workflowId) => going.get(workflowId) !== undefined,

    async missed() {
      return database
        .select({ slot: scheduleSlots, workflowName: workflows.name })
        .from(scheduleSlots)
        .innerJoin(workflows, eq(workflows.id, scheduleSlots.workflowId))
        .where(sql`${scheduleSlots.status} = 'missed'`)
        .orderBy(asc(scheduleSlots.id))
        .all()
        .map(({ slot: { id, workflowId, dueAt, reason }, workflowName }) => ({
          id,
          workflowId,
          workflowName,
          dueAt: new Date(dueAt).toISOString(),
          reason,
        }));
    },

    async find(slotId) {
      const row = database.select().from(scheduleSlots).where(eq(scheduleSlots.id, slotId)).get();
      return row && { workflowId: row.workflowId, status: row.status as SlotStatus };
    },

    async decide(decision) {
      inOneWrite(database, (tx) => decideSlot(tx, decision));
    },

    async removeSome(before, limit) {
      const old = database
        .select({ id: scheduleSlots.id })
        .from(scheduleSlots)
        .where(and(lt(scheduleSlots.at, before), ne(scheduleSlots.status, 'missed')))
        .limit(limit);
      return database.delete(scheduleSlots).where(inArray(scheduleSlots.id, old)).run().changes;
    },
  };
}
