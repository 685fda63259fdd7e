import type { Credential } from '../domain/credential.ts';
import { AppError } from '../domain/errors.ts';
import type { Field } from '../domain/field.ts';
import type { Integration } from '../domain/integration.ts';
import type { Load } from '../domain/load.ts';
import { vendorFieldsOf } from '../domain/mapping.ts';
import { parsePath, readPath } from '../domain/path.ts';
import type { Vendor } from '../domain/vendor.ts';
import type { LoadEvents, LoadWriter, MappedRecord } from './load-ports.ts';
import { type MappingPlan, prepareMapping } from './map-record.ts';
import type { LookupNames } from './read-field.ts';
import { type PageReader, readPages } from './vendor-pages.ts';

export interface UserLoad {
  load: Load;
  integration: Pick<Integration, 'mode' | 'preference' | 'inputs' | 'mapping'>;
  vendor: Vendor;
  credential: Pick<Credential, 'id' | 'name' | 'baseUrl'>;
  /** Null for a load of users only. */
  appId: string | null;
  fields: readonly Field[];
  signal: AbortSignal;
}

export interface UserLoadDeps extends Pick<PageReader, 'client' | 'clock' | 'random' | 'maxPages'> {
  writer: Pick<LoadWriter, 'keepNames' | 'open'>;
  events: Pick<LoadEvents, 'loadChanged'>;
}

export interface ListWritten {
  /** As of its last page. */
  load: Load;
  /** Records for SaaS users that have no identifier: they may stand for accounts that seem to be missing. */
  unidentified: number;
}

/** A page is written in pieces of so many records: others may write in between. */
const pieceSize = 100;

/**
 * Writes each page while the next one is on its way; no more than these two are in memory. Throws when the list could
 * not be read to its end. What was written stays.
 */
export async function runUserLoad(deps: UserLoadDeps, input: UserLoad): Promise<ListWritten> {
  const { writer, events, clock } = deps;
  const { integration, vendor, appId, load } = input;
  const { inputs } = integration;
  const { credential, signal } = input;
  const reader = { ...deps, vendor, credential, signal, inputs, group: load.integrationId };
  const names = await readNames(reader, usedFields(integration));
  await writer.keepNames(vendor.id, [...names.values()]);
  const { startedAt } = load;
  const plan = prepareMapping({
    ...input,
    ...integration,
    vendor,
    names,
    startedAt,
    credentialName: input.credential.name,
  });
  const { preference } = integration;
  const list = writer.open({ loadId: load.id, preference, appId, quiet: plan.quiet, startedAt });

  let now = load;
  let position = 0;
  let unidentified = 0;
  try {
    for await (const { n, items } of readAhead(readPages(reader, vendor.load), input.signal)) {
      for (const { piece, isLast } of piecesOf(items)) {
        const records = piece.map((item) => {
          position += 1;
          return plan.map(item, position);
        });
        unidentified += countUnidentified(records);
        const { tally } = now;
        now = await list.write({ at: clock.now(), records, pages: isLast ? n : n - 1, tally });
        events.loadChanged(now);
      }
    }
  } finally {
    list.close();
  }
  return { load: now, unidentified };
}

/** Records that should stand for an account and do not say for which one. */
export function countUnidentified(records: readonly MappedRecord[]): number {
  return records.filter(({ saasUser, identifier }) => saasUser && identifier === '').length;
}

/**
 * Asks for each page while the one before is worked on. A failure shows when its page is due. Throws `cancelled` as
 * soon as the signal is aborted: a page that nobody waits for any more does no harm.
 */
async function* readAhead<T>(pages: AsyncGenerator<T, void>, signal: AbortSignal): AsyncGenerator<T> {
  for (let next = pages.next(); ; ) {
    const page = await unlessAborted(next, signal);
    if (page.done) return;
    next = pages.next();
    // Whoever asks for it hears of a failure; until then it must not end the process.
    next.catch(() => undefined);
    yield page.value;
  }
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new AppError('cancelled', 'The load was cancelled.'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** A page without records is a piece, too: it counts as read. */
function piecesOf(items: readonly unknown[]): { piece: readonly unknown[]; isLast: boolean }[] {
  const count = Math.max(1, Math.ceil(items.length / pieceSize));
  return Array.from({ length: count }, (_, i) => ({
    piece: items.slice(i * pieceSize, (i + 1) * pieceSize),
    isLast: i === count - 1,
  }));
}

/** Vendor fields that the mapping reads: only their lookups are worth a request. */
export function usedFields({ mapping, mode }: Pick<Integration, 'mapping' | 'mode'>): Set<string> {
  const rows = mapping.rows.filter(
    (row) => mode === 'user_and_saas_user' || row.target.recordType === 'person',
  );
  return vendorFieldsOf({ ...mapping, rows });
}

/** Names for ids, such as the names of roles. */
export async function readNames(reader: PageReader, used: ReadonlySet<string>): Promise<LookupNames> {
  const names = new Map<string, Map<string, string>>();
  const { lookups, pagination } = reader.vendor.load;
  for (const { field, path, items, id, name } of lookups) {
    if (!used.has(field)) continue;
    const [idPath, namePath] = [parsePath(id), parsePath(name)];
    const list = new Map<string, string>();
    for await (const page of readPages(reader, { path, items, pagination })) {
      for (const item of page.items) {
        const [key, value] = [readPath(item, idPath), readPath(item, namePath)];
        if (key !== undefined && typeof value === 'string' && value !== '') list.set(String(key), value);
      }
    }
    names.set(field, list);
  }
  return names;
}

/** Enough for a value map of roles or states to be filled in from them. */
const sampleCount = 20;

/** Different values of each vendor field, in the order in which they come. */
export function collectSamples(
  vendor: Vendor,
  plan: Pick<MappingPlan, 'read'>,
  items: readonly unknown[],
): Record<string, unknown[]> {
  const samples: Record<string, unknown[]> = {};
  for (const field of vendor.load.fields) {
    const found = new Map<string, unknown>();
    for (const item of items) {
      if (found.size === sampleCount) break;
      const value = plan.read(field, item);
      if (value !== undefined && value !== null && value !== '') found.set(JSON.stringify(value), value);
    }
    samples[field.key] = [...found.values()];
  }
  return samples;
}

/** What a person reads about a load that stopped. */
export function toSentence(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return 'Something went wrong inside Rollcall. What was written stays; look into the server log, then run it again.';
}
