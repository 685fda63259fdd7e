import {
  idParam,
  listQuery,
  loadIssuesFilter,
  loadIssuesPage,
  loadIssuesQuery,
  loadSchema,
  missingAccountsPage,
  missingDecision,
} from '#contract';
import type { IssueQuery, LoadService } from '#engine/service-ports';
import { sendCsv } from '../csv.ts';
import { callerOf } from '../plugins/auth.ts';
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
      schema: { params: idParam, querystring: loadIssuesQuery, response: { 200: loadIssuesPage } },
    },
    ({ params, query }) => loads.issues(params.id, query),
  );

  app.get(
    '/loads/:id/issues.csv',
    { config: { right: 'integrations.read' }, schema: { params: idParam, querystring: loadIssuesFilter } },
    async ({ params, query }, reply) => {
      const { id } = await loads.find(params.id);
      const pages = pagesOf(loads, id, query);
      return sendCsv(reply, `load-${id}`, ['Number', 'Outcome', 'Record', 'Reason'], pages);
    },
  );

  app.get(
    '/loads/:id/missing-accounts',
    {
      config: { right: 'integrations.read' },
      schema: { params: idParam, querystring: listQuery, response: { 200: missingAccountsPage } },
    },
    ({ params, query }) => loads.missingAccounts(params.id, query),
  );

  app.put(
    '/loads/:id/missing-accounts',
    {
      config: { right: 'loads.start' },
      schema: { params: idParam, body: missingDecision, response: { 200: loadSchema } },
    },
    (request) => loads.settleMissing(request.params.id, request.body.action, callerOf(request).name),
  );

  // Cancelling is a resource of its own, so there is no verb in the path.
  app.post(
    '/loads/:id/cancellation',
    { config: { right: 'loads.start' }, schema: { params: idParam, response: { 202: loadSchema } } },
    async ({ params }, reply) => reply.code(202).send(await loads.cancel(params.id)),
  );
};

const csvPage = 200;

/** The whole log, read a page at a time while it is sent. */
async function* pagesOf(loads: LoadService, id: string, filter: Omit<IssueQuery, 'limit' | 'cursor'>) {
  let cursor: string | undefined;
  do {
    const page = await loads.issues(id, { ...filter, limit: csvPage, cursor });
    yield page.items.map(({ n, kind, label, reason }) => [n, kind, label, reason]);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
