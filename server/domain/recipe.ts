import type { Graph, WorkflowRecords } from './workflow.ts';

/** What a recipe uses of one vendor of this instance; empty where it has none. */
export interface RecipeParts {
  credentialId: string;
  integrationId: string;
  appId: string;
}

/** What a recipe cannot do without at a vendor. */
export interface RecipeNeed {
  vendorId: string;
  parts: readonly (keyof RecipeParts)[];
}

/** A field that a recipe reads or fills, and that somebody adds where a load has not made it. */
export interface RecipeField {
  recordType: 'person' | 'saas_user';
  externalId: string;
  label: string;
  /** Only needed where the recipe finds its parts of this vendor. */
  vendorId?: string;
}

/** A workflow that ships with the product, to be used as it is or changed. */
export interface Recipe {
  id: string;
  title: string;
  summary: string;
  /** Which records it runs over. */
  records: WorkflowRecords['kind'];
  needs: readonly RecipeNeed[];
  /** One of the vendors is enough: the recipe does its work at those that are there. */
  isOneEnough?: boolean;
  fields?: readonly RecipeField[];
  /** Draws it with the parts of each vendor; of those that are not there, it has none. */
  build(parts: Readonly<Record<string, RecipeParts>>): {
    name: string;
    description: string;
    records: WorkflowRecords;
    graph: Graph;
  };
}
