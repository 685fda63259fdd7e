import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { idParam, webhookAnswer, webhookSecret, webhookView } from '#contract';
import { callerOf } from '../plugins/auth.ts';
import type { App, Routes } from '../routes.ts';

/** Guessing signatures is hopeless; this keeps it from being a load. */
const often = { rateLimit: { max: 120, timeWindow: '1 minute' } };
const bodyLimit = 64 * 1024;

/** Other systems start workflows here, and operators give them the secret to do so. */
export const webhookRoutes: Routes = (app, { webhooks }) => {
  app.get(
    '/workflows/:id/webhook',
    {
      config: { right: 'workflows.read' },
      schema: { params: idParam, response: { 200: webhookView } },
    },
    ({ params }) => webhooks.view(params.id),
  );

  app.post(
    '/workflows/:id/webhook',
    {
      config: { right: 'workflows.write' },
      schema: { params: idParam, response: { 201: webhookSecret } },
    },
    async (request, reply) =>
      reply.code(201).send(await webhooks.renew(request.params.id, callerOf(request))),
  );

  app.delete(
    '/workflows/:id/webhook',
    {
      config: { right: 'workflows.write' },
      schema: { params: idParam, response: { 204: z.null() } },
    },
    async ({ params }, reply) => {
      await webhooks.remove(params.id);
      return reply.code(204).send(null);
    },
  );

  // A signature is over the body as it came, so it is not read before it is proven.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      /^application\/json(; ?charset=utf-8)?$/i,
      { parseAs: 'string', bodyLimit },
      (_request, body, done) => done(null, String(body)),
    );
    (scope as unknown as App).post(
      '/hooks/:id',
      {
        config: { right: 'public', ...often },
        bodyLimit,
        schema: { params: idParam, response: { 200: webhookAnswer, 202: webhookAnswer } },
      },
      async (request, reply) => {
        const answer = await webhooks.call(request.params.id, {
          id: headerOf(request, 'x-rollcall-id'),
          timestamp: headerOf(request, 'x-rollcall-timestamp'),
          signature: headerOf(request, 'x-rollcall-signature'),
          body: typeof request.body === 'string' ? request.body : '',
        });
        return reply.code(answer.isRepeat ? 200 : 202).send(answer);
      },
    );
  });
};

/** A header that came twice proves nothing. */
function headerOf({ headers }: FastifyRequest, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}
