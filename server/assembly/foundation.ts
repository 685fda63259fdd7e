import { join } from 'node:path';
import { blocks } from '#blocks/index';
import { newId } from '#domain/ids';
import { createApprovalLinks, createLinkSigner } from '#engine/approval-links';
import { createApprovals } from '#engine/approvals';
import { createGlobalVariables } from '#engine/global-variables';
import type { NewNotification } from '#engine/journal-ports';
import { createMatching } from '#engine/match';
import type { Clock } from '#engine/ports';
import type { Config } from '../config.ts';
import { createLive } from '../http/plugins/live.ts';
import { writingScript } from '../installation.ts';
import type { Sandbox } from '../start-sandbox.ts';
import { createApprovalStore } from '../store/approvals.ts';
import { createAuditLog } from '../store/audit.ts';
import { createCredentialStore } from '../store/credentials.ts';
import type { Database } from '../store/database.ts';
import { createGlobalVariableStore } from '../store/global-variables.ts';
import { createIntegrationStore } from '../store/integrations.ts';
import { createJournal } from '../store/journal.ts';
import { createLoadPages } from '../store/load-pages.ts';
import { createLoadWriter, writeHere } from '../store/load-writer.ts';
import { createNotificationStore } from '../store/notifications.ts';
import { createOperatorStore } from '../store/operators.ts';
import { createRecordStore } from '../store/records.ts';
import { createAppsReader } from '../store/saas-users.ts';
import { createWorkflowStore } from '../store/workflows.ts';
import { createWritingThread, type WritingThread } from '../store/writing-thread.ts';
import { readMasterKey } from '../vendors/master-key.ts';
import { vendorsOf } from './access.ts';

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

export type Foundation = ReturnType<typeof createFoundation>;

/** What all other parts stand on; `report` is told of what nobody foresaw. */
export function createFoundation(options: AppOptions, report: (message: string, error: unknown) => void) {
  const { config, database, publicUrl, clock, sandbox } = options;
  const vendors = vendorsOf(database, join(config.data, 'vendors'), clock);
  const live = createLive();
  const { journal, pages } = createWriting(database);
  const common = { vendors, clock, newId, events: live.events, random: Math.random, report };
  const audit = createAuditLog(journal, clock);
  const operatorStore = createOperatorStore(database);
  const notifications = createNotificationStore(database);
  const sendsMail = config.mail !== null;
  const signLink = createLinkSigner(readMasterKey(config.key, config.data));
  const approvals = createApprovals({
    ...common,
    store: createApprovalStore(database, newId),
    operators: operatorStore,
    ...{ audit, publicUrl, sendsMail, signLink },
  });

  const types = new Map(blocks.map((block) => [block.type, block]));
  const workflowStore = createWorkflowStore(database);
  const globalStore = createGlobalVariableStore(database);

  return {
    ...{ config, database, publicUrl, sandboxHosts: new Set(sandbox?.hosts), sendsMail },
    ...{ common, live, journal, audit, notifications },
    steady: options.steady ?? clock.now,
    ...{ types, globalStore },
    globalVariables: createGlobalVariables({
      ...common,
      ...{ store: globalStore, workflows: workflowStore, types, audit },
    }),
    writer: createLoadWriter(database, pages),
    credentialStore: createCredentialStore(database),
    integrationStore: createIntegrationStore(database),
    workflowStore,
    records: createRecordStore(database),
    apps: createAppsReader(database),
    approvals,
    approvalLinks: createApprovalLinks({ approvals, operators: operatorStore, sign: signLink, clock }),
    /** Adds to what operators read under the bell. */
    async tell(notification: NewNotification & { id: string }, at: number) {
      await notifications.add(notification, at);
      live.events.listChanged('notifications');
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
