import { idParam, missedStartDecided, missedStartDecision, missedStartsList } from '#contract';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

/** Starts that a schedule missed and that wait for a person. */
export const missedStartRoutes: Routes = (app, { missedStarts }) => {
  app.get(
    '/missed-starts',
    { config: { right: 'runs.read' }, schema: { response: { 200: missedStartsList } } },
    async () => ({ items: await missedStarts.list() }),
  );

  app.post(
    '/missed-starts/:id/decision',
    {
      config: { right: 'runs.start' },
      schema: { params: idParam, body: missedStartDecision, response: { 200: missedStartDecided } },
    },
    async (request) => {
      const { params, body } = request;
      return { runId: await missedStarts.decide(params.id, body.choice, callerOf(request).name) };
    },
  );
};
