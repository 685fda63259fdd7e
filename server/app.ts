import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { blocks } from '#blocks/index';
import { inSafeMode, stoppedAt } from '#domain/guard';
import { newId } from '#domain/ids';
import type { Load } from '#domain/load';
import { createAccess } from '#engine/access';
import type { Access, AuditLog } from '#engine/access-ports';
import { createActivation } from '#engine/activation';
import { createAgentLoads } from '#engine/agent-loads';
import { createAgentQuestions } from '#engine/agent-questions';
import { createAgents } from '#engine/agents';
import { createApprovals } from '#engine/approvals';
import { toBlockType } from '#engine/block';
import { createClockWatch, jumpReason } from '#engine/clock-watch';
import { createContacts } from '#engine/contacts';
import { createHostChanges } from '#engine/credential-hosts';
import { createDuties } from '#engine/duties';
import { createFields } from '#engine/fields';
import { createGuard } from '#engine/guard';
import { createIntegrations } from '#engine/integrations';
import { createLoads } from '#engine/loads';
import { createMaker } from '#engine/make-workflow';
import { createMatching } from '#engine/match';
import type { OperatorService } from '#engine/operator-ports';
import { createOperators, type OperatorDeps } from '#engine/operators';
import { createOwnAccounts } from '#engine/own-account';
import { createOwnPresets } from '#engine/own-presets';
import { createPeople } from '#engine/people';
import { createPlans } from '#engine/plans';
import type { Clock, Events } from '#engine/ports';
import { createReruns } from '#engine/reruns';
import { createRoles } from '#engine/roles';
import { createRunner } from '#engine/runner';
import { createSafety } from '#engine/safety';
import { createTestRequests } from '#engine/test-request';
import { createTransfer } from '#engine/transfer';
import type { TransferService } from '#engine/transfer-ports';
import { findHarmfulBlocks, isImitated } from '#engine/two-persons';
import { createUndo } from '#engine/undo';
import { createVersions } from '#engine/versions';
import { createWorkflowEvents } from '#engine/workflow-events';
import type { WorkflowsStore } from '#engine/workflow-ports';
import { createWorkflowSchedules } from '#engine/workflow-schedules';
import { createWorkflows } from '#engine/workflows';
import { recipes, vendors as vendorList } from '#presets';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { createLive } from './http/plugins/live.ts';
import type { App as Http } from './http/routes.ts';
import { createHttp } from './http/server.ts';
import { version, webFolder, writingScript } from './installation.ts';
import type { Sandbox } from './start-sandbox.ts';
import { createAgentStore } from './store/agents.ts';
import { createAppAccounts } from './store/app-accounts.ts';
import { createApprovalStore } from './store/approvals.ts';
import { createAskStore } from './store/asks.ts';
import { createAuditLog } from './store/audit.ts';
import { createChildRunStore, createWorkflowReferences } from './store/child-runs.ts';
import { createContactStore } from './store/contacts.ts';
import { createCredentialStore } from './store/credentials.ts';
import { type Database, openDatabase } from './store/database.ts';
import { createExplanationReader } from './store/explanations.ts';
import { createFieldStore } from './store/fields.ts';
import { createGuardStore } from './store/guard.ts';
import { createIntegrationStore } from './store/integrations.ts';
import { createOperatorsStore } from './store/invitations.ts';
import { createJournal } from './store/journal.ts';
import { createLoadPages } from './store/load-pages.ts';
import { createLoadScheduleStore } from './store/load-schedule.ts';
import { createLoadWriter, writeHere } from './store/load-writer.ts';
import { createLoadStore } from './store/loads.ts';
import { createMailStore } from './store/mails.ts';
import { createMissingAccountsStore } from './store/missing-accounts.ts';
import { createNotificationStore } from './store/notifications.ts';
import { createOldSteps } from './store/old-steps.ts';
import { createOperatorStore } from './store/operators.ts';
import { createOverviewReader } from './store/overview.ts';
import { createOwnPresetStore } from './store/own-presets.ts';
import { argon2Passwords } from './store/passwords.ts';
import { createPeopleReader, createPeopleWriter } from './store/people.ts';
import { createPlanStore } from './store/plans.ts';
import { createRecordStore } from './store/records.ts';
import { createRerunReader } from './store/reruns.ts';
import { createRoleStore } from './store/roles.ts';
import { createRunReader } from './store/run-reader.ts';
import { createRunStore } from './store/runs.ts';
import { createAppsReader } from './store/saas-users.ts';
import { createSessionStore } from './store/sessions.ts';
import { createSettingsStore } from './store/settings.ts';
import { createTokenStore } from './store/tokens.ts';
import { createUnclearReader } from './store/unclear-calls.ts';
import { createUndoReader } from './store/undo.ts';
import { createVendorDefinitionStore } from './store/vendor-definitions.ts';
import { createWorkflowEventStore } from './store/workflow-events.ts';
import { createWorkflowScheduleStore } from './store/workflow-schedules.ts';
import { createWorkflowStore } from './store/workflows.ts';
import { createWritingThread, type WritingThread } from './store/writing-thread.ts';
import { createVendorRegistry } from './vendor-registry.ts';
import { readMasterKey, readNextKey } from './vendors/master-key.ts';
import { createOutbound } from './vendors/outbound.ts';
import { createVault } from './vendors/vault.ts';

export interface AppOptions {
  config: Config;
  /** Closed when the app stops. */
  database: Database;
  /** Where browsers reach this server, without a slash at the end. */
  publicUrl: string;
  clock: Clock;
  /** Time that nobody can set; without it the wall clock is believed. */
  steady?: () => number;
  /** The imitated vendors that run beside it. */
  sandbox?: Pick<Sandbox, 'info' | 'hosts'> | undefined;
}

export interface App {
  http: Http;
  access: Access;
  /** Goes on with what a stop or a crash has left behind. */
  resume(): Promise<void>;
  /** Takes no more work, lets calls in flight come back, and closes everything. */
  stop(): Promise<void>;
}

/** Opens the database of the data folder. */
export function openData(dataFolder: string): Database {
  mkdirSync(dataFolder, { recursive: true });
  return openDatabase(join(dataFolder, 'rollcall.db'));
}

/** The built-in vendors, and operators' own from the folder, or those that were read before. */
function vendorsOf(database: Database, folder: string | null, clock: Pick<Clock, 'now'> = systemClock) {
  const store = createVendorDefinitionStore(database);
  return createVendorRegistry({ builtIn: vendorList, folder, store, clock });
}

/** Who may come in, on a database: what the command line needs, too. */
export function accessOf(database: Database, clock: Pick<Clock, 'now'>): Access {
  return createAccess({
    operators: createOperatorStore(database),
    sessions: createSessionStore(database),
    tokens: createTokenStore(database),
    settings: createSettingsStore(database),
    passwords: argon2Passwords,
    random: randomText,
    clock,
    newId,
  });
}

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

const operatorDeps = (database: Database, sendsMail: boolean) =>
  ({
    store: createOperatorsStore(database, newId),
    passwords: argon2Passwords,
    random: randomText,
    newId,
    sendsMail,
  }) satisfies Partial<OperatorDeps>;

/** E-mails hold addresses and are of no use once they have arrived. */
const mailDays = 30;

const randomText = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** Puts everything together: the only place that knows all parts. */
export async function buildApp(options: AppOptions): Promise<App> {
  const { config, database, publicUrl, clock, sandbox } = options;
  const masterKey = readMasterKey(config.key, config.data);
  const nextKey = readNextKey(config.data);
  const allowed = new Set([...config.allowHosts, ...(sandbox?.hosts ?? [])]);
  const vendors = vendorsOf(database, join(config.data, 'vendors'), clock);
  const types = new Map(blocks.map((block) => [block.type, block]));
  const live = createLive();
  const { events } = live;
  const report = (message: string, error: unknown) => http.log.error({ err: error }, message);
  const common = { vendors, clock, newId, events, random: Math.random, report };

  const credentialStore = createCredentialStore(database);
  const integrationStore = createIntegrationStore(database);
  const workflowStore = createWorkflowStore(database);
  const records = createRecordStore(database);
  const apps = createAppsReader(database);
  const notifications = createNotificationStore(database);
  const { journal, pages } = createWriting(database);
  const writer = createLoadWriter(database, pages);

  const audit = createAuditLog(journal, clock);
  const operatorStore = createOperatorStore(database);
  const approvals = createApprovals({
    ...common,
    store: createApprovalStore(database, newId),
    operators: operatorStore,
    audit,
    publicUrl,
    sendsMail: config.mail !== null,
  });
  const sandboxHosts = new Set(sandbox?.hosts);
  const outbound = createOutbound({
    ...common,
    events: {
      listChanged(what) {
        if (what === 'credentials') ownAccounts.forget();
        events.listChanged(what);
      },
    },
    store: credentialStore,
    vault: createVault(masterKey, 'default', nextKey ? [nextKey] : []),
    publicUrl: () => publicUrl,
    isAllowed: (place) => allowed.has(place),
    concurrency: config.concurrency,
    hostChanges: createHostChanges({ approvals, store: credentialStore, sandboxHosts }),
  });
  const { client, credentials } = outbound;
  const ownAccounts = createOwnAccounts({
    ...common,
    client,
    async find(named) {
      const { id, name } = { id: '', name: '', ...named };
      return (await (id ? credentialStore.find(id) : credentialStore.findByName(name)))?.credential;
    },
  });
  const agentQuestions = createAgentQuestions({ clock, randomText, version });
  const integrations = createIntegrations({
    ...common,
    store: integrationStore,
    writer,
    client,
    questions: agentQuestions,
  });
  const loadStore = createLoadStore(database);
  const loadEvents = { ...events, loadChanged: (load: Load) => live.loadChanged(load.id) };
  const agentLoads = createAgentLoads({
    ...common,
    store: loadStore,
    writer,
    events: loadEvents,
    randomText,
  });
  const loads = createLoads({
    ...common,
    store: loadStore,
    integrations: integrationStore,
    writer,
    accounts: createMissingAccountsStore(database),
    client,
    readByAgent: agentLoads.read,
    events: loadEvents,
    deletions: (id) => guardStore.used({ scope: `vendor:${id}`, kind: 'delete', isDaily: true }, clock.now()),
    async distrust(vendorId, reason) {
      const scope = { kind: 'vendor', id: vendorId } as const;
      guard.learn(await guardStore.change((content) => stoppedAt(content, scope, reason, clock.now())));
      events.listChanged('safety');
    },
  });
  const contactStore = createContactStore(database, { newId, sendsMail: config.mail !== null });
  const mailer =
    config.mail &&
    (await import('./mail/smtp.ts')).createSmtp({ ...config.mail, host: new URL(publicUrl).hostname });
  const mailStore = createMailStore(database, newId);
  const scheduleStore = createWorkflowScheduleStore(database);
  const duties = createDuties({
    schedule: { store: createLoadScheduleStore(database), loads },
    agents: agentLoads,
    contacts: createContacts({
      store: contactStore,
      clock,
      publicUrl,
      told: () => events.listChanged('notifications'),
    }),
    approvals,
    watchClock: () => clockWatch.look(),
    async startWorkflows(signal) {
      await workflowSchedules.startDue(signal);
      await startsByEvents.startDue(signal);
    },
    mails: mailStore,
    mailer,
    kept: [
      { what: 'steps of runs', days: config.historyDays, removeSome: createOldSteps(database).removeSome },
      { what: 'logs of loads', days: config.historyDays, removeSome: loadStore.removeIssues },
      { what: 'times of schedules', days: config.historyDays, removeSome: scheduleStore.removeSome },
      { what: 'e-mails', days: mailDays, removeSome: mailStore.removeSome },
    ],
    clock,
    report,
  });
  const guardStore = createGuardStore(database);
  const guard = createGuard(
    {
      store: guardStore,
      clock,
      clockWatch: { jump: () => clockWatch.jump(), note: (now) => clockWatch.note(now) },
    },
    await guardStore.read(),
  );
  const safety = createSafety({
    ...common,
    store: guardStore,
    guard,
    approvals,
    audit,
    hasWorkflow: async (id) => (await workflowStore.find(id)) !== undefined,
  });
  const plans = createPlans(createPlanStore(database));
  const runReader = createRunReader(database);
  const runner = createRunner({
    ...common,
    guard,
    ownAccounts,
    store: createRunStore(database, journal),
    reader: runReader,
    records,
    accounts: createAppAccounts(database),
    asks: createAskStore(database),
    children: createChildRunStore(database),
    mail: config.mail && { publicUrl },
    workflows: workflowStore,
    client,
    loads,
    types,
    uses: guardStore,
    plans,
    approvals,
    isImitated: async ({ graph, createdAt }) =>
      isImitated(
        findHarmfulBlocks(graph, types, vendors.asOf?.(Date.parse(createdAt)) ?? vendors),
        await credentialStore.list(),
        new Set(sandbox?.hosts),
      ),
    pace: client,
    inFlight: Math.max(config.concurrency, 128),
  });
  const clockWatch = createClockWatch({
    clock,
    steady: options.steady ?? clock.now,
    newId,
    async onClockJump({ words }) {
      const reason = jumpReason(words);
      guard.learn(await guardStore.change((content) => inSafeMode(content, reason, clock.now())));
      runner.clockJumped();
    },
    async tell(notification, at) {
      await notifications.add(notification, at);
      events.listChanged('notifications');
    },
  });
  const workflowSchedules = createWorkflowSchedules({ ...common, store: scheduleStore, runner });
  const startsByEvents = createWorkflowEvents({
    ...common,
    store: createWorkflowEventStore(database),
    runner,
    async tell(notification, at) {
      await notifications.add(notification, at);
      events.listChanged('notifications');
    },
  });
  const workflowEvents: Events = {
    ...events,
    listChanged(what) {
      runner.workflowsChanged();
      workflowSchedules.changed().catch((error) => report('Could not set schedules anew', error));
      startsByEvents.changed().catch((error) => report('Could not set what is watched anew', error));
      events.listChanged(what);
    },
  };
  const references = {
    credentials: () => credentialStore.list(),
    integrations: () => integrationStore.list(),
    apps: () => apps.list(),
    workflows: createWorkflowReferences(database),
  };
  const blockTypes = blocks.map(toBlockType);
  const workflows = createWorkflows({
    ...common,
    events: workflowEvents,
    activation: createActivation({
      ...common,
      events: workflowEvents,
      store: workflowStore,
      approvals,
      types,
      credentials: () => credentialStore.list(),
      sandboxHosts,
    }),
    store: workflowStore,
    records,
    references,
    recipes,
    types,
  });
  const people = createPeopleReader(database);
  const fields = createFields({
    ...common,
    store: createFieldStore(database),
    integrations: integrationStore,
    workflows: workflowStore,
    types,
  });
  const roles = createRoles({ store: createRoleStore(database), integrations, clock });
  const access = accessOf(database, clock);

  const http = await createHttp({
    services: {
      access,
      agents: createAgents({
        store: createAgentStore(database),
        random: randomText,
        clock,
        newId,
        questions: agentQuestions,
      }),
      agentLoads,
      agentQuestions,
      approvals,
      audit,
      people,
      changePeople: createPeople({
        reader: people,
        writer: createPeopleWriter(database),
        fields,
        roles,
        clock,
      }),
      apps,
      fields,
      roles,
      missedStarts: workflowSchedules,
      notifications,
      contacts: {
        choices: async () => ({
          operators: await contactStore.operators(),
          sendsMail: mailer !== null,
        }),
      },
      operators: createOperators({
        ...common,
        ...operatorDeps(database, config.mail !== null),
        audit,
        guard,
        publicUrl,
      }),
      overview: createOverviewReader(database),
      credentials,
      integrations,
      loads,
      workflows,
      reruns: createReruns({ reader: createRerunReader(database), runs: runReader, runner }),
      transfer: createTransfer({ workflows, store: workflowStore, references, types, vendors }),
      versions: createVersions({ workflows, blockTypes, references, records, vendors }),
      runs: runner,
      ownPresets: createOwnPresets({ store: createOwnPresetStore(database), clock, newId }),
      plans,
      safety,
      explanations: createExplanationReader(database),
      unclearCalls: createUnclearReader(database),
      testRequests: createTestRequests({ ...common, workflows, records, vendors, types, client, audit }),
      undo: createUndo({ reader: createUndoReader(database), workflows, vendors }),
      vendors,
      vendorFiles: vendors.files(audit),
      blockTypes,
      newestChange: live.newest,
      sandbox: () => sandbox?.info ?? { vendors: [] },
      newId,
      clock,
      version,
      publicUrl,
    },
    live,
    async snapshot(topic) {
      const [kind, id = ''] = topic.split(':');
      if (kind === 'run') return { kind, ...(await withoutGraph(runner.details(id))) };
      if (kind === 'load') return { kind, load: await loads.find(id) };
      return undefined;
    },
    log: config.log,
    webFolder,
  });

  return {
    http,
    access,

    async resume() {
      await loads.resume();
      await runner.resume();
      duties.start();
    },

    async stop() {
      live.close();
      agentQuestions.stop();
      await duties.stop();
      mailer?.close();
      await Promise.all([runner.stop(), loads.stop()]);
      await http.close();
      await outbound.close();
      await journal.close();
      database.$client.close();
    },
  };
}

/** A database in memory belongs to its one connection: tests write it where they read it. */
function createWriting(database: Database): WritingThread {
  const { memory: isInMemory, name: file } = database.$client;
  if (!isInMemory) return createWritingThread(writingScript, file);
  return {
    journal: createJournal(database),
    pages: writeHere(createLoadPages(database, createMatching, newId)),
  };
}

async function withoutGraph<T extends { graph: unknown }>(details: Promise<T>): Promise<Omit<T, 'graph'>> {
  const { graph: _graph, ...rest } = await details;
  return rest;
}
