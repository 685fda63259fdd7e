import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { WebexRefusal } from './webex-answer.ts';
import { grantLicenses, listLicenses, organizationId, roleIds, roles } from './webex-catalog.ts';
import { readWebexId, toWebexId } from './webex-id.ts';
import { viewOf, type WebexPerson } from './webex-person.ts';
import type { Grant, WebexState } from './webex-state.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls the imitated API. */
    grant: Grant | null;
  }
}

const largestPage = 1000;
const mostIds = 85;

const text = z.string().max(500);
const written = z.object({
  emails: z.array(z.email('Email address is not valid.')).min(1, 'Missing required field: emails'),
  displayName: text.optional(),
  firstName: text.optional(),
  lastName: text.optional(),
  avatar: text.optional(),
  roles: z.array(text).optional(),
  licenses: z.array(text).optional(),
  department: text.optional(),
  manager: text.optional(),
  managerId: text.optional(),
  title: text.optional(),
  timezone: text.optional(),
  extension: text.optional(),
  loginEnabled: z.union([z.boolean(), z.enum(['true', 'false'])]).optional(),
});

type Query = Record<string, string | undefined>;

/** The People API. Source: https://developer.webex.com/docs/api/v1/people */
export function addPeople(
  app: FastifyInstance,
  options: { state: WebexState; admin: WebexPerson; now: () => number; url: () => string },
): void {
  const { state, admin, now, url } = options;
  const { roster } = state;

  app.get<{ Querystring: Query }>('/v1/people', (request, reply) => {
    const { query } = request;
    const isAdmin = has(request, 'spark-admin:people_read');
    const isFiltered = query.email !== undefined || query.displayName !== undefined || query.id !== undefined;
    if (!isAdmin && !(isFiltered && has(request, 'spark:people_read')))
      throw missingScope('spark-admin:people_read');
    if (query.orgId !== undefined && query.orgId !== organizationId)
      throw new WebexRefusal(404, 'The organisation was not found.');

    const ids = query.id?.split(',');
    if (ids && ids.length > mostIds)
      throw new WebexRefusal(400, `At most ${mostIds} ids may be asked for at once.`);
    const max = numberOf(query.max ?? '100', 'max');
    if (max < 1) throw new WebexRefusal(400, 'max must be at least 1.');
    const size = Math.min(max, largestPage);
    const after = query.cursor === undefined ? -1 : cursorOf(query.cursor);
    const name = query.displayName?.toLowerCase();
    const email = query.email?.toLowerCase();
    const page = roster.page(after, size, (person) => {
      if (email !== undefined && !person.emails.some((one) => one.toLowerCase() === email)) return false;
      if (name !== undefined && !person.displayName.toLowerCase().startsWith(name)) return false;
      return ids === undefined || ids.includes(person.id);
    });

    if (page.next !== null) {
      const next = new URL('/v1/people', url());
      for (const [key, value] of Object.entries(query))
        if (value !== undefined) next.searchParams.set(key, value);
      next.searchParams.set('cursor', Buffer.from(`after:${page.next}`).toString('base64url'));
      reply.header('link', `<${next.href}>; rel="next"`);
    }
    // Looking people up by id leaves presence out, and so does asking for it.
    const hasPresence = ids === undefined && query.excludeStatus !== 'true';
    const view = hasPresence ? 'everything' : 'without presence';
    const shown = isAdmin ? view : hasPresence ? 'public' : 'public without presence';
    return {
      notFoundIds: ids?.filter((id) => !roster.find(id)) ?? null,
      items: page.people.map((person) => viewOf(person, shown)),
    };
  });

  app.get('/v1/people/me', (request) => {
    if (!has(request, 'spark-admin:people_read') && !has(request, 'spark:people_read'))
      throw missingScope('spark:people_read');
    return roster.find(admin.id) ?? admin;
  });

  app.get<{ Params: { id: string } }>('/v1/people/:id', (request) => {
    const isAdmin = has(request, 'spark-admin:people_read');
    if (!isAdmin && !has(request, 'spark:people_read')) throw missingScope('spark-admin:people_read');
    return viewOf(existing(request.params.id), isAdmin ? 'everything' : 'public');
  });

  app.post('/v1/people', (request) => {
    mayWrite(request);
    const body = read(request.body);
    if (!body.displayName && !body.firstName && !body.lastName)
      throw new WebexRefusal(400, 'One of displayName, firstName or lastName is required.');
    const [email = ''] = body.emails;
    if (roster.findByEmail(email)) throw new WebexRefusal(409, `User already exists: ${email}`);
    const time = new Date(now()).toISOString();
    const person: WebexPerson = {
      ...contentOf(body, undefined),
      id: toWebexId('PEOPLE', randomUUID()),
      orgId: organizationId,
      created: time,
      lastModified: time,
      status: 'pending',
      invitePending: true,
      type: 'person',
    };
    state.save(person);
    return person;
  });

  app.put<{ Params: { id: string } }>('/v1/people/:id', (request) => {
    mayWrite(request);
    const former = existing(request.params.id);
    const body = read(request.body);
    const missing = ['displayName', 'firstName', 'lastName', 'roles', 'licenses'].filter(
      (key) => body[key as keyof typeof body] === undefined,
    );
    if (missing.length > 0)
      throw new WebexRefusal(
        400,
        `Missing required fields: ${missing.join(', ')}. All details must be sent.`,
      );
    const taken = body.emails
      .map((email) => roster.findByEmail(email))
      .find((other) => other && other.id !== former.id);
    if (taken) throw new WebexRefusal(409, `E-mail address already in use: ${taken.emails[0]}`);
    const { id, orgId, created, status, lastActivity, invitePending, type, sipAddresses } = former;
    const person: WebexPerson = {
      ...contentOf(body, former),
      id,
      orgId,
      created,
      lastModified: new Date(now()).toISOString(),
      invitePending,
      type,
      ...(status === undefined ? {} : { status }),
      ...(lastActivity === undefined ? {} : { lastActivity }),
      ...(sipAddresses === undefined ? {} : { sipAddresses }),
    };
    state.save(person);
    return person;
  });

  app.delete<{ Params: { id: string } }>('/v1/people/:id', (request, reply) => {
    mayWrite(request);
    const person = existing(request.params.id);
    if (person.id === admin.id) throw new WebexRefusal(403, 'You cannot delete yourself.');
    const isAdmin = person.roles.includes(roleIds.fullAdmin);
    const admins = roster.all().filter((one) => one.roles.includes(roleIds.fullAdmin));
    if (isAdmin && admins.length === 1)
      throw new WebexRefusal(403, 'The last full administrator cannot be deleted.');
    state.remove(person.id);
    return reply.code(204).send();
  });

  app.get('/v1/roles', (request) => {
    if (!has(request, 'spark-admin:roles_read')) throw missingScope('spark-admin:roles_read');
    return { items: roles };
  });

  app.get('/v1/licenses', (request) => {
    if (!has(request, 'spark-admin:licenses_read')) throw missingScope('spark-admin:licenses_read');
    return { items: listLicenses(roster) };
  });

  function existing(id: string): WebexPerson {
    if (readWebexId(id)?.kind !== 'PEOPLE')
      throw new WebexRefusal(404, 'The requested resource could not be found: the person id is malformed.');
    const person = roster.find(id);
    if (!person) throw new WebexRefusal(404, 'The requested resource could not be found.');
    return person;
  }

  function contentOf(body: z.infer<typeof written>, former: WebexPerson | undefined) {
    const { loginEnabled, roles: wantedRoles, licenses, displayName, ...rest } = body;
    const named = Object.fromEntries(
      Object.entries(rest).filter(([, value]) => value !== undefined),
    ) as Partial<WebexPerson>;
    return {
      ...named,
      emails: body.emails,
      displayName: displayName ?? [body.firstName, body.lastName].filter(Boolean).join(' '),
      // Clients find that a nickname is always the first name.
      ...(body.firstName === undefined ? {} : { nickName: body.firstName }),
      roles: (wantedRoles ?? []).filter((id) => roles.some((role) => role.id === id)),
      licenses: grantLicenses(roster, licenses ?? [], former?.licenses ?? []),
      loginEnabled: loginEnabled === undefined ? true : String(loginEnabled) === 'true',
    };
  }
}

const has = (request: FastifyRequest, scope: string): boolean =>
  request.grant?.scopes.includes(scope) ?? false;

const missingScope = (scope: string) => new WebexRefusal(403, `The request is missing the scope ${scope}.`);

function mayWrite(request: FastifyRequest): void {
  for (const scope of ['spark-admin:people_write', 'spark-admin:people_read'])
    if (!has(request, scope)) throw missingScope(scope);
}

function read(body: unknown): z.infer<typeof written> {
  const parsed = written.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  const isMissing =
    problem?.path[0] === 'emails' && (body as { emails?: unknown } | null)?.emails === undefined;
  throw new WebexRefusal(
    400,
    isMissing ? 'Missing required field: emails' : `${problem?.path.join('.')}: ${problem?.message}`,
  );
}

function numberOf(value: string, name: string): number {
  if (!/^\d+$/.test(value)) throw new WebexRefusal(400, `${name} must be a number.`);
  return Number(value);
}

function cursorOf(cursor: string): number {
  const position = /^after:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (position === undefined) throw new WebexRefusal(400, 'The cursor is invalid.');
  return Number(position);
}
