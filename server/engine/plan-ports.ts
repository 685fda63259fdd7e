import type { Plan, PlanDifference, PlannedEffect, PlannedKind, SkipCode } from '../domain/dry-run.ts';
import type { ListPage, ListQuery } from './service-ports.ts';

export interface EffectsQuery extends ListQuery {
  /** Only what would be done, of this kind. */
  kind?: PlannedKind | undefined;
  /** Only what would be left out, for this reason. */
  skip?: SkipCode | undefined;
  /** In labels, addresses and ids. */
  search?: string | undefined;
}

/** Where an effect stands in its dry run. */
export interface EffectPlace {
  recordN: number;
  stepN: number;
}

/** What dry runs have written down. */
export interface PlanStore {
  /** Undefined where there is no such dry run. Its hash is left to whoever reads the effects. */
  find(runId: string): Promise<Omit<Plan, 'hash'> | undefined>;
  /** The dry run that a run goes by. */
  planOf(runId: string): Promise<string | null>;
  effects(runId: string, query: EffectsQuery): Promise<ListPage<PlannedEffect>>;
  /** In the order of records and steps, for reading all of them. */
  effectsAfter(runId: string, after: EffectPlace, limit: number): Promise<PlannedEffect[]>;
  effectAt(runId: string, place: EffectPlace): Promise<PlannedEffect | undefined>;
}

/** What the doors ask of plans. `runId` names a dry run, or a run that goes by one. */
export interface PlanService {
  /** Throws `not_found` for a run without a plan. */
  find(runId: string): Promise<Plan>;
  effects(runId: string, query: EffectsQuery): Promise<ListPage<PlannedEffect>>;
  /** All of them, a page at a time. */
  all(runId: string): AsyncGenerator<PlannedEffect[]>;
  /** What became different since another plan. Throws `conflict` while one of the two is not complete. */
  compare(runId: string, earlierId: string, query: ListQuery): Promise<PlanComparison>;
}

export interface PlanComparison extends ListPage<PlanDifference> {
  counts: { added: number; removed: number; changed: number; same: number };
}
