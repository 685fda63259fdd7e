import { fieldInput, fieldSchema, fieldsList, rolesList } from '#contract';
import { toExternalId } from '#domain/field';
import type { Routes } from '../routes.ts';

/** Definitions of values, and the roles that people have. */
export const fieldRoutes: Routes = (app, { fields, people, newId, clock }) => {
  app.get(
    '/fields',
    { config: { right: 'records.read' }, schema: { response: { 200: fieldsList } } },
    async () => ({ items: await fields.list() }),
  );
  app.get(
    '/roles',
    { config: { right: 'records.read' }, schema: { response: { 200: rolesList } } },
    async () => ({ items: await people.roles() }),
  );

  app.post(
    '/fields',
    { config: { right: 'integrations.write' }, schema: { body: fieldInput, response: { 201: fieldSchema } } },
    async ({ body }, reply) => {
      const externalId = body.externalId ?? toExternalId(body.label);
      return reply
        .code(201)
        .send(await fields.insert({ ...body, externalId, id: newId('field') }, clock.now()));
    },
  );
};
