import { AppError } from '../domain/errors.ts';
import type { Integration } from '../domain/integration.ts';
import type { Load } from '../domain/load.ts';
import { findMissingParts } from '../domain/missing-parts.ts';
import type { IntegrationStore, LoadEvents, LoadStore, LoadWriter } from './load-ports.ts';
import type { NewNotification, Vendors } from './ports.ts';
import type { LoadService } from './service-ports.ts';
import { runUserLoad, toSentence, type UserLoad, type UserLoadDeps } from './user-load.ts';

export interface LoadDeps extends Omit<UserLoadDeps, 'events'> {
  store: LoadStore;
  integrations: IntegrationStore;
  writer: LoadWriter;
  vendors: Vendors;
  events: LoadEvents;
  notify: (notification: NewNotification) => Promise<void>;
  /** Told what nobody foresaw. */
  report: (message: string, error: unknown) => void;
}

interface Running {
  controller: AbortController;
  end: Promise<Load>;
}

const interrupted = 'It was interrupted by a restart of the server. Nothing is half-written; run it again.';

export function createLoads(deps: LoadDeps): LoadService {
  const { store, integrations, vendors, clock, newId, events, notify, report } = deps;
  const running = new Map<string, Running>();

  const find = async (id: string): Promise<Load> => {
    const load = await store.find(id);
    if (!load)
      throw new AppError('not_found', 'There is no such load. Its integration may have been removed.');
    return load;
  };

  /** All that a load needs, or a `conflict` that says what is missing. */
  const prepare = async (integrationId: string) => {
    const integration = await integrations.find(integrationId);
    if (!integration)
      throw new AppError('not_found', 'There is no such integration. It may have been removed.');
    if (integration.status !== 'active') {
      throw new AppError('conflict', `"${integration.name}" is a draft. Launch it first.`);
    }
    const fields = await integrations.fields();
    const credential =
      integration.credentialId === null ? undefined : await integrations.credential(integration.credentialId);
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

  const end = async (
    load: Load,
    integration: Integration,
    result: { status: Load['status']; isComplete: boolean; error: string | null },
  ): Promise<Load> => {
    const ended = await store.finish(load.id, { ...result, at: clock.now() });
    events.loadChanged(ended);
    events.listChanged('loads');
    if (ended.status === 'failed') {
      const title = `The user load "${integration.name}" failed`;
      await notify({
        level: 'error',
        title,
        message: ended.error ?? '',
        link: `/integrations/${integration.id}`,
      });
    }
    return ended;
  };

  const carryOut = async (input: UserLoad): Promise<Load> => {
    const { load, integration, signal } = input;
    try {
      const { tally } = await runUserLoad(deps, input);
      const status = tally.failed > 0 ? 'completed_with_errors' : 'succeeded';
      return await end(load, integration, { status, isComplete: true, error: null });
    } catch (error) {
      if (!(error instanceof AppError)) report(`The load ${load.id} failed`, error);
      const isCancelled = signal.aborted && error instanceof AppError && error.code === 'cancelled';
      const status = isCancelled ? 'cancelled' : 'failed';
      const why = isCancelled ? String(signal.reason) : toSentence(error);
      return await end(load, integration, { status, isComplete: false, error: why });
    }
  };

  const begin = async (
    integrationId: string,
    startedBy: string,
  ): Promise<{ load: Load; end: Promise<Load> }> => {
    const parts = await prepare(integrationId);
    const { integration, vendor } = parts;
    const id = newId('load');
    const load = await store.begin({ id, integrationId, startedBy, at: clock.now() });
    events.listChanged('loads');

    const controller = new AbortController();
    const work = async () => {
      const appId =
        integration.mode === 'user'
          ? null
          : await integrations.ensureApp(
              integrationId,
              { id: newId('app'), name: vendor.title, otherName: integration.name },
              clock.now(),
            );
      return await carryOut({ ...parts, load, appId, signal: controller.signal });
    };
    const done = work().finally(() => running.delete(id));
    // Whoever waits hears of a failure; with nobody waiting it must not end the process.
    done.catch((error: unknown) => report(`The load ${id} could not be ended`, error));
    running.set(id, { controller, end: done });
    return { load, end: done };
  };

  const service: LoadService = {
    start: async (integrationId, startedBy) => (await begin(integrationId, startedBy)).load,

    async run(integrationId, startedBy, signal) {
      const { load, end: done } = await begin(integrationId, startedBy);
      const stop = () => running.get(load.id)?.controller.abort('The run that started it was cancelled.');
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      try {
        return await done;
      } finally {
        signal.removeEventListener('abort', stop);
      }
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

    failInterrupted: () => store.failRunning(interrupted, clock.now()),

    async stop() {
      for (const { controller } of running.values())
        controller.abort('The server was stopped. Run it again.');
      await Promise.allSettled([...running.values()].map((entry) => entry.end));
    },
  };
  return service;
}
