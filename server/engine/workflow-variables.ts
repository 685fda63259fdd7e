import { builtInFields, type Field } from '../domain/field.ts';
import { type GlobalVariable, globalSpace } from '../domain/global-variable.ts';
import type { Graph, Workflow, WorkflowRecords } from '../domain/workflow.ts';
import { findLoopBodies } from './loop-bodies.ts';
import type { MakerDeps } from './make-workflow.ts';
import { parseSettings } from './parse-settings.ts';
import { toPrepareContext } from './prepare.ts';
import type { RecordStore } from './subject-ports.ts';
import type { Variable } from './workflow-ports.ts';

export interface VariablesDeps extends Pick<MakerDeps, 'types' | 'vendors' | 'references'> {
  records: Pick<RecordStore, 'fields'>;
}

/** Everything that templates of a draft may name: fields, what its blocks set, and global variables. */
export async function variablesFor(workflow: Workflow, deps: VariablesDeps): Promise<Variable[]> {
  const fields = await deps.records.fields();
  return [
    ...fieldVariables(workflow.records, fields, hasAccountLoop(workflow.draft, deps.types)),
    ...blockVariables(workflow, deps, fields),
    ...(await deps.references.globals()).map(toVariable),
  ];
}

const hasAccountLoop = (draft: Graph, types: VariablesDeps['types']): boolean =>
  findLoopBodies(draft, types).withAccounts.size > 0;

/** Of a workflow over people, values of SaaS users stand with their prefix: there are some only within a loop. */
function fieldVariables(of: WorkflowRecords, added: readonly Field[], hasAccounts: boolean): Variable[] {
  const variables: Variable[] = [];
  const seen = new Set<string>();
  const types =
    of.kind === 'saas_users'
      ? (['saas_user', 'person'] as const)
      : hasAccounts
        ? (['person', 'saas_user'] as const)
        : (['person'] as const);
  const isInLoop = (recordType: string) => recordType === 'saas_user' && of.kind === 'people';
  for (const recordType of types) {
    const source = recordType === 'person' ? 'Person' : 'SaaS user';
    for (const field of [...builtInFields, ...added]) {
      if (field.recordType !== recordType) continue;
      // The SaaS user's value stands without a prefix where both have one of that name.
      const needsPrefix = seen.has(field.externalId) || isInLoop(recordType);
      const name = needsPrefix ? `${recordType}.${field.externalId}` : field.externalId;
      seen.add(field.externalId);
      variables.push({ name, label: field.label, type: field.type, source });
    }
  }
  return variables;
}

function blockVariables(workflow: Workflow, deps: VariablesDeps, fields: readonly Field[]): Variable[] {
  return workflow.draft.blocks.flatMap((block) => {
    const type = deps.types.get(block.type);
    const parsed = type && parseSettings(type, block.settings);
    if (!type || !parsed?.ok) return [];
    const { context, findings } = toPrepareContext(block.id, {
      vendors: deps.vendors,
      fields,
      records: workflow.records,
    });
    type.prepare(parsed.settings, context);
    const set = findings.defines.map((name) => ({ name, label: name, type: 'json', source: block.name }));
    if (type.callClass?.(parsed.settings, deps.vendors) === undefined) return set;
    return [
      ...set,
      { name: `steps.${block.id}.response`, label: 'The whole answer', type: 'json', source: block.name },
    ];
  });
}

const toVariable = ({ name, value, note }: Pick<GlobalVariable, 'name' | 'value' | 'note'>): Variable => ({
  name: `${globalSpace}.${name}`,
  label: note || name,
  type: typeof value === 'string' ? 'text' : typeof value,
  source: 'Global variable',
});
