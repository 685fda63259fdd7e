import { z } from 'zod';
import { planDifferenceSchema, plannedEffectSchema, plannedKinds, skipCodes } from '../domain/dry-run.ts';
import { listQuery, page } from './list.ts';

/** `kind` and `skip` limit the list to what would be done so, or left out for this reason. */
export const plannedEffectsQuery = listQuery.extend({
  kind: z.enum(plannedKinds).optional(),
  skip: z.enum(skipCodes).optional(),
});
export const plannedEffectsPage = page(plannedEffectSchema);

/** Compares with an earlier plan, such as the last one. */
export const planComparisonQuery = listQuery.omit({ search: true }).extend({ with: z.string().max(100) });
export const planComparison = page(planDifferenceSchema).extend({
  counts: z.strictObject({ added: z.int(), removed: z.int(), changed: z.int(), same: z.int() }),
});
export type PlanComparison = z.infer<typeof planComparison>;
