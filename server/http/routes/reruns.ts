import { idParam, rerunInput, rerunOptionsSchema, runSchema } from '#contract';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

/** Running records of an ended run again. */
export const rerunRoutes: Routes = (app, { reruns }) => {
  app.get(
    '/runs/:id/reruns',
    { config: { right: 'runs.read' }, schema: { params: idParam, response: { 200: rerunOptionsSchema } } },
    ({ params }) => reruns.options(params.id),
  );
  app.post(
    '/runs/:id/reruns',
    {
      config: { right: 'runs.start' },
      schema: { params: idParam, body: rerunInput, response: { 202: runSchema } },
    },
    async (request, reply) => {
      const run = await reruns.start(request.params.id, request.body.records, callerOf(request));
      return reply.code(202).send(run);
    },
  );
};
