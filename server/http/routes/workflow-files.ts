import { z } from 'zod';
import {
  idParam,
  importPlan,
  toWorkflowFileJsonSchema,
  type WorkflowFile,
  workflowFileSchema,
  workflowImportSchema,
  workflowSchema,
} from '#contract';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

const exportQuery = z.strictObject({ version: z.coerce.number().int().min(1).optional() });

/** Workflows as files: written, described, looked at and read. */
export const workflowFileRoutes: Routes = (app, { transfer }) => {
  app.get(
    '/workflows/:id/export',
    {
      config: { right: 'workflows.read' },
      schema: { params: idParam, querystring: exportQuery, response: { 200: workflowFileSchema } },
    },
    async ({ params, query }, reply) => {
      const file = await transfer.exportFile(params.id, query.version);
      // A line for each value, so that changes can be read where the file is kept.
      return reply
        .header('content-disposition', `attachment; filename="${fileNameOf(file)}"`)
        .serializer((body: unknown) => `${JSON.stringify(body, null, 2)}\n`)
        .send(file);
    },
  );

  app.get(
    '/schemas/rollcall-workflow-1.json',
    { config: { right: 'signed-in' }, schema: { response: { 200: z.record(z.string(), z.unknown()) } } },
    () => toWorkflowFileJsonSchema(),
  );

  app.post(
    '/workflows/import',
    {
      config: { right: 'workflows.write' },
      schema: { body: workflowImportSchema, response: { 201: workflowSchema } },
    },
    async (request, reply) => {
      const { choices, ...file } = request.body;
      return reply.code(201).send(await transfer.importFile(file, callerOf(request), choices));
    },
  );

  // Asks what an import would make, and makes nothing.
  app.post(
    '/workflows/import-plan',
    {
      config: { right: 'workflows.write' },
      schema: { body: workflowImportSchema, response: { 200: importPlan } },
    },
    ({ body: { choices, ...file } }) => transfer.plan(file, choices),
  );
};

/** `Webex inactive-user cleanup` becomes `webex-inactive-user-cleanup.json`. */
function fileNameOf({ name }: WorkflowFile): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${plain || 'workflow'}.json`;
}
