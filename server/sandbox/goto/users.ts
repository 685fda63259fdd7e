import type { FastifyInstance } from 'fastify';
import { callOf } from '../api.ts';
import type { World } from '../world.ts';
import { callerOf, findMember, managersOf, placesOf } from './access.ts';
import { accounts, licenses, toLicenseAnswer } from './accounts.ts';
import { readFilter } from './filter.ts';
import { type KeyStyle, toUserKey } from './keys.ts';
import { toWindow, type WindowQuery } from './pages.ts';
import { notAllowed } from './refusal.ts';
import { type GotoMember, toAnswer } from './user.ts';
import { readNewUsers, toJoining, toNewUser, toUpdatedUser } from './user-body.ts';

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
    const wanted = readNewUsers(request.body, accountKey);
    const made = wanted.users.map((one) => {
      const known = world.roster.all().filter(({ user }) => isSameAddress(user.email, one.email));
      const here = known.find((member) => member.accountKey === accountKey);
      if (here) return here.user;

      const [elsewhere] = known;
      const facts = { position: world.roster.positions(), nowMs: call.timeMs };
      const user = elsewhere ? toJoining(elsewhere.user, wanted.licenseKeys) : toNewUser(one, wanted, facts);
      world.change(call, { kind: 'person saved', person: { accountKey, user } });
      return user;
    });
    // An address that is there already is answered like a new one.
    reply.code(201).send(made.map(({ key, email }) => ({ key: toUserKey(key, keys), email })));
  });

  app.put<OneUser>('/accounts/:accountKey/users/:userKey', managers, (request, reply) => {
    const { accountKey, userKey } = request.params;
    const { user: former } = findMember(world, accountKey, userKey);
    const user = toUpdatedUser(former, request.body, accountKey);
    world.change(callOf<GotoMember>(request), { kind: 'person saved', person: { accountKey, user } });
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

function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
