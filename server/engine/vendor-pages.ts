import { hash } from 'node:crypto';
import type { Credential } from '../domain/credential.ts';
import { AppError } from '../domain/errors.ts';
import type { Lane } from '../domain/pace.ts';
import { parsePath, readPath } from '../domain/path.ts';
import type { Vendor } from '../domain/vendor.ts';
import { encodePathSegment } from './encode.ts';
import { type AnsweredPage, type FindNextPage, preparePaging } from './next-page.ts';
import { toOutcome, vendorMessage } from './outcome.ts';
import type { Clock } from './ports.ts';
import { nextAttemptMs } from './retry.ts';
import { parseTemplate, renderText } from './template.ts';
import type { VendorClient } from './vendor-ports.ts';

export interface PageReader {
  client: VendorClient;
  clock: Clock;
  /** 0 to 1: spreads the waits between attempts. */
  random: () => number;
  vendor: Vendor;
  credential: Pick<Credential, 'id' | 'baseUrl'>;
  signal: AbortSignal;
  /** What the operator entered for this load, such as an account key. */
  inputs?: Readonly<Record<string, string>>;
  /** How urgent it is; `load` by default. */
  lane?: Lane;
  /** The integration that it is read for. */
  group?: string;
  /** After how many pages a list counts as endless. */
  maxPages?: number;
}

/** One page of a vendor's list. */
export interface VendorPage {
  /** Counts from 1. */
  n: number;
  items: unknown[];
}

/** A million people at a hundred per page: more is a vendor that never ends. */
const mostPages = 10_000;
const timeoutMs = 60_000;
const attempts = 5;
const rule = { statuses: [200], mediaType: 'json', notFound: undefined } as const;

type Load = Vendor['load'];
type List = Pick<Load, 'path' | 'items' | 'pagination'> & Partial<Pick<Load, 'params' | 'passes'>>;

const onePass: Load['passes'] = [{ title: '', params: [] }];

/**
 * Reads a list page by page, each one only when it is asked for; a list with several passes is read once for each,
 * and its pages count on. Throws an `AppError` that names the page when the vendor refuses, sends something else than
 * a list, or leads in a circle; `invalid` when an input is missing; `cancelled` when the signal is aborted.
 */
export async function* readPages(reader: PageReader, list: List): AsyncGenerator<VendorPage> {
  const path = renderPath(reader, list.path);
  let read = 0;
  for (const { title, params } of list.passes ?? onePass) {
    const url = new URL(reader.credential.baseUrl.replace(/\/+$/, '') + path);
    for (const { key, value } of [...(list.params ?? []), ...params]) url.searchParams.set(key, value);
    const name = title === '' ? path : `${path} (${title})`;
    for await (const page of readPass(reader, list, { name, url, read })) {
      read = page.n;
      yield page;
    }
  }
}

/** Reads one pass, behind the `read` pages of those before it. */
async function* readPass(
  reader: PageReader,
  list: List,
  { name, url: start, read }: { name: string; url: URL; read: number },
): AsyncGenerator<VendorPage> {
  const { maxPages = mostPages } = reader;
  const itemsPath = list.items === '' ? [] : parsePath(list.items);
  const { first, findNext } = preparePaging(list.pagination, start);
  const seen = new Map<string, number>();
  const refuseRepeated = (what: string, n: number) => {
    const before = seen.get(what);
    if (before !== undefined)
      throw new AppError('vendor_rejected', `The vendor repeated page ${before} of ${name} as page ${n}.`);
    seen.set(what, n);
  };

  let url: URL | null = first;
  for (let n = read + 1; url !== null; n += 1) {
    if (n > maxPages) {
      throw new AppError(
        'vendor_rejected',
        `${name} has more than ${maxPages} pages, so the rest was not read.`,
      );
    }
    refuseRepeated(url.href, n);
    const place = `Page ${n} of ${name}`;
    const { body, headers } = await readOne(reader, url, place);
    const items = readPath(body, itemsPath) ?? emptyList(list, body);
    if (!Array.isArray(items)) throw notAList(reader.vendor, list.items, body, place);
    // A vendor that overlooks where a page should begin sends the same one for ever.
    if (items.length > 0) refuseRepeated(fingerprint(items), n);
    yield { n, items };
    url = nextOf(findNext, { url, headers, body, count: items.length }, reader.vendor, place);
  }
}

/** SCIM leaves the list out where it is empty (RFC 7644, 3.4.2). */
function emptyList({ pagination }: List, body: unknown): unknown {
  if (pagination.kind !== 'start-index') return undefined;
  return Number(readPath(body, parsePath(pagination.total)) ?? Number.NaN) === 0 ? [] : undefined;
}

/** Its ends tell one page from another; the whole of it would cost time for every record. */
const fingerprint = (items: readonly unknown[]): string =>
  hash('sha256', JSON.stringify([items.length, items[0], items.at(-1)]));

function nextOf(findNext: FindNextPage, page: AnsweredPage, vendor: Vendor, place: string): URL | null {
  try {
    return findNext(page);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(
      error.code,
      `${place}: ${vendor.title} cannot be read to the end, because ${error.message}.`,
    );
  }
}

/** Some vendors answer 200 and tell of an error in the body. */
function notAList(vendor: Vendor, items: string, body: unknown, place: string): AppError {
  const what = `${vendor.title} answered without the list${items === '' ? '' : ` "${items}"`}`;
  // A word alone is no reason: it may be what stands at this address.
  const said = typeof body === 'string' ? '' : vendorMessage(body);
  const next = said === '' ? '. Check the base URL of the credential.' : `${said}.`;
  return new AppError('vendor_rejected', `${place}: ${what}${next}`);
}

/** Fills the inputs of the load into a path. */
function renderPath({ vendor, inputs = {} }: PageReader, path: string): string {
  for (const { name, label } of vendor.load.inputs) {
    if (!path.includes(`{{input.${name}}}`) || (inputs[name] ?? '').trim() !== '') continue;
    throw new AppError(
      'invalid',
      `${vendor.title} needs the ${label}. Enter it in the details of the integration.`,
    );
  }
  return renderText(parseTemplate(path), { input: inputs }, { encode: encodePathSegment, strict: true });
}

/** Reads one page; a read may be repeated as often as it is worth it. */
async function readOne(reader: PageReader, url: URL, place: string) {
  const { client, clock, random, vendor, credential, signal, lane = 'load', group = '' } = reader;
  const call = {
    ...{ lane, group },
    credential: { id: credential.id },
    class: 'read',
    method: 'GET',
    url: url.href,
    headers: {},
    body: null,
    timeoutMs,
  } as const;

  for (let attempt = 1; ; attempt += 1) {
    if (signal.aborted) throw new AppError('cancelled', 'The load was cancelled.');
    const { reply } = await client.send(call, signal);
    if (signal.aborted) throw new AppError('cancelled', 'The load was cancelled.');
    const outcome = toOutcome(reply, rule, 'read', vendor.title, clock.now());
    if (outcome.kind === 'ok') return outcome;

    const wait = attempt < attempts ? nextAttemptMs('read', outcome, attempt, attempts, random()) : null;
    if (wait === null) {
      const isPassing = outcome.kind === 'unavailable' || outcome.kind === 'rate_limited';
      throw new AppError(
        isPassing ? 'vendor_unavailable' : 'vendor_rejected',
        `${place}: ${outcome.message}`,
      );
    }
    await clock.sleep(wait, signal);
  }
}
