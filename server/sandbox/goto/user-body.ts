import { z } from 'zod';
import { licenses } from './accounts.ts';
import { productsOf, toGuest } from './company.ts';
import { keyOf } from './keys.ts';
import { notAllowed, notValid } from './refusal.ts';
import { type GotoUser, standingOf } from './user.ts';

/** Clients have sent keys as texts and as digits; a parser that keeps long numbers makes both texts. */
const keyListSchema = z.array(z.union([z.string(), z.number()]).transform(String));

const profile = {
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  locale: z.string().optional(),
  timeZone: z.string().optional(),
};

const newUserSchema = z.object({ email: z.email(), ...profile });

const newUsersSchema = z.object({
  users: z.array(newUserSchema).min(1),
  licenseKeys: keyListSchema.default([]),
  suppressEmail: z.boolean().default(false),
});

const updateSchema = z.object({
  ...profile,
  key: z.never('The key cannot be changed.').optional(),
  email: z.email().optional(),
  admin: z.boolean().optional(),
  adminRoles: z.array(z.enum(['SUPER_USER', 'MANAGE_ACCOUNT', 'MANAGE_USERS'])).optional(),
  licenseKeys: keyListSchema.optional(),
});

const blankUser = {
  adminRoles: [] as string[],
  admin: false,
  passwordCreated: false,
  nameLocked: false,
  emailLocked: false,
  identityReadOnly: false,
  canAuthenticate: false,
  systemGeneratedEmail: false,
} satisfies Partial<GotoUser>;

interface NewUsers {
  users: z.output<typeof newUserSchema>[];
  licenseKeys: string[];
  suppressEmail: boolean;
}

/** Who is to be added with which licences. Throws 400. */
export function readNewUsers(body: unknown, accountKey: string): NewUsers {
  const wanted = readBody(newUsersSchema, body);
  checkLicenses(accountKey, wanted.licenseKeys);
  return wanted;
}

/** Somebody who is in no account yet. `position` has been given to nobody else. */
export function toNewUser(
  { email, ...wanted }: NewUsers['users'][number],
  { licenseKeys, suppressEmail }: NewUsers,
  { position, nowMs }: { position: number; nowMs: number },
): GotoUser {
  const { firstName = '', lastName = '', locale = 'en_US', timeZone = 'America/Los_Angeles' } = wanted;
  const invitation = suppressEmail
    ? { inviteCount: 0 }
    : { inviteCount: 1, invitedDate: new Date(nowMs).toISOString() };
  const key = keyOf(`${position}/${email}`);
  const user = { ...blankUser, ...invitation, key, email, firstName, lastName, locale, timeZone };
  return withLicenses(user, licenseKeys);
}

/** The same person for an account that they are not in yet. */
export function toJoining(user: GotoUser, licenseKeys: string[]): GotoUser {
  return withLicenses(toGuest(user).user, licenseKeys);
}

/** The user after an update. Throws 400, and 403 for what is locked. */
export function toUpdatedUser(user: GotoUser, body: unknown, accountKey: string): GotoUser {
  const { key: _key, licenseKeys = user.licenseKeys, ...wanted } = readBody(updateSchema, body);
  checkLicenses(accountKey, licenseKeys);
  checkLocks(user, wanted);
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  return withLicenses({ ...user, ...Object.fromEntries(given) }, licenseKeys);
}

function withLicenses(
  user: Omit<GotoUser, 'status' | 'licenseKeys' | 'products'>,
  licenseKeys: string[],
): GotoUser {
  const changed = { ...user, licenseKeys, products: productsOf(licenseKeys) };
  return { ...changed, status: standingOf(changed) };
}

function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (!read.success) throw notValid(z.prettifyError(read.error));
  return read.data;
}

function checkLicenses(account: string, keys: readonly string[]): void {
  const unknown = keys.find(
    (key) => !licenses.some((license) => license.key === key && license.accountKey === account),
  );
  if (unknown !== undefined) throw notValid(`The license ${unknown} does not exist.`);
}

/** Name and address belong to the person's primary account. */
function checkLocks(
  user: GotoUser,
  wanted: { firstName?: unknown; lastName?: unknown; email?: unknown },
): void {
  const isRenamed = wanted.firstName !== undefined || wanted.lastName !== undefined;
  if (isRenamed && (user.nameLocked || user.identityReadOnly)) throw notAllowed('The name is locked.');
  const isReaddressed = wanted.email !== undefined;
  if (isReaddressed && (user.emailLocked || user.identityReadOnly)) throw notAllowed('The email is locked.');
}
