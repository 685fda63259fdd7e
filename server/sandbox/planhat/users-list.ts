import { Refusal } from '../refusal.ts';
import type { Roster } from '../roster.ts';
import { type PlanhatUser, withRoles } from './user.ts';

const defaultLimit = 100;
/** More may be asked for, but does not come. */
const largestLimit = 5000;

interface ListQuery {
  limit?: string;
  offset?: string;
  /** A property; with a minus before it, from the greatest to the least. */
  sort?: string;
  /** Properties separated by commas. */
  select?: string;
  email?: string;
}

/** A bare array; the end shows only in a page that is not full. */
export function listUsers(roster: Roster<PlanhatUser>, query: ListQuery): object[] {
  const { sort, select, email } = query;
  const limit = Math.min(readNumber('limit', query.limit, defaultLimit), largestLimit);
  const offset = readNumber('offset', query.offset, 0);
  const wanted = email?.toLowerCase();
  const users = roster.all().filter((user) => !wanted || user.email.toLowerCase() === wanted);
  const page = (sort ? sorted(users, sort) : users).slice(offset, offset + limit).map(withRoles);
  if (!select) return page;

  const names = ['_id', ...select.split(',')];
  return page.map((user) =>
    Object.fromEntries(Object.entries(user).filter(([name]) => names.includes(name))),
  );
}

function readNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Refusal(400, `${name} must be a number, not "${text}".`);
}

function sorted(users: readonly PlanhatUser[], sort: string): PlanhatUser[] {
  const name = sort.replace(/^-/, '') as keyof PlanhatUser;
  const order = sort.startsWith('-') ? -1 : 1;
  const textOf = (user: PlanhatUser) => String(user[name] ?? '');
  return users.toSorted((one, other) => {
    const [a, b] = [textOf(one), textOf(other)];
    if (a === b) return 0;
    return a < b ? -order : order;
  });
}
