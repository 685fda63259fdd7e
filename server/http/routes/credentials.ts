import { z } from 'zod';
import {
  authorization,
  authorizationInput,
  credentialChange,
  credentialDetails,
  credentialInput,
  credentialsList,
  credentialTest,
  idParam,
  paceSchema,
} from '#contract';
import { AppError } from '#domain/errors';
import type { Principal } from '#engine/access-ports';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

const one = { params: idParam, response: { 200: credentialDetails } };

/** Credentials, and the way to a vendor's login and back. */
export const credentialRoutes: Routes = (app, { credentials }) => {
  app.get(
    '/credentials',
    { config: { right: 'credentials.read' }, schema: { response: { 200: credentialsList } } },
    async () => ({ items: await credentials.list() }),
  );

  app.post(
    '/credentials',
    {
      config: { right: 'credentials.write' },
      schema: { body: credentialInput, response: { 201: credentialDetails } },
    },
    async ({ body }, reply) => reply.code(201).send(await credentials.create(body)),
  );

  app.get('/credentials/:id', { config: { right: 'credentials.read' }, schema: one }, ({ params }) =>
    credentials.find(params.id),
  );

  app.patch(
    '/credentials/:id',
    { config: { right: 'credentials.write' }, schema: { ...one, body: credentialChange } },
    (request) => credentials.update(request.params.id, request.body, callerOf(request)),
  );

  app.delete(
    '/credentials/:id',
    { config: { right: 'credentials.write' }, schema: { params: idParam, response: { 204: z.null() } } },
    async ({ params }, reply) => {
      await credentials.remove(params.id);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/credentials/:id/pace',
    {
      config: { right: 'credentials.read' },
      schema: { params: idParam, response: { 200: paceSchema } },
    },
    ({ params }) => credentials.pace(params.id),
  );

  app.post(
    '/credentials/:id/authorization',
    {
      config: { right: 'credentials.write' },
      schema: { params: idParam, body: authorizationInput, response: { 201: authorization } },
    },
    async (request, reply) => {
      const { returnTo } = request.body;
      const sessionHash = proofOf(callerOf(request));
      const path = returnTo === '/credentials' ? `/credentials/${request.params.id}` : returnTo;
      return reply
        .code(201)
        .send(await credentials.authorize(request.params.id, { sessionHash, returnTo: path }));
    },
  );

  app.post(
    '/credentials/:id/test',
    {
      config: { right: 'credentials.write' },
      schema: { params: idParam, response: { 200: credentialTest } },
    },
    ({ params }) => credentials.test(params.id),
  );

  // The vendor sends the browser here. Whatever happened is told on the page that it came from.
  app.get(
    '/oauth/callback',
    { config: { right: 'credentials.write' }, schema: { hide: true } },
    async (request, reply) => {
      try {
        const { returnTo, error } = await credentials.finish(
          request.url.slice(request.url.indexOf('?')),
          proofOf(callerOf(request)),
        );
        return reply.redirect(
          withQuery(returnTo, error === null ? { authenticated: '1' } : { problem: error }),
        );
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return reply.redirect(withQuery('/credentials', { problem: error.message }));
      }
    },
  );
};

/** What a login is bound to: the browser's session, or the token of a script. */
const proofOf = (principal: Principal): string => principal.sessionHash || principal.id;

const withQuery = (path: string, query: Record<string, string>): string =>
  `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(query).toString()}`;
