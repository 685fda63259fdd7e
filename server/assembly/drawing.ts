import { blocks } from '#blocks/index';
import { newId } from '#domain/ids';
import { createActivation } from '#engine/activation';
import { toBlockType } from '#engine/block';
import { createOwnPresets } from '#engine/own-presets';
import { createTestRequests } from '#engine/test-request';
import { createTransfer } from '#engine/transfer';
import { createUndo } from '#engine/undo';
import { createVersions } from '#engine/versions';
import { createWorkflows } from '#engine/workflows';
import { recipes } from '#presets';
import { createWorkflowReferences } from '../store/child-runs.ts';
import { createOwnPresetStore } from '../store/own-presets.ts';
import { createUndoReader } from '../store/undo.ts';
import type { Egress } from './egress.ts';
import type { Foundation } from './foundation.ts';
import type { Running } from './running.ts';

/** Workflows as they are drawn, tried, compared, copied and taken back. */
export function createDrawing(foundation: Foundation, { client }: Egress, { workflowEvents }: Running) {
  const { database, common, types, records, credentialStore, integrationStore, workflowStore } = foundation;
  const { vendors, clock } = common;
  const references = {
    credentials: () => credentialStore.list(),
    integrations: () => integrationStore.list(),
    apps: () => foundation.apps.list(),
    globals: () => foundation.globalStore.list(),
    workflows: createWorkflowReferences(foundation.database),
  };
  const blockTypes = blocks.map(toBlockType);
  const workflows = createWorkflows({
    ...common,
    events: workflowEvents,
    activation: createActivation({
      ...common,
      events: workflowEvents,
      store: workflowStore,
      approvals: foundation.approvals,
      types,
      credentials: references.credentials,
      globals: foundation.globalVariables,
      sandboxHosts: foundation.sandboxHosts,
    }),
    store: workflowStore,
    records,
    references,
    recipes,
    types,
  });
  return {
    ...{ workflows, blockTypes },
    transfer: createTransfer({ workflows, store: workflowStore, references, types, vendors }),
    versions: createVersions({ workflows, blockTypes, references, records, vendors }),
    ownPresets: createOwnPresets({ store: createOwnPresetStore(database), clock, newId }),
    testRequests: createTestRequests({
      ...common,
      workflows,
      records,
      types,
      client,
      globals: foundation.globalStore,
      audit: foundation.audit,
    }),
    undo: createUndo({ reader: createUndoReader(database), workflows, vendors }),
  };
}
