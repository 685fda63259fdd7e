import { createPlans } from '#engine/plans';
import type { Events } from '#engine/ports';
import { createReruns } from '#engine/reruns';
import { createRunner } from '#engine/runner';
import { findHarmfulBlocks, isImitated } from '#engine/two-persons';
import { createWorkflowEvents } from '#engine/workflow-events';
import { createWorkflowSchedules } from '#engine/workflow-schedules';
import { createAppAccounts } from '../store/app-accounts.ts';
import { createAskStore } from '../store/asks.ts';
import { createChildRunStore } from '../store/child-runs.ts';
import { createPlanStore } from '../store/plans.ts';
import { createRerunReader } from '../store/reruns.ts';
import { createRunReader } from '../store/run-reader.ts';
import { createRunStore } from '../store/runs.ts';
import { createWorkflowEventStore } from '../store/workflow-events.ts';
import { createWorkflowScheduleStore } from '../store/workflow-schedules.ts';
import type { Egress } from './egress.ts';
import type { Foundation } from './foundation.ts';
import type { Guarding } from './guarding.ts';
import type { Loading } from './loading.ts';

export type Running = ReturnType<typeof createRunning>;

/** Runs, and what starts them by itself. */
export function createRunning(
  foundation: Foundation,
  egress: Egress,
  { guard, guardStore }: Guarding,
  { loads }: Loading,
) {
  const { config, database, publicUrl, common, types, journal, records, sandboxHosts, tell } = foundation;
  const { vendors, events, report } = common;
  const plans = createPlans(createPlanStore(database));
  const reader = createRunReader(database);
  const runner = createRunner({
    ...common,
    guard,
    ownAccounts: egress.ownAccounts,
    store: createRunStore(database, journal),
    reader,
    records,
    accounts: createAppAccounts(database),
    asks: createAskStore(database),
    children: createChildRunStore(database),
    mail: config.mail && { publicUrl },
    workflows: foundation.workflowStore,
    globals: foundation.globalStore,
    client: egress.client,
    loads,
    types,
    uses: guardStore,
    plans,
    approvals: foundation.approvals,
    isImitated: async ({ graph, createdAt }) =>
      isImitated(
        findHarmfulBlocks(graph, types, vendors.asOf?.(Date.parse(createdAt)) ?? vendors),
        await foundation.credentialStore.list(),
        sandboxHosts,
      ),
    pace: egress.client,
    inFlight: Math.max(config.concurrency, 128),
  });
  const scheduleStore = createWorkflowScheduleStore(database);
  const schedules = createWorkflowSchedules({ ...common, store: scheduleStore, runner });
  const startsByEvents = createWorkflowEvents({
    ...common,
    store: createWorkflowEventStore(database),
    runner,
    tell,
  });

  return {
    ...{ runner, plans, schedules, scheduleStore },
    reruns: createReruns({ reader: createRerunReader(database), runs: reader, runner }),
    /** What is told when a workflow is launched, changed or removed. */
    workflowEvents: {
      ...events,
      listChanged(what) {
        runner.workflowsChanged();
        schedules.changed().catch((error) => report('Could not set schedules anew', error));
        startsByEvents.changed().catch((error) => report('Could not set what is watched anew', error));
        events.listChanged(what);
      },
    } satisfies Events,
    async startDue(signal: AbortSignal) {
      await schedules.startDue(signal);
      await startsByEvents.startDue(signal);
    },
  };
}
