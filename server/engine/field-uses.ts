import type { Field } from '../domain/field.ts';
import type { Integration } from '../domain/integration.ts';
import { filterFields } from '../domain/mapping.ts';
import type { Graph, Workflow } from '../domain/workflow.ts';
import type { BlockDefinition } from './block.ts';
import { parseSettings } from './parse-settings.ts';
import { type Surroundings, toPrepareContext } from './prepare.ts';
import type { FieldUse } from './record-ports.ts';

type Named = Pick<Field, 'recordType' | 'externalId'>;

/** Which integrations map into a field, or filter by it. */
export function usesInMappings(field: Named, integrations: readonly Integration[]): FieldUse[] {
  return integrations.flatMap(({ id, name, mapping }) => {
    const rows = mapping.rows.filter(
      ({ target }) => target.recordType === field.recordType && target.externalId === field.externalId,
    );
    const isFilter = filterFields(mapping.filter).includes(`${field.recordType}.${field.externalId}`);
    if (rows.length === 0 && !isFilter) return [];
    return [{ kind: 'integration', id, name, isSyncKey: rows.some((row) => row.syncKey !== null) }];
  });
}

/** Whether a block of the graph reads the field, by any spelling, or writes it. A name that could mean it counts. */
export function isUsedInGraph(
  field: Named,
  graph: Graph,
  types: ReadonlyMap<string, BlockDefinition>,
  surroundings: Surroundings,
): boolean {
  return graph.blocks.some((block) => {
    const type = types.get(block.type);
    const parsed = type && parseSettings(type, block.settings);
    if (!type || !parsed?.ok) return writes(field, block.settings);
    const { context, findings } = toPrepareContext(block.id, surroundings);
    type.prepare(parsed.settings, context);
    return findings.reads.some(({ variable }) => reads(field, variable)) || writes(field, block.settings);
  });
}

function reads({ recordType, externalId }: Named, variable: string): boolean {
  const [root, second] = variable.split('.');
  return root === externalId || (root === recordType && second === externalId);
}

/** Targets of answers and assignments look alike wherever they stand. */
function writes(field: Named, value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  const { kind, name } = value as { kind?: unknown; name?: unknown };
  if (kind === field.recordType && name === field.externalId) return true;
  return Object.values(value).some((part) => writes(field, part));
}

export const toUse = ({ id, name }: Workflow): FieldUse => ({ kind: 'workflow', id, name, isSyncKey: false });
