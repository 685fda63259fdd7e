import { idParam, listQuery, loadIssuesPage, loadSchema } from '#contract';
import type { Routes } from '../routes.ts';

/** Loads as they go on and as they ended. */
export const loadRoutes: Routes = (app, { loads }) => {
  app.get(
    '/loads/:id',
    { config: { right: 'integrations.read' }, schema: { params: idParam, response: { 200: loadSchema } } },
    ({ params }) => loads.find(params.id),
  );

  app.get(
    '/loads/:id/issues',
    {
      config: { right: 'integrations.read' },
      schema: { params: idParam, querystring: listQuery, response: { 200: loadIssuesPage } },
    },
    ({ params, query }) => loads.issues(params.id, query),
  );

  // Cancelling is a resource of its own, so there is no verb in the path.
  app.post(
    '/loads/:id/cancellation',
    { config: { right: 'loads.start' }, schema: { params: idParam, response: { 202: loadSchema } } },
    async ({ params }, reply) => reply.code(202).send(await loads.cancel(params.id)),
  );
};
