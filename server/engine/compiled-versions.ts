import { AppError } from '../domain/errors.ts';
import type { Field } from '../domain/field.ts';
import type { Version } from '../domain/workflow.ts';
import type { BlockDefinition } from './block.ts';
import { type Plan, toPlan } from './plan.ts';
import type { WorkflowStore } from './run-store-ports.ts';
import type { RecordStore } from './subject-ports.ts';
import type { Vendors } from './vendor-ports.ts';

export interface Compiled {
  version: Version;
  plan: Plan;
  /** As they were when it was compiled: what a version names was there when it was launched. */
  fields: readonly Field[];
}

export interface CompiledVersions {
  /** Throws `not_found` where there is no such version. */
  of(versionId: string): Promise<Compiled>;
}

interface Deps {
  workflows: Pick<WorkflowStore, 'version'>;
  records: Pick<RecordStore, 'fields'>;
  types: ReadonlyMap<string, BlockDefinition>;
  vendors: Vendors;
}

const keptVersions = 100;

/** Versions as the engine runs them. A version never changes, so what is made of it is kept. */
export function createCompiledVersions({ workflows, records, types, vendors }: Deps): CompiledVersions {
  const compiled = new Map<string, Compiled>();

  return {
    async of(versionId) {
      const known = compiled.get(versionId);
      if (known) return known;
      const version = await workflows.version(versionId);
      if (!version) throw new AppError('not_found', `There is no workflow version "${versionId}".`);
      const fields = await records.fields();
      const plan = toPlan(version.graph, types, {
        // A file that was changed since must not change what was launched.
        vendors: vendors.asOf?.(Date.parse(version.createdAt)) ?? vendors,
        fields,
        records: version.records,
      });
      if (compiled.size >= keptVersions) compiled.delete(compiled.keys().next().value!);
      compiled.set(versionId, { version, plan, fields });
      return { version, plan, fields };
    },
  };
}
