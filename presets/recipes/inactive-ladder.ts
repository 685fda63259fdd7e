import type { Recipe } from '#domain/recipe';
import type { Vendor } from '#domain/vendor';
import { at, beginByHand, draw, everything, heir, managerField, partsOf, presetOf } from './drawing.ts';

interface Ladder {
  vendor: Vendor;
  /** The preset that reads what another one changes and sends back whole; absent where none does. */
  read?: string;
  /** Presets that take the account away for a time, and for good. */
  disable: string;
  remove: string;
  /** Whether what the account owns is handed over to the manager. */
  hasHeir?: boolean;
  /** The person field by which the presets know the account. */
  field: string;
}

const inactiveDays = 90;
const waitDays = 14;

/**
 * Finds accounts that nobody has used for 90 days, disables them, waits for two weeks, looks again, and deletes those
 * that are still unused: whoever needs the account has two weeks to say so.
 */
export const inactiveLadder = ({
  vendor,
  read,
  disable,
  remove,
  hasHeir = false,
  field,
}: Ladder): Recipe => ({
  id: `${vendor.id}-inactive-user-ladder`,
  title: `${vendor.title} inactive users, in two steps`,
  summary: `Disables ${vendor.title} accounts that were not used for ${inactiveDays} days, waits ${waitDays} days, looks again, and deletes those that are still unused. Whoever was never seen is left alone.`,
  records: 'saas_users',
  needs: [{ vendorId: vendor.id, parts: everything }],
  fields: [
    { recordType: 'person', externalId: field, label: `${vendor.title} ID` },
    ...(hasHeir ? [managerField] : []),
  ],
  build(parts) {
    const { credentialId, integrationId, appId } = partsOf(parts, vendor.id);
    const lookUp = { vendorId: vendor.id, credentialId, deactivateMissing: true };
    const isInactive = { lastActivity: '{{last_activity}}', days: inactiveDays };
    const graph = draw(
      {
        begin: ['begin', 'Begin', at(0, 0), beginByHand],
        load_users: ['user-load', `Load ${vendor.title} users`, at(1, 0), { integrationId }],
        look_up: ['saas-user-role', `Look up in ${vendor.title}`, at(0, 190), lookUp],
        inactive: ['inactive-for', `Inactive for ${inactiveDays} days`, at(1, 190), isInactive],
        ...(read && { read: ['api', 'Read the account', at(2, 190), presetOf(vendor, read, credentialId)] }),
        disable: [
          'api',
          'Disable the account',
          at(read ? 3 : 2, 190),
          presetOf(vendor, disable, credentialId),
        ],
        not_there: ['end', 'Not there', at(1, 380)],
        left_alone: ['end', 'Left alone', at(2, 380)],
        wait: [
          'wait',
          `Wait ${waitDays} days`,
          at(0, 550),
          { mode: 'duration', amount: waitDays, unit: 'days' },
        ],
        look_again: ['saas-user-role', 'Look again', at(1, 550), lookUp],
        still_inactive: ['inactive-for', 'Still not used', at(2, 550), isInactive],
        remove: [
          'api',
          'Delete the account',
          at(3, 550),
          presetOf(vendor, remove, credentialId, hasHeir ? heir : {}),
        ],
        gone: ['end', 'Gone meanwhile', at(2, 740)],
        stays: ['end', 'Not deleted', at(3, 740)],
        mark: [
          'update-record',
          'Mark as deactivated',
          at(0, 910),
          { setStatus: 'deactivated', assignments: [] },
        ],
        summary: [
          'notify',
          'Summary',
          at(1, 910),
          {
            when: 'end',
            level: 'success',
            title: `${vendor.title}: inactive accounts`,
            message:
              '{{default blocks.disable.success 0}} accounts disabled, {{default blocks.remove.success 0}} of them deleted two weeks later. {{default blocks.inactive.active 0}} active and {{default blocks.inactive.unknown 0}} with unknown activity left alone. {{default run.failed 0}} failed, {{default run.needs_attention 0}} need a decision.',
          },
        ],
      },
      [
        'begin.next > load_users',
        'load_users.success > look_up',
        'look_up.found > inactive',
        'look_up.not_found > not_there',
        ...(read ? ['inactive.inactive > read', 'read.success > disable'] : ['inactive.inactive > disable']),
        'inactive.active > left_alone',
        'inactive.unknown > left_alone',
        'disable.success > wait',
        'wait.next > look_again',
        'look_again.found > still_inactive',
        'look_again.not_found > gone',
        'still_inactive.inactive > remove',
        'still_inactive.active > stays',
        'still_inactive.unknown > stays',
        'remove.success > mark',
        'mark.success > summary',
      ],
    );
    return {
      name: `${vendor.title} inactive users, in two steps`,
      description: `Disables unused ${vendor.title} accounts, and deletes them two weeks later when they are still unused.`,
      records: { kind: 'saas_users', appId },
      graph,
    };
  },
});
