import type { FastifyInstance } from 'fastify';
import { callOf } from '../api.ts';
import { uuidOf } from '../random.ts';
import { Refusal } from '../refusal.ts';
import type { Caller, World } from '../world.ts';
import { adminsWith, callerOf, isFullAdmin, managersOnly, readersOnly, seesEverything } from './access.ts';
import { listLicenses, roleIds, roles } from './catalog.ts';
import { readWebexId, toWebexId } from './id.ts';
import { listPeople } from './people-list.ts';
import { viewOf, type WebexPerson } from './person.ts';
import { checkPhoneNumbers, readPersonBody, toNewPerson, toUpdatedPerson } from './person-body.ts';

interface OnePerson {
  Params: { id: string };
  Querystring: { minResponse?: string };
}

/** The People, Roles and Licenses APIs. Source: https://developer.webex.com/docs/api/v1/people */
export function peopleRoutes(app: FastifyInstance, world: World<WebexPerson>): void {
  readingRoutes(app, world);
  managingRoutes(app, world);

  app.get('/roles', { onRequest: adminsWith('spark-admin:roles_read') }, (_request, reply) => {
    reply.send({ items: roles });
  });

  app.get('/licenses', { onRequest: adminsWith('spark-admin:licenses_read') }, (_request, reply) => {
    reply.send({ items: listLicenses(world.roster) });
  });
}

function readingRoutes(app: FastifyInstance, world: World<WebexPerson>): void {
  app.get('/people', { onRequest: readersOnly }, (request, reply) => {
    const { body, nextQuery } = listPeople(world, callerOf(request), request.query);
    if (nextQuery !== null) {
      reply.header('link', `<http://${request.headers.host}/v1/people?${nextQuery}>; rel="next"`);
    }
    reply.send(body);
  });

  app.get('/people/me', { onRequest: readersOnly }, (request, reply) => {
    const caller = callerOf(request);
    callOf<WebexPerson>(request).personId = caller.person.id;
    reply.send(viewOf(caller.person, seesEverything(caller) ? 'everything' : 'public'));
  });

  app.get<OnePerson>(
    '/people/:id',
    { onRequest: adminsWith('spark-admin:people_read') },
    (request, reply) => {
      reply.send(findPerson(world, request.params.id));
    },
  );
}

function managingRoutes(app: FastifyInstance, world: World<WebexPerson>): void {
  app.post<OnePerson>('/people', { onRequest: managersOnly }, (request, reply) => {
    const call = callOf<WebexPerson>(request);
    const body = readPersonBody(request.body);
    const id = toWebexId('PEOPLE', uuidOf(`webex/created/${world.roster.positions()}`));
    const person = toNewPerson(world.roster, body, { id, time: toTime(call.timeMs) });
    checkRoleChange(callerOf(request), [], person.roles);

    world.change(call, { kind: 'person saved', person });
    call.personId = id;
    checkPhoneNumbers(body);
    reply.send(request.query.minResponse === 'true' ? { id } : person);
  });

  app.put<OnePerson>('/people/:id', { onRequest: managersOnly }, (request, reply) => {
    const call = callOf<WebexPerson>(request);
    const former = findPerson(world, request.params.id);
    const body = readPersonBody(request.body);
    const person = toUpdatedPerson(world.roster, former, body, toTime(call.timeMs));
    checkMayTouch(callerOf(request), former);
    checkRoleChange(callerOf(request), former.roles, person.roles);
    checkStaysAdministrable(world, callerOf(request), person);

    world.change(call, { kind: 'person saved', person });
    checkPhoneNumbers(body);
    if (request.query.minResponse === 'true') return reply.code(204).send();
    reply.send(person);
  });

  app.delete<OnePerson>('/people/:id', { onRequest: managersOnly }, (request, reply) => {
    const person = findPerson(world, request.params.id);
    checkMayTouch(callerOf(request), person);
    if (person.id === callerOf(request).person.id) throw new Refusal(403, 'You cannot delete yourself.');

    world.change(callOf<WebexPerson>(request), { kind: 'person removed', id: person.id });
    reply.code(204).send();
  });
}

function findPerson(world: World<WebexPerson>, id: string): WebexPerson {
  if (id !== '' && readWebexId(id) === null) throw new Refusal(400, 'Expect a base64 person ID.');
  const person = world.roster.find(id);
  if (!person) throw new Refusal(404, 'Person not found.');
  return person;
}

/** Since nobody can delete or demote themselves as the last full administrator, there always is one. */
function checkMayTouch(caller: Caller<WebexPerson>, person: WebexPerson): void {
  if (person.type !== 'person') throw new Refusal(403, 'Bots are managed by their owner.');
  if (person.roles.includes(roleIds.fullAdmin) && !isFullAdmin(caller)) {
    throw new Refusal(403, 'Only a full administrator can change or delete a full administrator.');
  }
}

function checkRoleChange(
  caller: Caller<WebexPerson>,
  former: readonly string[],
  wanted: readonly string[],
): void {
  const isSame = former.length === wanted.length && former.every((role) => wanted.includes(role));
  if (!isSame && !isFullAdmin(caller)) throw new Refusal(403, 'Only a full administrator can change roles.');
}

function checkStaysAdministrable(
  world: World<WebexPerson>,
  caller: Caller<WebexPerson>,
  person: WebexPerson,
): void {
  if (person.id !== caller.person.id) return;
  if (!person.loginEnabled) throw new Refusal(403, 'You cannot deactivate yourself.');

  const admins = world.roster
    .all()
    .filter((one) => one.roles.includes(roleIds.fullAdmin) && one.loginEnabled);
  const isLast = admins.every((admin) => admin.id === person.id);
  if (isFullAdmin(caller) && isLast && !person.roles.includes(roleIds.fullAdmin)) {
    throw new Refusal(403, 'The last full administrator of the organization must stay one.');
  }
}

function toTime(ms: number): string {
  return new Date(ms).toISOString();
}
