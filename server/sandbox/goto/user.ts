import { type KeyStyle, toDigits, toUserKey } from './keys.ts';

/** A user as one account lists them. Source: https://developer.goto.com/GoToAdminV1 */
export interface GotoUser {
  key: string;
  email: string;
  firstName: string;
  lastName: string;
  timeZone?: string;
  locale?: string;
  licenseKeys: string[];
  products: string[];
  adminRoles: string[];
  admin: boolean;
  status: 'ACTIVE' | 'INVITED' | 'SUSPENDED';
  groupKey?: string;
  groupName?: string;
  passwordCreated: boolean;
  nameLocked: boolean;
  emailLocked: boolean;
  identityReadOnly: boolean;
  canAuthenticate: boolean;
  inviteCount: number;
  invitedDate?: string;
  emailTemplateKey?: string;
  systemGeneratedEmail: boolean;
}

/** A user's place in one of the accounts; people may be in several, with the same key. */
export interface GotoMember {
  accountKey: string;
  user: GotoUser;
}

export function memberIdOf({ accountKey, user }: GotoMember): string {
  return `${accountKey}/${user.key}`;
}

/** Whether this is the account that the person's name and address belong to. */
export function isPrimary({ user }: GotoMember): boolean {
  return !user.identityReadOnly;
}

export function mayManage({ user }: GotoMember): boolean {
  return user.adminRoles.some((role) => role === 'SUPER_USER' || role === 'MANAGE_USERS');
}

/** Whoever has neither licences nor roles shows as suspended; whoever never came is invited. */
export function standingOf(user: Omit<GotoUser, 'status'>): GotoUser['status'] {
  if (!user.passwordCreated) return 'INVITED';
  return user.licenseKeys.length === 0 && user.adminRoles.length === 0 ? 'SUSPENDED' : 'ACTIVE';
}

/** The user as an answer has them, with the properties that were asked for, or all. */
export function toAnswer(user: GotoUser, style: KeyStyle, attributes: readonly string[] = []): object {
  const whole = { ...user, key: toUserKey(user.key, style), licenseKeys: user.licenseKeys.map(toDigits) };
  if (attributes.length === 0) return whole;
  return Object.fromEntries(Object.entries(whole).filter(([name]) => attributes.includes(name)));
}
