import { unclearCallsPage, unclearCallsQuery, unclearDecided, unclearDecision } from '#contract';
import { AppError } from '#domain/errors';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

/** Calls whose outcome nobody knows, over all runs, and what a person says about them. */
export const unclearCallRoutes: Routes = (app, { unclearCalls, runs }) => {
  app.get(
    '/unclear-calls',
    {
      config: { right: 'runs.read' },
      schema: { querystring: unclearCallsQuery, response: { 200: unclearCallsPage } },
    },
    ({ query }) => unclearCalls.list(query),
  );

  app.post(
    '/unclear-calls/decisions',
    {
      config: { right: 'runs.settle' },
      schema: { body: unclearDecision, response: { 200: unclearDecided } },
    },
    async (request) => {
      const { choice, calls } = request.body;
      const { name } = callerOf(request);
      const refused: { runId: string; n: number; reason: string }[] = [];
      // One after the other: each is heard on its own, and one that was settled meanwhile stops none of the others.
      for (const { runId, n, step } of calls) {
        try {
          await runs.resolve(runId, n, choice, name, step);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          refused.push({ runId, n, reason: error.message });
        }
      }
      return { settled: calls.length - refused.length, refused };
    },
  );
};
