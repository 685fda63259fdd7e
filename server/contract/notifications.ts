import { z } from 'zod';
import { page } from './list.ts';

export const notification = z.strictObject({
  id: z.string(),
  at: z.string(),
  level: z.enum(['info', 'success', 'warning', 'error']),
  title: z.string(),
  message: z.string(),
  /** A path of the web, such as `/runs/run_…`; null when there is nothing to open. */
  link: z.string().nullable(),
  isRead: z.boolean(),
});
export type Notification = z.infer<typeof notification>;

export const notificationsPage = page(notification).extend({ unread: z.int() });

/** Numbers and lists of the home page. */
export const overview = z.strictObject({
  people: z.int(),
  deactivatedPeople: z.int(),
  apps: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      vendorId: z.string(),
      users: z.int(),
      inactive90Days: z.int(),
      unknownActivity: z.int(),
      deactivated: z.int(),
    }),
  ),
  needsAttention: z.int(),
  activeWorkflows: z.int(),
  /** What a new instance has done so far, in the order of the first story. */
  steps: z.strictObject({
    hasCredential: z.boolean(),
    hasIntegration: z.boolean(),
    hasLoad: z.boolean(),
    hasWorkflow: z.boolean(),
    hasRun: z.boolean(),
  }),
});
export type Overview = z.infer<typeof overview>;
