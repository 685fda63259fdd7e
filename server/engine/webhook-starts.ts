import { AppError } from '../domain/errors.ts';
import { parseJson } from '../domain/json.ts';
import { parsePath, readPath } from '../domain/path.ts';
import type { WorkflowRecords } from '../domain/workflow.ts';
import type { Clock } from './ports.ts';
import type { Runner } from './runner.ts';
import type { SignedCall, WebhookService, WebhookStore, WebhookView } from './webhook-ports.ts';
import { isSameSignature, isTimely, signWebhook } from './webhook-signature.ts';

export interface WebhookDeps {
  store: WebhookStore;
  runner: Pick<Runner, 'start' | 'planOf'>;
  /** Ids of the records whose field has this value; at most two are asked for. */
  findRecords(records: WorkflowRecords, field: string, value: string): Promise<string[]>;
  seal(secret: string, workflowId: string): Uint8Array;
  open(sealed: Uint8Array, workflowId: string): string;
  randomText(bytes: number): string;
  clock: Pick<Clock, 'now'>;
  publicUrl: string;
}

const secretBytes = 32;
const callId = /^[A-Za-z0-9._-]{1,100}$/;

/** Starts workflows because another system calls. Without a secret of its own a workflow takes no call. */
export function createWebhooks(deps: WebhookDeps): WebhookService {
  const { store, runner, clock } = deps;
  /** Whoever names a workflow that has no secret is compared with this one, and so learns nothing by the time it takes. */
  const nobodys = deps.randomText(secretBytes);

  async function check(workflowId: string): Promise<void> {
    if (!(await store.workflow(workflowId)))
      throw new AppError('not_found', `There is no workflow "${workflowId}".`);
  }

  async function view(workflowId: string): Promise<WebhookView> {
    await check(workflowId);
    const found = await store.find(workflowId);
    const toIso = (ms: number | null | undefined) => (ms == null ? null : new Date(ms).toISOString());
    return {
      url: `${deps.publicUrl}/api/v1/hooks/${workflowId}`,
      hasSecret: found !== undefined,
      createdBy: found?.createdBy ?? null,
      createdAt: toIso(found?.createdAt),
      lastCallAt: toIso(found?.lastCallAt),
    };
  }

  async function prove(workflowId: string, call: SignedCall): Promise<void> {
    const found = await store.find(workflowId);
    const secret = found ? deps.open(found.secret, workflowId) : nobodys;
    const isSigned = isSameSignature(signWebhook(secret, call), call.signature);
    if (!found || !isSigned || !callId.test(call.id) || !isTimely(call.timestamp, clock.now()))
      throw stranger();
  }

  async function recordOf(
    { path, field }: { path: string; field: string },
    records: WorkflowRecords,
    body: string,
  ): Promise<string> {
    const value = readPath(readBody(body), parsePath(path));
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new AppError(
        'invalid',
        `The body holds no text and no number at "${path}", so nothing was started.`,
      );
    if (String(value).trim() === '') throw new AppError('invalid', `The body is empty at "${path}".`);
    const [id, another] = await deps.findRecords(records, field, String(value));
    if (id === undefined)
      throw new AppError('invalid', `No record has this value in "${field}", so nothing was started.`);
    if (another !== undefined)
      throw new AppError(
        'conflict',
        `Several records have this value in "${field}", so nothing was started.`,
      );
    return id;
  }

  return {
    view,

    async renew(workflowId, by) {
      await check(workflowId);
      const secret = `rwh_${deps.randomText(secretBytes)}`;
      const sealed = deps.seal(secret, workflowId);
      const createdAt = clock.now();
      await store.put({ workflowId, secret: sealed, createdBy: by.name, createdAt, lastCallAt: null });
      return { ...(await view(workflowId)), secret };
    },

    async remove(workflowId) {
      await check(workflowId);
      await store.remove(workflowId);
    },

    async call(workflowId, call) {
      await prove(workflowId, call);
      const known = await store.runOf(workflowId, call.id);
      if (known !== undefined) return { runId: known, isRepeat: true };
      const workflow = await store.workflow(workflowId);
      const webhook = workflow?.versionId ? (await runner.planOf(workflow.versionId)).webhook : null;
      if (!workflow || !webhook)
        throw new AppError(
          'conflict',
          'The workflow does not start by a webhook now, so nothing was started.',
        );
      const recordId = await recordOf(webhook, workflow.records, call.body);
      try {
        const { id } = await runner.start(workflowId, {
          ...{ startedBy: 'Webhook', lane: 'event', recordIds: [recordId] },
          hook: { workflowId, callId: call.id, at: clock.now() },
        });
        return { runId: id, isRepeat: false };
      } catch (error) {
        // The same call at the same time: the other one was first.
        const first = await store.runOf(workflowId, call.id);
        if (first === undefined) throw error;
        return { runId: first, isRepeat: true };
      }
    },
  };
}

function readBody(body: string): unknown {
  try {
    return parseJson(body);
  } catch {
    throw new AppError('invalid', 'The body is not JSON, so nothing was started.');
  }
}

/** The same for a wrong secret, an old call and a workflow that does not exist. */
const stranger = (): AppError =>
  new AppError(
    'unauthorized',
    'The call is not signed rightly, or not sent within five minutes of its timestamp. Nothing was started.',
  );
