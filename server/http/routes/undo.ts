import { z } from 'zod';
import { idParam, undoneSchema, undoOptionSchema, workflowSchema } from '#contract';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

const options = z.strictObject({ items: z.array(undoOptionSchema) });

/** Taking back what a run did. */
export const undoRoutes: Routes = (app, { undo }) => {
  app.get(
    '/runs/:id/undo',
    { config: { right: 'runs.read' }, schema: { params: idParam, response: { 200: options } } },
    async ({ params }) => ({ items: await undo.options(params.id) }),
  );
  app.post(
    '/runs/:id/undo',
    {
      config: { right: 'workflows.write' },
      schema: {
        params: idParam,
        body: undoneSchema.pick({ blocks: true }),
        response: { 201: workflowSchema },
      },
    },
    async (request, reply) => {
      const made = await undo.make(request.params.id, request.body.blocks, callerOf(request));
      return reply.code(201).send(made);
    },
  );
};
