import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import type { Caller, World } from '../world.ts';
import { seesEverything } from './access.ts';
import { organizationId } from './catalog.ts';
import { readWebexId } from './id.ts';
import { viewOf, type WebexPerson, type WebexView } from './person.ts';

const defaultMax = 100;
const largestMax = 1000;
const largestMaxWithCallingData = 100;
const largestMaxInLocation = 50;
const mostIds = 85;

const one = z.preprocess((value) => (Array.isArray(value) ? value[0] : value), z.string().optional());

/** A filter that is empty counts as not given: a caller who meant one person gets everybody. */
const querySchema = z.object({
  email: one,
  displayName: one,
  id: one,
  orgId: one,
  roles: one,
  locationId: one,
  callingData: one,
  excludeStatus: one,
  max: one,
  cursor: one,
});

type PeopleQuery = z.infer<typeof querySchema>;

export interface PeopleList {
  body: { items: Partial<WebexPerson>[]; notFoundIds: string[] | null };
  /** Query of the next page, or null on the last one. */
  nextQuery: string | null;
}

/** Answers List People. Source: https://developer.webex.com/docs/api/v1/people/list-people */
export function listPeople(
  world: World<WebexPerson>,
  caller: Caller<WebexPerson>,
  rawQuery: unknown,
): PeopleList {
  const query = querySchema.parse(rawQuery);
  const isAdmin = seesEverything(caller);
  if (!isAdmin && !query.email && !query.displayName && !query.id) {
    throw new Refusal(400, 'Email, displayName or id must be given.');
  }
  if (query.orgId) checkOrganization(query.orgId);
  if (query.id) return listByIds(world, query.id);

  const max = readMax(query);
  const after = query.cursor === undefined ? -1 : readCursor(query.cursor);
  const page = world.roster.page(after, max, toFilter(query));
  const view = toView(isAdmin, query.excludeStatus === 'true');
  return {
    body: { items: page.people.map((person) => viewOf(person, view)), notFoundIds: null },
    nextQuery: page.next === null ? null : toNextQuery(query, page.next),
  };
}

/** Presence and administrative properties are "not shown when doing a GET /people?id=". */
function listByIds(world: World<WebexPerson>, idList: string): PeopleList {
  const ids = idList.split(',').map((id) => id.trim());
  if (ids.length > mostIds)
    throw new Refusal(400, `At most ${mostIds} person IDs may be given, not ${ids.length}.`);
  const malformed = ids.find((id) => readWebexId(id) === null);
  if (malformed !== undefined) throw new Refusal(400, `Invalid person ID: ${malformed}.`);

  const items: Partial<WebexPerson>[] = [];
  const notFoundIds: string[] = [];
  for (const id of new Set(ids)) {
    const person = world.roster.find(id);
    if (person) items.push(viewOf(person, 'public without presence'));
    else notFoundIds.push(id);
  }
  return { body: { items, notFoundIds: notFoundIds.length > 0 ? notFoundIds : null }, nextQuery: null };
}

function checkOrganization(orgId: string): void {
  if (readWebexId(orgId)?.kind !== 'ORGANIZATION')
    throw new Refusal(400, `Invalid organization ID: ${orgId}.`);
  if (orgId !== organizationId) {
    throw new Refusal(403, 'The access token gives no rights in this organization.');
  }
}

function toFilter({ email, displayName, roles, locationId }: PeopleQuery): (person: WebexPerson) => boolean {
  const wantedEmail = email?.toLowerCase();
  const wantedName = displayName?.toLowerCase();
  const wantedRoles = roles ? roles.split(',') : [];
  return (person) =>
    (!wantedEmail || person.emails.some((one) => one.toLowerCase() === wantedEmail)) &&
    (!wantedName || person.displayName.toLowerCase().startsWith(wantedName)) &&
    (!locationId || person.locationId === locationId) &&
    (wantedRoles.length === 0 || wantedRoles.some((role) => person.roles.includes(role)));
}

function readMax({ max, callingData, locationId }: PeopleQuery): number {
  let cap = largestMax;
  if (callingData === 'true') cap = largestMaxWithCallingData;
  if (locationId) cap = largestMaxInLocation;
  if (!max) return Math.min(defaultMax, cap);
  if (!/^\d{1,9}$/.test(max) || Number(max) === 0) throw new Refusal(400, 'max must be a positive number.');
  return Math.min(Number(max), cap);
}

function toView(isAdmin: boolean, isWithoutPresence: boolean): WebexView {
  if (isAdmin) return isWithoutPresence ? 'without presence' : 'everything';
  return isWithoutPresence ? 'public without presence' : 'public';
}

function toNextQuery(query: PeopleQuery, position: number): string {
  const next = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value && name !== 'cursor') next.set(name, value);
  next.set('cursor', Buffer.from(`after:${position}`).toString('base64url'));
  return next.toString();
}

function readCursor(cursor: string): number {
  const position = /^after:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  if (position === undefined) throw new Refusal(400, 'Invalid cursor.');
  return Number(position);
}
