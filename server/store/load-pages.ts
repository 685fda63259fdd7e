import type { NewId } from '#domain/ids';
import type { Load, LoadTally } from '#domain/load';
import type { SaasUser } from '#domain/saas-user';
import type { Decide, Decision, ListToWrite, MatchRules, PageToWrite, ValueChange } from '#engine/load-ports';
import type { Database } from './database.ts';
import { createKnownReader } from './known-records.ts';
import { prepareLoadStatements } from './load-statements.ts';

/** Makes the one that decides about each record of a list. */
export type Match = (rules: MatchRules & { newId: NewId }) => Decide;

/** The pages of lists, one after the other, each in one transaction. `key` says which list a page belongs to. */
export interface LoadPages {
  write(key: number, list: ListToWrite, page: PageToWrite): Load;
  /** Forgets whom the list has named. */
  close(key: number): void;
}

const counters = {
  create: 'created',
  update: 'updated',
  unchanged: 'unchanged',
  skip: 'skipped',
  fail: 'failed',
} as const satisfies Record<Decision['action'], keyof LoadTally>;

/** Decides and writes on this connection, in whichever thread that is. */
export function createLoadPages(database: Database, match: Match, newId: NewId): LoadPages {
  const readKnown = createKnownReader(database);
  const put = prepareLoadStatements(database);
  const lists = new Map<number, Decide>();

  const decideOf = (key: number, list: ListToWrite): Decide => {
    const decide = lists.get(key) ?? match({ ...list, newId });
    lists.set(key, decide);
    return decide;
  };

  const write = database.$client.transaction((decide: Decide, list: ListToWrite, page: PageToWrite): Load => {
    const { loadId, appId } = list;
    const { at, records } = page;
    const known = readKnown(records, appId);
    const tally = { ...page.tally, read: page.tally.read + records.length };
    const history = (recordId: string, changes: readonly ValueChange[]) => {
      for (const change of changes) put.change(recordId, at, loadId, change);
    };
    const seen: SaasUser[] = [];

    for (const record of records) {
      const before = known.saasUser(record.identifier);
      const decision = decide(record, known);
      const { action, person, saasUser } = decision;
      known.note(decision);
      if (person) {
        put.person(person.person, person.isNew);
        put.uniques(person.person.id, person.uniques, person.isNew);
        history(person.person.id, person.changes);
      }
      if (saasUser) {
        const { user, isNew, changes } = saasUser;
        const isOnlySeen = before && isSame(before, user) && known.rawOf(record.identifier) === record.raw;
        if (isOnlySeen) seen.push(user);
        else put.saasUser(user, record.raw, isNew);
        history(user.id, changes);
      }
      tally[counters[action]] += 1;
      if (action !== 'skip' && action !== 'fail') continue;
      const kind = action === 'skip' ? 'skipped' : 'failed';
      put.issue(loadId, tally.skipped + tally.failed, kind, record.label, decision.reason ?? '');
    }
    put.seen(seen);
    return put.progress(loadId, page.tally.read, page.pages, tally);
  });

  return {
    write: (key, list, page) => write.immediate(decideOf(key, list), list, page),
    close: (key) => void lists.delete(key),
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
