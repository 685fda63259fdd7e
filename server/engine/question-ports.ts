import type { Agent } from '../domain/agent.ts';
import type { Integration } from '../domain/integration.ts';

/** What only whoever has the credential can ask a vendor: its first records, or the values that an input may have. */
export type VendorQuestion =
  | ({ kind: 'sample' } & Pick<Integration, 'mapping' | 'mode'>)
  | { kind: 'choices'; input: string };

export type VendorAnswer =
  | {
      kind: 'sample';
      /** Per vendor field, the names that the vendor gives to ids. */
      names: [field: string, list: [id: string, name: string][]][];
      /** Records of the first page, as the vendor sent them. */
      items: unknown[];
    }
  | { kind: 'choices'; items: { value: string; label: string }[] };

/** What the server asks an agent: all that it needs to ask a vendor with a credential of its own, or to test that one. */
export type AgentQuestion =
  | (VendorQuestion & Pick<Integration, 'vendorId' | 'inputs'> & { credential: string })
  | { kind: 'test'; credential: string };

export type AgentAnswer = VendorAnswer | { kind: 'test'; isOk: boolean; message: string };

export type AnswerTo<Kind extends AgentAnswer['kind']> = Extract<AgentAnswer, { kind: Kind }>;

/** Questions that wait for an agent's next contact. Nothing of them is stored: a restart of either side loses them. */
export interface AgentQuestions {
  /**
   * Waits for the answer. Throws `vendor_unavailable` when the agent is not there or does not answer in time, and
   * `vendor_rejected` with what the agent says where it has no answer.
   */
  ask<Asked extends AgentQuestion>(agent: Agent, question: Asked): Promise<AnswerTo<Asked['kind']>>;
  /** The questions that an agent has not been given yet. */
  next(agent: Agent): (AgentQuestion & { id: string })[];
  /** Throws `not_found` when nobody waits for it any more. */
  answer(agent: Agent, id: string, answer: AgentAnswer | { kind: 'error'; message: string }): void;
  /** Tells whoever waits that the server stops. */
  stop(): void;
}
