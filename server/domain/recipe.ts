import type { Graph, WorkflowRecords } from './workflow.ts';

/** What a recipe needs of this instance to become a workflow. */
export interface RecipeParts {
  credentialId: string;
  integrationId: string;
  appId: string;
}

/** A workflow that ships with the product, to be used as it is or changed. */
export interface Recipe {
  id: string;
  title: string;
  summary: string;
  /** The vendor whose credential, integration and app it needs. */
  vendorId: string;
  build(parts: RecipeParts): { name: string; description: string; records: WorkflowRecords; graph: Graph };
}
