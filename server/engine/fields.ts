import { AppError } from '../domain/errors.ts';
import { type Field, reservedExternalIds, uniqueTypes } from '../domain/field.ts';
import type { NewId } from '../domain/ids.ts';
import type { Integration } from '../domain/integration.ts';
import type { BlockDefinition } from './block.ts';
import { isUsedInGraph, toUse, usesInMappings } from './field-uses.ts';
import type { Clock } from './ports.ts';
import type { FieldService, FieldStore, FieldUse, FieldView } from './record-ports.ts';
import type { Vendors } from './vendor-ports.ts';
import type { WorkflowsStore } from './workflow-ports.ts';

export interface FieldDeps {
  store: FieldStore;
  integrations: { list(): Promise<Integration[]> };
  workflows: Pick<WorkflowsStore, 'list' | 'version'>;
  types: ReadonlyMap<string, BlockDefinition>;
  vendors: Vendors;
  newId: NewId;
  clock: Pick<Clock, 'now'>;
}

/** Definitions of values as operators keep them. */
export function createFields(deps: FieldDeps): FieldService {
  const { store, newId, clock } = deps;

  async function find(id: string): Promise<Field> {
    const field = (await store.list()).find((each) => each.id === id);
    if (field) return field;
    throw new AppError('not_found', 'There is no such field. It may have been removed.');
  }

  async function usesOf(field: Field): Promise<FieldUse[]> {
    const fields = await store.list();
    const uses = usesInMappings(field, await deps.integrations.list());
    for (const workflow of await deps.workflows.list()) {
      const { activeVersion, draft, records } = workflow;
      const active = activeVersion && (await deps.workflows.version(activeVersion.id));
      const surroundings = { vendors: deps.vendors, fields, records };
      const graphs = active ? [draft, active.graph] : [draft];
      if (graphs.some((graph) => isUsedInGraph(field, graph, deps.types, surroundings)))
        uses.push(toUse(workflow));
    }
    return uses;
  }

  async function view(field: Field): Promise<FieldView> {
    const values = field.isBuiltIn ? 0 : await store.countValues(field);
    return { field, uses: await usesOf(field), values };
  }

  return {
    list: () => store.list(),
    find: async (id) => view(await find(id)),

    async create(field) {
      if (reservedExternalIds.has(field.externalId)) {
        throw new AppError(
          'invalid',
          `Templates use the name "${field.externalId}" already, so no field can be called so. Choose another external id.`,
          { place: 'externalId' },
        );
      }
      if (field.isUnique) refuseUnique(field);
      refuseChoices(field.type, field.choices);
      return await store.insert({ ...field, id: newId('field') }, clock.now());
    },

    async change(id, change) {
      const field = await find(id);
      if (field.isBuiltIn) {
        throw new AppError(
          'conflict',
          `"${field.label}" is built in, so it cannot be changed. Add a field of your own.`,
        );
      }
      if (change.isUnique === true && !field.isUnique) refuseUnique(field);
      refuseChoices(field.type, change.choices);
      if (change.isUnique === false && field.isUnique) {
        const keys = (await usesOf(field)).filter((use) => use.isSyncKey);
        if (keys.length > 0) {
          throw new AppError(
            'conflict',
            `"${field.label}" must stay unique: it is a sync key of ${namesOf(keys)}. Choose another sync key there first.`,
            { place: 'isUnique' },
          );
        }
      }
      return await view(await store.change(field, change));
    },

    async remove(id) {
      const field = await find(id);
      if (field.isBuiltIn)
        throw new AppError('conflict', `"${field.label}" is built in, so it cannot be removed.`);
      const uses = await usesOf(field);
      if (uses.length > 0) {
        throw new AppError(
          'conflict',
          `"${field.label}" is used by ${namesOf(uses)}. Take it out there first, then remove it.`,
        );
      }
      await store.remove(field);
    },
  };
}

function refuseUnique({ recordType, type }: Pick<Field, 'recordType' | 'type'>): void {
  if (recordType === 'saas_user') {
    throw new AppError(
      'invalid',
      'Only fields of people can be unique: SaaS users are told apart by their identifier in the app. Leave Unique off, or add the field to people.',
      { place: 'isUnique' },
    );
  }
  if (!uniqueTypes.has(type)) {
    throw new AppError(
      'invalid',
      'Values of this type cannot be unique. Leave Unique off, or choose text, a number, an e-mail address or a URL.',
      { place: 'isUnique' },
    );
  }
}

function refuseChoices(type: Field['type'], choices: readonly string[] = []): void {
  if (type === 'choice' || choices.length === 0) return;
  throw new AppError(
    'invalid',
    'Only fields of the type choice have choices. Leave them out, or choose that type.',
    {
      place: 'choices',
    },
  );
}

const namesOf = (uses: readonly FieldUse[]): string =>
  uses
    .map(({ kind, name }) => (kind === 'integration' ? `the mapping of "${name}"` : `the workflow "${name}"`))
    .join(', ');
