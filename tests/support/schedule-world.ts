import { newId } from '#domain/ids';
import type { Trigger } from '#domain/start-slot';
import { createWorkflowSchedules } from '#engine/workflow-schedules';
import type { Database } from '../../server/store/database.ts';
import { createWorkflowScheduleStore } from '../../server/store/workflow-schedules.ts';
import { addAccounts, addWorkflow, aGraph, createWorldAt } from './engine-world.ts';
import { answer, createScriptedClient, type Script } from './scripted-client.ts';
import { createVirtualClock } from './virtual-clock.ts';
import { waitingBlocks } from './waiting-blocks.ts';

/** The schedules of workflows and the engine that they start, as one process. */
export function createScheduleProcess(at: number, database?: Database, script: Script = () => answer(204)) {
  const client = createScriptedClient(script);
  const world = createWorldAt(createVirtualClock(at), { client, types: waitingBlocks }, database);
  const told: string[] = [];
  const reports: string[] = [];
  const schedules = createWorkflowSchedules({
    store: createWorkflowScheduleStore(world.database),
    runner: world.runner,
    clock: world.clock,
    events: { listChanged: (what) => void told.push(what) },
    newId,
    report: (message) => void reports.push(message),
  });
  const read = <T>(sql: string) => world.database.$client.prepare<[], T>(sql).all();
  return {
    ...world,
    client,
    schedules,
    told,
    reports,
    slots: () =>
      read<{ id: string; slot: string; status: string; run_id: string | null }>(
        'SELECT id, slot, status, run_id FROM schedule_slots ORDER BY due_at, id',
      ),
    runs: () =>
      read<{ id: string; started_by: string; status: string }>('SELECT id, started_by, status FROM runs'),
    notes: () => read<{ title: string; message: string }>('SELECT title, message FROM notifications'),
    nextAt: () => {
      const [row] = read<{ next_at: number | null }>('SELECT next_at FROM workflow_schedules');
      return row?.next_at ? new Date(row.next_at).toISOString() : null;
    },
  };
}

export type ScheduleProcess = ReturnType<typeof createScheduleProcess>;

const deleteSettings = {
  vendorId: 'webex',
  presetId: 'delete-user',
  authorization: { mode: 'static', credentialId: 'crd_1' },
  method: 'DELETE',
  url: '/people/{{webex_user_id}}',
  success: { statuses: [204], mediaType: 'none' },
};

/** An active workflow with a schedule. What it does: nothing, or it deletes, or its records wait. */
export function addScheduled(
  { database }: Pick<ScheduleProcess, 'database'>,
  trigger: Partial<Trigger> & Pick<Trigger, 'schedule'>,
  does: 'nothing' | 'delete' | 'hold' | 'pause' = 'nothing',
): void {
  const begin = { trigger: 'schedule', ...trigger };
  const step = {
    nothing: ['end'],
    delete: ['api', deleteSettings],
    hold: ['hold'],
    pause: ['pause', { hours: 72 }],
  }[does] as [string, Record<string, unknown>?];
  addAccounts(database, [{ name: 'ada' }]);
  addWorkflow(database, aGraph({ begin: ['begin', begin], step }, ['begin.next > step']));
}
