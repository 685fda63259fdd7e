import type { GlobalValues, GlobalVariable } from '../domain/global-variable.ts';
import type { Graph, Issue, Version, Workflow, WorkflowRecords } from '../domain/workflow.ts';
import type { Principal } from './access-ports.ts';
import type { ApprovalUse } from './approval-ports.ts';

/** A workflow as the store keeps it. */
export interface WorkflowRow {
  id: string;
  name: string;
  description: string;
  records: WorkflowRecords;
  revision: number;
  draft: Graph;
  createdAt: number;
  updatedAt: number;
}

export interface WorkflowsStore {
  list(): Promise<Workflow[]>;
  find(id: string): Promise<Workflow | undefined>;
  insert(row: WorkflowRow, editors: readonly string[]): Promise<void>;
  rename(
    id: string,
    change: { name?: string | undefined; description?: string | undefined },
    at: number,
  ): Promise<void>;
  /** Saves the draft when its revision is still this one; false when somebody else saved first. */
  saveDraft(
    id: string,
    revision: number,
    draft: Graph,
    at: number,
    editors: readonly string[],
  ): Promise<boolean>;
  /** Ids of everybody who saved the draft since a version of it became active. */
  editors(id: string): Promise<string[]>;
  /** Makes the draft of this revision a version; undefined when the draft has moved on. */
  launch(version: {
    id: string;
    workflowId: string;
    revision: number;
    note: string;
    author: { id: string; name: string };
    at: number;
    /** Makes it the active one at once. */
    activates: boolean;
  }): Promise<Version | undefined>;
  /** Makes a version active that a second person agreed to. Throws `conflict` when the approval is no good any more. */
  activate(
    version: { workflowId: string; versionId: string; revision: number; globals: GlobalValues },
    use: ApprovalUse,
  ): Promise<void>;
  /**
   * The version whose graph is the draft as it is now. Where there is none, a copy with the number 0 is kept, which no
   * list shows and which cannot be activated.
   */
  freezeDraft(copy: { id: string; workflowId: string; author: string; at: number }): Promise<Version>;
  deactivate(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  versions(workflowId: string): Promise<Version[]>;
  version(versionId: string): Promise<Version | undefined>;
  hasUnfinishedRuns(workflowId: string): Promise<boolean>;
}

/** Names of what graphs refer to by id. */
export interface References {
  credentials(): Promise<readonly { id: string; name: string; vendorId: string; status: string }[]>;
  integrations(): Promise<
    readonly {
      id: string;
      name: string;
      vendorId: string;
      appId: string | null;
      credentialId: string | null;
      status: string;
    }[]
  >;
  apps(): Promise<readonly { id: string; name: string; vendorId: string }[]>;
  globals(): Promise<readonly Pick<GlobalVariable, 'name' | 'value' | 'note'>[]>;
  /** With the workflows that the active version of each starts. */
  workflows(): Promise<readonly { id: string; name: string; isActive: boolean; starts: string[] }[]>;
}

export interface Variable {
  name: string;
  label: string;
  type: string;
  source: string;
}

export interface RecipeView {
  id: string;
  title: string;
  summary: string;
  records: WorkflowRecords['kind'];
  vendorIds: string[];
  missing: string[];
}

/** What the doors ask of workflows. Absent ones are `not_found`. */
export interface WorkflowService {
  list(): Promise<Workflow[]>;
  find(id: string): Promise<Workflow>;
  create(
    input: {
      name: string;
      description: string;
      records: WorkflowRecords;
      recipeId?: string | undefined;
    },
    by: Principal,
  ): Promise<Workflow>;
  /** Makes a workflow of a graph. `hands` are ids of others who had a hand in it, and cannot agree to it alone. */
  add(
    input: { name: string; description: string; records: WorkflowRecords; graph: Graph },
    by: Pick<Principal, 'id'>,
    hands?: readonly string[],
  ): Promise<Workflow>;
  /** Ids of everybody who had a hand in the draft. */
  hands(id: string): Promise<string[]>;
  rename(
    id: string,
    change: { name?: string | undefined; description?: string | undefined },
  ): Promise<Workflow>;
  /** Throws `conflict` while a run of it goes on. Its runs stay. */
  remove(id: string): Promise<void>;
  /** Throws `conflict` when somebody else saved since that revision. */
  saveDraft(
    id: string,
    revision: number,
    graph: Graph,
    by: Principal,
    hands?: readonly string[],
  ): Promise<Workflow>;
  check(id: string, graph?: Graph): Promise<Issue[]>;
  /** What is wrong with a graph that belongs to no workflow yet. */
  checkGraph(graph: Graph, records: WorkflowRecords, workflowId?: string): Promise<Issue[]>;
  variables(id: string): Promise<Variable[]>;
  /** The records that the draft's Begin chooses now, and the first of them. */
  matches(id: string): Promise<{ total: number; sample: { recordId: string; label: string }[] }>;
  versions(id: string): Promise<Version[]>;
  version(id: string, number: number): Promise<Version>;
  /**
   * Makes the draft a version and activates it; where a second person has to agree first, it is asked for. Throws
   * `invalid` with the findings while the draft has errors.
   */
  launch(id: string, launch: { revision: number; note: string; by: Principal }): Promise<Workflow>;
  /** The draft as it is now, to be tried in a dry run. Throws `invalid` with the findings while it has errors. */
  freezeDraft(id: string, author: string): Promise<Version>;
  deactivate(id: string): Promise<Workflow>;
  recipes(): Promise<RecipeView[]>;
}
