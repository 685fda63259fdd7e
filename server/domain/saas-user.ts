import { z } from 'zod';
import { customValuesSchema } from './person.ts';

/** One account in one app, keyed by the app's own identifier. */
export const saasUserSchema = z.strictObject({
  id: z.string(),
  appId: z.string(),
  personId: z.string().nullable(),
  identifier: z.string(),
  email: z.string(),
  displayName: z.string(),
  roles: z.array(z.string()),
  licenses: z.array(z.string()),
  status: z.string(),
  type: z.string(),
  /** ISO 8601 UTC; null when the vendor did not say. */
  lastActivity: z.string().nullable(),
  isDeactivated: z.boolean(),
  deleteInSaas: z.boolean(),
  fields: customValuesSchema,
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
});
export type SaasUser = z.infer<typeof saasUserSchema>;

/** One connected SaaS app or tenant. */
export const appSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  vendorId: z.string(),
  userCount: z.int(),
  deactivatedCount: z.int(),
  createdAt: z.string(),
});
export type App = z.infer<typeof appSchema>;
