import { accountAddress } from '#domain/account-address';
import type { ListWriter, LoadWriter } from '#engine/load-ports';
import { type Database, inOneWrite } from './database.ts';
import { createKnownReader } from './known-records.ts';
import type { LoadPages } from './load-pages.ts';
import { noRows } from './row-set.ts';
import { vendorNames } from './schema.ts';

/** As `LoadPages`, in this thread or another one. */
export interface LoadPagesSomewhere {
  write(...page: Parameters<LoadPages['write']>): ReturnType<ListWriter['write']>;
  close(key: number): void;
}

/** Pages written where they are handed in. */
export const writeHere = (pages: LoadPages): LoadPagesSomewhere => ({
  write: async (...page) => pages.write(...page),
  close: pages.close,
});

/** Writes what loads bring. Pages are written by `pages`, which may be another thread: they hold up nobody here. */
export function createLoadWriter(database: Database, pages: LoadPagesSomewhere): LoadWriter {
  const readKnown = createKnownReader(database);
  let lastKey = 0;

  return {
    async keepNames(vendorId, lists) {
      inOneWrite(database, (tx) => {
        for (const [id, name] of lists.flatMap((list) => [...list])) {
          const target = [vendorNames.vendorId, vendorNames.id];
          tx.insert(vendorNames)
            .values({ vendorId, id, name })
            .onConflictDoUpdate({ target, set: { name } })
            .run();
        }
      });
    },

    open(list) {
      lastKey += 1;
      const key = lastKey;
      return {
        write: (page) => pages.write(key, list, page),
        close: () => pages.close(key),
      };
    },

    async look(records, appId, decide) {
      const known = readKnown(records, appId, noRows());
      return records.map((record) => {
        const listed = known.saasUser(record.identifier);
        const invited = known.withoutId(accountAddress(record));
        const person =
          record.keys.map((key) => known.personBy(key)).find((found) => found !== undefined) ?? null;
        const decision = decide(record, known);
        known.note(decision);
        const written = decision.saasUser?.user.id;
        const saasUser = listed ?? invited.find(({ id }) => id === written) ?? null;
        return { record, decision, before: { person, saasUser } };
      });
    },
  };
}
