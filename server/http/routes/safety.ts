import {
  approvalView,
  idParam,
  newProtectionSchema,
  protectionSchema,
  reasonQuery,
  releaseQuery,
  safetyChange,
  safetyState,
  stopInput,
  stopParam,
} from '#contract';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

const state = { response: { 200: safetyState } };

/** Stops, limits and protections. */
export const safetyRoutes: Routes = (app, { safety, approvals }) => {
  app.get('/safety', { config: { right: 'guard.read' }, schema: state }, (request) =>
    safety.state(callerOf(request)),
  );

  app.post(
    '/safety/stops',
    { config: { right: 'guard.stop' }, schema: { body: stopInput, response: { 201: safetyState } } },
    async (request, reply) => {
      const { scope, reason } = request.body;
      await safety.stop(scope, reason, callerOf(request));
      return reply.code(201).send(await safety.state(callerOf(request)));
    },
  );

  app.delete(
    '/safety/stops/:place',
    { config: { right: 'guard.write' }, schema: { ...state, params: stopParam, querystring: releaseQuery } },
    async (request) => {
      await safety.release(request.params.place, request.query, callerOf(request));
      return safety.state(callerOf(request));
    },
  );

  app.delete(
    '/safety/safe-mode',
    { config: { right: 'guard.write' }, schema: { ...state, querystring: releaseQuery } },
    async (request) => {
      await safety.leaveSafeMode(request.query, callerOf(request));
      return safety.state(callerOf(request));
    },
  );

  app.put(
    '/safety/settings',
    {
      config: { right: 'guard.write' },
      schema: { body: safetyChange, response: { 200: safetyState, 202: approvalView } },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const changed = await safety.change(request.body, caller);
      if (changed.kind === 'done') return reply.code(200).send(await safety.state(caller));
      return reply.code(202).send(await approvals.view(changed.approval.id, caller));
    },
  );

  app.post(
    '/safety/protections',
    {
      config: { right: 'guard.write' },
      schema: { body: newProtectionSchema, response: { 201: protectionSchema } },
    },
    async (request, reply) => reply.code(201).send(await safety.protect(request.body, callerOf(request))),
  );

  // A second person agrees before it goes.
  app.delete(
    '/safety/protections/:id',
    {
      config: { right: 'guard.write' },
      schema: { params: idParam, querystring: reasonQuery, response: { 202: approvalView } },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { id } = await safety.unprotect(request.params.id, request.query.reason, caller);
      return reply.code(202).send(await approvals.view(id, caller));
    },
  );
};
