/** Everything that crosses the wire. The web imports this and nothing else of the server. */
export * from '../domain/agent.ts';
export * from '../domain/api-settings.ts';
export * from '../domain/approval.ts';
export * from '../domain/block-type.ts';
export * from '../domain/canvas-marks.ts';
export * from '../domain/condition.ts';
export * from '../domain/convert.ts';
export * from '../domain/converter.ts';
export * from '../domain/credential.ts';
export * from '../domain/difference-words.ts';
export * from '../domain/dry-run.ts';
export * from '../domain/effect.ts';
export * from '../domain/explanation.ts';
export * from '../domain/field.ts';
export {
  type GlobalUse,
  type GlobalValue,
  type GlobalValues,
  globalNameSchema,
  globalSpace,
} from '../domain/global-variable.ts';
export * from '../domain/guard.ts';
export * from '../domain/integration.ts';
export * from '../domain/limits.ts';
export * from '../domain/list-field.ts';
export * from '../domain/load.ts';
export * from '../domain/loosens.ts';
export * from '../domain/mapping.ts';
export * from '../domain/mapping-source.ts';
export * from '../domain/mapping-warnings.ts';
export * from '../domain/own-preset.ts';
export * from '../domain/pace.ts';
export { parsePath, readPath } from '../domain/path.ts';
export * from '../domain/person.ts';
export * from '../domain/person-role.ts';
export * from '../domain/protection.ts';
export * from '../domain/record-values.ts';
export * from '../domain/rerun.ts';
export * from '../domain/rights.ts';
export * from '../domain/run.ts';
export * from '../domain/saas-user.ts';
export * from '../domain/schedule.ts';
export * from '../domain/schedule-times.ts';
export * from '../domain/start-slot.ts';
export * from '../domain/template-names.ts';
export * from '../domain/test-request.ts';
export * from '../domain/undo-plan.ts';
export * from '../domain/vendor.ts';
export { webhookVendor } from '../domain/webhook.ts';
export * from '../domain/workflow.ts';
export * from '../domain/workflow-file.ts';
export {
  type ReferenceKind,
  referenceKinds,
  translateReferences,
  unmarkApps,
} from '../domain/workflow-references.ts';
export * from './agents.ts';
export * from './approval-links.ts';
export * from './approvals.ts';
export * from './contacts.ts';
export * from './credentials.ts';
export * from './global-variables.ts';
export * from './integrations.ts';
export * from './list.ts';
export * from './live.ts';
export * from './loads.ts';
export * from './missed-starts.ts';
export * from './notifications.ts';
export * from './operators.ts';
export * from './plans.ts';
export * from './records.ts';
export * from './runs.ts';
export * from './safety.ts';
export * from './session.ts';
export * from './unclear-calls.ts';
export * from './vendor-files.ts';
export * from './versions.ts';
export * from './webhooks.ts';
export * from './workflow-files.ts';
export * from './workflows.ts';
