import type { Recipe } from '#domain/recipe';
import type { Block, Edge } from '#domain/workflow';
import { webex } from '../webex/webex.ts';
import { at, beginByHand, edge, everything, partsOf, presetOf } from './drawing.ts';

/** Finds the people of a Webex organisation whom nobody has seen for 90 days, and removes their accounts. */
export const webexCleanup: Recipe = {
  id: 'webex-inactive-user-cleanup',
  title: 'Webex inactive-user cleanup',
  summary:
    'Loads every Webex user, looks each one up, and deletes the accounts that were not used for 90 days. Whoever was never seen is left alone.',
  records: 'saas_users',
  needs: [{ vendorId: 'webex', parts: everything }],
  build(parts) {
    const { credentialId, integrationId, appId } = partsOf(parts, 'webex');
    const blocks: Block[] = [
      {
        id: 'begin',
        type: 'begin',
        name: 'Begin',
        position: at(0, 0),
        settings: beginByHand,
      },
      {
        id: 'load_users',
        type: 'user-load',
        name: 'Load Webex users',
        position: at(1, 0),
        settings: { integrationId },
      },
      {
        id: 'look_up',
        type: 'saas-user-role',
        name: 'Look up in Webex',
        position: at(2, 0),
        settings: { vendorId: 'webex', credentialId, deactivateMissing: true },
      },
      {
        id: 'inactive',
        type: 'inactive-for',
        name: 'Inactive for 90 days',
        position: at(0, 206),
        settings: { lastActivity: '{{last_activity}}', days: 90 },
      },
      {
        id: 'get_details',
        type: 'api',
        name: 'Get user details',
        position: at(1, 206),
        settings: presetOf(webex, 'get-user-details', credentialId),
      },
      {
        id: 'delete_user',
        type: 'api',
        name: 'Delete user',
        position: at(2, 206),
        settings: presetOf(webex, 'delete-user', credentialId),
      },
      {
        id: 'mark',
        type: 'update-record',
        name: 'Mark as deactivated',
        position: at(0, 522),
        settings: { setStatus: 'deactivated', assignments: [] },
      },
      {
        id: 'summary',
        type: 'notify',
        name: 'Summary',
        position: at(1, 522),
        settings: {
          when: 'end',
          level: 'success',
          title: 'Webex clean-up has finished',
          message:
            '{{default blocks.delete_user.success 0}} inactive accounts removed. {{default blocks.inactive.active 0}} active and {{default blocks.inactive.unknown 0}} with unknown activity left alone. {{default run.failed 0}} failed, {{default run.needs_attention 0}} need a decision.',
        },
      },
      { id: 'end', type: 'end', name: 'End', position: at(2, 522), settings: {} },
      { id: 'left_alone', type: 'end', name: 'Left alone', position: at(1, 362), settings: {} },
    ];
    const edges: Edge[] = [
      edge('begin.next > load_users'),
      edge('load_users.success > look_up'),
      edge('look_up.found > inactive'),
      edge('look_up.not_found > left_alone'),
      edge('inactive.inactive > get_details'),
      edge('inactive.active > left_alone'),
      edge('inactive.unknown > left_alone'),
      edge('get_details.success > delete_user'),
      edge('delete_user.success > mark'),
      edge('mark.success > summary'),
      edge('summary.success > end'),
    ];
    return {
      name: 'Webex inactive-user cleanup',
      description:
        'Removes Webex accounts that were not used for 90 days. Never-seen accounts are left alone.',
      records: { kind: 'saas_users', appId },
      graph: { blocks, edges },
    };
  },
};
