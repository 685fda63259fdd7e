import { z } from 'zod';
import {
  idParam,
  integrationDetails,
  listQuery,
  mappingRestoration,
  mappingVersionSchema,
  mappingVersionsPage,
} from '#contract';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

const versionParam = idParam.extend({ version: z.coerce.number().int().min(1) });

/** Every mapping of an integration that was saved, and the way back to one. */
export const mappingVersionRoutes: Routes = (app, { integrations }) => {
  app.get(
    '/integrations/:id/mapping-versions',
    {
      config: { right: 'integrations.read' },
      schema: { params: idParam, querystring: listQuery, response: { 200: mappingVersionsPage } },
    },
    ({ params, query }) => integrations.mappingVersions(params.id, query),
  );

  app.get(
    '/integrations/:id/mapping-versions/:version',
    {
      config: { right: 'integrations.read' },
      schema: { params: versionParam, response: { 200: mappingVersionSchema } },
    },
    ({ params }) => integrations.mappingVersion(params.id, params.version),
  );

  app.post(
    '/integrations/:id/mapping-restoration',
    {
      config: { right: 'integrations.write' },
      schema: { params: idParam, body: mappingRestoration, response: { 200: integrationDetails } },
    },
    (request) => {
      const { version, mappingVersion } = request.body;
      const { name } = callerOf(request);
      return integrations.restoreMapping(request.params.id, version, mappingVersion, name);
    },
  );
};
