import type { Vendor } from '#domain/vendor';
import { goto } from '../goto/goto.ts';
import { ninjaone } from '../ninjaone/ninjaone.ts';
import { planhat } from '../planhat/planhat.ts';
import { webex } from '../webex/webex.ts';
import { zoom } from '../zoom/zoom.ts';
import { heir } from './drawing.ts';

/** An app in which an account is switched off and, later, deleted. */
export interface Place {
  vendor: Vendor;
  /** The person field by which the presets know the account. */
  field: { externalId: string; label: string };
  /** The preset that reads what another one changes and sends back whole; absent where none does. */
  read?: string;
  /** Absent where the vendor has no way to switch an account off. */
  disable?: string;
  /** One preset; or one for each type of account, where those are apart. */
  remove: readonly { preset: string; type?: string; title: string }[];
  /** Inputs of the preset that removes. */
  inputs?: Record<string, string>;
}

const technicians = { preset: 'delete-technician', type: 'TECHNICIAN', title: 'NinjaOne technician' };
const endUsers = { preset: 'delete-end-user', type: 'END_USER', title: 'NinjaOne end user' };

/** How each vendor lets go of somebody. */
export const places: readonly Place[] = [
  {
    vendor: webex,
    field: { externalId: 'webex_user_id', label: 'Webex User ID' },
    read: 'get-user-details',
    disable: 'disable-sign-in',
    remove: [{ preset: 'delete-user', title: webex.title }],
  },
  {
    vendor: zoom,
    field: { externalId: 'zoom_id', label: 'Zoom ID' },
    disable: 'deactivate-user',
    remove: [{ preset: 'delete-user', title: zoom.title }],
    inputs: heir,
  },
  {
    vendor: planhat,
    field: { externalId: 'planhat_user_id', label: 'Planhat User ID' },
    disable: 'deactivate-user',
    remove: [{ preset: 'delete-user', title: planhat.title }],
  },
  {
    vendor: goto,
    field: { externalId: 'goto_user_key', label: 'GoTo User Key' },
    // Without licences and roles GoTo counts a user as suspended.
    disable: 'remove-licences',
    remove: [{ preset: 'delete-user', title: goto.title }],
  },
  {
    vendor: ninjaone,
    field: { externalId: 'ninja_user_id', label: 'NinjaOne User ID' },
    remove: [technicians, endUsers],
  },
];
