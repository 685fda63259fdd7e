import type { Field } from '../domain/field.ts';
import type { PersonContent } from '../domain/record-values.ts';
import type { RerunKind } from '../domain/rerun.ts';
import type { SaasUser } from '../domain/saas-user.ts';
import type { Undone } from '../domain/undo-plan.ts';
import type { WorkflowRecords } from '../domain/workflow.ts';

/** The records a step works on. */
export interface Subject {
  person: PersonContent | null;
  saasUser: SaasUser | null;
}

/** Reads the records that workflows work on. */
export interface RecordStore {
  subjects(recordType: 'person' | 'saas_user', recordIds: readonly string[]): Promise<Map<string, Subject>>;
  /** Records of a workflow in id order, for the choice of records: active, deactivated or both. */
  choose(
    records: WorkflowRecords,
    state: 'active' | 'deactivated' | 'both',
    after: string | null,
    limit: number,
  ): Promise<{ recordId: string; label: string; subject: Subject }[]>;
  /** As `choose`, for a choice without rules: nothing of the records is read but their names. */
  chooseLabels(
    records: WorkflowRecords,
    state: 'active' | 'deactivated' | 'both',
    after: string | null,
    limit: number,
  ): Promise<{ recordId: string; label: string }[]>;
  /** The same for records that were named: those that exist, belong to the workflow and are in the state. */
  chooseNamed(
    records: WorkflowRecords,
    state: 'active' | 'deactivated' | 'both',
    recordIds: readonly string[],
  ): Promise<{ recordId: string; label: string; subject: Subject }[]>;
  /** The records for which blocks of a run were surely done, by their ids: each with which of them. */
  undone(of: Undone): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Records that a re-run from the start takes up, with n in its origin above `after`, at most so many. */
  again(
    rerun: { key: number; originId: string; records: RerunKind },
    after: number,
    limit: number,
  ): Promise<{ n: number; recordId: string }[]>;
  /** Names that vendors give to ids, by `vendor/id`; as the last load read them. */
  names(): Promise<ReadonlyMap<string, string>>;
  /** How many records the workflow has in that state, whatever its rules say. */
  count(records: WorkflowRecords, state: 'active' | 'deactivated' | 'both'): Promise<number>;
  /** Fields that operators added. */
  fields(): Promise<readonly Field[]>;
}
