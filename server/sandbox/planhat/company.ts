import { accountHolders, chanceOf, daysBefore, sharedAddress } from '../accounts.ts';
import { adminEmail, type Employee, smallestCompany } from '../company.ts';
import { uuidOf } from '../random.ts';
import type { Population } from '../world.ts';
import { type PlanhatUser, roleIds } from './user.ts';

const inactiveAfterDays = 300;

/** Minutes; whether the vendor means minutes is not documented. */
const offsets: Record<string, number> = {
  'America/Los_Angeles': 480,
  'America/New_York': 300,
  'Europe/London': 0,
  'Europe/Berlin': -60,
  'Asia/Kolkata': -330,
  'Asia/Tokyo': -540,
};

/** Who is in the imitated Planhat tenant. */
export const planhatPopulation: Population<PlanhatUser> = {
  idOf: (user) => user._id,
  emailsOf: (user) => [user.email],
  example: (atMs, count) => examplePlanhatUsers({ now: atMs, count }),
  isAdmin: (user) => user.roles.includes(roleIds.administrator) && !user.inactive,
  exampleAdmin: (atMs) =>
    examplePlanhatUsers({ now: atMs, count: smallestCompany }).find(({ email }) => email === adminEmail)!,
};

/** The Planhat users of an example company of `count` people, and one that no person stands for. */
export function examplePlanhatUsers({ now, count = 1000 }: { now: number; count?: number }): PlanhatUser[] {
  const holders = accountHolders('planhat', { count, share: 0.45 });
  const users = holders.map((holder) => toPlanhatUser(holder, now));
  if (count < 20) return users;

  const email = sharedAddress('customer-success');
  const shared = { email, firstName: 'Customer', lastName: 'Success', nickName: 'CS' };
  return [...users, { ...users[0]!, ...shared, _id: planhatId(email), roles: [roleIds.manager] }];
}

function toPlanhatUser(holder: Employee, now: number): PlanhatUser {
  const { email, firstName, lastName, activity } = holder;
  const created = new Date(daysBefore(now, holder.joinedDaysAgo)).toISOString();
  const roles = rolesOf(holder);
  return {
    _id: planhatId(email),
    email,
    nickName: firstName,
    firstName,
    lastName,
    roles,
    externalId: `acme-${holder.uuid.slice(0, 8)}`,
    inactive: activity.kind === 'seen' && activity.daysAgo > inactiveAfterDays,
    isHidden: false,
    createDate: created,
    createdAt: created,
    updatedAt: created,
    // Asked of the browser at the first login.
    ...(activity.kind !== 'invited' && { tzOffset: offsets[holder.office.timeZone] ?? 0 }),
    managers: holder.managerEmail === '' ? [] : [planhatId(holder.managerEmail)],
    teams: [],
    custom: { Department: holder.department },
    poc: [],
    removed: false,
    __v: Math.floor(chanceOf(`planhat/version/${email}`) * 12),
    ...(chanceOf(`planhat/older/${email}`) < 0.7 && kindOf(roles)),
  };
}

function kindOf(roles: readonly string[]) {
  return {
    isAdmin: roles.includes(roleIds.administrator),
    isDeveloper: roles.includes(roleIds.developer),
    type: 'user',
  };
}

function rolesOf({ duty, department }: Employee): string[] {
  if (duty === 'full admin') return [roleIds.administrator];
  return department === 'Engineering' ? [roleIds.developer] : [roleIds.manager];
}

/** 24 hexadecimal characters, the same for the same text. */
export function planhatId(text: string): string {
  return uuidOf(`planhat/${text}`).replaceAll('-', '').slice(0, 24);
}
