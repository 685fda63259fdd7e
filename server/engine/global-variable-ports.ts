import type { GlobalUse, GlobalValue, GlobalValues, GlobalVariable } from '../domain/global-variable.ts';
import type { Graph, WorkflowRecords } from '../domain/workflow.ts';
import type { Principal } from './access-ports.ts';

export interface GlobalChange {
  value?: GlobalValue | undefined;
  note?: string | undefined;
}

export interface GlobalVariableStore {
  /** By name. */
  list(): Promise<GlobalVariable[]>;
  /** Throws `conflict` where the name is taken, whatever its capitals. */
  insert(variable: Omit<GlobalVariable, 'updatedAt'> & { updatedAt: number }): Promise<void>;
  /**
   * Changes or, with null, removes it. Throws `conflict` when other versions are active than those that were looked at,
   * as one of them may use it.
   */
  write(
    name: string,
    change: (GlobalChange & { updatedAt: number; updatedBy: string }) | null,
    activeVersionIds: readonly string[],
  ): Promise<void>;
}

export interface GlobalVariableView extends GlobalVariable {
  uses: GlobalUse[];
}

/** What the doors ask of global variables. Absent ones are `not_found`. */
export interface GlobalVariableService {
  list(): Promise<GlobalVariableView[]>;
  create(
    input: { name: string; value: GlobalValue; note: string },
    by: Principal,
  ): Promise<GlobalVariableView[]>;
  /** Throws `conflict` where an active workflow takes something from people by its value. */
  change(name: string, change: GlobalChange, by: Principal): Promise<GlobalVariableView[]>;
  /** Throws `conflict` while a workflow names it. */
  remove(name: string, by: Principal): Promise<GlobalVariableView[]>;
}

/** The global variables that a graph names, as they are now: part of what somebody agrees to. */
export interface GlobalsOfGraph {
  valuesIn(graph: Graph, records: WorkflowRecords): Promise<GlobalValues>;
}
