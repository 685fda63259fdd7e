import type { Recipe } from '#domain/recipe';
import type { Vendor } from '#domain/vendor';
import { planhat } from '../planhat/planhat.ts';
import { webex } from '../webex/webex.ts';
import { zoom } from '../zoom/zoom.ts';
import { at, beginByHand, draw, heir, managerField, partsOf, presetOf } from './drawing.ts';

/** An app in which an account can be switched off and, later, deleted. */
interface Place {
  vendor: Vendor;
  read?: string;
  disable: string;
  remove: string;
  /** Inputs of the preset that removes. */
  inputs?: Record<string, string>;
}

const places: readonly Place[] = [
  { vendor: webex, read: 'get-user-details', disable: 'disable-sign-in', remove: 'delete-user' },
  { vendor: zoom, disable: 'deactivate-user', remove: 'delete-user', inputs: heir },
  { vendor: planhat, disable: 'deactivate-user', remove: 'delete-user' },
];

const waitDays = 30;

/** Takes every account from a leaver: all are switched off at once, and deleted after a month unless the person came back. */
export const offboarding: Recipe = {
  id: 'offboarding',
  title: 'Offboarding over every app',
  summary: `For each SaaS user of a person: switches the account off with the app's own preset. ${waitDays} days later, unless the person is active again, deletes those accounts, and says how many there were. Accounts in other apps are counted and left to you.`,
  records: 'people',
  needs: places.map(({ vendor }) => ({ vendorId: vendor.id, parts: ['credentialId'] })),
  isOneEnough: true,
  fields: [managerField],
  build(parts) {
    const here = places.filter(({ vendor }) => partsOf(parts, vendor.id).credentialId !== '');
    const cases = here.map(({ vendor }, i) => ({
      id: `case_${i + 1}`,
      label: vendor.title,
      condition: { match: 'all', rules: [{ field: 'app.vendor', operator: 'equals', value: vendor.id }] },
    }));
    const each = { over: 'accounts', accounts: 'active' };
    const blocks: Parameters<typeof draw>[0] = {
      begin: ['begin', 'Begin', at(0, 0), beginByHand],
      each_account: ['for-each', 'Each account', at(1, 0), each],
      which_app: ['switch', 'Which app', at(2, 0), { cases }],
      not_here: ['end', 'Left to you', at(3, here.length * 200)],
      deactivate: [
        'update-record',
        'Mark the person as deactivated',
        at(0, 320),
        { setStatus: 'deactivated', assignments: [] },
      ],
      wait: [
        'wait',
        `Wait ${waitDays} days`,
        at(1, 320),
        { mode: 'duration', amount: waitDays, unit: 'days' },
      ],
      still_gone: [
        'if',
        'Still deactivated',
        at(2, 320),
        {
          condition: { match: 'all', rules: [{ field: 'status', operator: 'equals', value: 'deactivated' }] },
        },
      ],
      came_back: ['end', 'Came back', at(2, 540)],
      each_again: ['for-each', 'Each account again', at(0, 640 + here.length * 60), each],
      which_again: ['switch', 'Which app, again', at(1, 640 + here.length * 60), { cases }],
      summary: [
        'notify',
        'Summary',
        at(0, 900 + here.length * 60),
        {
          when: 'end',
          level: 'success',
          title: 'Offboarding has finished',
          message:
            '{{run.total}} people. Accounts in apps without a preset here, left to you: {{default blocks.which_app.otherwise 0}}. {{default run.failed 0}} failed, {{default run.needs_attention 0}} need a decision.',
        },
      ],
    };
    const edges = [
      'begin.next > each_account',
      'each_account.each > which_app',
      'which_app.otherwise > not_here',
      'which_app.unknown > not_here',
      'each_account.done > deactivate',
      'deactivate.success > wait',
      'wait.next > still_gone',
      'still_gone.yes > each_again',
      'still_gone.no > came_back',
      'still_gone.unknown > came_back',
      'each_again.each > which_again',
      'each_again.done > summary',
    ];
    for (const [i, { vendor, read, disable, remove, inputs }] of here.entries()) {
      const { credentialId } = partsOf(parts, vendor.id);
      const { id, title } = vendor;
      if (read)
        blocks[`read_${id}`] = [
          'api',
          `Read in ${title}`,
          at(3, i * 200),
          presetOf(vendor, read, credentialId),
        ];
      blocks[`disable_${id}`] = [
        'api',
        `Switch off in ${title}`,
        at(read ? 4 : 3, i * 200),
        presetOf(vendor, disable, credentialId),
      ];
      blocks[`remove_${id}`] = [
        'api',
        `Delete in ${title}`,
        at(2, 640 + here.length * 60 + i * 200),
        presetOf(vendor, remove, credentialId, inputs),
      ];
      blocks[`gone_${id}`] = [
        'update-record',
        `Gone from ${title}`,
        at(3, 640 + here.length * 60 + i * 200),
        { setStatus: 'deactivated', assignments: [] },
      ];
      edges.push(
        ...(read
          ? [`which_app.case_${i + 1} > read_${id}`, `read_${id}.success > disable_${id}`]
          : [`which_app.case_${i + 1} > disable_${id}`]),
        `which_again.case_${i + 1} > remove_${id}`,
        `remove_${id}.success > gone_${id}`,
      );
    }
    return {
      name: 'Offboarding',
      description: `Switches off all accounts of a person, and deletes them after ${waitDays} days.`,
      records: { kind: 'people' },
      graph: draw(blocks, edges),
    };
  },
};
