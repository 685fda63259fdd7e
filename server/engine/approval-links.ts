import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { type Approval, blockQuestionSchema } from '../domain/approval.ts';
import { AppError } from '../domain/errors.ts';
import { rightsOf } from '../domain/rights.ts';
import type { OperatorStore, Principal } from './access-ports.ts';
import type { ApprovalLinks, Approvals } from './approval-ports.ts';
import type { Clock } from './ports.ts';

/** Makes the token of a link for one operator and one question, good for exactly what was asked. */
export type SignLink = (approval: Pick<Approval, 'id' | 'hash'>, operatorId: string) => string;

/** Links are signed by a key of their own, made from the master key: no other token of ours is one. */
export function createLinkSigner(masterKey: Uint8Array): SignLink {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'rollcall/approval-link/1', 32));
  return ({ id, hash }, operatorId) => {
    const signature = createHmac('sha256', key).update([id, operatorId, hash].join('\n')).digest('base64url');
    return `${id}.${operatorId}.${signature}`;
  };
}

export interface ApprovalLinkDeps {
  approvals: Pick<Approvals, 'find' | 'view' | 'decide'>;
  operators: Pick<OperatorStore, 'find'>;
  sign: SignLink;
  clock: Pick<Clock, 'now'>;
}

/**
 * Answers to the questions of workflows by the link in an e-mail, without signing in. What needs a second person is
 * never decided so: a link says who had the e-mail, and not whose hand it is.
 */
export function createApprovalLinks({ approvals, operators, sign, clock }: ApprovalLinkDeps): ApprovalLinks {
  async function open(token: string): Promise<{ id: string; caller: Principal }> {
    const [id = '', operatorId = ''] = token.split('.');
    const approval = await approvals.find(id).catch(() => undefined);
    const isGood = approval?.kind === 'block' && isSame(sign(approval, operatorId), token);
    const operator = isGood ? await operators.find(operatorId) : undefined;
    if (!operator) {
      throw new AppError(
        'not_found',
        'This link is not good for anything. Sign in to see what waits for you.',
      );
    }
    const { name, role } = operator;
    const caller: Principal = {
      ...{ kind: 'session', id: operatorId, name, role, rights: rightsOf[role], operator },
      ...{ sessionHash: '', signedInAt: clock.now() },
    };
    return { id, caller };
  }

  async function look(token: string) {
    const { id, caller } = await open(token);
    const approval = await approvals.view(id, caller);
    const { workflowName, records } = blockQuestionSchema.parse(approval.subject);
    const { title, status, requestedByName, expiresAt, decidedByName, obstacle } = approval;
    return {
      ...{ title, status, requestedByName, expiresAt, decidedByName, workflowName },
      ...{ obstacle, operatorName: caller.name },
      records: { count: records.count, labels: records.labels },
    };
  }

  return {
    look,
    async decide(token, decision) {
      const { id, caller } = await open(token);
      await approvals.decide(id, decision, caller);
      return look(token);
    },
  };
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
