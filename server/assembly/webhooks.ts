import { randomBytes } from 'node:crypto';
import type { WorkflowRecords } from '#domain/workflow';
import { createWebhooks } from '#engine/webhook-starts';
import { createPeopleReader } from '../store/people.ts';
import { createWebhookStore } from '../store/webhook-starts.ts';
import type { Egress } from './egress.ts';
import type { Foundation } from './foundation.ts';
import type { Running } from './running.ts';

/** Calls of other systems that start workflows. */
export function createWebhookStarts(
  { database, common, apps, publicUrl }: Foundation,
  { vault }: Egress,
  { runner }: Running,
) {
  const people = createPeopleReader(database);
  const { clock } = common;
  const place = (workflowId: string) => ({ record: workflowId, field: 'webhook' });

  return createWebhooks({
    store: createWebhookStore(database),
    ...{ runner, clock, publicUrl },
    seal: (secret, workflowId) => vault.seal(secret, place(workflowId)),
    open: (sealed, workflowId) => vault.open(sealed, place(workflowId)),
    randomText: (bytes) => randomBytes(bytes).toString('base64url'),
    async findRecords(records: WorkflowRecords, field, value) {
      const filter = { match: 'all' as const, rules: [{ field, operator: 'equals' as const, value }] };
      const query = { limit: 2, filter };
      const { items } =
        records.kind === 'people'
          ? await people.rows(query, clock.now())
          : await apps.userRows(records.appId, query, clock.now());
      return items.map(({ id }) => id);
    },
  });
}
