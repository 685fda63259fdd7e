import { setImmediate } from 'node:timers/promises';
import { AppError } from '../domain/errors.ts';
import {
  type GlobalUse,
  type GlobalValues,
  type GlobalVariable,
  globalNameIn,
  globalSpace,
} from '../domain/global-variable.ts';
import type { Graph, Version, Workflow, WorkflowRecords } from '../domain/workflow.ts';
import type { AuditLog, Principal } from './access-ports.ts';
import type { BlockDefinition } from './block.ts';
import type {
  GlobalsOfGraph,
  GlobalVariableService,
  GlobalVariableStore,
  GlobalVariableView,
} from './global-variable-ports.ts';
import { parseSettings } from './parse-settings.ts';
import type { Clock, Events } from './ports.ts';
import { toPrepareContext } from './prepare.ts';
import { findHarmfulBlocks } from './two-persons.ts';
import type { Vendors } from './vendor-ports.ts';
import type { WorkflowsStore } from './workflow-ports.ts';

export interface GlobalVariableDeps {
  store: GlobalVariableStore;
  workflows: Pick<WorkflowsStore, 'list' | 'version'>;
  types: ReadonlyMap<string, BlockDefinition>;
  vendors: Vendors;
  audit: AuditLog;
  clock: Pick<Clock, 'now'>;
  events: Pick<Events, 'listChanged'>;
}

/** Workflows that are looked at before others get their turn. */
const atOnce = 10;

/**
 * Values that all workflows may use. What an active version takes from people was agreed to with the values as they
 * were, so those stay as long as it is active.
 */
export function createGlobalVariables(deps: GlobalVariableDeps): GlobalVariableService & GlobalsOfGraph {
  const { store, workflows, types, vendors, audit, clock, events } = deps;

  const namesIn = (graph: Graph, records: WorkflowRecords, of: Vendors): Set<string> =>
    new Set(graph.blocks.flatMap((block) => namesInBlock(block, records, types, of)));

  async function usesBy({ id, name, draft, records, activeVersion }: Workflow) {
    const active = activeVersion && (await workflows.version(activeVersion.id));
    const inActive = active ? namesOfVersion(active) : { names: new Set<string>(), isHarmful: false };
    const named = new Set([...namesIn(draft, records, vendors), ...inActive.names]);
    return [...named].map((variable): { variable: string; use: GlobalUse } => {
      const isActive = inActive.names.has(variable);
      return { variable, use: { id, name, isActive, isHarmful: isActive && inActive.isHarmful } };
    });
  }

  /** As it runs: by its vendors as they were when it was launched. */
  function namesOfVersion({ graph, records, createdAt }: Version) {
    const then = vendors.asOf?.(Date.parse(createdAt)) ?? vendors;
    return {
      names: namesIn(graph, records, then),
      isHarmful: findHarmfulBlocks(graph, types, then).length > 0,
    };
  }

  /** Who names which, and the active versions that were looked at for it. */
  async function look(): Promise<{ uses: Map<string, GlobalUse[]>; activeVersionIds: string[] }> {
    const uses = new Map<string, GlobalUse[]>();
    const all = await workflows.list();
    for (const [at, workflow] of all.entries()) {
      if (at % atOnce === atOnce - 1) await setImmediate();
      for (const { variable, use } of await usesBy(workflow))
        uses.set(variable, [...(uses.get(variable) ?? []), use]);
    }
    return { uses, activeVersionIds: all.flatMap(({ activeVersion }) => activeVersion?.id ?? []) };
  }

  async function list(): Promise<GlobalVariableView[]> {
    const { uses } = await look();
    return (await store.list()).map((variable) => ({ ...variable, uses: uses.get(variable.name) ?? [] }));
  }

  async function find(name: string): Promise<GlobalVariable> {
    const found = (await store.list()).find((each) => each.name === name);
    if (found) return found;
    throw new AppError('not_found', `There is no global variable "${name}". It may have been removed.`);
  }

  async function wrote(action: string, name: string, by: Principal, details: object): Promise<void> {
    const actor = `${by.name} (${by.id})`;
    await audit.add({ actor, action: `${action} global variable`, target: name, details });
    events.listChanged('workflows');
  }

  return {
    list,

    async create(input, by) {
      await store.insert({ ...input, updatedAt: clock.now(), updatedBy: by.name });
      await wrote('add', input.name, by, { after: input.value });
      return list();
    },

    async change(name, change, by) {
      const before = await find(name);
      const { uses, activeVersionIds } = await look();
      if (change.value !== undefined && change.value !== before.value) refuseHarm(name, uses.get(name) ?? []);
      await store.write(name, { ...change, updatedAt: clock.now(), updatedBy: by.name }, activeVersionIds);
      const after = await find(name);
      await wrote('change', name, by, { before: before.value, after: after.value });
      return list();
    },

    async remove(name, by) {
      const before = await find(name);
      const { uses, activeVersionIds } = await look();
      const users = uses.get(name) ?? [];
      if (users.length > 0) {
        throw new AppError(
          'conflict',
          `“${name}” is used by ${namesOf(users)}. Take it out there first, then remove it.`,
        );
      }
      await store.write(name, null, activeVersionIds);
      await wrote('remove', name, by, { before: before.value });
      return list();
    },

    async valuesIn(graph, records) {
      const known = new Map((await store.list()).map(({ name, value }) => [name, value]));
      const values: GlobalValues = {};
      for (const name of [...namesIn(graph, records, vendors)].sort()) {
        const value = known.get(name);
        if (value !== undefined) values[name] = value;
      }
      return values;
    },
  };
}

/** What they are now. Throws `conflict` where one of them is gone. */
export async function readGlobals(
  store: Pick<GlobalVariableStore, 'list'>,
  names: readonly string[],
): Promise<GlobalValues> {
  if (names.length === 0) return {};
  const all = new Map((await store.list()).map(({ name, value }) => [name, value]));
  return Object.fromEntries(
    names.map((name) => {
      const value = all.get(name);
      if (value !== undefined) return [name, value];
      throw new AppError(
        'conflict',
        `There is no global variable “${name}” any more. Add it again under Global variables, or take it out of the workflow.`,
      );
    }),
  );
}

function namesInBlock(
  { id, type: typeId, settings }: Graph['blocks'][number],
  records: WorkflowRecords,
  types: GlobalVariableDeps['types'],
  vendors: Vendors,
): string[] {
  const text = JSON.stringify(settings);
  if (!text.includes(globalSpace)) return [];
  const type = types.get(typeId);
  const parsed = type && parseSettings(type, settings);
  if (!type || !parsed?.ok) return spelledIn(text);
  const { context, findings } = toPrepareContext(id, { vendors, fields: [], records });
  type.prepare(parsed.settings, context);
  return findings.reads.flatMap(({ variable }) => globalNameIn(variable) ?? []);
}

/** Of a block that cannot be read yet: what looks like one counts. */
const spelledIn = (text: string): string[] =>
  [...text.matchAll(/GlobalSetting[^A-Za-z]{1,4}([A-Za-z]\w*\.[A-Za-z]\w*)/g)].map(([, name = '']) => name);

function refuseHarm(name: string, uses: readonly GlobalUse[]): void {
  const harmful = uses.filter(({ isHarmful }) => isHarmful);
  if (harmful.length === 0) return;
  throw new AppError(
    'conflict',
    `By “${name}”, ${namesOf(harmful)} ${harmful.length === 1 ? 'takes' : 'take'} something from people, and was agreed to with this value. Deactivate it, change the value, and launch it again.`,
    { place: 'value' },
  );
}

const namesOf = (uses: readonly GlobalUse[]): string =>
  uses.map(({ name }) => `the workflow “${name}”`).join(', ');
