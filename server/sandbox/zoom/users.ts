import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { callOf } from '../api.ts';
import type { World } from '../world.ts';
import { findUser, needs } from './access.ts';
import { managedDomain, toTime, zoomId } from './company.ts';
import { noSuchUser, notValid, readBody, ZoomRefusal } from './refusal.ts';
import { isAdmin, roleIds, roleNameOf, toListRow, type ZoomUser } from './user.ts';
import { listUsers } from './users-list.ts';

interface OneUser {
  Params: { id: string };
}

const licensed = 2;
const types = [1, licensed, 4, 99];
const typeSchema = z.int().refine((type) => types.includes(type), 'Invalid user type.');
const nameSchema = z.string().max(64);

const newUserSchema = z.object({
  action: z.enum(['create', 'autoCreate', 'custCreate', 'ssoCreate']),
  user_info: z.object({
    email: z.email().max(128),
    type: typeSchema,
    first_name: nameSchema.default(''),
    last_name: nameSchema.default(''),
    display_name: z.string().max(128).optional(),
    password: z.string().min(8).max(31).optional(),
  }),
});

/** Properties that an update may change; anything else is passed over. */
const updateSchema = z.object({
  first_name: nameSchema.optional(),
  last_name: nameSchema.optional(),
  display_name: z.string().max(128).optional(),
  type: typeSchema.optional(),
  dept: z.string().optional(),
  job_title: z.string().max(128).optional(),
  company: z.string().max(255).optional(),
  cost_center: z.string().optional(),
  manager: z.string().optional(),
  pmi: z.int().min(1_000_000_000).max(99_999_999_999).optional(),
  timezone: z.string().optional(),
  language: z.string().optional(),
  location: z.string().max(256).optional(),
});

/** Source: https://developers.zoom.us/docs/api/users/ */
export function userRoutes(app: FastifyInstance, world: World<ZoomUser>, licensedSeats: number): void {
  readingRoutes(app, world);
  managingRoutes(app, world, licensedSeats);
  leavingRoutes(app, world);
}

function readingRoutes(app: FastifyInstance, world: World<ZoomUser>): void {
  app.get<{ Querystring: Record<string, string> }>(
    '/users',
    { onRequest: needs('user:read:list_users:admin') },
    (request, reply) => {
      reply.send(listUsers(world.roster, request.query, callOf(request).timeMs));
    },
  );

  app.get<{ Querystring: { email?: string } }>(
    '/users/email',
    { onRequest: needs('user:read:email:admin') },
    (request, reply) => {
      reply.send({ existed_email: world.roster.findByEmail(request.query.email ?? '') !== undefined });
    },
  );

  app.get<OneUser>('/users/:id', { onRequest: needs('user:read:user:admin') }, (request, reply) => {
    const user = findUser(world, request);
    if (user.status === 'pending') return reply.send(toListRow(user));
    reply.send({ ...user, role_name: roleNameOf(user.role_id), account_id: 'acme-account', use_pmi: false });
  });
}

function managingRoutes(app: FastifyInstance, world: World<ZoomUser>, licensedSeats: number): void {
  app.post('/users', { onRequest: needs('user:write:user:admin') }, (request, reply) => {
    const call = callOf<ZoomUser>(request);
    const user = toNewUser(request.body, world.roster.positions(), call.timeMs);
    if (world.roster.findByEmail(user.email)) {
      throw new ZoomRefusal(409, 1005, { message: `User with email ${user.email} already exists.` });
    }
    if (user.type === licensed) checkSeats();
    world.change(call, { kind: 'person saved', person: user });
    call.personId = user.id;
    const { id, email, first_name, last_name, type } = user;
    reply.code(201).send({ id, email, first_name, last_name, type });
  });

  app.patch<OneUser>('/users/:id', { onRequest: needs('user:update:user:admin') }, (request, reply) => {
    const user = findUser(world, request);
    const changes = readBody(updateSchema, request.body);
    if (changes.type === licensed && user.type !== licensed) checkSeats();
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    save(request, { ...user, ...Object.fromEntries(given) });
    reply.code(204).send();
  });

  app.put<OneUser>(
    '/users/:id/status',
    { onRequest: needs('user:update:status:admin') },
    (request, reply) => {
      const user = findUser(world, request);
      const { action } = readBody(z.object({ action: z.enum(['activate', 'deactivate']) }), request.body);
      checkMayLeave(user, 'be activated or deactivated here');
      if (user.status === 'pending') throw invitationMissing(user.email);
      if (action === 'activate' && user.status === 'active') {
        throw new ZoomRefusal(400, 1009, { message: 'The user is already active.' });
      }
      // Deactivating takes every licence away, and activating gives none back.
      const status = action === 'activate' ? 'active' : 'inactive';
      save(request, { ...user, status, type: status === 'inactive' ? 1 : user.type });
      reply.code(204).send();
    },
  );

  app.put<OneUser>('/users/:id/email', { onRequest: needs('user:update:email:admin') }, (request, reply) => {
    const user = findUser(world, request);
    const { email } = readBody(z.object({ email: z.email().max(128) }), request.body);
    if (!email.endsWith(`@${managedDomain}`)) {
      throw new ZoomRefusal(400, 1116, { message: 'The email domain is not managed by this account.' });
    }
    if (world.roster.findByEmail(email)) {
      throw new ZoomRefusal(409, 1005, { message: `User with email ${email} already exists.` });
    }
    save(request, { ...user, email });
    reply.code(204).send();
  });

  function checkSeats(): void {
    const taken = world.roster.all().filter(({ type }) => type === licensed).length;
    if (taken < licensedSeats) return;
    const message = `Your account has reached the maximum limit of ${licensedSeats} licensed users.`;
    throw new ZoomRefusal(400, 2034, { message });
  }

  function save(request: Parameters<typeof callOf>[0], person: ZoomUser): void {
    world.change(callOf<ZoomUser>(request), { kind: 'person saved', person });
  }
}

function leavingRoutes(app: FastifyInstance, world: World<ZoomUser>): void {
  app.delete<OneUser & { Querystring: { action?: string; transfer_email?: string } }>(
    '/users/:id',
    { onRequest: needs('user:delete:user:admin') },
    (request, reply) => {
      const user = findUser(world, request);
      const { action = 'disassociate', transfer_email: heir } = request.query;
      if (action !== 'disassociate' && action !== 'delete') {
        throw notValid('action', 'Action must be disassociate or delete.');
      }
      checkMayLeave(user, 'be removed');
      if (user.status === 'pending' && action === 'delete') throw invitationMissing(user.email);
      checkDomain(user, action);
      if (heir !== undefined) checkHeir(world.roster.findByEmail(heir), heir, user);

      world.change(callOf<ZoomUser>(request), { kind: 'person removed', id: user.id });
      reply.code(204).send();
    },
  );

  app.delete<OneUser>(
    '/users/:id/token',
    { onRequest: needs('user:delete:token:admin') },
    (request, reply) => {
      findUser(world, request);
      reply.code(204).send();
    },
  );
}

/** Invited people have to accept first; those who were made otherwise are there at once. */
function toNewUser(body: unknown, position: number, nowMs: number): ZoomUser {
  const { action, user_info: wanted } = readBody(newUserSchema, body);
  if (action === 'autoCreate' && wanted.password === undefined) {
    throw notValid('user_info.password', 'The password is required for autoCreate.');
  }
  const { email, type, first_name, last_name } = wanted;
  const created = toTime(nowMs);
  return {
    id: zoomId(`${position}/${email}`),
    email: email.toLowerCase(),
    first_name,
    last_name,
    display_name: wanted.display_name ?? `${first_name} ${last_name}`.trim(),
    dept: '',
    pmi: 3_000_000_000 + position,
    role_id: roleIds.member,
    status: action === 'create' ? 'pending' : 'active',
    timezone: '',
    type,
    created_at: created,
    user_created_at: created,
    verified: 0,
    group_ids: [],
    im_group_ids: [],
    job_title: '',
    company: '',
    location: '',
    cost_center: '',
    language: 'en-US',
    manager: '',
    phone_numbers: [],
    login_types: [action === 'ssoCreate' ? 101 : 100],
  };
}

function checkMayLeave(user: ZoomUser, what: string): void {
  if (isAdmin(user)) {
    throw new ZoomRefusal(400, 1117, { message: `An account owner or administrator cannot ${what}.` });
  }
}

function checkDomain({ email, status }: ZoomUser, action: string): void {
  if (action === 'delete' || status === 'pending' || !email.endsWith(`@${managedDomain}`)) return;
  const message = `The user's email domain ${managedDomain} is managed: the user cannot be disassociated.`;
  throw new ZoomRefusal(400, 1107, { message });
}

function checkHeir(heir: ZoomUser | undefined, email: string, user: ZoomUser): void {
  if (heir?.status !== 'active') throw noSuchUser(email);
  if (heir.id === user.id) throw notValid('transfer_email', 'Data cannot go to the user who is removed.');
}

function invitationMissing(email: string): ZoomRefusal {
  return new ZoomRefusal(404, 1120, { message: `Invitation not found: ${email}.` });
}
