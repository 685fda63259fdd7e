import { blocks } from '#blocks/index';
import { inSafeMode } from '#domain/guard';
import { newId } from '#domain/ids';
import { type Graph, graphSchema, type WorkflowRecords } from '#domain/workflow';
import type { Approvals } from '#engine/approval-ports';
import { createApprovals } from '#engine/approvals';
import type { BlockDefinition } from '#engine/block';
import { type ClockWatch, createClockWatch, jumpReason } from '#engine/clock-watch';
import { createGuard, type Guard } from '#engine/guard';
import type { GuardStore } from '#engine/guard-ports';
import type { OwnAccounts } from '#engine/own-account';
import type { PlanService } from '#engine/plan-ports';
import { createPlans } from '#engine/plans';
import type { Clock, Events, LoadRunner } from '#engine/ports';
import type { RunRoom } from '#engine/run-line';
import type { RunStore } from '#engine/run-store-ports';
import { createRunner, type Runner } from '#engine/runner';
import type { VendorClient } from '#engine/vendor-ports';
import { vendors } from '#presets';
import { createAppAccounts } from '../../server/store/app-accounts.ts';
import { createApprovalStore } from '../../server/store/approvals.ts';
import { createAskStore } from '../../server/store/asks.ts';
import { createChildRunStore } from '../../server/store/child-runs.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { createGlobalVariableStore } from '../../server/store/global-variables.ts';
import { createGuardStore } from '../../server/store/guard.ts';
import { createJournal } from '../../server/store/journal.ts';
import { createOperatorStore } from '../../server/store/operators.ts';
import { createPlanStore } from '../../server/store/plans.ts';
import { createRecordStore } from '../../server/store/records.ts';
import { createRunReader } from '../../server/store/run-reader.ts';
import { createRunStore } from '../../server/store/runs.ts';
import { apps, fields, people, saasUsers, versions, workflows } from '../../server/store/schema.ts';
import { guardFacts, liftLimits } from './lift-limits.ts';
import { createTestClock, type TestClock } from './test-clock.ts';

export interface World<C extends Clock = TestClock> {
  database: Database;
  clock: C;
  runner: Runner;
  store: RunStore;
  guard: Guard;
  guardStore: GuardStore;
  approvals: Approvals;
  plans: PlanService;
  /** Null where the clock is believed. */
  clockWatch: ClockWatch | null;
  events: string[];
  reports: string[];
  /** A second process on the same database: nothing of the first one's memory. */
  restart(client?: VendorClient): World<C>;
}

export interface WorldOptions {
  client: VendorClient;
  loads?: LoadRunner;
  store?: (store: RunStore) => RunStore;
  inFlight?: number;
  /** How many runs are worked on at once. */
  room?: RunRoom;
  /** Whether all harm goes to vendors that the server imitates. */
  isImitated?: () => boolean;
  types?: readonly BlockDefinition[];
  /** True by default. */
  sendsMail?: boolean;
  /** Time that passes whatever the clock says; a clock that jumps is noticed by it. */
  steady?: () => number;
  ownAccounts?: OwnAccounts;
  /** Before anything reads the database. */
  prepare?: (database: Database) => void;
  /** False where an earlier world has worked on the database: limits stay as they are. */
  isNew?: boolean;
}

const noLoads: LoadRunner = {
  run: () => Promise.reject(new Error('This test foresaw no load.')),
  last: async () => undefined,
};

export const types = new Map(blocks.map((block) => [block.type, block]));

/** The engine on a real database, with a clock that does not wait and a vendor that the test scripts. */
export function createWorld(options: WorldOptions, database = openDatabase(':memory:')): World {
  return createWorldAt(createTestClock(), options, database);
}

/** The same with a clock of the test's choice. */
export function createWorldAt<C extends Clock>(
  clock: C,
  options: WorldOptions,
  database = openDatabase(':memory:'),
): World<C> {
  const { prepare, isNew = true, ...again } = options;
  if (prepare) prepare(database);
  else if (isNew) liftLimits(database);
  const guardStore = createGuardStore(database);
  const { steady } = options;
  const clockWatch = steady
    ? createClockWatch({
        clock,
        steady,
        newId,
        async onClockJump({ words }) {
          const reason = jumpReason(words);
          guard.learn(await guardStore.change((content) => inSafeMode(content, reason, clock.now())));
          runner.clockJumped();
        },
        tell: async () => {},
      })
    : null;
  const guard = createGuard(
    { store: guardStore, clock, clockWatch: clockWatch ?? undefined },
    guardFacts(database),
  );
  const events: string[] = [];
  const reports: string[] = [];
  const told: Events = {
    runChanged: (runId) => void events.push(runId),
    listChanged: (what) => void events.push(what),
  };
  const store = createRunStore(database, createJournal(database));
  const records = createRecordStore(database);
  const approvals = createApprovals({
    store: createApprovalStore(database, newId),
    operators: createOperatorStore(database),
    audit: { add: async () => {} },
    clock,
    newId,
    events: told,
    publicUrl: 'http://rollcall.test',
    sendsMail: false,
  });
  const plans = createPlans(createPlanStore(database));
  const runner = createRunner({
    uses: guardStore,
    plans,
    approvals,
    isImitated: async () => options.isImitated?.() ?? false,
    ownAccounts: options.ownAccounts,
    store: options.store?.(store) ?? store,
    reader: createRunReader(database),
    records,
    accounts: createAppAccounts(database),
    asks: createAskStore(database),
    children: createChildRunStore(database),
    mail: options.sendsMail === false ? null : { publicUrl: 'http://rollcall.test' },
    workflows: {
      async version(id) {
        const row = database
          .select()
          .from(versions)
          .all()
          .find((version) => version.id === id);
        return (
          row && {
            ...row,
            graph: graphSchema.parse(row.graph),
            records: row.records as WorkflowRecords,
            createdAt: '',
          }
        );
      },
    },
    globals: createGlobalVariableStore(database),
    client: options.client,
    guard,
    loads: options.loads ?? noLoads,
    clock,
    random: () => 0,
    inFlight: options.inFlight ?? 8,
    room: options.room,
    types: new Map((options.types ?? blocks).map((block) => [block.type, block])),
    vendors: { find: (id) => vendors.find((vendor) => vendor.id === id), list: () => vendors },
    events: told,
    newId,
    report: (message) => void reports.push(message),
  });
  return {
    database,
    clock,
    runner,
    store,
    guard,
    guardStore,
    approvals,
    plans,
    clockWatch,
    events,
    reports,
    restart: (client) =>
      createWorldAt(clock, { ...again, isNew: false, client: client ?? options.client }, database),
  };
}

export interface TestAccount {
  name: string;
  /** ISO time, null when unknown. */
  lastActivity?: string | null;
  isDeactivated?: boolean;
}

/** People with one account each in an app "Webex"; Ada's ids are `per_ada`, `sus_ada` and `wx-ada`. */
export function addAccounts(database: Database, accounts: readonly TestAccount[]): void {
  database
    .insert(apps)
    .values({ id: 'app_webex', name: 'Webex', vendorId: 'webex', createdAt: 0 })
    .onConflictDoNothing()
    .run();
  database
    .insert(fields)
    .values({
      id: 'fld_1',
      recordType: 'person',
      externalId: 'webex_user_id',
      label: 'Webex User ID',
      type: 'text',
      isUnique: true,
      help: '',
      createdAt: 0,
    })
    .onConflictDoNothing()
    .run();
  database
    .insert(fields)
    .values({
      id: 'fld_2',
      recordType: 'person',
      externalId: 'api_response',
      label: 'API Response',
      type: 'json',
      isUnique: false,
      help: '',
      createdAt: 0,
    })
    .onConflictDoNothing()
    .run();
  for (const { name, lastActivity = null, isDeactivated = false } of accounts) {
    const email = `${name}@acme.test`;
    database
      .insert(people)
      .values({
        id: `per_${name}`,
        username: email,
        email,
        firstName: name,
        lastName: 'Test',
        role: 'Employee',
        status: 'active',
        fields: { webex_user_id: `wx-${name}` },
        createdAt: 0,
        updatedAt: 0,
      })
      .run();
    database
      .insert(saasUsers)
      .values({
        id: `sus_${name}`,
        appId: 'app_webex',
        personId: `per_${name}`,
        identifier: `wx-${name}`,
        email,
        displayName: name,
        roles: [],
        licenses: [],
        status: 'active',
        type: 'person',
        lastActivity: lastActivity === null ? null : Date.parse(lastActivity),
        isDeactivated,
        deleteInSaas: false,
        fields: {},
        raw: '{}',
        firstSeenAt: 0,
        lastSeenAt: 0,
      })
      .run();
  }
}

type Settings = Record<string, unknown>;

/** A graph from a list of blocks and of edges written `from.exit > to`. */
export function aGraph(
  blockList: Record<string, [type: string, settings?: Settings]>,
  edges: readonly string[],
): Graph {
  return {
    blocks: Object.entries(blockList).map(([id, [type, settings = {}]], i) => ({
      id,
      type,
      name: id,
      position: { x: i * 300, y: 0 },
      settings,
    })),
    edges: edges.map((text) => {
      const [, from = '', exit = '', to = ''] = /^(\w+)\.(\w+) > (\w+)$/.exec(text) ?? [];
      return { id: text, from, exit, to };
    }),
  };
}

/** An active workflow `wf_1` whose version 1 is the graph. */
export function addWorkflow(
  database: Database,
  graph: Graph,
  records: WorkflowRecords = { kind: 'saas_users', appId: 'app_webex' },
): void {
  database
    .insert(workflows)
    .values({
      id: 'wf_1',
      name: 'Clean-up',
      description: '',
      records,
      revision: 1,
      draft: graph,
      activeVersionId: 'ver_1',
      launchedRevision: 1,
      createdAt: 0,
      updatedAt: 0,
    })
    .run();
  database
    .insert(versions)
    .values({
      id: 'ver_1',
      workflowId: 'wf_1',
      number: 1,
      graph,
      records,
      note: '',
      author: 'Ada',
      createdAt: 0,
    })
    .run();
}
