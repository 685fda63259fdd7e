import type { ApiPaging } from '../domain/api-settings.ts';
import { parsePath, readPath } from '../domain/path.ts';
import type { Call } from './block.ts';
import { findNextPage } from './list-url.ts';
import { type Outcome, toOutcome } from './outcome.ts';
import type { Clock } from './ports.ts';
import { nextAttemptMs } from './retry.ts';
import type { VendorClient } from './vendor-ports.ts';

export interface PageDeps {
  client: VendorClient;
  clock: Clock;
  random(): number;
}

/** All pages together may be as long as one answer. */
const maxText = 10 * 1024 * 1024;

/**
 * Reads the pages behind an answered list, and gives the first answer with the entries of all of them. Whatever keeps it
 * from the end is the outcome instead: half a list must not pass for a whole one. More pages than the cap are a
 * failure, too, unless the author is content with the first ones; then the message says so.
 */
export async function readRest(
  first: Outcome,
  decided: Pick<Call, 'call' | 'vendor' | 'rule' | 'attempts'> & { paging: ApiPaging },
  { client, clock, random }: PageDeps,
  signal: AbortSignal,
): Promise<Outcome> {
  const { call, vendor, rule, attempts, paging } = decided;
  if (first.kind !== 'ok') return first;
  const itemsPath = paging.items === '' ? [] : parsePath(paging.items);
  const refused = (message: string): Outcome => ({ ...first, kind: 'rejected', message });
  const toNext = findNextPage(call.url, paging.next);
  const seen = new Set([call.url]);
  const all: unknown[] = [];
  let length = 0;
  let page = first;

  for (let n = 1; ; n += 1) {
    const items = readPath(page.body, itemsPath);
    if (!Array.isArray(items))
      return refused(`Page ${n} of ${vendor}'s answer has no list "${paging.items}". Look at Limits.`);
    for (const item of items as unknown[]) all.push(item);
    const next = toNext({ headers: page.headers, body: page.body, count: items.length });
    if (next.kind === 'refused')
      return refused(`${vendor}'s list cannot be read to its end: ${next.reason}.`);
    if (next.kind === 'end') return { ...first, body: withList(first.body, itemsPath, all) };
    if (n >= paging.maxPages) {
      const words = `${vendor} has more than ${paging.maxPages} pages`;
      if (paging.whenMore === 'fail')
        return refused(`${words}. Raise the number under Limits, or ask for less.`);
      const message = `${words}; only the first ${paging.maxPages} were read.`;
      return { ...first, body: withList(first.body, itemsPath, all), message };
    }
    if (seen.has(next.url)) return refused(`${vendor} leads from page ${n} back to an earlier one.`);
    seen.add(next.url);

    for (let attempt = 1; ; attempt += 1) {
      const sent = await client.send({ ...call, url: next.url }, signal);
      page = toOutcome(sent.reply, rule, 'read', vendor, clock.now());
      if (sent.reply.kind === 'answered') length += sent.reply.body.length;
      const waitMs = nextAttemptMs('read', page, attempt, attempts, random());
      if (waitMs === null || signal.aborted) break;
      await clock.sleep(waitMs, signal);
    }
    if (page.kind !== 'ok') return { ...page, message: `Page ${n + 1}: ${page.message}` };
    if (length > maxText) return refused(`The pages of ${vendor}'s answer are over 10 MB together.`);
  }
}

/** The same answer with another list in its place. */
function withList(body: unknown, path: ReturnType<typeof parsePath>, list: readonly unknown[]): unknown {
  const [segment, ...rest] = path;
  if (segment === undefined) return list;
  const name = segment.kind === 'name' ? segment.name : String(segment.kind === 'index' ? segment.index : 0);
  if (Array.isArray(body))
    return body.map((entry: unknown, at) => (String(at) === name ? withList(entry, rest, list) : entry));
  const inner = (body as Record<string, unknown>)[name];
  return Object.fromEntries([...Object.entries(body as object), [name, withList(inner, rest, list)]]);
}
