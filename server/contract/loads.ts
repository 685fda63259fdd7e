import { z } from 'zod';
import { loadIssueKinds, missingAccountSchema } from '../domain/load.ts';
import { listQuery, page } from './list.ts';

/** `search` looks into the record's name and the reason. */
export const loadIssuesQuery = listQuery.extend({ kind: z.enum(loadIssueKinds).optional() });
export const loadIssuesFilter = loadIssuesQuery.pick({ kind: true, search: true });

export const missingAccountsPage = page(missingAccountSchema);

/** What becomes of the accounts that a held load did not list. */
export const missingDecision = z.strictObject({ action: z.enum(['deactivate', 'leave']) });
export type MissingDecision = z.infer<typeof missingDecision>;
