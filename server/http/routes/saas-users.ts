import { z } from 'zod';
import {
  appSchema,
  appsList,
  idParam,
  saasUserDetails,
  saasUsersFileQuery,
  saasUsersPage,
  saasUsersQuery,
  toExternalId,
} from '#contract';
import { AppError } from '#domain/errors';
import { saasUserValues } from '#domain/record-values';
import { sendCsv } from '../csv.ts';
import { readLines, toColumns, toFilter } from '../record-list.ts';
import type { Routes } from '../routes.ts';

const userParams = idParam.extend({ userId: z.string().max(100) });

/** Apps and the accounts in them. */
export const saasUserRoutes: Routes = (app, { apps, fields, clock }) => {
  app.get(
    '/apps',
    { config: { right: 'records.read' }, schema: { response: { 200: appsList } } },
    async () => ({ items: await apps.list() }),
  );

  app.get(
    '/apps/:id',
    { config: { right: 'records.read' }, schema: { params: idParam, response: { 200: appSchema } } },
    async ({ params }) => {
      const found = await apps.find(params.id);
      if (!found) throw new AppError('not_found', `There is no app "${params.id}".`);
      return found;
    },
  );

  app.get(
    '/apps/:id/users',
    {
      config: { right: 'records.read' },
      schema: { params: idParam, querystring: saasUsersQuery, response: { 200: saasUsersPage } },
    },
    ({ params, query }) => apps.users(params.id, { ...query, filter: toFilter(query.filter) }, clock.now()),
  );

  app.get(
    '/apps/:id/users.csv',
    {
      config: { right: 'records.read' },
      schema: { params: idParam, querystring: saasUsersFileQuery, produces: ['text/csv'] },
    },
    async ({ params, query: { columns: names, ...query } }, reply) => {
      const found = await apps.find(params.id);
      if (!found) throw new AppError('not_found', `There is no app "${params.id}".`);
      const columns = toColumns(names, 'saas_user', await fields.list());
      const wanted = { ...query, filter: toFilter(query.filter) };
      const now = clock.now();
      const lines = await readLines(
        (page) => apps.userRows(params.id, { ...wanted, ...page }, now),
        columns,
        (user) => ({ ...saasUserValues(user), 'record.person': user.personName }),
      );
      const name = toExternalId(found.name).replaceAll('_', '-');
      return sendCsv(
        reply,
        `${name}-users`,
        columns.map(({ label }) => label),
        lines,
      );
    },
  );

  app.get(
    '/apps/:id/users/:userId',
    { config: { right: 'records.read' }, schema: { params: userParams, response: { 200: saasUserDetails } } },
    async ({ params }) => {
      const found = await apps.user(params.id, params.userId);
      if (!found) throw new AppError('not_found', `The app has no user "${params.userId}".`);
      return found;
    },
  );
};
