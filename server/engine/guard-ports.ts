import type { GuardContent } from '../domain/guard.ts';
import type { Cap } from '../domain/limits.ts';
import type { Protection } from '../domain/protection.ts';
import type { ApprovalUse } from './approval-ports.ts';

/** What the guard knows, as of one generation. */
export interface GuardFacts {
  generation: number;
  content: GuardContent;
  protections: readonly Protection[];
  /** E-mail addresses of operators: who may agree to a deletion is not deleted. */
  operators: readonly string[];
}

/** The guard's facts. Every change counts the generation up in the same transaction. */
export interface GuardStore {
  read(): Promise<GuardFacts>;
  /** Where somebody had to agree, their approval is used in the same transaction. */
  change(decide: (content: GuardContent) => GuardContent, use?: ApprovalUse): Promise<GuardFacts>;
  addProtection(protection: Protection): Promise<GuardFacts>;
  /** Throws `not_found`. */
  removeProtection(id: string, use: ApprovalUse): Promise<GuardFacts>;
  /** Accounts at the vendor that are not deactivated, as the last loads saw them; null when it was never loaded. */
  accounts(vendorId: string): Promise<number | null>;
  /** What was reserved within the last 24 hours, in every place that is not a run. */
  uses(now: number): Promise<(Pick<Cap, 'scope' | 'kind'> & { used: number })[]>;
  /** What was reserved within the last 24 hours. */
  used(cap: Pick<Cap, 'scope' | 'kind' | 'isDaily'>, now: number): Promise<number>;
}

/** What the transaction of an intent reserves. */
export interface Reservation {
  /** Under which it was judged. */
  generation: number;
  caps: readonly Cap[];
  /** Whole hours since 1970. */
  hour: number;
}

/** Why nothing was reserved: somebody changed the guard meanwhile, or a limit is reached. */
export type Refusal = { kind: 'changed' } | { kind: 'limit'; cap: Cap; used: number };
