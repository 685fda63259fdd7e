import { z } from 'zod';
import { guardContentSchema, guardSettingsSchema, stopScopeSchema } from '../domain/guard.ts';
import { limitKinds } from '../domain/limits.ts';
import { protectionSchema } from '../domain/protection.ts';

const reason = z.string().trim().max(500).default('');

/** Everything that holds destructive calls now. */
export const safetyState = guardContentSchema.extend({
  /** To be sent back with a change of the settings: what it was made from. */
  base: z.string(),
  protections: z.array(protectionSchema),
  /** Of the last 24 hours. */
  uses: z.array(
    z.strictObject({
      /** `all`, `vendor:webex` or `workflow:wf_…`. */
      scope: z.string(),
      kind: z.enum(limitKinds),
      used: z.int(),
      /** Null where nothing limits it. */
      most: z.number().nullable(),
    }),
  ),
  /** Who could agree if the caller asked now; empty means a day's wait, and agreeing alone. */
  secondPersons: z.array(z.strictObject({ id: z.string(), name: z.string() })),
});
export type SafetyState = z.infer<typeof safetyState>;

export const stopInput = z.strictObject({ scope: stopScopeSchema, reason });
/** `all`, `vendor:webex` or `workflow:wf_…`. */
export const stopParam = z.strictObject({ place: z.string().max(120) });
/** Why, for the audit log. */
export const reasonQuery = z.strictObject({ reason });

/** `seen`: when what is released was pressed last, as far as the one who releases it knows. */
export const releaseQuery = reasonQuery.extend({ seen: z.coerce.number().int().optional() });

/** Answers 200 when it is done, and 202 with the request when somebody else has to agree first. */
export const safetyChange = z.strictObject({
  settings: guardSettingsSchema,
  base: z.string().max(100),
  reason,
});
export type SafetyChange = z.input<typeof safetyChange>;
