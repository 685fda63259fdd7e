import type { Vendor } from '../domain/vendor.ts';
import { type PageReader, readPages } from './vendor-pages.ts';

/**
 * The records of a list's first page, for a look at what a load would do. Of a list with several passes the first page
 * of each is read, and they take turns, so that the first few records are some of every pass.
 */
export async function readFirstRecords(
  reader: PageReader,
  load: Pick<Vendor['load'], 'path' | 'items' | 'pagination' | 'params' | 'passes'>,
): Promise<unknown[]> {
  const pages: unknown[][] = [];
  for (const pass of load.passes) {
    const { value: page } = await readPages(reader, { ...load, passes: [pass] }).next();
    pages.push(page?.items ?? []);
  }
  const longest = Math.max(0, ...pages.map((items) => items.length));
  return Array.from({ length: longest }, (_, n) => pages.flatMap((items) => items.slice(n, n + 1))).flat();
}
