import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { callOf } from '../api.ts';
import { Refusal } from '../refusal.ts';
import type { Roster } from '../roster.ts';
import type { World } from '../world.ts';
import { callerOf, isFullAdmin, managersOnly } from './access.ts';
import { grantLicenses, organizationId, roleIds } from './catalog.ts';
import { readWebexId } from './id.ts';
import type { WebexPerson } from './person.ts';

const bodySchema = z.object({
  email: z.string().optional(),
  personId: z.string().optional(),
  orgId: z.string().optional(),
  licenses: z
    .array(z.object({ id: z.string(), operation: z.enum(['add', 'remove']).default('add') }))
    .default([]),
  siteUrls: z.array(z.unknown()).default([]),
});

/** Gives licences to one person and takes them away. Source: https://developer.webex.com/docs/api/v1/licenses */
export function licenseChangeRoutes(app: FastifyInstance, world: World<WebexPerson>): void {
  app.patch('/licenses/users', { onRequest: managersOnly }, (request, reply) => {
    const call = callOf<WebexPerson>(request);
    const read = bodySchema.safeParse(request.body);
    if (!read.success) throw new Refusal(400, `Invalid body: ${read.error.issues[0]?.message}.`);
    const { orgId, licenses: changes, siteUrls } = read.data;
    if (orgId !== undefined && orgId !== organizationId)
      throw new Refusal(403, 'The access token gives no rights in this organization.');
    if (changes.length === 0 && siteUrls.length === 0)
      throw new Refusal(400, 'Either licenses or siteUrls is required.');

    const person = findPerson(world.roster, read.data);
    call.personId = person.id;
    if (person.roles.includes(roleIds.fullAdmin) && !isFullAdmin(callerOf(request)))
      throw new Refusal(403, 'Only a full administrator can change a full administrator.');

    const removed = changes.filter(({ operation }) => operation === 'remove').map(({ id }) => id);
    const added = changes.filter(({ operation }) => operation === 'add').map(({ id }) => id);
    const kept = person.licenses.filter((id) => !removed.includes(id));
    const licenses = grantLicenses(world.roster, [...kept, ...added], person.licenses);
    const isSame =
      licenses.length === person.licenses.length && licenses.every((id) => person.licenses.includes(id));
    if (!isSame) {
      const lastModified = new Date(call.timeMs).toISOString();
      world.change(call, { kind: 'person saved', person: { ...person, licenses, lastModified } });
    }
    // What does not exist, or has no unit left, is passed over: 206 says that only a part was done.
    const isWhole = added.every((id) => licenses.includes(id)) && siteUrls.length === 0;
    reply.code(isWhole ? 200 : 206).send({
      orgId: organizationId,
      personId: person.id,
      email: person.emails[0],
      licenses,
      siteUrls: person.siteUrls ?? [],
      pendingLicenses: [],
      pendingSiteUrls: [],
    });
  });
}

function findPerson(
  roster: Roster<WebexPerson>,
  { personId, email }: { personId?: string | undefined; email?: string | undefined },
): WebexPerson {
  if (personId === undefined && email === undefined)
    throw new Refusal(400, 'Either email or personId is required.');
  if (personId !== undefined && readWebexId(personId) === null)
    throw new Refusal(400, 'Expect a base64 person ID.');
  const person = personId === undefined ? roster.findByEmail(email ?? '') : roster.find(personId);
  if (!person) throw new Refusal(404, 'Person not found.');
  if (person.type !== 'person') throw new Refusal(403, 'Bots are managed by their owner.');
  return person;
}
