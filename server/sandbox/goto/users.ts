import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { callOf } from '../api.ts';
import type { World } from '../world.ts';
import { callerOf, findMember, managersOf, placesOf } from './access.ts';
import { accounts, licenses, toLicenseAnswer } from './accounts.ts';
import { productsOf, toGuest } from './company.ts';
import { readFilter } from './filter.ts';
import { type KeyStyle, keyOf, toUserKey } from './keys.ts';
import { toWindow, type WindowQuery } from './pages.ts';
import { notAllowed, notValid } from './refusal.ts';
import { type GotoMember, type GotoUser, standingOf, toAnswer } from './user.ts';

interface OneAccount {
  Params: { accountKey: string };
}

interface OneUser {
  Params: { accountKey: string; userKey: string };
}

interface Everything {
  world: World<GotoMember>;
  keys: KeyStyle;
}

/** Clients have sent keys as texts and as digits; a parser that keeps long numbers makes both texts. */
const keyListSchema = z.array(z.union([z.string(), z.number()]).transform(String));

const profile = {
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  locale: z.string().optional(),
  timeZone: z.string().optional(),
};

const newUsersSchema = z.object({
  users: z.array(z.object({ email: z.email(), ...profile })).min(1),
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

/** Source: https://developer.goto.com/GoToAdminV1 */
export function adminRoutes(app: FastifyInstance, everything: Everything): void {
  accountRoutes(app, everything);
  readingRoutes(app, everything);
  managingRoutes(app, everything);
}

function accountRoutes(app: FastifyInstance, { world, keys }: Everything): void {
  const managers = { onRequest: managersOf(world) };

  app.get('/me', (request, reply) => {
    const { user } = callerOf(request).person;
    const keysOfMine = placesOf(world, request).map((place) => place.accountKey);
    const mine = accounts.filter((account) => keysOfMine.includes(account.key));
    const { email, firstName, lastName } = user;
    const key = toUserKey(user.key, keys);
    reply.send({ key, email, firstName, lastName, accountKey: mine[0]?.key, accounts: mine });
  });

  app.get<OneAccount & { Querystring: WindowQuery }>(
    '/accounts/:accountKey/licenses',
    managers,
    ({ params, query }, reply) => {
      const bought = licenses.filter(({ accountKey }) => accountKey === params.accountKey);
      const all = world.roster.all();
      reply.send(
        toWindow(
          bought.map((license) => toLicenseAnswer(license, all)),
          query,
        ),
      );
    },
  );
}

function readingRoutes(app: FastifyInstance, { world, keys }: Everything): void {
  const managers = { onRequest: managersOf(world) };

  app.get<OneAccount & { Querystring: WindowQuery & { filter?: string; attributes?: string } }>(
    '/accounts/:accountKey/users',
    managers,
    ({ params, query, url }, reply) => {
      const accepts = readFilter(query.filter, url.split('?')[1] ?? '');
      const attributes = query.attributes ? query.attributes.split(',') : [];
      const members = world.roster.all().filter(({ accountKey }) => accountKey === params.accountKey);
      const page = toWindow(members.map(({ user }) => user).filter(accepts), query);
      reply.send({ ...page, results: page.results.map((user) => toAnswer(user, keys, attributes)) });
    },
  );

  app.get<OneUser>('/accounts/:accountKey/users/:userKey', managers, ({ params }, reply) => {
    const { user } = findMember(world, params.accountKey, params.userKey);
    reply.send(toAnswer(user, keys));
  });
}

function managingRoutes(app: FastifyInstance, { world, keys }: Everything): void {
  const managers = { onRequest: managersOf(world) };

  app.post<OneAccount>('/accounts/:accountKey/users', managers, (request, reply) => {
    const call = callOf<GotoMember>(request);
    const { accountKey } = request.params;
    const { users, licenseKeys, suppressEmail } = readBody(newUsersSchema, request.body);
    checkLicenses(accountKey, licenseKeys);
    const made = users.map((wanted) => {
      const known = world.roster.all().filter(({ user }) => isSameAddress(user.email, wanted.email));
      const here = known.find((member) => member.accountKey === accountKey);
      if (here) return here.user;

      const elsewhere = known[0] && { ...toGuest(known[0].user).user, ...holding(licenseKeys) };
      const user = elsewhere ?? newUser(wanted);
      world.change(call, { kind: 'person saved', person: { accountKey, user } });
      return user;
    });
    // An address that is there already is answered like a new one.
    reply.code(201).send(made.map(({ key, email }) => ({ key: toUserKey(key, keys), email })));

    function newUser(wanted: z.output<typeof newUsersSchema>['users'][number]): GotoUser {
      const key = keyOf(`${world.roster.positions()}/${wanted.email}`);
      const invited = suppressEmail ? {} : { invitedDate: new Date(call.timeMs).toISOString() };
      const user = { ...blankUser, ...holding(licenseKeys), ...invited, key, email: wanted.email };
      const { firstName = '', lastName = '', locale = 'en_US', timeZone = 'America/Los_Angeles' } = wanted;
      return { ...user, inviteCount: suppressEmail ? 0 : 1, firstName, lastName, locale, timeZone };
    }
  });

  app.put<OneUser>('/accounts/:accountKey/users/:userKey', managers, (request, reply) => {
    const { accountKey, userKey } = request.params;
    const { user } = findMember(world, accountKey, userKey);
    const { key: _key, licenseKeys = user.licenseKeys, ...wanted } = readBody(updateSchema, request.body);
    checkLicenses(accountKey, licenseKeys);
    checkLocks(user, wanted);

    const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
    const changed = { ...user, ...Object.fromEntries(given), ...holding(licenseKeys) };
    const person = { accountKey, user: { ...changed, status: standingOf(changed) } };
    world.change(callOf<GotoMember>(request), { kind: 'person saved', person });
    reply.code(204).send();
  });

  app.delete<OneUser>('/accounts/:accountKey/users/:userKey', managers, (request, reply) => {
    const { accountKey, userKey } = request.params;
    const { user } = findMember(world, accountKey, userKey);
    if (user.key === callerOf(request).person.user.key) throw notAllowed('You cannot delete yourself.');
    world.change(callOf<GotoMember>(request), { kind: 'person removed', id: `${accountKey}/${user.key}` });
    reply.code(204).send();
  });
}

const blankUser = {
  adminRoles: [],
  admin: false,
  status: 'INVITED',
  passwordCreated: false,
  nameLocked: false,
  emailLocked: false,
  identityReadOnly: false,
  canAuthenticate: false,
  systemGeneratedEmail: false,
} as const satisfies Partial<GotoUser>;

function holding(licenseKeys: string[]): Pick<GotoUser, 'licenseKeys' | 'products'> {
  return { licenseKeys, products: productsOf(licenseKeys) };
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

function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
