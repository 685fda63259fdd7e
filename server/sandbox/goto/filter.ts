import { notValid } from './refusal.ts';
import type { GotoUser } from './user.ts';

const searchable = ['email', 'firstName', 'lastName', 'key', 'status', 'groupName'] as const;
type Searchable = (typeof searchable)[number];
type Accepts = (user: GotoUser) => boolean;

/**
 * Reads `email eq "a@b.c"`, or the older `(email="(?i)a@b.c")` whose parts are joined with `&` or `|`.
 * `rawQuery` is the query as it came: a blank written as `+` is not understood.
 */
export function readFilter(filter: string | undefined, rawQuery: string): Accepts {
  if (filter === undefined || filter === '') return () => true;
  if (/(?:^|&)filter=[^&]*\+/.test(rawQuery)) throw notValid('The filter could not be parsed.');

  const [, name, wanted] = /^(\w+) eq "([^"]*)"$/.exec(filter) ?? [];
  if (name !== undefined && wanted !== undefined) return toClause(name, wanted);
  const inner = /^\((.+)\)$/.exec(filter)?.[1];
  if (inner === undefined) throw notValid('The filter could not be parsed.');
  return readOlderFilter(inner);
}

function readOlderFilter(text: string): Accepts {
  const isEither = text.includes('|');
  if (isEither && text.includes('&')) throw notValid('The filter could not be parsed.');
  const clauses = text.split(isEither ? '|' : '&').map((part) => {
    const [, name, flag, wanted] = /^\s*(\w+)="(\(\?i\))?([^"]*)"\s*$/.exec(part) ?? [];
    if (name === undefined || wanted === undefined) throw notValid('The filter could not be parsed.');
    return toClause(name, wanted, flag === undefined ? 'exact' : 'any case');
  });
  if (isEither) return (user) => clauses.some((accepts) => accepts(user));
  return (user) => clauses.every((accepts) => accepts(user));
}

function toClause(name: string, wanted: string, letters: 'exact' | 'any case' = 'exact'): Accepts {
  const property = searchable.find((one): one is Searchable => one === name);
  if (property === undefined) throw notValid(`The attribute ${name} cannot be filtered by.`);
  const fold = (text: string) => (letters === 'exact' ? text : text.toLowerCase());
  return (user) => fold(user[property] ?? '') === fold(wanted);
}
