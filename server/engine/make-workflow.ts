import { AppError } from '../domain/errors.ts';
import type { NewId } from '../domain/ids.ts';
import type { WorkflowRecords } from '../domain/workflow.ts';
import type { BlockDefinition } from './block.ts';
import { checkGraph } from './check.ts';
import type { Clock, Events } from './ports.ts';
import type { RecordStore } from './subject-ports.ts';
import type { Vendors } from './vendor-ports.ts';
import type { References, WorkflowService, WorkflowsStore } from './workflow-ports.ts';

export interface MakerDeps {
  store: Pick<WorkflowsStore, 'find' | 'insert'>;
  records: Pick<RecordStore, 'fields'>;
  references: References;
  vendors: Vendors;
  types: ReadonlyMap<string, BlockDefinition>;
  clock: Pick<Clock, 'now'>;
  events: Pick<Events, 'listChanged'>;
  newId: NewId;
}

export interface Maker {
  find: WorkflowService['find'];
  check: WorkflowService['checkGraph'];
  add: WorkflowService['add'];
}

/** What a new workflow needs, wherever its graph comes from: it is checked, and kept as a draft. */
export function createMaker({ store, records, references, events, ...deps }: MakerDeps): Maker {
  const find: Maker['find'] = async (id) => {
    const workflow = await store.find(id);
    if (!workflow) throw new AppError('not_found', `There is no workflow "${id}".`);
    return workflow;
  };

  async function checkApp(of: WorkflowRecords): Promise<void> {
    if (of.kind === 'people') return;
    if ((await references.apps()).some((each) => each.id === of.appId)) return;
    throw new AppError('invalid', 'The app does not exist. Load its users first, then choose it.', {
      place: 'records.appId',
    });
  }

  return {
    find,

    async check(graph, of, workflowId) {
      const [fields, credentials, integrations, workflows, globals] = await Promise.all([
        records.fields(),
        references.credentials(),
        references.integrations(),
        references.workflows(),
        references.globals(),
      ]);
      return checkGraph(graph, deps.types, {
        ...{ vendors: deps.vendors, fields, records: of },
        ...{ credentials, integrations, workflows, workflowId },
        globals: new Set(globals.map(({ name }) => name)),
      });
    },

    async add({ graph, ...input }, by, hands = []) {
      await checkApp(input.records);
      const at = deps.clock.now();
      const id = deps.newId('workflow');
      const row = { ...input, id, revision: 1, draft: graph, createdAt: at, updatedAt: at };
      await store.insert(row, [...new Set([...hands, by.id])]);
      events.listChanged('workflows');
      return find(id);
    },
  };
}
