import type { NewId } from '#domain/ids';
import type { Load, LoadTally } from '#domain/load';
import type { SaasUser } from '#domain/saas-user';
import type { Decide, Decision, ListToWrite, MatchRules, PageToWrite, ValueChange } from '#engine/load-ports';
import type { Database } from './database.ts';
import { countEmptied, type EmptiedValues } from './emptied-values.ts';
import { createKnownReader } from './known-records.ts';
import { prepareLoadStatements } from './load-statements.ts';
import { type NamedRows, noRows } from './row-set.ts';

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

interface OpenList {
  decide: Decide;
  named: NamedRows;
  emptied: EmptiedValues;
}

/** Decides and writes on this connection, in whichever thread that is. */
export function createLoadPages(database: Database, match: Match, newId: NewId): LoadPages {
  const readKnown = createKnownReader(database);
  const put = prepareLoadStatements(database);
  const lists = new Map<number, OpenList>();

  const openList = (key: number, list: ListToWrite): OpenList => {
    const open = lists.get(key) ?? {
      decide: match({ ...list, newId }),
      named: noRows(),
      emptied: countEmptied(),
    };
    lists.set(key, open);
    return open;
  };

  const write = database.$client.transaction((open: OpenList, list: ListToWrite, page: PageToWrite): Load => {
    const { loadId, appId } = list;
    const { at, records } = page;
    const known = readKnown(records, appId, open.named);
    const tally = { ...page.tally, read: page.tally.read + records.length };
    const history = (recordId: string, changes: readonly ValueChange[]) => {
      for (const change of changes) put.change(recordId, at, loadId, change);
    };
    const keepRow = (id: string, row: number | undefined) => {
      if (row !== undefined) known.keepRow(id, row);
    };
    const seen: SaasUser[] = [];

    for (const record of records) {
      const before = known.saasUser(record.identifier);
      const decision = open.decide(record, known);
      const { action, person, saasUser } = decision;
      known.note(decision);
      if (person) {
        keepRow(person.person.id, put.person(person.person, person.isNew));
        put.uniques(person.person.id, person.uniques, person.isNew);
        history(person.person.id, person.changes);
      }
      if (saasUser) {
        const { user, isNew, changes } = saasUser;
        if (before) open.emptied.note(before, user);
        const isOnlySeen = before && isSame(before, user) && known.rawOf(record.identifier) === record.raw;
        if (isOnlySeen) seen.push(user);
        else keepRow(user.id, put.saasUser(user, record.raw, isNew));
        history(user.id, changes);
      }
      tally[counters[action]] += 1;
      if (action !== 'skip' && action !== 'fail') continue;
      const kind = action === 'skip' ? 'skipped' : 'failed';
      put.issue(loadId, tally.skipped + tally.failed, kind, record.label, decision.reason ?? '');
    }
    put.seen(seen);
    const emptied = open.emptied.toTally();
    if (emptied) tally.emptied = emptied;
    const load = put.progress(loadId, page.tally.read, page.pages, tally);
    known.close();
    return load;
  });

  return {
    write: (key, list, page) => write.immediate(openList(key, list), list, page),
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
