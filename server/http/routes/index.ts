import type { Sessions } from '../plugins/auth.ts';
import type { Routes } from '../routes.ts';
import { agentRoutes } from './agents.ts';
import { approvalLinkRoutes } from './approval-links.ts';
import { approvalRoutes } from './approvals.ts';
import { blockTypeRoutes } from './block-types.ts';
import { contactRoutes } from './contacts.ts';
import { credentialRoutes } from './credentials.ts';
import { explanationRoutes } from './explanations.ts';
import { fieldRoutes } from './fields.ts';
import { globalVariableRoutes } from './global-variables.ts';
import { healthRoutes } from './health.ts';
import { integrationRoutes } from './integrations.ts';
import { loadRoutes } from './loads.ts';
import { mappingVersionRoutes } from './mapping-versions.ts';
import { missedStartRoutes } from './missed-starts.ts';
import { notificationRoutes } from './notifications.ts';
import { operatorRoutes } from './operators.ts';
import { ownPresetRoutes } from './own-presets.ts';
import { peopleRoutes } from './people.ts';
import { planRoutes } from './plans.ts';
import { rerunRoutes } from './reruns.ts';
import { roleRoutes } from './roles.ts';
import { runRoutes } from './runs.ts';
import { saasUserRoutes } from './saas-users.ts';
import { safetyRoutes } from './safety.ts';
import { sessionRoutes } from './session.ts';
import { testRequestRoutes } from './test-requests.ts';
import { unclearCallRoutes } from './unclear-calls.ts';
import { undoRoutes } from './undo.ts';
import { vendorFileRoutes } from './vendor-files.ts';
import { vendorRoutes } from './vendors.ts';
import { versionRoutes } from './versions.ts';
import { webhookRoutes } from './webhooks.ts';
import { workflowFileRoutes } from './workflow-files.ts';
import { workflowRoutes } from './workflows.ts';

/** Every noun of the API. */
export const routes = (sessions: Sessions): Routes[] => [
  agentRoutes,
  approvalLinkRoutes,
  approvalRoutes,
  blockTypeRoutes,
  contactRoutes,
  credentialRoutes,
  explanationRoutes,
  fieldRoutes,
  globalVariableRoutes,
  healthRoutes,
  integrationRoutes,
  loadRoutes,
  mappingVersionRoutes,
  missedStartRoutes,
  notificationRoutes,
  operatorRoutes(sessions),
  ownPresetRoutes,
  peopleRoutes,
  planRoutes,
  rerunRoutes,
  roleRoutes,
  runRoutes,
  saasUserRoutes,
  safetyRoutes,
  sessionRoutes(sessions),
  testRequestRoutes,
  unclearCallRoutes,
  undoRoutes,
  vendorFileRoutes,
  vendorRoutes,
  versionRoutes,
  webhookRoutes,
  workflowFileRoutes,
  workflowRoutes,
];
