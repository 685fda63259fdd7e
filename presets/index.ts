import type { Recipe } from '#domain/recipe';
import type { Vendor } from '#domain/vendor';
import { goto } from './goto/goto.ts';
import { ninjaone } from './ninjaone/ninjaone.ts';
import { planhat } from './planhat/planhat.ts';
import { inactiveLadder } from './recipes/inactive-ladder.ts';
import { offboarding } from './recipes/offboarding.ts';
import { onboarding } from './recipes/onboarding.ts';
import { roleSync } from './recipes/role-sync.ts';
import { webexCleanup } from './recipes/webex-cleanup.ts';
import { scim } from './scim/scim.ts';
import { webex } from './webex/webex.ts';
import { zoom } from './zoom/zoom.ts';

/** Every vendor that this server knows, in the order of the alphabet. */
export const vendors: readonly Vendor[] = [goto, ninjaone, planhat, scim, webex, zoom];

/** Workflows that are drawn already: what is done most often first, and what can be taken back before what cannot. */
export const recipes: readonly Recipe[] = [
  inactiveLadder({
    vendor: webex,
    read: 'get-user-details',
    disable: 'disable-sign-in',
    remove: 'delete-user',
    field: 'webex_user_id',
  }),
  inactiveLadder({
    vendor: zoom,
    disable: 'deactivate-user',
    remove: 'delete-user',
    hasHeir: true,
    field: 'zoom_id',
  }),
  onboarding,
  offboarding,
  webexCleanup,
  ...[webex, zoom, planhat, ninjaone].map((vendor) => roleSync(vendor)),
  roleSync(goto, { recordType: 'person', externalId: 'goto_account_key', label: 'GoTo account key' }),
];
