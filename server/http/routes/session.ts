import { z } from 'zod';
import { confirmation, operator, sessionState, setUp, signIn } from '#contract';
import { callerOf, type Sessions } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

/** Guessing is slowed per address; a password is checked at most this often. */
const guessing = { rateLimit: { max: 10, timeWindow: '1 minute' } };

/** The first owner, signing in and out. */
export const sessionRoutes =
  (sessions: Sessions): Routes =>
  (app, { access, version, publicUrl, sandbox, newestChange }) => {
    app.get(
      '/session',
      { config: { right: 'public' }, schema: { response: { 200: sessionState } } },
      async (request) => {
        // Before anything is read: a change meanwhile is told.
        const newest = newestChange();
        const principal = await sessions.principalOf(request);
        return {
          isSetUp: await access.isSetUp(),
          operator: principal?.operator ?? null,
          rights: [...(principal?.rights ?? [])],
          version,
          publicUrl,
          hasSandbox: sandbox().vendors.length > 0,
          newestChange: principal ? newest : 0,
        };
      },
    );

    app.post(
      '/setup',
      { config: { right: 'public', ...guessing }, schema: { body: setUp, response: { 201: operator } } },
      async ({ body }, reply) => {
        const owner = await access.setUp(body);
        sessions.set(reply, await access.openSession(owner.id));
        return reply.code(201).send(owner);
      },
    );

    app.post(
      '/session',
      { config: { right: 'public', ...guessing }, schema: { body: signIn, response: { 201: operator } } },
      async ({ body }, reply) => {
        const found = await access.signIn(body.email, body.password);
        sessions.set(reply, await access.openSession(found.id));
        return reply.code(201).send(found);
      },
    );

    app.put(
      '/session/confirmation',
      {
        config: { right: 'signed-in', ...guessing },
        schema: { body: confirmation, response: { 204: z.null() } },
      },
      async (request, reply) => {
        await access.confirm(callerOf(request), request.body.password);
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/session',
      { config: { right: 'signed-in' }, schema: { response: { 204: z.null() } } },
      async (request, reply) => {
        const cookie = sessions.of(request);
        if (cookie !== undefined) await access.closeSession(cookie);
        sessions.clear(reply);
        return reply.code(204).send(null);
      },
    );
  };
