import { z } from 'zod';
import { idParam, listQuery, notificationsPage } from '#contract';
import { AppError } from '#domain/errors';
import type { Routes } from '../routes.ts';

const read = z.strictObject({ isRead: z.literal(true) });
const page = listQuery.omit({ search: true });

/** What blocks and loads tell the operators. */
export const notificationRoutes: Routes = (app, { notifications }) => {
  app.get(
    '/notifications',
    { config: { right: 'signed-in' }, schema: { querystring: page, response: { 200: notificationsPage } } },
    ({ query }) => notifications.list(query),
  );

  app.put(
    '/notifications/read',
    { config: { right: 'signed-in' }, schema: { response: { 200: read } } },
    async () => {
      await notifications.markAllRead();
      return { isRead: true as const };
    },
  );

  app.put(
    '/notifications/:id/read',
    { config: { right: 'signed-in' }, schema: { params: idParam, response: { 200: read } } },
    async ({ params }) => {
      if (!(await notifications.markRead(params.id)))
        throw new AppError('not_found', 'The notification does not exist.');
      return { isRead: true as const };
    },
  );
};
