import { blocks } from '#blocks/index';
import { newId } from '#domain/ids';
import type { AuditLog } from '#engine/access-ports';
import { createMaker } from '#engine/make-workflow';
import type { OperatorService } from '#engine/operator-ports';
import { createOperators } from '#engine/operators';
import { createTransfer } from '#engine/transfer';
import type { TransferService } from '#engine/transfer-ports';
import type { WorkflowsStore } from '#engine/workflow-ports';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { createAuditLog } from '../store/audit.ts';
import { createWorkflowReferences } from '../store/child-runs.ts';
import { createCredentialStore } from '../store/credentials.ts';
import type { Database } from '../store/database.ts';
import { createGlobalVariableStore } from '../store/global-variables.ts';
import { createIntegrationStore } from '../store/integrations.ts';
import { createJournal } from '../store/journal.ts';
import { createRecordStore } from '../store/records.ts';
import { createAppsReader } from '../store/saas-users.ts';
import { createWorkflowStore } from '../store/workflows.ts';
import { operatorDeps, vendorsOf } from './access.ts';

/** Operators on a database, for the command line: a running server learns of changes by the generation. */
export function operatorsOf(database: Database, config: Config): OperatorService {
  const publicUrl = config.publicUrl ?? `http://127.0.0.1:${config.port}`;
  return createOperators({
    ...operatorDeps(database, config.mail !== null),
    audit: createAuditLog(createJournal(database), systemClock),
    guard: { refresh: async () => {} },
    events: { listChanged: () => {} },
    clock: systemClock,
    publicUrl,
  });
}

/** Workflows as files on a database, for the command line: what it makes is a draft, which no running server runs. */
export function transferOf(
  database: Database,
): TransferService & { audit: AuditLog; workflows: WorkflowsStore } {
  const store = createWorkflowStore(database);
  const vendors = vendorsOf(database, null);
  const types = new Map(blocks.map((block) => [block.type, block]));
  const references = {
    credentials: () => createCredentialStore(database).list(),
    integrations: () => createIntegrationStore(database).list(),
    apps: () => createAppsReader(database).list(),
    globals: () => createGlobalVariableStore(database).list(),
    workflows: createWorkflowReferences(database),
  };
  const { find, check, add } = createMaker({
    ...{ store, references, vendors, types, newId },
    records: createRecordStore(database),
    clock: systemClock,
    events: { listChanged: () => {} },
  });
  return {
    ...createTransfer({ workflows: { find, add, checkGraph: check }, store, references, types, vendors }),
    audit: createAuditLog(createJournal(database), systemClock),
    workflows: store,
  };
}
