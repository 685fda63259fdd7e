import { accountHolders, chanceOf } from '../accounts.ts';
import { adminEmail, type Employee, smallestCompany } from '../company.ts';
import { uuidOf } from '../random.ts';
import type { Population } from '../world.ts';
import { isSystemAdmin, type NinjaUser, organizations, roleNames } from './user.ts';

const disabledAfterDays = 350;

/** People of the companies that are looked after: end users whom nobody at Acme employs. */
const customers: readonly (readonly [string, string, string, number])[] = [
  ['Mabel', 'Crumb', 'mabel@foundry-bakery.test', 4],
  ['Rye', 'Miller', 'rye@foundry-bakery.test', 4],
  ['Enid', 'Molar', 'enid.molar@alder-dental.test', 9],
];

/** Who is in the imitated NinjaOne instance. */
export const ninjaPopulation: Population<NinjaUser> = {
  idOf: (user) => String(user.id),
  emailsOf: (user) => [user.email],
  example: (_atMs, count) => exampleNinjaUsers(count),
  isAdmin: isSystemAdmin,
  exampleAdmin: () => exampleNinjaUsers(smallestCompany).find(({ email }) => email === adminEmail)!,
};

/** The NinjaOne users of an example company of `count` people: IT and Support are technicians, the others end users. */
export function exampleNinjaUsers(count = 1000): NinjaUser[] {
  const holders = accountHolders('ninjaone', { count, share: 0.55 });
  const users = holders.map((holder, at) => toNinjaUser(holder, 101 + at * 3));
  if (count < 20) return users;

  const from = users.at(-1)!.id + 1;
  return [...users, ...customers.map((customer, at) => toCustomer(customer, from + at))];
}

function toNinjaUser(holder: Employee, id: number): NinjaUser {
  const { email, firstName, lastName, phone, department, activity, duty } = holder;
  const isTechnician = department === 'IT' || department === 'Support';
  const isIdle = activity.kind === 'seen' && activity.daysAgo > disabledAfterDays;
  const assigned = isTechnician ? [] : devicesOf(id, email);
  return {
    id,
    uid: uuidOf(`ninjaone/${email}`),
    firstName,
    lastName,
    email,
    phone: chanceOf(`ninjaone/phone/${email}`) < 0.7 ? phone : null,
    enabled: !isIdle,
    administrator: isTechnician && duty === 'full admin',
    permitAllClients: isTechnician,
    notifyAllClients: isTechnician && chanceOf(`ninjaone/notify/${email}`) < 0.3,
    mustChangePw: chanceOf(`ninjaone/password/${email}`) < 0.05,
    mfaConfigured: activity.kind !== 'invited' && chanceOf(`ninjaone/mfa/${email}`) < 0.8,
    userType: isTechnician ? 'TECHNICIAN' : 'END_USER',
    invitationStatus: invitationOf(holder),
    organizationId: isTechnician ? null : organizations[0]!.id,
    deviceIds: assigned,
    assignedDeviceIds: assigned,
    roles: rolesOf(holder, isTechnician),
    fullPortalAccess: false,
    scimUser: false,
    authType: 'NATIVE',
  };
}

function invitationOf({ activity, joinedDaysAgo }: Employee): NinjaUser['invitationStatus'] {
  if (activity.kind !== 'invited') return 'REGISTERED';
  return joinedDaysAgo > 30 ? 'EXPIRED' : 'PENDING';
}

function devicesOf(id: number, email: string): number[] {
  const count = Math.floor(chanceOf(`ninjaone/devices/${email}`) * 3);
  return Array.from({ length: count }, (_, at) => 5000 + id * 4 + at);
}

function rolesOf({ duty, department }: Employee, isTechnician: boolean): string[] {
  if (!isTechnician) return [roleNames.endUser];
  if (duty === 'full admin') return [roleNames.admin, roleNames.technician];
  return [department === 'Support' ? roleNames.helpDesk : roleNames.technician];
}

function toCustomer([firstName, lastName, email, organizationId]: (typeof customers)[number], id: number) {
  return newNinjaUser({ id, email, firstName, lastName, userType: 'END_USER' }, { organizationId });
}

/** Somebody who has just been added and not come yet, unless told otherwise. */
export function newNinjaUser(
  who: Pick<NinjaUser, 'id' | 'email' | 'firstName' | 'lastName' | 'userType'>,
  more: Partial<NinjaUser> = {},
): NinjaUser {
  return {
    ...who,
    uid: uuidOf(`ninjaone/${who.email}`),
    phone: null,
    enabled: true,
    administrator: false,
    permitAllClients: false,
    notifyAllClients: false,
    mustChangePw: false,
    mfaConfigured: false,
    invitationStatus: 'PENDING',
    organizationId: null,
    deviceIds: [],
    assignedDeviceIds: [],
    roles: who.userType === 'END_USER' ? [roleNames.endUser] : [],
    fullPortalAccess: false,
    scimUser: false,
    authType: 'NATIVE',
    ...more,
  };
}
