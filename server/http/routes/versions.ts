import { z } from 'zod';
import {
  copyInput,
  differenceQuery,
  idParam,
  restoreInput,
  versionSchema,
  versionsList,
  workflowDifference,
  workflowSchema,
} from '#contract';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

const versionParams = idParam.extend({ number: z.coerce.number().int().min(1) });

/** Versions of a workflow: listed, compared, restored and copied. */
export const versionRoutes: Routes = (app, { versions }) => {
  app.get(
    '/workflows/:id/versions',
    { config: { right: 'workflows.read' }, schema: { params: idParam, response: { 200: versionsList } } },
    async ({ params }) => ({
      items: (await versions.list(params.id)).map(({ graph: _graph, ...version }) => version),
    }),
  );
  app.get(
    '/workflows/:id/versions/:number',
    {
      config: { right: 'workflows.read' },
      schema: { params: versionParams, response: { 200: versionSchema } },
    },
    ({ params }) => versions.find(params.id, params.number),
  );

  app.get(
    '/workflows/:id/difference',
    {
      config: { right: 'workflows.read' },
      schema: { params: idParam, querystring: differenceQuery, response: { 200: workflowDifference } },
    },
    ({ params, query }) => versions.difference(params.id, query.from, query.to),
  );

  app.post(
    '/workflows/:id/versions/:number/restoration',
    {
      config: { right: 'workflows.write' },
      schema: { params: versionParams, body: restoreInput, response: { 200: workflowSchema } },
    },
    (request) => {
      const { id, number } = request.params;
      return versions.restore(id, number, request.body.revision, callerOf(request));
    },
  );
  app.post(
    '/workflows/:id/copies',
    {
      config: { right: 'workflows.write' },
      schema: { params: idParam, body: copyInput, response: { 201: workflowSchema } },
    },
    async (request, reply) =>
      reply.code(201).send(await versions.copy(request.params.id, request.body, callerOf(request))),
  );
};
