import type { Agent } from '../domain/agent.ts';
import { AppError } from '../domain/errors.ts';
import type { Integration } from '../domain/integration.ts';
import type { Load } from '../domain/load.ts';
import type { AgentLoad, AgentLoads, AgentPage } from './agent-ports.ts';
import type { ListWriter, LoadEvents, LoadStore, LoadWriter, MappedRecord } from './load-ports.ts';
import { prepareMapping } from './map-record.ts';
import { countUnidentified, type ListWritten, type UserLoad, type UserLoadDeps } from './user-load.ts';

export interface AgentLoadDeps extends Pick<UserLoadDeps, 'clock'> {
  store: Pick<LoadStore, 'find' | 'putBack' | 'take' | 'restart'>;
  writer: LoadWriter;
  events: LoadEvents;
  /** Random bytes as base64url. */
  randomText(bytes: number): string;
}

/** Reads the list of a vendor and writes it, as `runUserLoad` does; but an agent reads it. */
export type ReadList = (input: LocalLoad) => Promise<ListWritten>;

export interface LocalLoad extends UserLoad {
  integration: Integration;
}

/** A load that waits for its agent or is with it. */
interface Job {
  input: LocalLoad;
  /** Since when it waits. */
  since: number;
  /** How often it was given out. */
  givings: number;
  /** Null until it was given out. */
  fence: string | null;
  /** Null until it was given out. */
  list: ListWriter | null;
  /** When the batch before is written, or could not be: one that comes twice must find the first one written. */
  written: Promise<unknown>;
  unidentified: number;
  finish(written: ListWritten): void;
  fail(error: unknown): void;
}

const maxGivings = 4;
const silentMs = 15 * 60_000;
const fenceBytes = 16;

/**
 * Hands loads out to agents and takes what they read. What of it is written stands in the database; who is at what is
 * only remembered: after a restart of the server every load is given out anew.
 */
export function createAgentLoads(deps: AgentLoadDeps): AgentLoads & { read: ReadList } {
  const { store, writer, events, clock } = deps;
  const jobs = new Map<string, Job>();
  const heardAt = new Map<string, number>();

  const tell = (load: Load): Load => {
    events.loadChanged(load);
    events.listChanged('loads');
    return load;
  };
  const jobOf = (agent: Agent, loadId: string, fence: string): Job => {
    heardAt.set(agent.id, clock.now());
    const job = jobs.get(loadId);
    if (job?.input.integration.agentId === agent.id && job.fence === fence) return job;
    throw new AppError('conflict', 'This load is not yours any more: it ended, or it was given out anew.');
  };
  const give = async (job: Job): Promise<AgentLoad> => {
    const { input } = job;
    const { appId, fields, integration } = input;
    job.givings += 1;
    job.fence = deps.randomText(fenceBytes);
    await job.written;
    job.list?.close();
    job.list = openList(input, writer);
    job.unidentified = 0;
    const { id } = input.load;
    // Whoever had it before may have written a part: counts begin anew with the list.
    const load = tell(await (job.givings === 1 ? store.take(id) : store.restart(id)));
    return { fence: job.fence, load, appId, fields, integration };
  };

  const write = async (job: Job, { position, pages, records }: AgentPage): Promise<Load> => {
    const { integration, load: begun } = job.input;
    const load = await store.find(begun.id);
    if (!load || !job.list)
      throw new AppError('not_found', 'There is no such load. Its integration may have been removed.');
    const { tally } = load;
    const isWritten = records.length > 0 && tally.read === position + records.length;
    if (isWritten) return load;
    if (tally.read !== position) {
      throw new AppError('conflict', `Record ${tally.read + 1} is expected next, not ${position + 1}.`);
    }
    for (const record of records) checkTargets(record, integration);
    try {
      const now = await job.list.write({ at: clock.now(), records, pages, tally });
      job.unidentified += countUnidentified(records);
      events.loadChanged(now);
      return now;
    } catch (error) {
      // It has decided about records that are not written: nobody can go on from here.
      job.fail(error);
      throw error;
    }
  };

  return {
    async read(input) {
      const { load, signal } = input;
      tell(await store.putBack(load.id));
      const written = new Promise<ListWritten>((finish, fail) => {
        const begun = { since: clock.now(), givings: 0, fence: null, list: null, unidentified: 0 };
        jobs.set(load.id, { ...begun, input, written: Promise.resolve(), finish, fail });
        const stop = () => fail(new AppError('cancelled', 'The load was stopped.'));
        if (signal.aborted) stop();
        signal.addEventListener('abort', stop, { once: true });
      });
      return await written.finally(async () => {
        const job = jobs.get(load.id);
        jobs.delete(load.id);
        await job?.written;
        job?.list?.close();
      });
    },

    async next(agent, fence) {
      heardAt.set(agent.id, clock.now());
      const own = [...jobs.values()].filter(({ input }) => input.integration.agentId === agent.id);
      if (fence !== null) return { goesOn: own.some((job) => job.fence === fence), work: null };
      for (const job of own) {
        if (job.givings < maxGivings) return { goesOn: false, work: await give(job) };
        const why = `The agent "${agent.name}" began it ${maxGivings} times and did not come to an end. Look into what it prints, then run the load again.`;
        job.fail(new AppError('vendor_unavailable', why));
      }
      return { goesOn: false, work: null };
    },

    async page(agent, loadId, batch) {
      const before = jobOf(agent, loadId, batch.fence);
      // Meanwhile it may have been given to somebody else.
      const now = before.written.then(() => write(jobOf(agent, loadId, batch.fence), batch));
      before.written = now.catch(() => undefined);
      return await now;
    },

    async names(agent, loadId, fence, lists) {
      const { vendor } = jobOf(agent, loadId, fence).input;
      await writer.keepNames(
        vendor.id,
        lists.map((list) => new Map(list)),
      );
    },

    async end(agent, loadId, fence, error) {
      const job = jobOf(agent, loadId, fence);
      await job.written;
      const load = (await store.find(loadId)) ?? job.input.load;
      if (error === null) job.finish({ load, unidentified: job.unidentified });
      else job.fail(new AppError('vendor_unavailable', error));
    },

    async giveUpSilent() {
      for (const { since, input, fail } of jobs.values()) {
        const { agentId } = input.integration;
        const heard = Math.max(since, heardAt.get(agentId ?? '') ?? 0);
        if (clock.now() - heard < silentMs) continue;
        const minutes = silentMs / 60_000;
        const why = `Its agent was not heard of for ${minutes} minutes. Start it on its machine with: rollcall agent start. Then run the load again.`;
        fail(new AppError('vendor_unavailable', why));
      }
    },
  };
}

/** The agent has the names of ids; what is decided here does not depend on them. */
function openList(input: LocalLoad, writer: LoadWriter): ListWriter {
  const { integration, vendor, fields, appId, load } = input;
  const { startedAt } = load;
  const { quiet } = prepareMapping({ ...integration, vendor, fields, names: new Map(), startedAt });
  return writer.open({ loadId: load.id, preference: integration.preference, appId, quiet, startedAt });
}

/** An agent writes what the mapping fills and nothing else. */
function checkTargets({ person, saasUser }: MappedRecord, { mapping }: Integration): void {
  const names = [
    ...Object.keys(person).map((name) => `person.${name}`),
    ...Object.keys(saasUser ?? {}).map((name) => `saas_user.${name}`),
  ];
  const targets = new Set(mapping.rows.map(({ target }) => `${target.recordType}.${target.externalId}`));
  targets.add('saas_user.identifier');
  const stray = names.find((name) => !targets.has(name));
  if (stray !== undefined)
    throw new AppError('invalid', `The mapping of this load does not fill "${stray}".`);
}
