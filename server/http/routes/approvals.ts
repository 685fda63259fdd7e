import { z } from 'zod';
import { approvalDecision, approvalsPage, approvalsQuery, approvalView, idParam } from '#contract';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

/** What waits for a yes. Reading decides nothing, so that a mail program that opens links agrees to nothing. */
export const approvalRoutes: Routes = (app, { approvals }) => {
  app.get(
    '/approvals',
    {
      config: { right: 'approvals.read' },
      schema: { querystring: approvalsQuery, response: { 200: approvalsPage } },
    },
    (request) => approvals.list(request.query, callerOf(request)),
  );

  app.get(
    '/approvals/:id',
    {
      config: { right: 'approvals.read' },
      schema: { params: idParam, response: { 200: approvalView } },
    },
    (request) => approvals.view(request.params.id, callerOf(request)),
  );

  app.put(
    '/approvals/:id/decision',
    {
      config: { right: 'approvals.decide' },
      schema: { params: idParam, body: approvalDecision, response: { 200: approvalView } },
    },
    (request) => approvals.decide(request.params.id, request.body, callerOf(request)),
  );

  // Everybody who can ask for something may start runs, too.
  app.delete(
    '/approvals/:id',
    { config: { right: 'runs.start' }, schema: { params: idParam, response: { 204: z.null() } } },
    async (request, reply) => {
      await approvals.withdraw(request.params.id, callerOf(request));
      return reply.code(204).send(null);
    },
  );
};
