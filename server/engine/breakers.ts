import {
  type Breaker,
  closedBreaker,
  halfOpen,
  isTrouble,
  mayCall,
  noteCall,
  openFor,
} from '../domain/breaker.ts';
import type { GuardContent, Hold } from '../domain/guard.ts';

/** One breaker for each workflow: what goes wrong too often stops its destructive calls. */
export interface Breakers {
  /** Why destructive calls of the workflow wait; null when they may go. */
  hold(workflowId: string): Hold | null;
  /** What came of a call of the workflow, reads included. */
  note(workflowId: string, outcomeKind: string, now: number): void;
  /** Something else than calls is wrong, such as an account that is not the one that was meant. */
  open(workflowId: string, reason: string, now: number): void;
  /** Stops were changed: a breaker whose stop somebody released lets the next call go. */
  learn(content: GuardContent): void;
}

/** `opened` writes the stop down, so that it holds after a restart and people see it. */
export function createBreakers(
  opened: (workflowId: string, reason: string, now: number) => Promise<void>,
): Breakers {
  const breakers = new Map<string, Breaker>();
  /** Those whose stop is written, or about to be. */
  const telling = new Set<string>();

  function set(workflowId: string, breaker: Breaker, now: number): void {
    const before = breakers.get(workflowId);
    breakers.set(workflowId, breaker);
    if (breaker.state !== 'open' || before?.state === 'open') return;
    telling.add(workflowId);
    const reason = breaker.openedBy ?? '';
    // Whatever becomes of the writing: in this process the breaker is open already.
    const told = (): boolean => telling.delete(workflowId);
    opened(workflowId, reason, now).then(told, told);
  }

  const find = (workflowId: string): Breaker => breakers.get(workflowId) ?? closedBreaker;

  return {
    hold(workflowId) {
      const breaker = breakers.get(workflowId);
      if (!breaker || mayCall(breaker)) return null;
      const sentence = `Rollcall stopped it: ${breaker.openedBy} Look at the run, then release the stop under Safety.`;
      return { code: 'breaker', sentence, until: null };
    },
    note(workflowId, outcomeKind, now) {
      const breaker = find(workflowId);
      if (breaker.state !== 'open') set(workflowId, noteCall(breaker, isTrouble(outcomeKind), now), now);
    },
    open: (workflowId, reason, now) => set(workflowId, openFor(find(workflowId), reason, now), now),

    learn({ stops }) {
      for (const [workflowId, breaker] of breakers) {
        const isStopped = stops.some(
          ({ by, scope }) => by === 'breaker' && scope.kind === 'workflow' && scope.id === workflowId,
        );
        if (!isStopped && !telling.has(workflowId)) breakers.set(workflowId, halfOpen(breaker));
      }
    },
  };
}
