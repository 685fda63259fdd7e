import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { callOf } from '../api.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { callerOf, managers, readers, systemAdmins } from './access.ts';
import { newNinjaUser } from './company.ts';
import { NinjaRefusal, readBody } from './refusal.ts';
import { type NinjaUser, organizations, toEndUser, toListRow, toTechnician, userTypes } from './user.ts';

interface OneUser {
  Params: { id: string };
}

interface UserFamily {
  userType: NinjaUser['userType'];
  /** `/user/technicians` for all, `/user/technician/{id}` for one. */
  path: string;
  toAnswer(user: NinjaUser): object;
  /** Who may create, change and delete. */
  writers: (request: FastifyRequest) => Promise<void>;
}

const families: readonly UserFamily[] = [
  { userType: 'TECHNICIAN', path: '/user/technician', toAnswer: toTechnician, writers: systemAdmins },
  { userType: 'END_USER', path: '/user/end-user', toAnswer: toEndUser, writers: managers },
];

const name = z.string().min(1).max(150);
const organizationId = z
  .int()
  .refine((id) => organizations.some((one) => one.id === id), 'The organization does not exist.');

const newUserSchema = z.object({
  firstName: name,
  lastName: name,
  email: z.email(),
  phone: z.string().nullish(),
});
const newEndUserSchema = newUserSchema.extend({
  organizationId,
  fullPortalAccess: z.boolean().default(false),
});

/** Neither address nor phone can be changed, nor can anybody be disabled. */
const changeSchema = z.object({ firstName: name.optional(), lastName: name.optional() });
const endUserChangeSchema = changeSchema.extend({
  organizationId: organizationId.optional(),
  fullPortalAccess: z.boolean().optional(),
});

/** Source: https://app.ninjarmm.com/apidocs/ */
export function userRoutes(app: FastifyInstance, world: World<NinjaUser>): void {
  app.get<{ Querystring: { userType?: string; includeRoles?: string } }>(
    '/users',
    { onRequest: readers },
    ({ query }, reply) => {
      const { userType, includeRoles } = query;
      if (userType && !userTypes.some((one) => one === userType)) {
        throw new NinjaRefusal(400, 'invalid_value', { field: 'userType' });
      }
      const users = world.roster.all().filter((user) => !userType || user.userType === userType);
      reply.send(users.map((user) => toListRow(user, includeRoles === 'true')));
    },
  );

  app.get<OneUser>('/organization/:id/end-users', { onRequest: readers }, ({ params }, reply) => {
    const id = Number(params.id);
    if (!organizations.some((one) => one.id === id)) throw new Refusal(404, 'Organization not found.');
    reply.send(
      world.roster
        .all()
        .filter((user) => user.organizationId === id)
        .map(toEndUser),
    );
  });

  for (const family of families) familyRoutes(app, world, family);
}

function familyRoutes(app: FastifyInstance, world: World<NinjaUser>, family: UserFamily): void {
  const { userType, path, toAnswer, writers } = family;

  app.get(`${path}s`, { onRequest: readers }, (_request, reply) => {
    const users = world.roster.all().filter((user) => user.userType === userType);
    reply.send(users.map(toAnswer));
  });

  app.get<OneUser>(`${path}/:id`, { onRequest: readers }, ({ params }, reply) => {
    reply.send(toAnswer(findUser(params.id)));
  });

  app.post(`${path}s`, { onRequest: writers }, (request, reply) => {
    const { firstName, lastName, email, phone, ...more } =
      userType === 'TECHNICIAN'
        ? readBody(newUserSchema, request.body)
        : readBody(newEndUserSchema, request.body);
    if (world.roster.findByEmail(email)) throw new NinjaRefusal(400, 'email_in_use', { email });

    const id = Math.max(...world.roster.all().map((user) => user.id)) + world.roster.positions();
    const who = { id, email, firstName, lastName, userType };
    const user = newNinjaUser(who, { phone: phone ?? null, ...more });
    save(request, user);
    callOf(request).personId = String(id);
    reply.send(toAnswer(user));
  });

  app.patch<OneUser>(`${path}/:id`, { onRequest: writers }, (request, reply) => {
    const user = findUser(request.params.id);
    const schema = userType === 'TECHNICIAN' ? changeSchema : endUserChangeSchema;
    const given = Object.entries(readBody(schema, request.body)).filter(([, value]) => value !== undefined);
    const changed = { ...user, ...Object.fromEntries(given) };
    save(request, changed);
    reply.send(toAnswer(changed));
  });

  app.delete<OneUser>(`${path}/:id`, { onRequest: writers }, (request, reply) => {
    const { id } = findUser(request.params.id);
    if (id === callerOf(request).person.id) throw new Refusal(403, 'You cannot delete yourself.');
    world.change(callOf<NinjaUser>(request), { kind: 'person removed', id: String(id) });
    reply.code(204).send();
  });

  /** The two kinds know nothing of each other's ids. */
  function findUser(id: string): NinjaUser {
    const user = world.roster.find(id);
    if (user?.userType !== userType) throw new Refusal(404, `User not found: ${id}`);
    return user;
  }

  function save(request: FastifyRequest, person: NinjaUser): void {
    world.change(callOf<NinjaUser>(request), { kind: 'person saved', person });
  }
}
