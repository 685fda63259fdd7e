import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callOf } from '../api.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { readers, systemAdmins } from './access.ts';
import { NinjaRefusal, readBody } from './refusal.ts';
import { type NinjaRole, type NinjaUser, organizations, roleNames, roles } from './user.ts';

interface OneRole {
  Params: { id: string };
}

const memberIdsSchema = z.array(z.int());

const defaultPageSize = 100;

/** Who has which role. Source: https://app.ninjarmm.com/apidocs/ */
export function roleRoutes(app: FastifyInstance, world: World<NinjaUser>): void {
  app.get<{ Querystring: { roleType?: string } }>(
    '/user/roles',
    { onRequest: readers },
    ({ query }, reply) => {
      const listed = roles.filter(({ type }) => !query.roleType || type === query.roleType);
      reply.send(listed.map(toAnswer));
    },
  );

  app.patch<OneRole>('/user/role/:id/add-members', { onRequest: systemAdmins }, (request, reply) => {
    const role = findRole(request.params.id);
    for (const user of readMembers(request, role)) {
      setRoles(request, user, [...new Set([...user.roles, role.name])]);
    }
    reply.send(toAnswer(role));
  });

  app.patch<OneRole>('/user/role/:id/remove-members', { onRequest: systemAdmins }, (request, reply) => {
    const role = findRole(request.params.id);
    for (const user of readMembers(request, role)) {
      const others = user.roles.filter((one) => one !== role.name);
      setRoles(request, user, others);
    }
    reply.send(toAnswer(role));
  });

  function toAnswer(role: NinjaRole) {
    const members = world.roster.all().filter((user) => user.roles.includes(role.name));
    return { ...role, members: members.map(({ id }) => id) };
  }

  function readMembers(request: FastifyRequest, role: NinjaRole): NinjaUser[] {
    const ids = readBody(memberIdsSchema, request.body);
    // Whom the call is about stands in its body alone; of several it is about nobody in particular.
    if (ids.length === 1) callOf<NinjaUser>(request).personId = String(ids[0]);
    return ids.map((id) => {
      const user = world.roster.find(String(id));
      if (user?.userType !== role.type) throw new NinjaRefusal(400, 'user_not_found', { id: String(id) });
      return user;
    });
  }

  /** Being an administrator is a role too; the account that the sandbox answers with keeps it. */
  function setRoles(request: FastifyRequest, user: NinjaUser, names: string[]): void {
    const administrator = names.includes(roleNames.admin);
    if (String(user.id) === world.accountId && !administrator) {
      throw new Refusal(403, 'The owner stays a system administrator.');
    }
    const person = { ...user, roles: names, administrator };
    world.change(callOf<NinjaUser>(request), { kind: 'person saved', person });
  }
}

/** Lists that have pages: the next one begins after the last id. */
export function otherRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: { pageSize?: string; after?: string } }>(
    '/organizations',
    { onRequest: readers },
    ({ query }, reply) => {
      const after = readNumber('after', query.after, 0);
      const size = readNumber('pageSize', query.pageSize, defaultPageSize);
      reply.send(organizations.filter(({ id }) => id > after).slice(0, size));
    },
  );
}

function findRole(id: string): NinjaRole {
  const role = roles.find((one) => String(one.id) === id);
  if (!role) throw new Refusal(404, `Role not found: ${id}`);
  return role;
}

function readNumber(field: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw new NinjaRefusal(400, 'invalid_value', { field });
  return Number(text);
}
