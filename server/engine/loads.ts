import { AppError } from '../domain/errors.ts';
import type { NewId } from '../domain/ids.ts';
import { findListTrouble } from '../domain/list-trouble.ts';
import type { Load } from '../domain/load.ts';
import { findMissingParts } from '../domain/missing-parts.ts';
import type { LocalLoad, ReadList } from './agent-loads.ts';
import { findLoadCredential } from './load-credential.ts';
import type {
  IntegrationStore,
  LoadEnd,
  LoadEvents,
  LoadStore,
  LoadWriter,
  MissingAccountsStore,
} from './load-ports.ts';
import { judgeMissing } from './missing-accounts.ts';
import type { LoadService } from './service-ports.ts';
import { type ListWritten, runUserLoad, toSentence, type UserLoadDeps } from './user-load.ts';
import type { Vendors } from './vendor-ports.ts';

export interface LoadDeps extends Omit<UserLoadDeps, 'events'> {
  store: LoadStore;
  integrations: IntegrationStore;
  writer: LoadWriter;
  accounts: MissingAccountsStore;
  /** How an agent reads the list of a local installation. */
  readByAgent: ReadList;
  vendors: Vendors;
  events: LoadEvents;
  /** A list that cannot be trusted: nothing is taken from anybody at its vendor by what it says. */
  distrust: (vendorId: string, reason: string) => Promise<void>;
  /** Accounts at a vendor that runs of ours deleted within a day: a list that lacks them has not shrunk. */
  deletions: (vendorId: string) => Promise<number>;
  newId: NewId;
  /** Told what nobody foresaw. */
  report: (message: string, error: unknown) => void;
}

interface Running {
  integrationId: string;
  /** True for a load that an earlier process began. */
  isResumed: boolean;
  controller: AbortController;
  end: Promise<Load>;
}

/** What a load needs besides its own row. */
type Parts = Omit<LocalLoad, 'load' | 'appId' | 'signal'>;

/** How a load ended, before anybody wrote it down. */
type End = Omit<LoadEnd, 'at'>;

/** A load that was running whenever the server died may be why it died. */
const maxRestarts = 3;
const stopping = Symbol('the server stops');

export function createLoads(deps: LoadDeps): LoadService {
  const { store, integrations, accounts, vendors, clock, newId, events, report } = deps;
  const running = new Map<string, Running>();
  const settling = new Set<string>();

  const find = async (id: string): Promise<Load> => {
    const load = await store.find(id);
    if (!load)
      throw new AppError('not_found', 'There is no such load. Its integration may have been removed.');
    return load;
  };

  /** All that a load needs, or a `conflict` that says what is missing. */
  const prepare = async (integrationId: string): Promise<Parts> => {
    const integration = await integrations.find(integrationId);
    if (!integration)
      throw new AppError('not_found', 'There is no such integration. It may have been removed.');
    if (integration.status !== 'active') {
      throw new AppError('conflict', `"${integration.name}" is a draft. Launch it first.`);
    }
    const fields = await integrations.fields();
    const credential = await findLoadCredential(integrations, integration);
    const missing = findMissingParts(integration, credential, fields);
    const vendor = vendors.find(integration.vendorId);
    if (!vendor || !credential || missing.length > 0) {
      const parts = missing.map((part) => part.message).join(' ');
      throw new AppError(
        'conflict',
        `"${integration.name}" cannot load. ${parts || 'Its vendor is unknown.'}`,
      );
    }
    return { integration, fields, credential, vendor };
  };

  const end = async (load: Load, result: End): Promise<Load> => {
    const ended = await store.finish(load.id, { ...result, at: clock.now() });
    tell(ended);
    return ended;
  };

  /** The newest load of an integration that was read to its end. */
  const lastOf = async (integrationId: string): Promise<Load | undefined> => {
    const { items } = await store.list(integrationId, { limit: 10 });
    return items.find(({ missing }) => missing !== null);
  };

  const tell = (load: Load): void => {
    events.loadChanged(load);
    events.listChanged('loads');
  };

  /** What became of the accounts that a list, read to its end, does not name; and with it of the load. */
  const conclude = async (input: LocalLoad, { load, unidentified }: ListWritten): Promise<End> => {
    const { appId, vendor, integration } = input;
    const done: End = { status: goodStatus(load), isComplete: true, missing: null, error: null };
    if (appId === null) return done;
    const last = await lastOf(integration.id);
    const before = Date.parse(load.startedAt);
    const counts = await accounts.count(appId, before);
    const list = { vendor: vendor.title, read: load.tally.read, unidentified };
    // Who was deactivated is not counted as known any more.
    const lacking = last?.missing?.outcome === 'deactivated' ? 0 : (last?.missing?.missing ?? 0);
    const expected = lacking + (await deps.deletions(vendor.id));
    const trouble = findListTrouble(load.tally, counts, expected);
    if (trouble !== null) {
      await deps.distrust(vendor.id, `${integration.name}: ${trouble} Look at its last load first.`);
    }
    const verdict = judgeMissing(counts, list, integration.missingAccounts);
    if (verdict.outcome === 'refused') {
      return { status: 'failed', isComplete: false, missing: null, error: verdict.reason };
    }
    const missing = { ...counts, outcome: verdict.outcome, decidedBy: null };
    if (verdict.outcome === 'held') {
      return { status: 'held', isComplete: false, missing, error: verdict.reason };
    }
    if (verdict.outcome === 'deactivated') {
      await accounts.deactivate({ appId, before, loadId: load.id, at: clock.now() });
    }
    return { ...done, missing };
  };

  const carryOut = async (input: LocalLoad): Promise<Load> => {
    const { load, signal } = input;
    try {
      const isLocal = input.integration.installation === 'local';
      const written = await (isLocal ? deps.readByAgent(input) : runUserLoad(deps, input));
      return await end(load, await conclude(input, written));
    } catch (error) {
      // Left as it is, for the next start to begin it again.
      if (signal.reason === stopping) return await store.putBack(load.id);
      if (!(error instanceof AppError)) report(`The load ${load.id} failed`, error);
      const isCancelled = signal.aborted && error instanceof AppError && error.code === 'cancelled';
      const why = isCancelled ? String(signal.reason) : toSentence(error);
      return await end(load, stopped(isCancelled ? 'cancelled' : 'failed', why));
    }
  };

  /** Reads and writes on its own; `end` is the load as it ended. */
  const work = (load: Load, parts: Parts): Running => {
    const { integration, vendor } = parts;
    const controller = new AbortController();
    const read = async () => {
      const app = { id: newId('app'), name: vendor.title, otherName: integration.name };
      const appId =
        integration.mode === 'user' ? null : await integrations.ensureApp(integration.id, app, clock.now());
      return await carryOut({ ...parts, load, appId, signal: controller.signal });
    };
    const done = read().finally(() => running.delete(load.id));
    // Whoever waits hears of a failure; with nobody waiting it must not end the process.
    done.catch((error: unknown) => report(`The load ${load.id} could not be ended`, error));
    const isResumed = load.restarts > 0;
    const entry = { integrationId: integration.id, isResumed, controller, end: done };
    running.set(load.id, entry);
    return entry;
  };

  const begin = async (integrationId: string, startedBy: string): Promise<{ load: Load; entry: Running }> => {
    const parts = await prepare(integrationId);
    const load = await store.begin({ id: newId('load'), integrationId, startedBy, at: clock.now() });
    events.listChanged('loads');
    return { load, entry: work(load, parts) };
  };

  /** Begins a load again that the last process left behind. */
  const restart = async (load: Load): Promise<void> => {
    if (load.status === 'running' && load.restarts >= maxRestarts) {
      const why = `The server died while it went on, and ${maxRestarts} times before. Nothing is half-written. Look into the server log, then run it again.`;
      await end(load, stopped('failed', why));
      return;
    }
    try {
      const parts = await prepare(load.integrationId);
      const again = await store.restart(load.id);
      tell(again);
      work(again, parts);
    } catch (error) {
      await end(load, stopped('failed', toSentence(error)));
    }
  };

  const settle = async (load: Load, action: 'deactivate' | 'leave', by: string): Promise<Load> => {
    const { missing } = load;
    const integration = await integrations.find(load.integrationId);
    if (load.status !== 'held' || !missing || !integration?.appId) {
      throw new AppError('conflict', 'This load does not wait for a decision.');
    }
    const { items } = await store.list(load.integrationId, { limit: 1 });
    if (items[0]?.id !== load.id) {
      throw new AppError('conflict', 'A newer load has asked the vendor since. Decide by that one.');
    }
    const before = Date.parse(load.startedAt);
    if (action === 'deactivate') {
      const now = await accounts.count(integration.appId, before);
      if (now.missing > missing.missing) {
        const why = `${now.missing} accounts are missing now, and not ${missing.missing} as before. Run the load again, then decide.`;
        throw new AppError('conflict', why);
      }
      await accounts.deactivate({ appId: integration.appId, before, loadId: load.id, at: clock.now() });
    }
    const outcome = action === 'deactivate' ? 'deactivated' : 'left';
    const settled = await store.settle(load.id, {
      status: goodStatus(load),
      isComplete: true,
      missing: { ...missing, outcome, decidedBy: by },
      error: null,
    });
    return settled ?? (await find(load.id));
  };

  const service: LoadService = {
    start: async (integrationId, startedBy) => (await begin(integrationId, startedBy)).load,

    async run(integrationId, startedBy, signal) {
      // A run that goes on after a restart finds the load begun again that it waited for before.
      const resumed = [...running.values()].find(
        (entry) => entry.integrationId === integrationId && entry.isResumed,
      );
      const { controller, end: done } = resumed ?? (await begin(integrationId, startedBy)).entry;
      const stop = () => controller.abort('The run that started it was cancelled.');
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      try {
        return await done;
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },

    async last(integrationId) {
      const { items } = await store.list(integrationId, { limit: 10 });
      return items.find(({ finishedAt }) => finishedAt !== null);
    },

    find,

    async list(integrationId, query) {
      if (!(await integrations.find(integrationId))) {
        throw new AppError('not_found', 'There is no such integration. It may have been removed.');
      }
      return await store.list(integrationId, query);
    },

    async issues(id, query) {
      await find(id);
      return await store.issues(id, query);
    },

    async cancel(id) {
      const load = await find(id);
      const found = running.get(id);
      if (load.finishedAt !== null) throw new AppError('conflict', 'This load has ended already.');
      if (!found) throw new AppError('conflict', 'Another process runs this load. Cancel it there.');
      found.controller.abort('It was cancelled. What was written stays.');
      return await found.end;
    },

    async missingAccounts(id, query) {
      const load = await find(id);
      const appId = (await integrations.find(load.integrationId))?.appId;
      if (load.status !== 'held' || !appId) return { items: [], nextCursor: null, total: 0 };
      const page = await accounts.list(appId, Date.parse(load.startedAt), query);
      return { ...page, total: load.missing?.missing ?? 0 };
    },

    async settleMissing(id, action, by) {
      const load = await find(id);
      if (settling.has(id)) throw new AppError('conflict', 'Somebody else decides about it right now.');
      settling.add(id);
      try {
        const settled = await settle(load, action, by);
        tell(settled);
        return settled;
      } finally {
        settling.delete(id);
      }
    },

    async resume() {
      const left = await store.unfinished();
      for (const load of left) await restart(load);
      return left.length;
    },

    async stop() {
      for (const { controller } of running.values()) controller.abort(stopping);
      await Promise.allSettled([...running.values()].map((entry) => entry.end));
    },
  };
  return service;
}

const goodStatus = ({ tally }: Load): Load['status'] =>
  tally.failed > 0 ? 'completed_with_errors' : 'succeeded';

const stopped = (status: Load['status'], error: string): End => ({
  status,
  isComplete: false,
  missing: null,
  error,
});
