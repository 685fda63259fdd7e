import type { FastifyReply } from 'fastify';
import { explanationSchema, idParam } from '#contract';
import { AppError } from '#domain/errors';
import type { Explanation } from '#domain/explanation';
import { toExplanationHtml } from '../explanation-html.ts';
import type { Routes } from '../routes.ts';

const userParams = idParam.extend({ uid: idParam.shape.id });
const asJson = { 200: explanationSchema };

/** What was done to somebody's accounts, and everything that led to it. */
export const explanationRoutes: Routes = (app, { explanations, clock }) => {
  const ofPerson = async (id: string) =>
    found(await explanations.ofPerson(id, clock.now()), `person "${id}"`);
  const ofUser = async (appId: string, id: string) =>
    found(await explanations.ofSaasUser(appId, id, clock.now()), `account "${id}" in this app`);
  const config = { right: 'records.read' } as const;

  app.get(
    '/people/:id/explanation',
    { config, schema: { params: idParam, response: asJson } },
    ({ params }) => ofPerson(params.id),
  );
  app.get(
    '/people/:id/explanation.html',
    { config, schema: { params: idParam, produces: ['text/html'] } },
    async ({ params }, reply) => sendFile(reply, await ofPerson(params.id)),
  );

  app.get(
    '/apps/:id/users/:uid/explanation',
    { config, schema: { params: userParams, response: asJson } },
    ({ params }) => ofUser(params.id, params.uid),
  );
  app.get(
    '/apps/:id/users/:uid/explanation.html',
    { config, schema: { params: userParams, produces: ['text/html'] } },
    async ({ params }, reply) => sendFile(reply, await ofUser(params.id, params.uid)),
  );
};

function found(explanation: Explanation | undefined, what: string): Explanation {
  if (!explanation) throw new AppError('not_found', `There is no ${what}.`);
  return explanation;
}

/** A file to keep, never a page of this server: what it quotes came from outside. */
const sendFile = (reply: FastifyReply, explanation: Explanation): FastifyReply =>
  reply
    .type('text/html; charset=utf-8')
    .header('content-disposition', `attachment; filename="what-happened-${explanation.about.id}.html"`)
    .send(toExplanationHtml(explanation));
