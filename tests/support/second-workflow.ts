import type { Graph, WorkflowRecords } from '#domain/workflow';
import type { Database } from '../../server/store/database.ts';
import { versions, workflows } from '../../server/store/schema.ts';

/** Another active workflow, `wf_2`, beside the one that `addWorkflow` adds. */
export function addSecondWorkflow(database: Database, graph: Graph, records: WorkflowRecords): void {
  const common = { createdAt: 0, records };
  const row = { id: 'wf_2', name: 'Second', description: '', revision: 1, draft: graph, launchedRevision: 1 };
  database
    .insert(workflows)
    .values({ ...row, ...common, activeVersionId: 'ver_2', updatedAt: 0 })
    .run();
  const version = { id: 'ver_2', workflowId: 'wf_2', number: 1, graph, note: '', author: 'Ada' };
  database
    .insert(versions)
    .values({ ...version, ...common })
    .run();
}
