import { accountHolders, chanceOf, daysBefore, sharedAddress } from '../accounts.ts';
import { adminEmail, type Employee, smallestCompany } from '../company.ts';
import { uuidOf } from '../random.ts';
import type { Population } from '../world.ts';
import { isAdmin, roleIds, type ZoomUser } from './user.ts';

/** The company's own domain is managed: accounts in it cannot be sent away, only deleted. */
export const managedDomain = 'acme.test';

/** Accounts that several people log in with. */
const shared = ['All Hands', 'Webinar Host'];
const deactivatedAfterDays = 500;

/** Who is in the imitated Zoom account. */
export const zoomPopulation: Population<ZoomUser> = {
  idOf: (user) => user.id,
  emailsOf: (user) => [user.email],
  example: (atMs, count) => exampleZoomUsers({ now: atMs, count }),
  isAdmin,
  exampleAdmin: (atMs) =>
    exampleZoomUsers({ now: atMs, count: smallestCompany }).find(({ email }) => email === adminEmail)!,
};

/** The Zoom accounts of an example company of `count` people, with two shared ones when there are 20 or more. */
export function exampleZoomUsers({ now, count = 1000 }: { now: number; count?: number }): ZoomUser[] {
  const holders = accountHolders('zoom', { count, share: 0.85 });
  const users = holders.map((holder) => toZoomUser(holder, now));
  return count < 20 ? users : [...users, ...shared.map((name) => toSharedUser(name, now))];
}

function toZoomUser(holder: Employee, now: number): ZoomUser {
  const { email, firstName, lastName, phone, office } = holder;
  const joinedAt = toTime(daysBefore(now, holder.joinedDaysAgo));
  return {
    id: zoomId(email),
    email,
    first_name: firstName,
    last_name: lastName,
    display_name: `${firstName} ${lastName}`,
    dept: holder.department,
    pmi: 1_000_000_000 + Math.floor(chanceOf(`zoom/pmi/${email}`) * 8_999_999_999),
    role_id: roleOf(holder),
    timezone: office.timeZone,
    ...standingOf(holder, now),
    created_at: joinedAt,
    user_created_at: joinedAt,
    verified: holder.activity.kind === 'invited' ? 0 : 1,
    group_ids: [],
    im_group_ids: [],
    job_title: holder.title,
    company: 'Acme',
    location: office.locality,
    cost_center: '',
    language: 'en-US',
    manager: holder.managerEmail,
    phone_numbers: [{ country: office.country, code: '+1', number: phone, label: 'Office', verified: false }],
    login_types: [101],
  };
}

type Standing = Pick<ZoomUser, 'status' | 'type' | 'last_login_time' | 'last_client_version'>;

function standingOf({ activity, email }: Employee, now: number): Standing {
  if (activity.kind === 'invited') return { status: 'pending', type: 1 };
  const type = chanceOf(`zoom/type/${email}`) < 0.6 ? 2 : 1;
  if (activity.kind === 'private') return { status: 'active', type };

  // Written every third day only, so it lags behind the real login.
  const lagDays = chanceOf(`zoom/lag/${email}`) * Math.min(2.9, activity.daysAgo);
  const seen = {
    last_login_time: toTime(daysBefore(now, activity.daysAgo + lagDays)),
    last_client_version: '6.2.11.50939(mac)',
  };
  if (activity.daysAgo > deactivatedAfterDays) return { status: 'inactive', type: 1, ...seen };
  return { status: 'active', type, ...seen };
}

function roleOf({ email, duty, department }: Employee): string {
  if (email === adminEmail) return roleIds.owner;
  if (duty === 'full admin' || duty === 'user admin') return roleIds.admin;
  return department === 'Support' ? roleIds.support : roleIds.member;
}

function toSharedUser(name: string, now: number): ZoomUser {
  const email = sharedAddress(name.toLowerCase().replaceAll(' ', '-'));
  const created = toTime(daysBefore(now, 700));
  return {
    id: zoomId(email),
    email,
    first_name: name,
    last_name: '',
    display_name: name,
    dept: '',
    pmi: 2_000_000_000,
    role_id: roleIds.member,
    status: 'active',
    timezone: 'America/Los_Angeles',
    type: 1,
    created_at: created,
    user_created_at: created,
    verified: 1,
    group_ids: [],
    im_group_ids: [],
    job_title: '',
    company: 'Acme',
    location: '',
    cost_center: '',
    language: 'en-US',
    manager: '',
    phone_numbers: [],
    login_types: [100],
  };
}

/** 22 characters, as Zoom's ids are. */
export function zoomId(email: string): string {
  return Buffer.from(uuidOf(`zoom/${email}`).replaceAll('-', ''), 'hex').toString('base64url');
}

/** Zoom's times have no fractions of seconds. */
export function toTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
