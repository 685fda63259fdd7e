import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Workflow } from '#contract';
import { newId } from '#domain/ids';
import { connectDatabase } from '../../server/store/database.ts';
import { operators, sessions } from '../../server/store/schema.ts';
import type { ApiClient } from './api-client.ts';

const dayMs = 24 * 60 * 60_000;
const secret = 'the session of a second person';

/** Writes an approver of long standing straight into the tables, and gives the cookie of her session. */
function addApprover(data: string): string {
  const database = connectDatabase(join(data, 'rollcall.db'));
  const now = Date.now();
  const operatorId = newId('operator');
  const idHash = createHash('sha256').update(secret).digest('hex');
  const content = JSON.stringify({ operatorId, createdAt: now, lastSeenAt: now });
  try {
    database
      .insert(operators)
      .values({
        ...{ id: operatorId, name: 'Grace', email: 'grace@rollcall.test', role: 'approver' },
        ...{ passwordHash: 'none', createdAt: now },
      })
      .run();
    database
      .insert(sessions)
      .values({ idHash, content, expiresAt: now + dayMs })
      .run();
  } finally {
    database.$client.close();
  }
  return `rollcall=${secret}`;
}

/** Agrees, as a second person, to the version of a workflow that waits; nothing where none does. */
export async function agreeToActivation(api: ApiClient, data: string, workflowId: string): Promise<void> {
  const { pendingApproval } = await api.get<Workflow>(`/workflows/${workflowId}`);
  if (!pendingApproval) return;
  const response = await fetch(`${api.url}/api/v1/approvals/${pendingApproval.id}/decision`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      'x-rollcall-request': '1',
      cookie: addApprover(data),
    },
    body: JSON.stringify({ decision: 'approve' }),
  });
  if (!response.ok) throw new Error(`Grace could not agree: ${response.status} ${await response.text()}`);
}
