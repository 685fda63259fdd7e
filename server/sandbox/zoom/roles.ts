import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callOf } from '../api.ts';
import type { World } from '../world.ts';
import { needs } from './access.ts';
import { toTime } from './company.ts';
import { noSuchUser, notValid, readBody, ZoomRefusal } from './refusal.ts';
import { roleIds, roles, type ZoomRole, type ZoomUser } from './user.ts';

interface OneRole {
  Params: { role: string };
}

interface OneMember {
  Params: { role: string; id: string };
}

const mostMembers = 30;

const membersSchema = z.object({
  members: z
    .array(z.object({ id: z.string().optional(), email: z.string().optional() }))
    .min(1)
    .max(mostMembers),
});

/** Everybody has exactly one role. Source: https://developers.zoom.us/docs/api/accounts/#tag/roles */
export function roleRoutes(app: FastifyInstance, world: World<ZoomUser>): void {
  const membersOf = (role: ZoomRole) =>
    world.roster.all().filter(({ role_id, status }) => role_id === role.id && status !== 'pending');

  app.get('/roles', { onRequest: needs('role:read:list_roles:admin') }, (_request, reply) => {
    const listed = roles.map((role) => ({ ...role, type: 'common', total_members: membersOf(role).length }));
    reply.send({ total_records: listed.length, roles: listed });
  });

  app.get<OneRole & { Querystring: { page_size?: string; next_page_token?: string } }>(
    '/roles/:role/members',
    { onRequest: needs('role:read:list_members:admin') },
    ({ params, query }, reply) => {
      const size = Number(query.page_size ?? 30);
      const from = Number(query.next_page_token || 0);
      if (!Number.isInteger(size) || size < 1 || size > 100) throw notValid('page_size', 'From 1 to 100.');
      if (!Number.isInteger(from)) throw notValid('next_page_token', 'Invalid or expired.');

      const all = membersOf(findRole(params.role));
      const members = all.slice(from, from + size).map(toMember);
      const next = from + size < all.length ? String(from + size) : '';
      reply.send({ next_page_token: next, page_size: size, total_records: all.length, members });
    },
  );

  app.post<OneRole>(
    '/roles/:role/members',
    { onRequest: needs('role:write:member:admin') },
    (request, reply) => {
      const role = findRole(request.params.role);
      if (role.id === roleIds.owner) throw new ZoomRefusal(400, 200, { message: 'No permission.' });
      const { members } = readBody(membersSchema, request.body);
      const users = members.map(({ id, email }) => findMember(id ?? '', email ?? ''));
      if (users.length === 1) callOf(request).personId = users[0]!.id;
      for (const user of users) give(request, user, role.id);
      const ids = users.map((user) => user.id).join(',');
      reply.code(201).send({ add_at: toTime(callOf(request).timeMs), ids });
    },
  );

  app.delete<OneMember>(
    '/roles/:role/members/:id',
    { onRequest: needs('role:delete:member:admin') },
    (request, reply) => {
      const role = findRole(request.params.role);
      const user = findMember(request.params.id, '');
      if (user.role_id !== role.id) throw noSuchUser(request.params.id);
      give(request, user, roleIds.member);
      reply.code(204).send();
    },
  );

  function findMember(id: string, email: string): ZoomUser {
    const user = world.roster.find(id) ?? world.roster.findByEmail(email);
    if (!user || user.status === 'pending') throw noSuchUser(id || email);
    return user;
  }

  /** The owner stays the owner: the account is never without one. */
  function give(request: FastifyRequest, user: ZoomUser, role: string): void {
    if (user.role_id === roleIds.owner) throw new ZoomRefusal(400, 200, { message: 'No permission.' });
    world.change(callOf<ZoomUser>(request), { kind: 'person saved', person: { ...user, role_id: role } });
  }
}

function findRole(id: string): ZoomRole {
  const role = roles.find((one) => one.id === id);
  if (!role) throw new ZoomRefusal(400, 300, { message: `The role ${id} does not exist.` });
  return role;
}

function toMember({ id, email, first_name, last_name, type }: ZoomUser) {
  return { id, email, first_name, last_name, type };
}
