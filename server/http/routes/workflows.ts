import { z } from 'zod';
import {
  draftInput,
  idParam,
  launchInput,
  matches,
  recipesList,
  runSchema,
  startRunInput,
  validation,
  validationInput,
  variablesList,
  workflowChange,
  workflowInput,
  workflowSchema,
  workflowsList,
} from '#contract';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

const one = { params: idParam, response: { 200: workflowSchema } };
const longestWaitSeconds = 60;

/** Workflows, their drafts and versions, and starting runs of them. */
export const workflowRoutes: Routes = (app, { workflows, runs }) => {
  app.get(
    '/workflows',
    { config: { right: 'workflows.read' }, schema: { response: { 200: workflowsList } } },
    async () => {
      const items = await Promise.all(
        (await workflows.list()).map(async ({ draft, ...workflow }) => {
          const { items: last } = await runs.list({ limit: 1, workflowId: workflow.id });
          return { ...workflow, blockCount: draft.blocks.length, lastRun: last[0] ?? null };
        }),
      );
      return { items };
    },
  );

  app.post(
    '/workflows',
    {
      config: { right: 'workflows.write' },
      schema: { body: workflowInput, response: { 201: workflowSchema } },
    },
    async (request, reply) => reply.code(201).send(await workflows.create(request.body, callerOf(request))),
  );

  app.get(
    '/recipes',
    { config: { right: 'workflows.read' }, schema: { response: { 200: recipesList } } },
    async () => ({ items: await workflows.recipes() }),
  );

  app.get('/workflows/:id', { config: { right: 'workflows.read' }, schema: one }, ({ params }) =>
    workflows.find(params.id),
  );
  app.patch(
    '/workflows/:id',
    { config: { right: 'workflows.write' }, schema: { ...one, body: workflowChange } },
    ({ params, body }) => workflows.rename(params.id, body),
  );

  app.delete(
    '/workflows/:id',
    { config: { right: 'workflows.write' }, schema: { params: idParam, response: { 204: z.null() } } },
    async ({ params }, reply) => {
      await workflows.remove(params.id);
      return reply.code(204).send(null);
    },
  );

  app.put(
    '/workflows/:id/draft',
    { config: { right: 'workflows.write' }, schema: { ...one, body: draftInput } },
    (request) =>
      workflows.saveDraft(request.params.id, request.body.revision, request.body.graph, callerOf(request)),
  );

  app.get(
    '/workflows/:id/validation',
    { config: { right: 'workflows.read' }, schema: { params: idParam, response: { 200: validation } } },
    async ({ params }) => ({
      issues: await workflows.check(params.id),
    }),
  );
  app.post(
    '/workflows/:id/validation',
    {
      config: { right: 'workflows.read' },
      schema: { params: idParam, body: validationInput, response: { 200: validation } },
    },
    async ({ params, body }) => ({
      issues: await workflows.check(params.id, body.graph),
    }),
  );

  app.get(
    '/workflows/:id/variables',
    { config: { right: 'workflows.read' }, schema: { params: idParam, response: { 200: variablesList } } },
    async ({ params }) => ({
      items: await workflows.variables(params.id),
    }),
  );
  app.get(
    '/workflows/:id/matches',
    { config: { right: 'workflows.read' }, schema: { params: idParam, response: { 200: matches } } },
    ({ params }) => workflows.matches(params.id),
  );

  app.put(
    '/workflows/:id/activation',
    { config: { right: 'workflows.launch' }, schema: { ...one, body: launchInput } },
    (request) => workflows.launch(request.params.id, { ...request.body, by: callerOf(request) }),
  );
  app.delete(
    '/workflows/:id/activation',
    { config: { right: 'workflows.launch' }, schema: one },
    ({ params }) => workflows.deactivate(params.id),
  );

  // With "Prefer: wait=30" (RFC 7240) the answer waits for the end of the run.
  app.post(
    '/workflows/:id/runs',
    {
      config: { right: 'runs.start' },
      schema: { params: idParam, body: startRunInput, response: { 200: runSchema, 202: runSchema } },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { recordIds, mode, draft } = request.body;
      const { id: starterId, name: startedBy } = callerOf(request);
      const version = draft ? await workflows.freezeDraft(id, startedBy) : undefined;
      const run = await runs.start(id, { recordIds, mode, version, startedBy, starterId });
      const seconds = Number(/\bwait=(\d+)/.exec(String(request.headers.prefer ?? ''))?.[1] ?? 0);
      if (seconds === 0) return reply.code(202).send(run);
      const ended = await runs.waitFor(run.id, Math.min(seconds, longestWaitSeconds) * 1000);
      return reply.code(ended.finishedAt === null ? 202 : 200).send(ended);
    },
  );
};
