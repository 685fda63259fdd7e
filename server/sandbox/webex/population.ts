import type { Population } from '../world.ts';
import { roleIds } from './catalog.ts';
import { exampleAdmin, exampleWebexPeople } from './company.ts';
import type { WebexPerson } from './person.ts';

/** Who is in the imitated Webex organisation. */
export const webexPopulation: Population<WebexPerson> = {
  idOf: (person) => person.id,
  emailsOf: (person) => person.emails,
  example: (now, count) => exampleWebexPeople({ now, count }),
  isAdmin: (person) => person.roles.includes(roleIds.fullAdmin),
  exampleAdmin,
};
