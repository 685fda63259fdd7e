import { z } from 'zod';

export const loadModes = ['user', 'user_and_saas_user'] as const;
export const loadPreferences = ['create_and_update', 'create_only', 'update_only'] as const;
export const loadStatuses = [
  'queued',
  'running',
  'succeeded',
  'completed_with_errors',
  /** Read to its end, but so many accounts are missing that somebody has to look first. */
  'held',
  'failed',
  'cancelled',
] as const;
export type LoadStatus = (typeof loadStatuses)[number];

/** How many records a load read, and what became of them. */
export const loadTallySchema = z.strictObject({
  read: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  skipped: z.int(),
  failed: z.int(),
  /** Of accounts that had a value of a field, how many have none any more; absent where nothing was lost. */
  emptied: z.record(z.string(), z.strictObject({ count: z.int(), of: z.int() })).optional(),
});
export type LoadTally = z.infer<typeof loadTallySchema>;

export const emptyTally: LoadTally = { read: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };

/** Accounts that were known before a load and that its list does not name, and what became of them. */
export const missingTallySchema = z.strictObject({
  /** Accounts that were known and not deactivated. */
  known: z.int(),
  missing: z.int(),
  outcome: z.enum(['none', 'left', 'deactivated', 'held']),
  /** Who decided what becomes of them, when the load was held. */
  decidedBy: z.string().nullable(),
});
export type MissingTally = z.infer<typeof missingTallySchema>;

/** An account that a held load did not list. */
export const missingAccountSchema = z.strictObject({
  /** Of the SaaS user. */
  id: z.string(),
  identifier: z.string(),
  email: z.string(),
  displayName: z.string(),
  /** When a load last saw it. */
  lastSeenAt: z.string(),
});
export type MissingAccount = z.infer<typeof missingAccountSchema>;

export const loadSchema = z.strictObject({
  id: z.string(),
  integrationId: z.string(),
  status: z.enum(loadStatuses),
  startedBy: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  pages: z.int(),
  tally: loadTallySchema,
  /** True only when every page was read without an error and the list is plausible; only then may absence mean anything. */
  isComplete: z.boolean(),
  /** Null where nobody looked: for users only, and where the list was not read to its end. */
  missing: missingTallySchema.nullable(),
  /** How often it was started again from its first page, because the server had stopped. */
  restarts: z.int(),
  error: z.string().nullable(),
});
export type Load = z.infer<typeof loadSchema>;

export const loadIssueKinds = ['skipped', 'failed'] as const;

/** A record that a load left out or could not write, and why. */
export const loadIssueSchema = z.strictObject({
  n: z.int(),
  kind: z.enum(loadIssueKinds),
  label: z.string(),
  reason: z.string(),
});
export type LoadIssue = z.infer<typeof loadIssueSchema>;
