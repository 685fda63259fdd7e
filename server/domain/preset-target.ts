import { z } from 'zod';
import { answerRuleSchema } from './answer-rule.ts';

/** How the answer of a target read tells that the account is as the call wants it. */
export const settledSchema = z.discriminatedUnion('kind', [
  /**
   * The account is gone. Where `items` is null, the read's own "not found" says so; otherwise the answer has a list at
   * that path (empty: it is the list), and an empty list says so.
   */
  z.strictObject({ kind: z.literal('gone'), items: z.string().nullable() }),
  /** All of these are said. */
  z.strictObject({ kind: z.literal('values'), all: z.array(answerRuleSchema).min(1) }),
  /** Nothing that can be read says so: a person has to decide. */
  z.strictObject({ kind: z.literal('unreadable'), why: z.string() }),
]);

/**
 * Whom a preset acts on, and how to look at them: before the call, to be sure that it is the right account; after a
 * call whose outcome nobody knows, to see whether it was done. It holds for the request as the preset states it, not
 * for one whose path was edited.
 */
export const presetTargetSchema = z.strictObject({
  /** The preset of the same vendor that reads the account. */
  read: z.string(),
  /** What its answer must say for it to be the account that the record names. */
  id: answerRuleSchema,
  /** What it must say for it to be the person who is meant: our record of an id may be somebody else's by mistake. */
  email: answerRuleSchema,
  settled: settledSchema,
});
export type PresetTarget = z.infer<typeof presetTargetSchema>;
