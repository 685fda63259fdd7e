import { accountHolders, chanceOf, daysBefore, sharedAddress } from '../accounts.ts';
import { adminEmail, type Employee, smallestCompany } from '../company.ts';
import type { Population } from '../world.ts';
import { licenses, mainAccount, secondAccount } from './accounts.ts';
import { keyOf } from './keys.ts';
import { type GotoMember, type GotoUser, isPrimary, memberIdOf, standingOf } from './user.ts';

const suspendedAfterDays = 400;
const emailTemplateKey = keyOf('template/welcome');

/** Who is in the two imitated GoTo accounts. */
export const gotoPopulation: Population<GotoMember> = {
  idOf: memberIdOf,
  emailsOf: (member) => (isPrimary(member) ? [member.user.email] : []),
  example: (atMs, count) => exampleGotoMembers({ now: atMs, count }),
  isAdmin: (member) => isPrimary(member) && member.user.adminRoles.includes('SUPER_USER'),
  exampleAdmin: (atMs) =>
    exampleGotoMembers({ now: atMs, count: smallestCompany }).find(({ user }) => user.email === adminEmail)!,
};

/**
 * The GoTo users of an example company of `count` people: everybody in the main account, those in Tokyo in the second
 * too, and desk phones, which are listed like people.
 */
export function exampleGotoMembers({ now, count = 1000 }: { now: number; count?: number }): GotoMember[] {
  const holders = accountHolders('goto', { count, share: 0.7 });
  const members = holders.map((holder) => ({ accountKey: mainAccount.key, user: toGotoUser(holder, now) }));
  const guests = members
    .filter(({ user }) => user.timeZone === 'Asia/Tokyo' || user.email === adminEmail)
    .map(({ user }) => toGuest(user));
  if (count < 20) return [...members, ...guests];

  const phones = Array.from({ length: 2 + Math.floor(count / 100) }, (_, at) => toDeskPhone(at + 1));
  return [...members, toSharedUser(now), ...phones, ...guests];
}

function toGotoUser(holder: Employee, now: number): GotoUser {
  const { activity, duty } = holder;
  const isInvited = activity.kind === 'invited';
  const isIdle = activity.kind === 'seen' && activity.daysAgo > suspendedAfterDays;
  const licenseKeys = isIdle && duty === 'none' ? [] : licensesOf(holder.email);
  const user: Omit<GotoUser, 'status'> = {
    key: keyOf(holder.email),
    email: addressOf(holder),
    firstName: holder.firstName,
    lastName: holder.lastName,
    timeZone: holder.office.timeZone,
    locale: holder.office.country === 'DE' ? 'de_DE' : 'en_US',
    licenseKeys,
    products: productsOf(licenseKeys),
    adminRoles: rolesOf(duty),
    admin: duty === 'full admin' || duty === 'user admin',
    groupKey: keyOf(`group/${holder.department}`),
    groupName: holder.department,
    passwordCreated: !isInvited,
    nameLocked: false,
    emailLocked: false,
    identityReadOnly: false,
    canAuthenticate: !isInvited,
    inviteCount: isInvited ? 2 : 1,
    invitedDate: new Date(daysBefore(now, holder.joinedDaysAgo)).toISOString(),
    emailTemplateKey,
    systemGeneratedEmail: false,
  };
  return { ...user, status: standingOf(user) };
}

/** Some were entered with a capital; the address is the same. */
function addressOf({ email }: Employee): string {
  const isFullName = /^[^@]+\..+@/.test(email);
  if (!isFullName || chanceOf(`goto/capital/${email}`) > 0.1) return email;
  return `${email[0]!.toUpperCase()}${email.slice(1)}`;
}

function licensesOf(email: string): string[] {
  const [connect, meeting] = licenses;
  return chanceOf(`goto/licences/${email}`) < 0.5 ? [connect!.key] : [connect!.key, meeting!.key];
}

export function productsOf(licenseKeys: readonly string[]): string[] {
  return licenses.filter(({ key }) => licenseKeys.includes(key)).map(({ product }) => product);
}

function rolesOf(duty: Employee['duty']): string[] {
  if (duty === 'full admin') return ['SUPER_USER', 'MANAGE_ACCOUNT', 'MANAGE_USERS'];
  return duty === 'user admin' ? ['MANAGE_USERS'] : [];
}

/** The same person in an account that is not their primary one. */
export function toGuest(user: GotoUser): GotoMember {
  const { groupKey: _groupKey, groupName: _groupName, ...rest } = user;
  const meeting = licenses.find(({ accountKey }) => accountKey === secondAccount.key)!;
  const locks = { identityReadOnly: true, emailLocked: true, nameLocked: true };
  const guest = { ...rest, ...locks, licenseKeys: [meeting.key], products: [meeting.product] };
  return { accountKey: secondAccount.key, user: { ...guest, status: standingOf(guest) } };
}

function toDeskPhone(number: number): GotoMember {
  const email = `deskphone-${number}-8a3f@devices.logmein.com`;
  const user = {
    key: keyOf(email),
    email,
    firstName: 'Desk phone',
    lastName: String(number),
    licenseKeys: [licenses[0]!.key],
    products: [licenses[0]!.product],
    adminRoles: [],
    admin: false,
    passwordCreated: true,
    nameLocked: true,
    emailLocked: true,
    identityReadOnly: false,
    canAuthenticate: false,
    inviteCount: 0,
    systemGeneratedEmail: true,
  };
  return { accountKey: mainAccount.key, user: { ...user, status: standingOf(user) } };
}

function toSharedUser(now: number): GotoMember {
  const email = sharedAddress('reception');
  const user = {
    ...toDeskPhone(0).user,
    key: keyOf(email),
    email,
    firstName: 'Reception',
    lastName: 'Desk',
    invitedDate: new Date(daysBefore(now, 600)).toISOString(),
    nameLocked: false,
    emailLocked: false,
    canAuthenticate: true,
    systemGeneratedEmail: false,
  };
  return { accountKey: mainAccount.key, user };
}
