import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { idParam, listQuery, notificationsPage } from '#contract';
import { AppError } from '#domain/errors';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

const read = z.strictObject({ isRead: z.literal(true) });
const page = listQuery.omit({ search: true });

const readerOf = (request: FastifyRequest) => callerOf(request).operator?.id ?? null;

/** What blocks and loads tell the operators. */
export const notificationRoutes: Routes = (app, { notifications }) => {
  app.get(
    '/notifications',
    { config: { right: 'signed-in' }, schema: { querystring: page, response: { 200: notificationsPage } } },
    (request) => notifications.list(request.query, readerOf(request)),
  );

  app.put(
    '/notifications/read',
    { config: { right: 'signed-in' }, schema: { response: { 200: read } } },
    async (request) => {
      await notifications.markAllRead(readerOf(request));
      return { isRead: true as const };
    },
  );

  app.put(
    '/notifications/:id/read',
    { config: { right: 'signed-in' }, schema: { params: idParam, response: { 200: read } } },
    async (request) => {
      if (!(await notifications.markRead(request.params.id, readerOf(request))))
        throw new AppError('not_found', 'The notification does not exist.');
      return { isRead: true as const };
    },
  );
};
