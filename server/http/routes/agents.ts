import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  type AgentWork,
  agentAnswer,
  agentContact,
  agentCredentialChoice,
  agentEnd,
  agentInput,
  agentInvitation,
  agentKey,
  agentNames,
  agentOrder,
  agentPage,
  agentRegistration,
  agentsList,
  credentialTest,
  idParam,
  loadSchema,
} from '#contract';
import type { AgentLoad } from '#engine/agent-ports';
import type { Routes } from '../routes.ts';

/** A hundred records with all that the vendor says of them, twice. */
const pageLimit = 64 * 1024 * 1024;

/** Guessing is slowed per address. */
const guessing = { rateLimit: { max: 10, timeWindow: '1 minute' } };

/** Agents as operators see them, and below `/agent` what an agent itself says and asks. */
export const agentRoutes: Routes = (app, { agents, agentLoads, agentQuestions, safety, version }) => {
  app.get(
    '/agents',
    { config: { right: 'credentials.read' }, schema: { response: { 200: agentsList } } },
    async () => ({ items: await agents.list(), version }),
  );

  app.post(
    '/agents',
    {
      config: { right: 'credentials.write' },
      schema: { body: agentInput, response: { 201: agentInvitation } },
    },
    async ({ body }, reply) => reply.code(201).send(await agents.create(body.name)),
  );

  // A token of its own: whoever held the agent's key before is out at once.
  app.post(
    '/agents/:id/invitation',
    {
      config: { right: 'credentials.write' },
      schema: { params: idParam, response: { 201: agentInvitation } },
    },
    async ({ params }, reply) => reply.code(201).send(await agents.invite(params.id)),
  );

  app.delete(
    '/agents/:id',
    { config: { right: 'credentials.write' }, schema: { params: idParam, response: { 204: z.null() } } },
    async ({ params }, reply) => {
      await agents.remove(params.id);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/agents/:id/credential-test',
    {
      config: { right: 'credentials.write' },
      schema: { params: idParam, body: agentCredentialChoice, response: { 200: credentialTest } },
    },
    ({ params, body }) => agents.testCredential(params.id, body.credential),
  );

  // Agents are no operators: their key opens what is below here and nothing else.
  const caller = (request: FastifyRequest) => agents.byKey(bearerOf(request));
  const own = {
    config: { right: 'public' as const },
    // Before the body is read: strangers send nothing large.
    onRequest: async (request: FastifyRequest) => void (await caller(request)),
  };

  app.post(
    '/agent/registration',
    {
      config: { right: 'public', ...guessing },
      schema: { hide: true, body: agentRegistration, response: { 201: agentKey } },
    },
    async ({ body }, reply) => reply.code(201).send(await agents.register(body.token, body.version)),
  );

  app.post(
    '/agent/contact',
    { ...own, schema: { hide: true, body: agentContact, response: { 200: agentOrder } } },
    async (request) => {
      const agent = await caller(request);
      const { fence, ...report } = request.body;
      await agents.contact(agent, report);
      // An agent calls vendors for this server, so it gets nothing to do either.
      if (safety.closedBy() !== null) return { version, goesOn: false, work: null, questions: [] };
      // Another version may read the same mapping otherwise.
      const isSame = report.version === version;
      if (!isSame && fence === null) return { version, goesOn: false, work: null, questions: [] };
      const { goesOn, work } = await agentLoads.next(agent, fence);
      const questions = isSame ? agentQuestions.next(agent) : [];
      return { version, goesOn, work: work && toWork(work), questions };
    },
  );

  app.post(
    '/agent/questions/:id/answer',
    {
      ...own,
      bodyLimit: pageLimit,
      schema: { hide: true, params: idParam, body: agentAnswer, response: { 204: z.null() } },
    },
    async (request, reply) => {
      agentQuestions.answer(await caller(request), request.params.id, request.body);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/agent/loads/:id/pages',
    {
      ...own,
      bodyLimit: pageLimit,
      schema: { hide: true, params: idParam, body: agentPage, response: { 200: loadSchema } },
    },
    async (request) => agentLoads.page(await caller(request), request.params.id, request.body),
  );

  app.post(
    '/agent/loads/:id/names',
    {
      ...own,
      bodyLimit: pageLimit,
      schema: { hide: true, params: idParam, body: agentNames, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { fence, lists } = request.body;
      await agentLoads.names(await caller(request), request.params.id, fence, lists);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/agent/loads/:id/end',
    { ...own, schema: { hide: true, params: idParam, body: agentEnd, response: { 204: z.null() } } },
    async (request, reply) => {
      const { fence, error } = request.body;
      await agentLoads.end(await caller(request), request.params.id, fence, error);
      return reply.code(204).send(null);
    },
  );
};

/** An agent needs to know how to load, and not whom to tell. */
function toWork({ integration, fields, ...work }: AgentLoad): AgentWork {
  const { name, vendorId, mode, preference, inputs, mapping, agentCredential } = integration;
  return {
    ...work,
    fields: [...fields],
    integration: { name, vendorId, mode, preference, inputs, mapping, agentCredential },
  };
}

function bearerOf({ headers }: FastifyRequest): string {
  const [scheme = '', key = ''] = headers.authorization?.split(' ') ?? [];
  return scheme.toLowerCase() === 'bearer' ? key : '';
}
