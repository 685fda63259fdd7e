import { approvalLinkDecision, approvalLinkToken, approvalLinkView } from '#contract';
import type { Routes } from '../routes.ts';

/** Guessing a signature is hopeless; this keeps it from being a load. */
const guessing = { rateLimit: { max: 30, timeWindow: '1 minute' } };

/** Questions of workflows, for whoever has the link. Looking decides nothing, and the token stands in no URL of the API. */
export const approvalLinkRoutes: Routes = (app, { approvalLinks }) => {
  app.post(
    '/approval-links/look',
    {
      config: { right: 'public', ...guessing },
      schema: { body: approvalLinkToken, response: { 200: approvalLinkView } },
    },
    ({ body }) => approvalLinks.look(body.token),
  );

  app.post(
    '/approval-links/decision',
    {
      config: { right: 'public', ...guessing },
      schema: { body: approvalLinkDecision, response: { 200: approvalLinkView } },
    },
    ({ body: { token, ...decision } }) => approvalLinks.decide(token, decision),
  );
};
