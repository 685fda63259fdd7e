import { accountAddress } from '#domain/account-address';
import type { Load, LoadTally } from '#domain/load';
import type { SaasUser } from '#domain/saas-user';
import type { Decision, LoadWriter, PageToWrite, ValueChange } from '#engine/load-ports';
import { type Database, inOneWrite } from './database.ts';
import { createKnownReader } from './known-records.ts';
import { prepareLoadStatements } from './load-statements.ts';
import { vendorNames } from './schema.ts';

const counters = {
  create: 'created',
  update: 'updated',
  unchanged: 'unchanged',
  skip: 'skipped',
  fail: 'failed',
} as const satisfies Record<Decision['action'], keyof LoadTally>;

/** Writes what loads bring, one transaction for each piece of a page. */
export function createLoadWriter(database: Database): LoadWriter {
  const readKnown = createKnownReader(database);
  const write = prepareLoadStatements(database);

  const writePage = database.$client.transaction((page: PageToWrite): Load => {
    const { loadId, appId, at, records, decide } = page;
    const known = readKnown(records, appId);
    const tally = { ...page.tally, read: page.tally.read + records.length };
    const history = (recordId: string, changes: readonly ValueChange[]) => {
      for (const change of changes) write.change(recordId, at, loadId, change);
    };
    const seen: SaasUser[] = [];

    for (const record of records) {
      const before = known.saasUser(record.identifier);
      const decision = decide(record, known);
      const { action, person, saasUser } = decision;
      known.note(decision);
      if (person) {
        write.person(person.person, person.isNew);
        write.uniques(person.person.id, person.uniques, person.isNew);
        history(person.person.id, person.changes);
      }
      if (saasUser) {
        const { user, isNew, changes } = saasUser;
        const isOnlySeen = before && isSame(before, user) && known.rawOf(record.identifier) === record.raw;
        if (isOnlySeen) seen.push(user);
        else write.saasUser(user, record.raw, isNew);
        history(user.id, changes);
      }
      tally[counters[action]] += 1;
      if (action !== 'skip' && action !== 'fail') continue;
      const kind = action === 'skip' ? 'skipped' : 'failed';
      write.issue(loadId, tally.skipped + tally.failed, kind, record.label, decision.reason ?? '');
    }
    write.seen(seen);
    return write.progress(loadId, page.pages, tally);
  });

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

    write: async (page) => writePage.immediate(page),
    async look(records, appId, decide) {
      const known = readKnown(records, appId);
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

/** Whether nothing of an account changes but when it was seen. A value that stays is the same object. */
function isSame(before: SaasUser, after: SaasUser): boolean {
  for (const key in after) {
    const name = key as keyof SaasUser;
    if (name !== 'lastSeenAt' && before[name] !== after[name]) return false;
  }
  return true;
}
