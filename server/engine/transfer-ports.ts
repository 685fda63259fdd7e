import type { CallEffect } from '../domain/effect.ts';
import type { Issue, Workflow } from '../domain/workflow.ts';
import type { ImportChoices, WorkflowFile } from '../domain/workflow-file.ts';
import type { ReferenceKind } from '../domain/workflow-references.ts';
import type { Principal } from './access-ports.ts';

/** Something that a file names and this instance has by another id, or not at all. */
export interface NamedReference {
  kind: ReferenceKind;
  name: string;
  /** Names of the blocks that use it; empty for the app that the workflow runs over. */
  blocks: string[];
  /** The id of what is used; empty where the place is left open. */
  chosen: string;
  choices: { id: string; name: string }[];
}

/** What an import would make. Nothing of it is written. */
export interface ImportPlan {
  name: string;
  /** Whether there is a workflow of that name; both stay. */
  isNameTaken: boolean;
  references: NamedReference[];
  /** What the new draft's check would find. */
  issues: Issue[];
  /** Blocks that take something from people. */
  harmful: { block: string; name: string; does: CallEffect['does']; vendorId: string }[];
}

/** Workflows as files. */
export interface TransferService {
  /** The draft, or one of the versions, with names in place of this instance's ids. */
  exportFile(workflowId: string, version?: number): Promise<WorkflowFile>;
  plan(file: WorkflowFile, choices?: ImportChoices): Promise<ImportPlan>;
  /** Makes a workflow of a file, as a draft: nothing starts, and nothing is active. */
  importFile(file: WorkflowFile, by: Pick<Principal, 'id'>, choices?: ImportChoices): Promise<Workflow>;
}
