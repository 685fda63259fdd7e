import type { Roster } from '../roster.ts';
import { notValid, ZoomRefusal } from './refusal.ts';
import { toListRow, type ZoomUser } from './user.ts';

const defaultSize = 30;
const largestSize = 2000;
const tokenLifeMs = 15 * 60 * 1000;
const statuses = ['active', 'inactive', 'pending'];

interface ListQuery {
  status?: string;
  page_size?: string;
  next_page_token?: string;
  role_id?: string;
}

/** Where the next page begins, for whom, and when that was said. */
interface PageToken {
  after: number;
  atMs: number;
  status: string;
  roleId: string;
}

/** Answers List Users: the active ones unless asked otherwise. Source: https://developers.zoom.us/docs/api/users/ */
export function listUsers(roster: Roster<ZoomUser>, query: ListQuery, nowMs: number) {
  const { status = 'active', role_id: roleId = '', next_page_token: token = '' } = query;
  if (!statuses.includes(status)) throw notValid('status', 'Status must be active, inactive or pending.');
  const size = readSize(query.page_size);
  const after = token === '' ? -1 : readToken(token, { status, roleId, nowMs });

  const accepts = (user: ZoomUser) => user.status === status && (roleId === '' || user.role_id === roleId);
  const total = roster.all().filter(accepts).length;
  const page = roster.page(after, size, accepts);
  const next: PageToken | null =
    page.next === null ? null : { after: page.next, atMs: nowMs, status, roleId };
  return {
    next_page_token: next === null ? '' : Buffer.from(JSON.stringify(next)).toString('base64url'),
    page_count: Math.ceil(total / size),
    page_number: 1,
    page_size: size,
    total_records: total,
    users: page.people.map(toListRow),
  };
}

function readSize(text: string | undefined): number {
  if (text === undefined || text === '') return defaultSize;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= largestSize) return size;
  throw notValid('page_size', `The page size must be from 1 to ${largestSize}.`);
}

/** A token is good for a quarter of an hour, and for the list it came with. */
function readToken(
  token: string,
  { status, roleId, nowMs }: { status: string; roleId: string; nowMs: number },
) {
  const read = parseToken(token);
  const isGood =
    read !== null && read.status === status && read.roleId === roleId && nowMs - read.atMs < tokenLifeMs;
  if (isGood) return read.after;
  throw new ZoomRefusal(400, 300, { message: 'The next page token is invalid or expired.' });
}

function parseToken(token: string): PageToken | null {
  try {
    const read = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    return Number.isInteger(read?.after) ? read : null;
  } catch {
    return null;
  }
}
