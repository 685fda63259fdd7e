import type { BlockDefinition } from '#engine/block';
import { api } from './api.ts';
import { approval } from './approval.ts';
import { begin } from './begin.ts';
import { collect } from './collect.ts';
import { end } from './end.ts';
import { forEach } from './for-each.ts';
import { ifBlock } from './if.ts';
import { inactiveFor } from './inactive-for.ts';
import { notify } from './notify.ts';
import { runWorkflow } from './run-workflow.ts';
import { saasUserRole } from './saas-user-role.ts';
import { setVariable } from './set-variable.ts';
import { stop } from './stop.ts';
import { switchBlock } from './switch.ts';
import { updateRecord } from './update-record.ts';
import { userLoad } from './user-load.ts';
import { wait } from './wait.ts';

/** Every block type, in the order in which the palette shows them. */
export const blocks: readonly BlockDefinition[] = [
  begin,
  end,
  stop,
  userLoad,
  saasUserRole,
  api,
  inactiveFor,
  ifBlock,
  switchBlock,
  forEach,
  collect,
  runWorkflow,
  setVariable,
  wait,
  updateRecord,
  notify,
  approval,
];
