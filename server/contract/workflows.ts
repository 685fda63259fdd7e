import { z } from 'zod';
import { blockTypeSchema } from '../domain/block-type.ts';
import { runSchema } from '../domain/run.ts';
import {
  graphSchema,
  issueSchema,
  versionSchema,
  workflowRecordsSchema,
  workflowSchema,
} from '../domain/workflow.ts';
import { findExcess } from '../domain/workflow-limits.ts';

export const blockTypesList = z.strictObject({ items: z.array(blockTypeSchema) });

export const workflowsList = z.strictObject({
  items: z.array(
    workflowSchema.omit({ draft: true }).extend({ lastRun: runSchema.nullable(), blockCount: z.int() }),
  ),
});
export type WorkflowSummary = z.infer<typeof workflowsList>['items'][number];

export const workflowInput = z.strictObject({
  name: z.string().trim().min(1, 'Enter a name.').max(120),
  description: z.string().max(1000).default(''),
  records: workflowRecordsSchema,
  /** Start from this recipe; else from Begin and End. */
  recipeId: z.string().max(100).optional(),
});
export const workflowChange = z.strictObject({
  name: z.string().trim().min(1).max(120).optional(),
  description: z.string().max(1000).optional(),
});

/** What comes from outside is no deeper and larger than anything that a person draws. */
const drawnGraph = graphSchema.superRefine(({ blocks }, context) => {
  for (const [i, { settings }] of blocks.entries()) {
    const excess = findExcess(settings);
    if (!excess) continue;
    const path = ['blocks', i, 'settings', ...excess.path.slice(0, 6)];
    context.addIssue({ code: 'custom', path, message: excess.message });
  }
});

/** Saves a draft that was made from `revision`; answers 409 when somebody else saved first. */
export const draftInput = z.strictObject({ revision: z.int(), graph: drawnGraph });

export const validation = z.strictObject({ issues: z.array(issueSchema) });
/** Checks a graph that is not saved. */
export const validationInput = z.strictObject({ graph: drawnGraph });

/** A variable that templates of a workflow may name. */
export const variablesList = z.strictObject({
  items: z.array(
    z.strictObject({ name: z.string(), label: z.string(), type: z.string(), source: z.string() }),
  ),
});

export const launchInput = z.strictObject({ revision: z.int(), note: z.string().max(500).default('') });

/** The records that Begin's rules choose now. */
export const matches = z.strictObject({
  total: z.int(),
  sample: z.array(z.strictObject({ recordId: z.string(), label: z.string() })),
});

export const recipesList = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      summary: z.string(),
      /** Which records it runs over. */
      records: z.enum(['people', 'saas_users']),
      vendorIds: z.array(z.string()),
      /** What must be there first, in words; empty when the recipe can be used now. */
      missing: z.array(z.string()),
    }),
  ),
});

export { versionSchema, workflowSchema };
