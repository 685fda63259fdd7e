import { and, eq, inArray, lt } from 'drizzle-orm';
import { AppError } from '#domain/errors';
import { workflowRecordsSchema } from '#domain/workflow';
import type { WebhookCall, WebhookStore } from '#engine/webhook-ports';
import type { Database } from './database.ts';
import { webhookCalls, workflows, workflowWebhooks } from './schema.ts';

/** Secrets of inbound webhooks, and the calls that were taken. */
export function createWebhookStore(database: Database): WebhookStore {
  const ofWorkflow = (id: string) => eq(workflowWebhooks.workflowId, id);
  return {
    async find(workflowId) {
      return database.select().from(workflowWebhooks).where(ofWorkflow(workflowId)).get();
    },

    async put({ secret, ...row }) {
      const values = { ...row, secret: Buffer.from(secret) };
      database
        .insert(workflowWebhooks)
        .values(values)
        .onConflictDoUpdate({ target: workflowWebhooks.workflowId, set: values })
        .run();
    },

    async remove(workflowId) {
      database.delete(workflowWebhooks).where(ofWorkflow(workflowId)).run();
    },

    async runOf(workflowId, callId) {
      const row = database
        .select({ runId: webhookCalls.runId })
        .from(webhookCalls)
        .where(and(eq(webhookCalls.workflowId, workflowId), eq(webhookCalls.callId, callId)))
        .get();
      return row?.runId;
    },

    async workflow(workflowId) {
      const row = database
        .select({ records: workflows.records, versionId: workflows.activeVersionId })
        .from(workflows)
        .where(eq(workflows.id, workflowId))
        .get();
      return row && { ...row, records: workflowRecordsSchema.parse(row.records) };
    },

    async removeSome(before, limit) {
      const old = database
        .select({ id: webhookCalls.id })
        .from(webhookCalls)
        .where(lt(webhookCalls.at, before))
        .limit(limit);
      return database.delete(webhookCalls).where(inArray(webhookCalls.id, old)).run().changes;
    },
  };
}

/** Takes a call with the start of its run. Throws `conflict` where it was taken before. */
export function takeCall(tx: Pick<Database, 'insert' | 'update'>, call: WebhookCall, runId: string): void {
  const { changes } = tx
    .insert(webhookCalls)
    .values({ ...call, runId })
    .onConflictDoNothing()
    .run();
  if (changes === 0) throw new AppError('conflict', 'This call was taken already.');
  tx.update(workflowWebhooks)
    .set({ lastCallAt: call.at })
    .where(eq(workflowWebhooks.workflowId, call.workflowId))
    .run();
}
