import { AppError } from '../domain/errors.ts';
import type { SaasUser } from '../domain/saas-user.ts';
import type { Done, LoopOver } from './block.ts';
import type { RecordState } from './journal-ports.ts';
import { isNextTurn, type Loop, loopAt, loopWords, putLoop } from './loops.ts';
import type { Subject } from './subject-ports.ts';

/** An account of a person with the app that it is in. */
export interface AppAccount {
  account: SaasUser;
  app: { id: string; name: string; vendorId: string };
}

/** Reads the accounts that loops go over. */
export interface AccountReader {
  /** All accounts of a person, in the order of their ids. */
  ofPerson(personId: string): Promise<AppAccount[]>;
  find(accountId: string): Promise<AppAccount | undefined>;
}

/** What a loop keeps with every step of its record. */
const longestList = 256 * 1024;

export interface Turned {
  done: Done;
  subject: Subject;
}

/**
 * One arrival at a loop: it begins, takes its next turn, or ends. What it goes over is decided once, at its beginning, so
 * that no change in the meantime makes it leave something out or do it twice.
 */
export async function takeTurn(
  block: string,
  over: LoopOver,
  state: RecordState,
  { current, own }: { current: Subject; own: Subject },
  accounts: AccountReader,
): Promise<Turned> {
  const known = isNextTurn(state.pending) ? loopAt(state, block) : undefined;
  const loop = known ?? (await beginLoop(over, state, current, accounts));
  const turn = loop.turn + 1;
  if (turn > loop.count) return endLoop(block, loop, state, { current, own }, accounts);

  const next = { ...loop, turn, isBad: false };
  putLoop(state, block, next);
  const item = loop.items[turn - 1];
  const done = { kind: 'done', exit: 'each', note: `${turn} of ${loop.count}` } as const;
  if (!loop.isOverAccounts) {
    const note = `${done.note}: ${itemWords(item)}`;
    return { done: { ...done, note, variables: { [over.as]: item } }, subject: current };
  }
  const found = await accounts.find(String(item));
  const label = found ? found.account.email || found.account.identifier : 'an account that is gone';
  const app = found ? { id: found.app.id, name: found.app.name, vendor: found.app.vendorId } : null;
  return {
    done: {
      ...done,
      note: `${done.note}: ${label}${found ? ` in ${found.app.name}` : ''}`,
      variables: { app },
    },
    subject: { ...current, saasUser: found?.account ?? null },
  };
}

async function beginLoop(
  over: LoopOver,
  state: RecordState,
  { person }: Subject,
  accounts: AccountReader,
): Promise<Loop> {
  const isOverAccounts = over.kind === 'accounts';
  let items: readonly unknown[] = [];
  if (over.kind === 'list') items = over.items;
  else if (person) {
    const all = await accounts.ofPerson(person.id);
    items = over.choose(all.map(({ account }) => account)).map(({ id }) => id);
  }
  if (items.length > over.most) {
    throw new AppError(
      'invalid',
      `There are ${items.length} entries, and at most ${over.most} are gone over. Raise that number, or choose fewer.`,
    );
  }
  if (JSON.stringify(items).length > longestList) {
    throw new AppError('invalid', 'The list is over 256 KB. Take only the parts that the next blocks need.');
  }
  const before = isOverAccounts ? { app: state.variables.app } : { [over.as]: state.variables[over.as] };
  const none = { turn: 0, failed: 0, skipped: 0, isBad: false, reason: null };
  return { items, count: items.length, ...none, isOverAccounts, before };
}

async function endLoop(
  block: string,
  loop: Loop,
  state: RecordState,
  { current, own }: { current: Subject; own: Subject },
  accounts: AccountReader,
): Promise<Turned> {
  putLoop(state, block, { ...loop, items: [], before: {} });
  for (const [name, value] of Object.entries(loop.before)) {
    if (value === undefined) delete state.variables[name];
    else state.variables[name] = value;
  }
  const done: Done = { kind: 'done', exit: 'done', note: loopWords(loop) };
  if (!loop.isOverAccounts) return { done, subject: current };
  // A turn may have changed the account that the record itself is about.
  const back = own.saasUser && (await accounts.find(own.saasUser.id));
  return { done, subject: { ...current, saasUser: back?.account ?? own.saasUser } };
}

const longestItem = 80;

function itemWords(item: unknown): string {
  const text = typeof item === 'string' ? item : (JSON.stringify(item) ?? '');
  return text.length > longestItem ? `${text.slice(0, longestItem)}…` : text;
}
