import { z } from 'zod';

/** How another system starts a workflow. */
export const webhookView = z.strictObject({
  url: z.string(),
  hasSecret: z.boolean(),
  createdBy: z.string().nullable(),
  createdAt: z.string().nullable(),
  lastCallAt: z.string().nullable(),
});
export type WebhookView = z.infer<typeof webhookView>;

/** The secret is shown this once. */
export const webhookSecret = webhookView.extend({ secret: z.string() });

/** `isRepeat`: this call was taken before, and the run is the one that it started then. */
export const webhookAnswer = z.strictObject({ runId: z.string(), isRepeat: z.boolean() });
