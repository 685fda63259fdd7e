import { z } from 'zod';
import { idParam, ownPresetInput, ownPresetSchema, ownPresetsList } from '#contract';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

/** Requests that operators saved to use them again. */
export const ownPresetRoutes: Routes = (app, { ownPresets }) => {
  app.get(
    '/own-presets',
    { config: { right: 'workflows.read' }, schema: { response: { 200: ownPresetsList } } },
    async () => ({ items: await ownPresets.list() }),
  );
  app.post(
    '/own-presets',
    {
      config: { right: 'workflows.write' },
      schema: { body: ownPresetInput, response: { 201: ownPresetSchema } },
    },
    async (request, reply) => reply.code(201).send(await ownPresets.add(request.body, callerOf(request))),
  );
  app.put(
    '/own-presets/:id',
    {
      config: { right: 'workflows.write' },
      schema: { params: idParam, body: ownPresetInput, response: { 200: ownPresetSchema } },
    },
    ({ params, body }) => ownPresets.change(params.id, body),
  );
  app.delete(
    '/own-presets/:id',
    { config: { right: 'workflows.write' }, schema: { params: idParam, response: { 204: z.null() } } },
    async ({ params }, reply) => {
      await ownPresets.remove(params.id);
      return reply.code(204).send(null);
    },
  );
};
