import { z } from 'zod';
import { presetEffects } from './effect.ts';
import { callClasses, responseRowSchema } from './vendor.ts';
import { issueSchema } from './workflow.ts';

/** A request of a block as it stands in the editor, tried for one record. */
export const testRequestInput = z.strictObject({
  type: z.string().max(64),
  settings: z.record(z.string(), z.unknown()),
  recordId: z.string().min(1).max(100),
  /** Values of variables that earlier blocks would have set. */
  values: z.record(z.string().max(64), z.string().max(4_000)).default({}),
  /** `show` sends nothing; `read` sends what only reads; `change` also what changes something and takes nothing. */
  mode: z.enum(['show', 'read', 'change']).default('show'),
});
export type TestRequestInput = z.infer<typeof testRequestInput>;

/** How a test is sent: at once, after a yes, or not at all. */
export const testSendings = ['at-once', 'after-yes', 'never'] as const;

const rendered = z.strictObject({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
});

/** What came of a test request; nothing of it is written to any record. */
export const testRequestSchema = z.strictObject({
  /** What stands in the way of making the request at all. */
  issues: z.array(issueSchema),
  /** Why the request could not be filled in for this record, or was not sent. */
  refusal: z.string().nullable(),
  /** Variables without a value for this record. */
  missing: z.array(z.string()),
  class: z.enum(callClasses).nullable(),
  does: z.enum([...presetEffects, 'unknown']).nullable(),
  sending: z.enum(testSendings).nullable(),
  /** As it would be sent or was sent, with every secret masked. */
  request: rendered.nullable(),
  answer: z
    .strictObject({
      outcome: z.string(),
      message: z.string(),
      status: z.int().nullable(),
      headers: z.record(z.string(), z.string()),
      body: z.unknown(),
      isCut: z.boolean(),
      durationMs: z.number(),
    })
    .nullable(),
  /** The exit that the record would take. */
  exit: z.string().nullable(),
  /** What the rows of *Response* would keep. */
  kept: z.array(z.strictObject({ target: responseRowSchema.shape.target, value: z.unknown() })),
});
export type TestRequest = z.infer<typeof testRequestSchema>;
