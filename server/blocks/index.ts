import type { BlockDefinition } from '#engine/block';
import { api } from './api.ts';
import { begin } from './begin.ts';
import { end } from './end.ts';
import { ifBlock } from './if.ts';
import { inactiveFor } from './inactive-for.ts';
import { notify } from './notify.ts';
import { saasUserRole } from './saas-user-role.ts';
import { updateRecord } from './update-record.ts';
import { userLoad } from './user-load.ts';
import { wait } from './wait.ts';

/** Every block type, in the order in which the palette shows them. */
export const blocks: readonly BlockDefinition[] = [
  begin,
  end,
  userLoad,
  saasUserRole,
  api,
  inactiveFor,
  ifBlock,
  wait,
  updateRecord,
  notify,
];
