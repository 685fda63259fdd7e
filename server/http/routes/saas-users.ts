import { z } from 'zod';
import { appSchema, appsList, idParam, saasUserDetails, saasUsersPage, saasUsersQuery } from '#contract';
import { AppError } from '#domain/errors';
import type { Routes } from '../routes.ts';

const userParams = idParam.extend({ userId: z.string().max(100) });

/** Apps and the accounts in them. */
export const saasUserRoutes: Routes = (app, { apps, clock }) => {
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
    ({ params, query }) => apps.users(params.id, query, clock.now()),
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
