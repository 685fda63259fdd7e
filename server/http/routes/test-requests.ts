import { idParam, testRequestInput, testRequestSchema } from '#contract';
import { callerOf } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';

/** Longer than a call may take with its turn in the line of a slow vendor; nobody waits for more at a screen. */
const patienceMs = 90_000;

/** Trying the request of one block for one record. */
export const testRequestRoutes: Routes = (app, { testRequests }) => {
  app.post(
    '/workflows/:id/test-requests',
    {
      config: { right: 'workflows.write' },
      schema: { params: idParam, body: testRequestInput, response: { 200: testRequestSchema } },
    },
    (request) =>
      testRequests.make(request.params.id, request.body, callerOf(request), AbortSignal.timeout(patienceMs)),
  );
};
