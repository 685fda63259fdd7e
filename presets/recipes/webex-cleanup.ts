import type { Recipe } from '#domain/recipe';
import { webex } from '../webex/webex.ts';
import { at, beginByHand, draw, everything, partsOf, presetOf } from './drawing.ts';

/** Finds the people of a Webex organisation whom nobody has seen for 90 days, and removes their accounts. */
export const webexCleanup: Recipe = {
  id: 'webex-inactive-user-cleanup',
  title: 'Webex inactive-user cleanup',
  summary:
    'Loads every Webex user, looks each one up, and deletes the accounts that were not used for 90 days, at once: the recipe in two steps gives everybody two weeks to object. Whoever was never seen is left alone.',
  records: 'saas_users',
  needs: [{ vendorId: 'webex', parts: everything }],
  fields: [{ recordType: 'person', externalId: 'webex_user_id', label: 'Webex ID' }],
  build(parts) {
    const { credentialId, integrationId, appId } = partsOf(parts, 'webex');
    const lookUp = { vendorId: 'webex', credentialId, deactivateMissing: true };
    const isInactive = { lastActivity: '{{last_activity}}', days: 90 };
    const graph = draw(
      {
        begin: ['begin', 'Begin', at(0, 0), beginByHand],
        load_users: ['user-load', 'Load Webex users', at(1, 0), { integrationId }],
        look_up: ['saas-user-role', 'Look up in Webex', at(0, 190), lookUp],
        inactive: ['inactive-for', 'Inactive for 90 days', at(1, 190), isInactive],
        get_details: [
          'api',
          'Get user details',
          at(2, 190),
          presetOf(webex, 'get-user-details', credentialId),
        ],
        delete_user: ['api', 'Delete user', at(3, 190), presetOf(webex, 'delete-user', credentialId)],
        not_there: ['end', 'Not there', at(1, 380)],
        left_alone: ['end', 'Left alone', at(2, 380)],
        mark: [
          'update-record',
          'Mark as deactivated',
          at(0, 550),
          { setStatus: 'deactivated', assignments: [] },
        ],
        summary: [
          'notify',
          'Summary',
          at(1, 550),
          {
            when: 'end',
            level: 'success',
            title: 'Webex clean-up has finished',
            message:
              '{{default blocks.delete_user.success 0}} inactive accounts removed. {{default blocks.inactive.active 0}} active and {{default blocks.inactive.unknown 0}} with unknown activity left alone. {{default run.failed 0}} failed, {{default run.needs_attention 0}} need a decision.',
          },
        ],
        end: ['end', 'End', at(2, 550)],
      },
      [
        'begin.next > load_users',
        'load_users.success > look_up',
        'look_up.found > inactive',
        'look_up.not_found > not_there',
        'inactive.inactive > get_details',
        'inactive.active > left_alone',
        'inactive.unknown > left_alone',
        'get_details.success > delete_user',
        'delete_user.success > mark',
        'mark.success > summary',
        'summary.success > end',
      ],
    );
    return {
      name: 'Webex inactive-user cleanup',
      description:
        'Removes Webex accounts that were not used for 90 days. Never-seen accounts are left alone.',
      records: { kind: 'saas_users', appId },
      graph,
    };
  },
};
