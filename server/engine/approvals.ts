import { hash as digest } from 'node:crypto';
import {
  type Approval,
  type ApprovalKind,
  approvalLifeMs,
  blockQuestionSchema,
  coolingMs,
  freshSignInMs,
  needsSecondPerson,
} from '../domain/approval.ts';
import { toCanonical } from '../domain/canonical.ts';
import { AppError } from '../domain/errors.ts';
import type { NewId } from '../domain/ids.ts';
import { barOf, type Hand, mayActAlone, secondPersons } from '../domain/second-person.ts';
import type { AuditLog, Principal } from './access-ports.ts';
import type { SignLink } from './approval-links.ts';
import type {
  ApprovalHandler,
  ApprovalStore,
  Approvals,
  ApprovalUse,
  ApprovalView,
  Asker,
  Ending,
  HandStore,
} from './approval-ports.ts';
import { isDecided, toBarSentence, toNews, toTold } from './approval-words.ts';
import type { Clock, Events } from './ports.ts';

export interface ApprovalDeps {
  store: ApprovalStore;
  operators: HandStore;
  audit: AuditLog;
  clock: Pick<Clock, 'now'>;
  newId: NewId;
  events: Pick<Events, 'listChanged'>;
  /** Where browsers reach this server, without a slash at the end. */
  publicUrl: string;
  sendsMail: boolean;
  /** Lets the questions of workflows be answered by a link in the e-mail. */
  signLink?: SignLink | undefined;
}

/** SHA-256 of what is agreed to: equal subjects of one kind have the same. */
export const hashSubject = (kind: ApprovalKind, subject: unknown): string =>
  digest('sha256', toCanonical({ kind, subject }));

/** Requests that somebody else has to agree to, and what becomes of them. */
export function createApprovals(deps: ApprovalDeps): Approvals {
  const { store, operators, audit, clock, newId, events } = deps;
  const handlers = new Map<ApprovalKind, ApprovalHandler>();

  const changed = (): void => {
    events.listChanged('approvals');
    events.listChanged('notifications');
  };

  async function find(id: string): Promise<Approval> {
    const approval = await store.find(id);
    if (!approval) throw new AppError('not_found', 'There is no such request. It may have been removed.');
    return approval;
  }

  /** Ends it, once: whoever comes second changes nothing. */
  async function end(approval: Approval, ending: Ending): Promise<boolean> {
    const told = toNews(approval, ending);
    if (!(await store.end(approval.id, approval.status, ending, told))) return false;
    const { kind, title, hash } = approval;
    await audit.add({
      actor: ending.by ? `${ending.by.name} (${ending.by.id})` : 'Rollcall',
      action: `approval ${ending.status}`,
      target: approval.id,
      details: { kind, title, hash, reason: ending.reason },
    });
    changed();
    await tellHandler({ ...approval, ...toFields(ending) });
    return true;
  }

  async function tellHandler(approval: Approval): Promise<void> {
    const { id, kind, hash } = approval;
    const use: ApprovalUse = { id, hash, at: clock.now() };
    try {
      await handlers.get(kind)?.ended(approval, use);
    } catch (error) {
      if (approval.status !== 'approved' || !(error instanceof AppError)) throw error;
      // Agreed to, but not possible any more: it must not happen later by surprise.
      const ending = { status: 'withdrawn', by: null, at: clock.now(), reason: error.message } as const;
      await store.end(id, 'approved', ending, toNews(approval, ending));
      changed();
      throw error;
    }
  }

  /** A look at it that also ends what nobody decided in time, so that a clock that goes back opens nothing again. */
  async function current(id: string): Promise<Approval> {
    const approval = await find(id);
    const isOpen = approval.status === 'waiting' || approval.status === 'approved';
    if (!isOpen || Date.parse(approval.expiresAt) > clock.now()) return approval;
    await end(approval, { status: 'expired', by: null, at: clock.now(), reason: '' });
    return find(id);
  }

  /** What somebody asked for who may not sign in any more is not wanted by anybody. */
  const isForsaken = ({ requestedBy }: Approval, hands: readonly Hand[]): boolean =>
    requestedBy.startsWith('opr_') && !hands.some(({ id }) => id === requestedBy);

  /** What keeps the caller from agreeing now, as far as it is about who they are. */
  function judge(approval: Approval, caller: Principal, hands: readonly Hand[]): Judgement {
    const now = clock.now();
    const hand = caller.operator ? hands.find(({ id }) => id === caller.id) : undefined;
    if (!hand) return { obstacle: 'Only a person who is signed in can agree, not a token.', isAlone: false };
    if (isForsaken(approval, hands)) return { obstacle: forsaken, isAlone: false };
    if (!isAddressed(approval, hand)) return { obstacle: notAddressed, isAlone: false };
    const bar = barOf(hand, needsSecondPerson(approval.kind) ? approval : nobody, hands, now);
    if (bar === null) return { obstacle: null, isAlone: false };
    const coolsUntil = approval.coolsUntil === null ? null : Date.parse(approval.coolsUntil);
    const mayEverActAlone = coolsUntil !== null && bar !== 'no_right' && mayActAlone(hand, now);
    if (!mayEverActAlone || secondPersons(approval, hands, now).length > 0) {
      return { obstacle: toBarSentence(bar), isAlone: false };
    }
    if (now >= coolsUntil) return { obstacle: null, isAlone: true };
    const sentence = `Nobody else can agree, so you may do so alone from ${approval.coolsUntil} on. Until then you can take it back.`;
    return { obstacle: sentence, isAlone: true };
  }

  async function toView(approval: Approval, caller: Principal): Promise<ApprovalView> {
    const hands = await operators.hands();
    const { obstacle, isAlone } = judge(approval, caller, hands);
    const isOpen = approval.status === 'waiting';
    const asked = needsSecondPerson(approval.kind) ? approval : nobody;
    const able = secondPersons(asked, hands, clock.now()).filter((hand) => isAddressed(approval, hand));
    const deciders = isOpen ? able.map(toPerson) : [];
    return {
      ...approval,
      deciders,
      obstacle: isOpen ? obstacle : 'It is decided.',
      needsTyping: isOpen && isAlone,
    };
  }

  async function checkApprove(approval: Approval, typed: string | undefined, caller: Principal) {
    const { obstacle, isAlone } = judge(approval, caller, await operators.hands());
    if (obstacle !== null) throw new AppError('forbidden', obstacle);
    if (clock.now() < Date.parse(approval.requestedAt)) {
      throw new AppError('conflict', 'The clock of this server was set back. Set it right, then decide.');
    }
    if (isAlone && typed !== approval.confirmation) {
      throw new AppError('invalid', `Type exactly: ${approval.confirmation}`, { place: 'typed' });
    }
    const isIntact = hashSubject(approval.kind, approval.subject) === approval.hash;
    const moved = isIntact
      ? await handlers.get(approval.kind)?.moved?.(approval)
      : 'The request is not what it was.';
    if (!moved) return;
    await end(approval, { status: 'withdrawn', by: null, at: clock.now(), reason: moved });
    throw new AppError('conflict', `${moved} Nothing was changed. Ask again for what is wanted now.`);
  }

  return {
    on: (kind, handler) => void handlers.set(kind, handler),

    async request(wanted) {
      const { kind, title, subject, by, confirmation } = wanted;
      const { workflowId = null, runId = null, authors = [], lifeMs = approvalLifeMs } = wanted;
      const now = clock.now();
      const plain = JSON.parse(toCanonical(subject)) as unknown;
      const hash = hashSubject(kind, plain);
      const waiting = await store.findSame('waiting', hash, by.id);
      if (waiting && Date.parse(waiting.expiresAt) > now) return waiting;
      const hands = await operators.hands();
      const asked = { requestedBy: by.id, authors };
      const others = secondPersons(asked, hands, now);
      const mustCool = needsSecondPerson(kind) && others.length === 0;
      const approval: Approval = {
        ...{ id: newId('approval'), kind, status: 'waiting', title, subject: plain, hash, workflowId, runId },
        ...{ requestedBy: by.id, requestedByName: by.name, authors: [...authors], confirmation },
        requestedAt: new Date(now).toISOString(),
        coolsUntil: mustCool ? new Date(now + coolingMs).toISOString() : null,
        expiresAt: new Date(now + lifeMs).toISOString(),
        ...{ decidedBy: null, decidedByName: null, decidedAt: null, reason: '' },
      };
      // Whoever waits alone may be somebody else's hand: then all operators hear of it in time.
      const readers = mustCool
        ? hands
        : hands.filter(
            (hand) => barOf(hand, nobody, hands, now) !== 'no_right' && isAddressed(approval, hand),
          );
      const deciders = kind === 'block' ? readers : others;
      await store.insert(approval, toTold(approval, readers, deciders, deps), now);
      await audit.add({
        actor: `${by.name} (${by.id})`,
        action: 'approval requested',
        target: approval.id,
        details: { kind, title, hash, coolsUntil: approval.coolsUntil },
      });
      changed();
      return approval;
    },

    find,
    view: async (id, caller) => toView(await current(id), caller),

    async list(query, caller) {
      const { items, ...rest } = await store.list(query);
      return { ...rest, items: await Promise.all(items.map((item) => toView(item, caller))) };
    },

    async secondPersonsFor({ id }, authors = []) {
      const asked = { requestedBy: id, authors };
      return secondPersons(asked, await operators.hands(), clock.now()).map(toPerson);
    },

    async decide(id, { decision, reason, typed }, caller) {
      if (!caller.operator || caller.signedInAt === null) {
        throw new AppError('forbidden', 'Only a person who is signed in can decide, not a token.');
      }
      const age = clock.now() - caller.signedInAt;
      if (age < 0 || age > freshSignInMs) {
        throw new AppError('forbidden', 'You signed in a while ago. Enter your password again to decide.', {
          place: 'step-up',
        });
      }
      const approval = await current(id);
      if (approval.status !== 'waiting') throw isDecided(approval);
      if (decision === 'approve') await checkApprove(approval, typed, caller);
      const by = { id: caller.id, name: caller.name };
      const status = decision === 'approve' ? 'approved' : 'denied';
      if (!(await end(approval, { status, by, at: clock.now(), reason }))) throw isDecided(await find(id));
      return toView(await find(id), caller);
    },

    async withdraw(id, caller) {
      const approval = await current(id);
      if (approval.requestedBy !== caller.id) {
        throw new AppError('forbidden', 'Only who asked can take it back. Deny it instead.');
      }
      const ending = { status: 'withdrawn', by: caller, at: clock.now(), reason: '' } as const;
      if (approval.status !== 'waiting' || !(await end(approval, ending))) throw isDecided(await find(id));
    },

    async supersede(kind, workflowId, reason) {
      for (const approval of await store.waitingFor(kind, workflowId)) {
        await end(approval, { status: 'withdrawn', by: null, at: clock.now(), reason });
      }
    },

    async findApproved(kind, subject, by) {
      const hash = hashSubject(kind, JSON.parse(toCanonical(subject)));
      const found = await store.findSame('approved', hash, by.id);
      const at = clock.now();
      return found && Date.parse(found.expiresAt) > at ? { id: found.id, hash, at } : null;
    },

    async consume(id, hash) {
      await store.consume({ id, hash, at: clock.now() });
      changed();
    },

    async settle() {
      for (const approval of await store.overdue(clock.now())) await current(approval.id);
      const hands = await operators.hands();
      for (const approval of await store.waiting()) {
        if (!isForsaken(approval, hands)) continue;
        await end(approval, { status: 'withdrawn', by: null, at: clock.now(), reason: forsaken });
      }
      for (const approval of await store.unused([...handlers.keys()])) {
        // What is not possible any more is taken back with its reason.
        await tellHandler(approval).catch((error: unknown) => {
          if (!(error instanceof AppError)) throw error;
        });
      }
    },
  };
}

interface Judgement {
  obstacle: string | null;
  /** Whether the caller is one who may agree alone, now or later. */
  isAlone: boolean;
}

const notAddressed = 'This question is for others: the workflow names who answers it.';

/** Whether a question of a workflow is for this operator; everything else is for whoever has the right. */
function isAddressed({ kind, subject }: Approval, { id, role }: Hand): boolean {
  if (kind !== 'block') return true;
  const asked = blockQuestionSchema.safeParse(subject).data;
  return asked !== undefined && (asked.operatorIds.includes(id) || asked.roles.includes(role));
}

const forsaken = 'Whoever asked is not an operator any more.';

/** Nobody is barred by having asked. */
const nobody = { requestedBy: '', authors: [] };

const toPerson = ({ id, name }: Asker): Asker => ({ id, name });

const toFields = ({ status, by, at, reason }: Ending) => ({
  status,
  decidedBy: by?.id ?? null,
  decidedByName: by?.name ?? null,
  decidedAt: new Date(at).toISOString(),
  reason,
});
